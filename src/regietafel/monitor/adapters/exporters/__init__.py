"""Exporters: one content, and every form in which it leaves."""

from regietafel.monitor.adapters.exporters.content import Notes, PictureContent, Scope
from regietafel.monitor.adapters.exporters.drawing import outlet_table, volume_chart
from regietafel.monitor.adapters.exporters.telling import attention, proposal
from regietafel.monitor.adapters.exporters.writing import KINDS, write_picture

__all__ = [
    "KINDS",
    "Notes",
    "PictureContent",
    "Scope",
    "attention",
    "outlet_table",
    "proposal",
    "volume_chart",
    "write_picture",
]
