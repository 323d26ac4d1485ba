"""The rivals inside this process, each the way someone who knows it would use it."""

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import Any

from benchmarks.matcher.contestants import Here, Missing, Pair
from benchmarks.matcher.corpus import Standing, terms
from regietafel.monitor.engine.query.words import fold, split_words

Words = tuple[str, ...]


class Regex(Here):
    """Python's ``re``, compiled once per clause; the rarest clause, the place, goes first."""

    name = "Python re per vraag"

    def __init__(self, questions: Sequence[Standing]) -> None:
        clause = cache(_clause)
        self._questions = [
            (clause(one.places).search, clause(one.subjects).search, clause(one.exclusions).search)
            for one in questions
        ]

    def run(self, texts: Sequence[str]) -> list[Pair]:
        """Search every text for every question."""
        found = []
        for number, text in enumerate(map(fold, texts)):
            for question, (place, subject, exclusion) in enumerate(self._questions):
                if place(text) and subject(text) and not exclusion(text):
                    found.append((number, question))
        return found


def _clause(choice: Iterable[Words]) -> re.Pattern[str]:
    return re.compile("|".join(map(_bounded, choice)))


def _bounded(term: Words) -> str:
    letters = r"\W+".join(re.escape(word.rstrip("*")) for word in term)
    start = r"(?<!\w)" if term[0][0] in "#@" else r"(?<![\w#@])"
    return f"{start}{letters}{'' if term[-1].endswith('*') else chr(92) + 'b'}"


class AhoCorasick(Here):
    """One automaton over all terms; word borders and the Boolean part in Python, places first."""

    name = "pyahocorasick"

    def __init__(self, questions: Sequence[Standing]) -> None:
        try:
            import ahocorasick
        except ImportError as error:
            raise Missing("pyahocorasick is niet geïnstalleerd") from error
        self._automaton = ahocorasick.Automaton()
        for term in terms(questions):
            letters = " ".join(term)
            is_open = letters.endswith("*")
            letters = letters.rstrip("*")
            same = self._automaton.get(letters, ())
            self._automaton.add_word(letters, (*same, (term, len(letters) - 1, is_open)))
        self._automaton.make_automaton()
        self._questions = [(frozenset(one.subjects), frozenset(one.exclusions)) for one in questions]
        self._asked_about: dict[Words, list[int]] = {}
        for number, one in enumerate(questions):
            for place in one.places:
                self._asked_about.setdefault(place, []).append(number)

    def run(self, texts: Sequence[str]) -> list[Pair]:
        """Scan every text once; weigh only questions whose place was found."""
        pairs: list[Pair] = []
        for number, text in enumerate(map(fold, texts)):
            found = set(self._found(f" {text} "))
            asked = {one for term in found for one in self._asked_about.get(term, ())}
            for question in asked:
                subjects, exclusions = self._questions[question]
                if not subjects.isdisjoint(found) and exclusions.isdisjoint(found):
                    pairs.append((number, question))
        return pairs

    def _found(self, text: str) -> Iterator[Words]:
        for end, same in self._automaton.iter(text):
            behind = text[end + 1]
            ends = not (behind.isalnum() or behind == "_")
            for term, back, is_open in same:
                before = text[end - back - 1]
                if (ends or is_open) and not (before.isalnum() or before in "_#@"):
                    yield term


class Tantivy(Here):
    """An index in memory per batch, of our words; what one word answers goes in one set per clause."""

    name = "tantivy"

    def __init__(self, questions: Sequence[Standing]) -> None:
        try:
            import tantivy
        except ImportError as error:
            raise Missing("tantivy is niet geïnstalleerd") from error
        self._tantivy = tantivy
        self._questions = questions
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("tekst", tokenizer_name="ons")
        self._schema = builder.build()
        self._analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()

    def run(self, texts: Sequence[str]) -> list[Pair]:
        """Index the texts, then ask every question."""
        searcher = self._indexed(texts)
        query, occur = self._tantivy.Query, self._tantivy.Occur
        clause = cache(lambda choice: self._clause(choice, searcher))
        found = []
        for question, one in enumerate(self._questions):
            parts = [
                (occur.Must, clause(one.places)),
                (occur.Must, clause(one.subjects)),
                (occur.MustNot, clause(one.exclusions)),
            ]
            asked = query.const_score_query(query.boolean_query(parts), 1.0)
            hits = searcher.search(asked, limit=len(texts), count=False).hits
            found += [(address.doc, question) for _score, address in hits]
        return found

    def _indexed(self, texts: Sequence[str]):  # type: ignore[no-untyped-def]
        index = self._tantivy.Index(self._schema)
        index.register_tokenizer("ons", self._analyzer)
        writer = index.writer(heap_size=256_000_000, num_threads=1)
        for text in texts:
            writer.add_document(self._tantivy.Document(tekst=" ".join(split_words(text))))
        writer.commit()
        index.reload()
        searcher = index.searcher()
        if searcher.num_segments != 1:
            raise AssertionError("a place in the index is the number of the text only in one segment")
        return searcher

    def _clause(self, choice: Iterable[Words], searcher):  # type: ignore[no-untyped-def]
        query, occur = self._tantivy.Query, self._tantivy.Occur
        words = {word for term in choice if len(term) == 1 for word in self._known(term[0], searcher)}
        phrases = [query.phrase_query(self._schema, "tekst", list(term)) for term in choice if len(term) > 1]
        one_word = query.term_set_query(self._schema, "tekst", sorted(words))
        return query.boolean_query([(occur.Should, part) for part in (one_word, *phrases)])

    def _known(self, word: str, searcher) -> Iterator[str]:  # type: ignore[no-untyped-def]
        if not word.endswith("*"):
            return iter((word,))
        counted = searcher.terms_with_prefix("tekst", word[:-1], limit=1_000_000)
        return (known for known, _count in counted)


class Fts5(Here):
    """SQLite FTS5 in memory per batch, without stored text."""

    name = "SQLite FTS5"

    def __init__(self, questions: Sequence[Standing]) -> None:
        self._database = sqlite3.connect(":memory:")
        self._asked = [_fts5(one) for one in questions]

    def run(self, texts: Sequence[str]) -> list[Pair]:
        """Index the texts, then ask every question."""
        execute = self._database.execute
        execute("DROP TABLE IF EXISTS t")
        execute(
            "CREATE VIRTUAL TABLE t USING fts5(tekst, content='', columnsize=0,"
            " tokenize=\"unicode61 remove_diacritics 2 tokenchars '#@_'\")"
        )
        self._database.executemany("INSERT INTO t(rowid, tekst) VALUES (?, ?)", enumerate(texts))
        ask = "SELECT rowid FROM t WHERE t MATCH ?"
        answered = (execute(ask, (asked,)).fetchall() for asked in self._asked)
        return [(row[0], question) for question, rows in enumerate(answered) for row in rows]

    def close(self) -> None:
        """Throw the index away."""
        self._database.close()


def _fts5(one: Standing) -> str:
    places, subjects, exclusions = (
        " OR ".join(_fts5_term(term) for term in choice)
        for choice in (one.places, one.subjects, one.exclusions)
    )
    return f"(({places}) AND ({subjects})) NOT ({exclusions})"


def _fts5_term(term: Words) -> str:
    letters = " ".join(term)
    return f'"{letters[:-1]}"*' if letters.endswith("*") else f'"{letters}"'


class Hyperscan(Here):
    """The limit: a pass in C over the texts with every term and its word borders, nothing after it."""

    def __init__(self, questions: Sequence[Standing], *, as_one: bool) -> None:
        try:
            import hyperscan
        except ImportError as error:
            raise Missing("hyperscan is niet geïnstalleerd") from error
        self.name = "hyperscan, alles als één tekst" if as_one else "hyperscan, tekst voor tekst"
        self._as_one = as_one
        self._database = _compiled(hyperscan, tuple(map(_ascii_bounded, terms(questions))))

    def run(self, texts: Sequence[str]) -> int:
        """Count the places where a term ends."""
        found = 0

        def note(*_match: object) -> None:
            nonlocal found
            found += 1

        for text in ("\n".join(texts),) if self._as_one else texts:
            self._database.scan(text.encode(), match_event_handler=note)
        return found

    def pairs(self, outcome: object) -> set[Pair]:
        """Nothing: a scan for terms answers no question."""
        return set()


@lru_cache(maxsize=1)
def _compiled(hyperscan: Any, patterns: tuple[bytes, ...]) -> Any:
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    flags = hyperscan.HS_FLAG_CASELESS
    database.compile(expressions=list(patterns), ids=list(range(len(patterns))), flags=flags)
    return database


def _ascii_bounded(term: Words) -> bytes:
    letters = " ".join(term)
    start = "" if letters[0] in "#@" else r"\b"
    body = re.escape(letters.rstrip("*"))
    return f"{start}{body}{'' if letters.endswith('*') else chr(92) + 'b'}".encode()
