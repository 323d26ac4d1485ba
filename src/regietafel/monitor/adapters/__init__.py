"""The outside of the monitor. One table names every adapter; nothing is found by guessing."""

ADAPTERS: dict[str, str] = {
    "archive.lokaal": "regietafel.monitor.adapters.archive.local",
    "archive.duckdb": "regietafel.monitor.adapters.archive.duck",
    "archive.spark": "regietafel.monitor.adapters.archive.spark",
    "labels.files": "regietafel.monitor.adapters.label_files",
    "labels.scheme": "regietafel.monitor.adapters.label_scheme",
    "language": "regietafel.monitor.adapters.languages",
    "names": "regietafel.monitor.adapters.names",
    "reader.csv": "regietafel.monitor.adapters.readers.csv_files",
    "reader.sheet": "regietafel.monitor.adapters.readers.sheets",
    "reader.json": "regietafel.monitor.adapters.readers.json_lines",
    "reader.feed": "regietafel.monitor.adapters.readers.feeds",
}
