"""How Django draws forms: NL Design System classes on every field, errors beside it and summed on top."""

from typing import Any

from django.forms import BoundField, Widget
from django.forms import widgets as w
from django.forms.renderers import TemplatesSetting

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
    (w.Textarea, "utrecht-textarea"),
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

    def build_widget_attrs(self, attrs: dict[str, Any], widget: Widget | None = None) -> dict[str, Any]:
        """Add the design-system classes to those the form gave the control."""
        control = widget or self.field.widget
        found = super().build_widget_attrs(attrs, widget)
        names = (widget_class(control), found.get("class"), control.attrs.get("class"))
        joined = " ".join(str(name) for name in names if name)
        if joined:
            found["class"] = joined
        if isinstance(control, w.FileInput) and self.aria_describedby:
            found.setdefault("aria-describedby", self.aria_describedby)
        return found


class DutchForms(TemplatesSetting):
    """Form renderer of the product: `{{ form }}` is one column with labels above and an error summary."""

    form_template_name = "kit/forms/form.html"
    formset_template_name = "kit/forms/formset.html"
    field_template_name = "kit/forms/field.html"
    bound_field_class = DutchBoundField
