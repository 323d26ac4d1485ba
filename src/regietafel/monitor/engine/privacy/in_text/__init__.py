"""Names of private persons in running text."""

from regietafel.monitor.engine.privacy.in_text.hiding import hide_names, name_spans
from regietafel.monitor.engine.privacy.in_text.lexicon import CONTEXTS, Lexicon

__all__ = ["CONTEXTS", "Lexicon", "hide_names", "name_spans"]
