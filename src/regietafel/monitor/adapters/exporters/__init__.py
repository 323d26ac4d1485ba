"""Exporters: one content, and every form in which it leaves."""

from regietafel.monitor.adapters.exporters.content import Notes, PictureContent, Scope
from regietafel.monitor.adapters.exporters.telling import attention, proposal

__all__ = ["Notes", "PictureContent", "Scope", "attention", "proposal"]
