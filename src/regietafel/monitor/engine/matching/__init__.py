"""Matching: all standing questions against messages, as fast as the text can be read.

``Matcher`` holds questions ready between messages; ``match_many`` judges a run of messages. Every path gives
the verdict of ``regietafel.monitor.engine.query.reference``.
"""

from regietafel.monitor.engine.matching.matcher import Matcher, match_many

__all__ = ["Matcher", "match_many"]
