"""The outside of deliberation. One table names every adapter; nothing is found by guessing."""

ADAPTERS: dict[str, str] = {
    "body.models": "regietafel.deliberation.adapters.body_models",
    "exporter.calendar": "regietafel.deliberation.adapters.exporters.calendar",
    "exporter.paper": "regietafel.deliberation.adapters.exporters.writing",
    "minutes.docx": "regietafel.deliberation.adapters.minutes.docx_files",
    "minutes.notubiz": "regietafel.deliberation.adapters.minutes.notubiz",
    "minutes.pdf": "regietafel.deliberation.adapters.minutes.pdf_files",
    "minutes.text": "regietafel.deliberation.adapters.minutes.text_files",
    "names": "regietafel.deliberation.adapters.names",
}
