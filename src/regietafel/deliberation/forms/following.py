"""What people fill in about a decision, bottleneck or action after the meeting."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from regietafel.deliberation.models import Entry, Meeting
from regietafel.deliberation.selectors.access import keeps, visible_bodies
from regietafel.deliberation.selectors.entries import MOST_CHOICES, solving_choices
from regietafel.kernel import dutch

LONGEST_CHOICE = 90


class LineChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A choice from lines of minutes, each with its kind, day and first words."""

    def label_from_instance(self, obj: Any) -> str:
        text = " ".join(obj.text.split())
        short = text if len(text) <= LONGEST_CHOICE else text[: LONGEST_CHOICE - 1] + "…"
        meeting = obj.item.meeting
        day = f"{dutch.date_short(meeting.starts_at)} {meeting.starts_at.year}"
        return f"{obj.kind} {day}, {meeting.body}: {short}"


class ReportForm(forms.Form):
    """How far an action is."""

    report = forms.CharField(
        label=_("Wat is er gedaan?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "autofocus": True}),
    )
    is_done = forms.ChoiceField(
        label=_("Is de actie klaar?"),
        choices=[("ja", _("Ja, de actie is klaar")), ("nee", _("Nee, de actie blijft open"))],
        widget=forms.RadioSelect,
        initial="ja",
    )
    meeting: Any = forms.ModelChoiceField(
        label=_("Teruggemeld in vergadering"),
        queryset=None,
        required=False,
        empty_label=_("Niet in een vergadering"),
        help_text=_("Alleen als dit in een vergadering is gezegd."),
    )

    def __init__(self, *args: Any, entry: Entry, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        body = entry.item.meeting.body
        if not keeps(user, body):
            del self.fields["meeting"]
            return
        meetings = body.meetings.exclude(state=Meeting.State.CANCELLED).filter(
            starts_at__gte=entry.item.meeting.starts_at
        )
        field: Any = self.fields["meeting"]
        field.queryset = meetings.select_related("body").order_by("-starts_at")


class SolveForm(forms.Form):
    """The decision or action through which a bottleneck is solved."""

    through = LineChoice(
        label=_("Opgelost door dit besluit of deze actie"),
        queryset=None,
        empty_label=_("Kies een besluit of actie"),
        help_text=_("Staat het er niet bij? Leg het besluit of de actie eerst vast in een verslag."),
    )

    def __init__(self, *args: Any, entry: Entry, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = solving_choices(user, entry).values_list("pk", flat=True)[:MOST_CHOICES]
        field: Any = self.fields["through"]
        field.queryset = solving_choices(user, entry).filter(pk__in=list(choices))


class EscalateForm(forms.Form):
    """Before whom a bottleneck is put, and what is asked."""

    to_body: Any = forms.ModelChoiceField(
        label=_("Naar welk overleg"),
        queryset=None,
        required=False,
        empty_label=_("Geen overleg uit deze lijst"),
        help_text=_(
            "Het secretariaat daarvan ziet uw vraag, als het zo vertrouwelijk mag lezen als dit punt is."
        ),
    )
    to_name = forms.CharField(
        label=_("Of naar wie, als dat overleg hier niet staat"),
        max_length=160,
        required=False,
        help_text=_("Bijvoorbeeld: Veiligheidsberaad."),
    )
    question = forms.CharField(
        label=_("Wat wij vragen"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, entry: Entry, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = visible_bodies(user).filter(ended_on__isnull=True).exclude(pk=entry.item.meeting.body_id)
        field: Any = self.fields["to_body"]
        field.queryset = others.order_by("name")


class ReplyForm(forms.Form):
    """What the other body replied."""

    reply = forms.CharField(label=_("Antwoord"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))


class ReopenForm(forms.Form):
    """Why something is open again."""

    reason = forms.CharField(label=_("Waarom moet dit weer open?"), max_length=300)
