"""How Django draws forms: NL Design System classes on every field, errors beside it and summed on top."""

from typing import Any

from django.forms import BoundField, Widget
from django.forms import widgets as w
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import SafeString

TEXTBOX = "utrecht-textbox utrecht-textbox--html-input"
CHECK = "rt-check"
GROUPS = (w.RadioSelect, w.CheckboxSelectMultiple)
# First match wins: a date input is a text input too.
CLASSES: tuple[tuple[type[Widget], str], ...] = (
    (w.HiddenInput, ""),
    (w.CheckboxInput, CHECK),
    (w.RadioSelect, ""),
    (w.CheckboxSelectMultiple, ""),
    (w.FileInput, "rt-input--file"),
    (w.DateInput, f"{TEXTBOX} rt-input--date"),
    (w.DateTimeInput, f"{TEXTBOX} rt-input--date"),
    (w.TimeInput, f"{TEXTBOX} rt-input--time"),
    (w.NumberInput, f"{TEXTBOX} rt-input--number"),
    (w.Textarea, "utrecht-textarea utrecht-textarea--html-textarea"),
    (w.Select, "utrecht-select utrecht-select--html-select"),
    (w.Input, TEXTBOX),
)


def widget_class(widget: Widget) -> str:
    """Name the design-system classes of a form control."""
    return next((names for kind, names in CLASSES if isinstance(widget, kind)), TEXTBOX)


class DutchBoundField(BoundField):
    """A form field that knows how it looks and which parts of the page explain it."""

    @property
    def is_check(self) -> bool:
        """Say whether this is one tick box, whose label stands behind it."""
        return isinstance(self.field.widget, w.CheckboxInput)

    @property
    def is_group(self) -> bool:
        """Say whether this is a set of choices, which needs a legend instead of a label."""
        return isinstance(self.field.widget, GROUPS)

    def as_widget(
        self, widget: Widget | None = None, attrs: dict[str, Any] | None = None, only_initial: bool = False
    ) -> SafeString:
        """Draw the control with its design-system classes, next to those the form gave it."""
        control = widget or self.field.widget
        extra = dict(attrs or {})
        names = [widget_class(control), "utrecht-textbox--invalid" if self.errors else ""]
        names.append(extra.pop("class", control.attrs.get("class", "")))
        joined = " ".join(name for name in names if name)
        if joined:
            extra["class"] = joined
        return super().as_widget(widget, extra, only_initial)


class DutchForms(TemplatesSetting):
    """Form renderer of the product: `{{ form }}` is one column with labels above and an error summary."""

    form_template_name = "kit/forms/form.html"
    formset_template_name = "kit/forms/formset.html"
    field_template_name = "kit/forms/field.html"
    bound_field_class = DutchBoundField
