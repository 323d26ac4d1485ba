"""The outside of reception. One table names every adapter; nothing is found by guessing."""

ADAPTERS: dict[str, str] = {
    "municipality_files": "regietafel.reception.adapters.municipality_files",
    "numbers": "regietafel.reception.adapters.numbers",
    "tables": "regietafel.reception.adapters.tables",
}
