"""What a question does in what we hold, and what a change of it would gain and lose, before it is saved.

Only news and press are looked at: messages of people are counted by the rules for people alone.
"""

from collections.abc import Iterator

from regietafel.monitor.adapters.homonyms import homonyms
from regietafel.monitor.engine.query import Document, Query
from regietafel.monitor.engine.query.filling import Values
from regietafel.monitor.engine.review import Comparison, QuestionReview, compare, review
from regietafel.monitor.models import Monitor
from regietafel.monitor.selectors.messages import newest_media

MOST_MESSAGES = 20_000
MOST_CHARACTERS = 8_000_000


def review_question(monitor: Monitor, query: Query, *, values: Values | None = None) -> QuestionReview:
    """Review a question on the newest media messages in the sources of a monitor.

    `query` is the question as written; its blanks are filled in with `values`.

    Raises:
        QueryError: with these values a part of the question has nothing left to seek.
    """
    return review(query, judged_media(monitor), values=values, homonyms=homonyms())


def compare_questions(monitor: Monitor, *, old: Query, new: Query) -> Comparison:
    """Compare two questions, their blanks filled in, on the newest media messages of a monitor."""
    return compare(old, new, documents=judged_media(monitor))


def judged_media(monitor: Monitor) -> Iterator[Document]:
    """Walk through the newest media messages of a monitor, as many as can be judged while somebody waits."""
    read = 0
    for document in newest_media(monitor, at_most=MOST_MESSAGES):
        read += len(document.title) + len(document.text)
        if read > MOST_CHARACTERS:
            return
        yield document
