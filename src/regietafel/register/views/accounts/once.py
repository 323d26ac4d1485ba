"""A form whose answer is a secret: shown on the answer itself, once, and nowhere kept."""

from abc import abstractmethod
from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse

from regietafel.kit.pages import Page
from regietafel.kit.refusal import Refused


class SecretPage(Page):
    """Asks for something, calls one service, and shows the secret that came of it."""

    template_name = "kit/form.html"
    answer_template: ClassVar[str] = "register/accounts/once.html"
    form_class: ClassVar[type[forms.Form]]
    submit_label: ClassVar[Any]

    def form_arguments(self) -> dict[str, Any]:
        """Return extra keyword arguments for the form."""
        return {}

    @abstractmethod
    def make(self, form: Any) -> dict[str, Any]:
        """Call the service and return what the answer shows."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self._ask(self.form_class(**self.form_arguments()))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.form_class(request.POST, **self.form_arguments())
        if not form.is_valid():
            return self._ask(form, status=422)
        try:
            made = self.make(form)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return self._ask(form, status=422)
        self.template_name = self.answer_template  # type: ignore[misc]
        return self.show(made=made)

    def _ask(self, form: forms.Form, status: int = 200) -> HttpResponse:
        back = [url for _label, url in self.header().breadcrumbs if url]
        return self.show(
            status=status, form=form, submit_label=self.submit_label, cancel_url=back[-1] if back else "/"
        )
