"""What the messages of a monitor say, in one piece to keep: words, questions, places, reach, tone."""

from regietafel.monitor.engine.meaning.figures import (
    VERSION,
    Compared,
    Meaning,
    MediaTone,
    ToneCounts,
    media_tone,
)
from regietafel.monitor.engine.meaning.making import MeaningMaterial, ReferenceLists, meaning_of

__all__ = [
    "VERSION",
    "Compared",
    "Meaning",
    "MeaningMaterial",
    "MediaTone",
    "ReferenceLists",
    "ToneCounts",
    "meaning_of",
    "media_tone",
]
