"""The outside of reception. One table names every adapter; nothing is found by guessing."""

ADAPTERS: dict[str, str] = {
    "centres": "regietafel.reception.adapters.centres",
    "ledger_files": "regietafel.reception.adapters.ledger_files",
    "list_columns": "regietafel.reception.adapters.list_columns",
    "lists": "regietafel.reception.adapters.lists",
    "municipality_files": "regietafel.reception.adapters.municipality_files",
    "numbers": "regietafel.reception.adapters.numbers",
    "placing_files": "regietafel.reception.adapters.placing_files",
    "records": "regietafel.reception.adapters.records",
    "tables": "regietafel.reception.adapters.tables",
}
