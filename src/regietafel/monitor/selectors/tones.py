"""How one message sounds, with the words that made it so, and who set it right."""

from dataclasses import dataclass

from regietafel.monitor.adapters.sentiment import judge
from regietafel.monitor.engine.sentiment import Judgement, WordFound
from regietafel.monitor.models import Message, SentimentCorrection
from regietafel.monitor.selectors.meaning import VERDICTS


@dataclass(frozen=True)
class ToneTold:
    """The tone that counts, what the word list says of the text as it is now, and the last correction."""

    verdict: str
    is_judged: bool
    by_list: Judgement
    correction: SentimentCorrection | None

    @property
    def words(self) -> tuple[WordFound, ...]:
        """Return the words that weighed something, as far as they are shown."""
        return tuple(word for word in self.by_list.words if word.here)


def tone_of(message: Message) -> ToneTold:
    """Return how a message sounds and why."""
    correction = message.sentiment_corrections.select_related("by").order_by("-pk").first()
    return ToneTold(
        verdict=VERDICTS[message.sentiment],
        is_judged=message.sentiment_judged or message.sentiment is not None,
        by_list=judge().judge(message.title, message.text, language=message.language),
        correction=correction,
    )
