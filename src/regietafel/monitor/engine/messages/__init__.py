"""From a row as delivered to a message as kept: one identity, one clock, no person."""

from regietafel.monitor.engine.messages.cleaning import as_document, asked_zones, clean
from regietafel.monitor.engine.messages.items import (
    KINDS,
    MEDIA_KINDS,
    CleaningRules,
    CleanMessage,
    RawItem,
    RowRejected,
)

__all__ = [
    "KINDS",
    "MEDIA_KINDS",
    "CleanMessage",
    "CleaningRules",
    "RawItem",
    "RowRejected",
    "as_document",
    "asked_zones",
    "clean",
]
