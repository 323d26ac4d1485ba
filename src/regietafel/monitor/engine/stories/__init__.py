"""Stories: the same news brought by many, counted once and open to look inside.

A message joins a story when most of its runs of three words stand in the *core* of that story, its longest
telling (containment, because copies shorten and posts quote). It is never enough to look like some other
member: that would chain different news together. What is compared is a signature, not the text.
"""

from regietafel.monitor.engine.stories.index import Core, Placed, Signed, StoryIndex
from regietafel.monitor.engine.stories.signing import Signature, sign
from regietafel.monitor.engine.stories.telling import Article, KindCount, Story, find_stories, tell

__all__ = [
    "Article",
    "Core",
    "KindCount",
    "Placed",
    "Signature",
    "Signed",
    "Story",
    "StoryIndex",
    "find_stories",
    "sign",
    "tell",
]
