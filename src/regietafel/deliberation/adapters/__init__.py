"""The outside of deliberation. One table names every adapter; nothing is found by guessing."""

ADAPTERS: dict[str, str] = {
    "body.models": "regietafel.deliberation.adapters.body_models",
    "exporter.calendar": "regietafel.deliberation.adapters.exporters.calendar",
}
