"""PostgreSQL in the form that suits it best: words of a batch joined with the words questions wait for."""

import os
import shutil
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.matcher.contestants import Missing, Pair
from benchmarks.matcher.corpus import Standing
from regietafel.monitor.engine.query.words import fold

CLUSTER = Path(__file__).resolve().parents[2] / "scripts" / "pg-cluster"
SIGNS = str.maketrans({"#": "ħ", "@": "ŧ", **dict.fromkeys("-./:", " ")})
MATCH = """
SELECT DISTINCT nr, vraag
FROM (
    SELECT (nr - 1)::int AS nr, to_tsvector('simple', tekst) AS woorden
    FROM unnest(%s::text[]) WITH ORDINALITY AS batch(tekst, nr) OFFSET 0
) AS teksten
CROSS JOIN LATERAL unnest(tsvector_to_array(woorden)) AS woord
JOIN ankers USING (woord)
JOIN vragen USING (vraag)
WHERE woorden @@ gevraagd
"""


class Postgres:
    """A temporary cluster; its processor time counts too.

    PostgreSQL knows no tags and mentions and keeps addresses whole, so a sign is handed over as a letter and
    the marks inside addresses as blanks.
    """

    name = "PostgreSQL"

    def __init__(self, questions: Sequence[Standing]) -> None:
        try:
            import psycopg
        except ImportError as error:
            raise Missing("psycopg is niet geïnstalleerd") from error
        self._folder = Path(tempfile.mkdtemp(prefix="regietafel-bench-"))
        self._folder.chmod(0o755)
        started = self._cluster("start")
        if started.returncode:
            self._remove()
            raise Missing(started.stderr.strip().splitlines()[-1])
        self._connection = psycopg.connect(started.stdout.strip().partition("=")[2], autocommit=True)
        self._backend = self._connection.info.backend_pid
        self._prepare(questions)

    def _cluster(self, word: str) -> subprocess.CompletedProcess[str]:
        command = [str(CLUSTER), word, str(self._folder / "cluster")]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    def _prepare(self, questions: Sequence[Standing]) -> None:
        execute = self._connection.execute
        execute("CREATE TEMP TABLE vragen (vraag int PRIMARY KEY, gevraagd tsquery NOT NULL)")
        execute("CREATE TEMP TABLE ankers (woord text NOT NULL, vraag int NOT NULL)")
        with self._connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO vragen VALUES (%s, to_tsquery('simple', %s))",
                [(number, _tsquery(one)) for number, one in enumerate(questions)],
            )
            cursor.executemany(
                "INSERT INTO ankers VALUES (%s, %s)",
                list(_anchors(questions)),
            )
        execute("CREATE INDEX ON ankers (woord)")
        execute("ANALYZE vragen")
        execute("ANALYZE ankers")
        execute("SET work_mem = '256MB'")
        execute("SET jit = off")
        execute("SET max_parallel_workers_per_gather = 0")

    def run(self, texts: Sequence[str]) -> list[Any]:
        """Hand over the batch and ask which questions it answers."""
        batch = [fold(text).translate(SIGNS) for text in texts]
        return self._connection.execute(MATCH, (batch,)).fetchall()

    def pairs(self, outcome: object) -> set[Pair]:
        """Give the outcome as (text, question), counted from 0."""
        return set(outcome)  # type: ignore[call-overload]

    def cpu_seconds(self) -> float:
        """Give the processor time of this process and of the one that serves it."""
        fields = Path(f"/proc/{self._backend}/stat").read_text().rpartition(")")[2].split()
        ticks = int(fields[11]) + int(fields[12])
        return time.process_time() + ticks / os.sysconf("SC_CLK_TCK")

    def close(self) -> None:
        """Stop the cluster and throw it away."""
        self._connection.close()
        self._cluster("stop")
        self._remove()

    def _remove(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)


def _anchors(questions: Sequence[Standing]) -> set[tuple[str, int]]:
    """Give per place of a question the word that the fewest questions wait for."""
    asked = Counter(word for one in questions for term in one.places for word in term)
    return {
        (min(term, key=asked.__getitem__).translate(SIGNS), number)
        for number, one in enumerate(questions)
        for term in one.places
    }


def _tsquery(one: Standing) -> str:
    places, subjects, exclusions = map(_choice, (one.places, one.subjects, one.exclusions))
    return f"({places}) & ({subjects}) & !({exclusions})"


def _choice(terms: Iterable[tuple[str, ...]]) -> str:
    return " | ".join(f"({' <-> '.join(map(_lexeme, term))})" for term in terms)


def _lexeme(word: str) -> str:
    word = word.translate(SIGNS)
    return f"'{word[:-1]}':*" if word.endswith("*") else f"'{word}'"
