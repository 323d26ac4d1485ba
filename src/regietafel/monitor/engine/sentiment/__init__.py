"""What messages sound like: word lists, one message, and totals with their interval."""

from regietafel.monitor.engine.sentiment.judging import (
    BY_HAND,
    BY_LIST,
    NEGATIVE,
    NEUTRAL,
    POSITIVE,
    UNKNOWN,
    VERDICTS,
    Judge,
    Judgement,
    WordFound,
    corrected,
)
from regietafel.monitor.engine.sentiment.lexicon import Adverb, Lexicon, Rated, WordLists
from regietafel.monitor.engine.sentiment.quality import ClassQuality, Quality, quality_of
from regietafel.monitor.engine.sentiment.totals import (
    TONE_NOTE,
    NetSentiment,
    PeopleSentiment,
    SentimentTotals,
    net_sentiment,
    people_sentiment,
    totals_of,
)

__all__ = [
    "BY_HAND",
    "BY_LIST",
    "NEGATIVE",
    "NEUTRAL",
    "POSITIVE",
    "TONE_NOTE",
    "UNKNOWN",
    "VERDICTS",
    "Adverb",
    "ClassQuality",
    "Judge",
    "Judgement",
    "Lexicon",
    "NetSentiment",
    "PeopleSentiment",
    "Quality",
    "Rated",
    "SentimentTotals",
    "WordFound",
    "WordLists",
    "corrected",
    "net_sentiment",
    "people_sentiment",
    "quality_of",
    "totals_of",
]
