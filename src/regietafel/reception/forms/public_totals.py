"""What people fill in to publish the totals of a region, or to withdraw them."""

from datetime import date

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regietafel.kit.fields import day_field


class PublishForm(forms.Form):
    """Which day, with private places or not, and what residents should know."""

    day = day_field(gettext_lazy("Stand van"))
    counts_private = forms.BooleanField(label=gettext_lazy("Particuliere opvang telt mee"), required=False)
    text = forms.CharField(
        label=gettext_lazy("Toelichting voor inwoners"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("Wat zeggen deze getallen, en waar kunnen mensen terecht met vragen?"),
    )

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Deze dag moet nog komen. Publiceer een stand die er al is."))
        return day


class WithdrawForm(forms.Form):
    """Why it goes."""

    reason = forms.CharField(
        label=gettext_lazy("Waarom trekt u dit in?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Dit staat ook op de openbare bladzijde, in plaats van de getallen."),
    )
