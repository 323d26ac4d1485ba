"""The review of a question before it is saved, and the comparison of two questions.

``review`` counts what every word and every exclusion does in a sample, and says what to look at; ``compare``
says what a change would gain and lose. Both read their sample once.
"""

from regietafel.monitor.engine.review.comparing import Comparison, compare
from regietafel.monitor.engine.review.homonyms import Homonym
from regietafel.monitor.engine.review.reviewing import QuestionReview, review

__all__ = ["Comparison", "Homonym", "QuestionReview", "compare", "review"]
