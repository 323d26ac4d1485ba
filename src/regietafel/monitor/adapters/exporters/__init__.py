"""Exporters: one content, and every form in which it leaves."""

from regietafel.monitor.adapters.exporters.content import (
    MAIN_LABELS,
    Addition,
    LabelNotes,
    Notes,
    PictureContent,
    Scope,
    label_notes,
    labels_json,
)
from regietafel.monitor.adapters.exporters.drawing import outlet_table, volume_chart
from regietafel.monitor.adapters.exporters.telling import attention, proposal
from regietafel.monitor.adapters.exporters.writing import KINDS, write_picture
from regietafel.monitor.engine.picture import NOTE as NOT_OPINION

__all__ = [
    "KINDS",
    "MAIN_LABELS",
    "NOT_OPINION",
    "Addition",
    "LabelNotes",
    "Notes",
    "PictureContent",
    "Scope",
    "attention",
    "label_notes",
    "labels_json",
    "outlet_table",
    "proposal",
    "volume_chart",
    "write_picture",
]
