"""How terms, owners and conditions are said, on pages and on paper alike."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from regietafel.deliberation.engine.content import EntryContent
from regietafel.deliberation.engine.wording import condition_told, term_told

STATUS_WORDS = {
    "aanwezig": "Aanwezig",
    "vervangen": "Vervangen",
    "afgemeld": "Afgemeld",
    "afwezig": "Afwezig zonder bericht",
    "onbekend": "Onbekend",
}


def entry_remarks(entry: EntryContent) -> Iterator[tuple[str, str]]:
    """Give what belongs to a line beside its text, as name and value; what the text says is left out.

    A day is always told, with the last one in time: "voor 19 april" leaves people in doubt.
    """
    if entry.owner and entry.owner.casefold() not in entry.text.casefold():
        yield _("Actiehouder"), entry.owner
    is_told = entry.due_written and entry.due_written.casefold() in entry.text.casefold()
    if entry.due_on or (entry.due_written and not is_told):
        yield (
            _("Termijn"),
            term_told(entry.due_on, is_inclusive=entry.due_is_inclusive, written=entry.due_written),
        )
    if entry.condition and entry.condition.casefold() not in entry.text.casefold():
        yield _("Voorwaarde"), condition_told(entry.condition_kind, entry.condition)
    if entry.feedback_via and entry.feedback_via.casefold() not in entry.text.casefold():
        yield _("Terugkoppeling via"), entry.feedback_via
    if entry.state == "ingetrokken":
        yield _("Ingetrokken"), entry.withdrawn_reason
    if entry.state == "vervangen":
        yield _("Stand"), _("vervangen door een later besluit")
