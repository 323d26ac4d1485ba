"""Fuzz the question language: `PYTHONPATH=src python -m scripts.fuzz --seconden 60`.

Needs atheris (in bench.lock). Inputs that reached something new are kept in `--map` and used again the next
time. An input that breaks something stands there as `crash-…` or `timeout-…`, and the program ends with an
error.
"""

import argparse
import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["regietafel.monitor.engine"]):
    from scripts.fuzz.targets import TARGETS

SEPARATOR = "\x1f"
SEEDS = (
    'azc OR (borne NEAR/3 "nieuwe opvang") NOT (#nieuws OR kinder*)',
    "titel:(azc OR *vang) sinds:2026-03-01 tot:1-4-2026 domein:rtv-oost.nl",
    "(<plaatsnaam> OF <naam burgemeester>) EN AMV's NIET asiel-zoekers",
    '+azc -"b c"~3^2 date:[2022-01-01 TO *] title:(x y) && || !',
    'opvang and (vluchtel?ng or =IND)^9 not ="Den Haag" onear/5 #*',
)


def try_bytes(target_name: str, data: bytes) -> None:
    """Try one input: the first text is the question, the others are values or a message."""
    text, *others = data.decode("utf-8", errors="ignore").split(SEPARATOR)
    TARGETS[target_name](text, others[:4])


def main() -> None:
    """Fuzz one target for some seconds."""
    parser = argparse.ArgumentParser(prog="python -m scripts.fuzz", description=__doc__)
    parser.add_argument("--seconden", type=int, default=60, metavar="N")
    parser.add_argument("--doel", choices=sorted(TARGETS), default="lezen")
    parser.add_argument("--map", type=Path, required=True, metavar="MAP", help="where inputs are kept")
    options = parser.parse_args()
    folder = options.map / options.doel
    folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(SEEDS):
        (folder / f"seed-{number}").write_text(seed, encoding="utf-8")
    limits = [f"-max_total_time={options.seconden}", "-timeout=10", "-max_len=2000", "-print_final_stats=1"]
    atheris.Setup(
        [sys.argv[0], *limits, f"-artifact_prefix={folder}/", str(folder)],
        lambda data: try_bytes(options.doel, data),
    )
    atheris.Fuzz()


if __name__ == "__main__":
    main()
