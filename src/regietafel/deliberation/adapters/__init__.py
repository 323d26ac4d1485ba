"""The outside of deliberation. One table names every adapter; nothing is found by guessing."""

ADAPTERS: dict[str, str] = {
    "minutes.docx": "regietafel.deliberation.adapters.minutes.docx_files",
    "minutes.notubiz": "regietafel.deliberation.adapters.minutes.notubiz",
    "minutes.pdf": "regietafel.deliberation.adapters.minutes.pdf_files",
    "minutes.text": "regietafel.deliberation.adapters.minutes.text_files",
    "names": "regietafel.deliberation.adapters.names",
}
