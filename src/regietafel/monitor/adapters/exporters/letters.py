"""Letters of the privacy desk: what is kept of someone who asks, and a message that goes to the police."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from regietafel.kernel.dutch import date as day_words
from regietafel.kernel.dutch import moment, number
from regietafel.kit.documents import report

PAPER = ("docx", "pdf")


@dataclass(frozen=True)
class KeptText:
    """A text that is about the one who asks; medium and address only when media published it."""

    day: date
    kind: str
    outlet: str
    address: str
    title: str
    text: str
    received_at: datetime


@dataclass(frozen=True)
class AccessLetter:
    """Everything in a letter of access."""

    organisation: str
    case_number: str
    received_on: date
    looked_at: int | None
    searched_at: datetime | None
    texts: Sequence[KeptText]
    retention_days: int
    account: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class HandoverPaper:
    """Everything on the paper that goes along with a message to the police."""

    organisation: str
    ground: str
    reason: str
    recipient: str
    handed_by: str
    handed_at: datetime
    text: KeptText
    text_hash: str


def write_paper(made: report.Report, *, kind: str) -> bytes:
    """Return a report as DOCX or PDF."""
    from regietafel.kit.documents import docx, pdf  # loaded by the writing only, not by every start

    return docx.write_report(made) if kind == "docx" else pdf.write_report(made)


def access_letter(letter: AccessLetter) -> report.Report:
    """Return the letter of access as the blocks of a report."""
    blocks = (*_answer(letter), *_texts(letter), *_account(letter), *_rights())
    return report.Report(
        title=_("Wat wij van u bewaren"),
        purpose=_("Zaak %(number)s, ontvangen op %(day)s")
        % {"number": letter.case_number, "day": day_words(letter.received_on)},
        organisation=letter.organisation,
        mark=_("persoonlijk"),
        blocks=blocks,
    )


def _answer(letter: AccessLetter) -> Iterator[report.Block]:
    yield report.Paragraph(
        _(
            "Wij volgen onderwerpen in openbare berichten, geen mensen. Wie een bericht schreef, bewaren wij "
            "niet: geen naam, geen account, geen foto en geen profiel."
        )
    )
    if letter.searched_at is None:
        yield report.Paragraph(_("In berichten is voor deze brief niet gezocht."))
    else:
        looked_at = number(letter.looked_at)
        told = _("Op %(at)s zochten wij in %(count)s bewaarde teksten met de woorden die u gaf.")
        yield report.Paragraph(told % {"at": moment(letter.searched_at), "count": looked_at})
    yield report.Heading(_("In welke berichten u voorkomt"))
    count = len(letter.texts)
    yield report.Paragraph(
        _("Wij vonden %s tekst(en) die over u gaan. U leest ze hieronder.") % number(count)
        if count
        else _("Wij vonden geen tekst die over u gaat.")
    )


def _texts(letter: AccessLetter) -> Iterator[report.Block]:
    for place, text in enumerate(letter.texts, start=1):
        yield report.Heading(_("Tekst %s") % place, level=3)
        yield report.Facts(_facts(text))
        yield from _written(text)
    if letter.texts:
        yield report.Paragraph(
            _(
                "Deze teksten wissen wij vanzelf, hoogstens %s dagen nadat wij ze ontvingen. Wij delen ze "
                "met niemand; in een omgevingsbeeld staan alleen aantallen en koppen van media."
            )
            % letter.retention_days
        )


def _facts(text: KeptText) -> tuple[tuple[str, str], ...]:
    pairs = (
        (_("Dag"), day_words(text.day)),
        (_("Soort"), text.kind),
        (_("Medium"), text.outlet),
        (_("Adres"), text.address),
        (_("Door ons ontvangen"), moment(text.received_at)),
    )
    return tuple((name, value) for name, value in pairs if value)


def _written(text: KeptText) -> Iterator[report.Block]:
    if text.title:
        yield report.Paragraph(text.title)
    yield from (report.Paragraph(line) for line in text.text.splitlines() if line.strip())


def _account(letter: AccessLetter) -> Iterator[report.Block]:
    if letter.account:
        yield report.Heading(_("Uw account als medewerker"))
        yield report.Facts(tuple(letter.account))
        yield report.Paragraph(
            _("In het logboek staat wat u met dit account deed. Een regel in het logboek kan niemand wissen.")
        )


def _rights() -> Iterator[report.Block]:
    yield report.Heading(_("Wat u kunt doen"))
    yield report.Bullets(
        (
            (_("vragen om een tekst te wissen of te verbeteren"), ""),
            (_("bezwaar maken tegen het gebruik van uw gegevens"), ""),
            (_("een klacht indienen bij de Autoriteit Persoonsgegevens"), ""),
        )
    )
    yield report.Remark(
        _("Wat wij bij het innemen onleesbaar maakten (een naam, nummer, adres of account), vinden wij niet.")
    )


def handover_paper(paper: HandoverPaper) -> report.Report:
    """Return what goes to the police as the blocks of a report."""
    facts = (
        (_("Overgedragen aan"), paper.recipient),
        (_("Overgedragen door"), paper.handed_by),
        (_("Moment"), moment(paper.handed_at)),
        (_("Grond"), paper.ground),
        (_("Waarom"), paper.reason),
    )
    blocks: tuple[report.Block, ...] = (
        report.Facts(facts),
        report.Heading(_("Het bericht")),
        report.Facts(_facts(paper.text)),
        *_written(paper.text),
        report.Remark(
            _("Vingerafdruk van de tekst (SHA-256): %s. Wie de afzender is, weten wij niet.")
            % paper.text_hash
        ),
    )
    return report.Report(
        title=_("Overdracht van een bericht aan de politie"),
        purpose=_("Eén bericht, met de hand overgedragen"),
        organisation=paper.organisation,
        mark=_("vertrouwelijk"),
        author=paper.handed_by,
        blocks=blocks,
    )
