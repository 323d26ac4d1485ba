"""In which language a message is written, when its source does not say so."""

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

LANGUAGES = ("nl", "en", "de", "fr", "ar", "uk", "tr", "pl")
_FEWEST_LETTERS = 15
_SURE_FROM = 0.8


@lru_cache(maxsize=1)
def _identifier() -> "LanguageIdentifier":
    """Load the model once, when the first message without a language comes in."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(LANGUAGES))
    return identifier


def detect_language(text: str) -> str:
    """Give the code of the language, or "" when the text is too short or the answer unsure."""
    if len(text) < _FEWEST_LETTERS:
        return ""
    code, probability = _identifier().classify(text[:1_000])
    return str(code) if probability >= _SURE_FROM else ""
