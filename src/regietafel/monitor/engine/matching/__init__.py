"""Matching: all standing questions against messages, as fast as the text can be read.

``Matcher`` holds questions ready between messages; ``match_many`` judges a run of messages. Every path gives
the verdict of ``regietafel.monitor.engine.query.reference``. ``Texts`` takes texts as Arrow keeps them; it is
loaded from here when asked for, so that reading a question does not load numpy.
"""

from typing import TYPE_CHECKING, Any

from regietafel.monitor.engine.matching.matcher import SCANNERS, Matcher, available_scanners, match_many

if TYPE_CHECKING:
    from regietafel.monitor.engine.matching.batches import Hits
    from regietafel.monitor.engine.matching.texts import Texts

__all__ = ["SCANNERS", "Hits", "Matcher", "Texts", "available_scanners", "match_many"]


def __getattr__(name: str) -> Any:
    if name == "Texts":
        from regietafel.monitor.engine.matching.texts import Texts

        return Texts
    if name == "Hits":
        from regietafel.monitor.engine.matching.batches import Hits

        return Hits
    raise AttributeError(name)
