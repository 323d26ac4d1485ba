"""Kinds of places of a location and their blocks: add, change, block, end and take back."""

from datetime import timedelta
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from regietafel.kernel import dutch
from regietafel.kit.pages import FormPage
from regietafel.reception.forms.places import (
    BlockedForm,
    BlockForm,
    DayAndReasonForm,
    NewPoolForm,
    PoolForm,
    ReasonForm,
)
from regietafel.reception.models import CapacityBlock, Pool
from regietafel.reception.selectors.locations import visible_blocks, visible_pools
from regietafel.reception.services.places import (
    Unusable,
    add_block,
    add_pool,
    block_places,
    change_block,
    change_pool,
    end_block,
    withdraw_block,
)
from regietafel.reception.views.keeping import STEP, KeepingPage, person


class PlacesStep(KeepingPage, FormPage):
    """A step that changes places; the page of the location says on which days too much is promised."""

    def success_message(self) -> str:
        return _("Opgeslagen.")


class NewPool(PlacesStep):
    """Add a kind of places."""

    form_class = NewPoolForm
    step = gettext_lazy("Soort plaatsen toevoegen")
    submit_label = gettext_lazy("Toevoegen")

    def save(self, form: NewPoolForm) -> str:
        add_pool(location=self.location, by=person(self.request), **form.cleaned_data)
        return self.back_url()

    def success_message(self) -> str:
        return _("De soort plaatsen is toegevoegd. Zeg nu bij Blokken hoeveel het er zijn.")


class PoolStep(PlacesStep):
    """A step of one kind of places."""

    pool: Pool

    def prepare(self) -> None:
        self.pool = get_object_or_404(visible_pools(self.request.user), pk=self.kwargs["pk"])
        self.location = self.pool.location

    def purpose(self) -> str:
        return str(self.pool)


class EditPool(PoolStep):
    """Change the rooms of a kind of places."""

    form_class = PoolForm
    step = gettext_lazy("Wijzig de soort plaatsen")

    def form_arguments(self) -> dict[str, Any]:
        return {"initial": PoolForm.initial_of(self.pool)}

    def save(self, form: PoolForm) -> str:
        change_pool(pool=self.pool, by=person(self.request), **form.cleaned_data)
        return self.back_url()


class NewBlock(PoolStep):
    """Add places over some days."""

    form_class = BlockForm
    step = gettext_lazy("Plaatsen toevoegen")
    submit_label = gettext_lazy("Toevoegen")

    def form_arguments(self) -> dict[str, Any]:
        return {"initial": {"from_on": timezone.localdate()}}

    def save(self, form: BlockForm) -> str:
        add_block(pool=self.pool, by=person(self.request), **form.told())
        return self.back_url()


class BlockStep(PlacesStep):
    """A step of one block that is in force."""

    explanation: Any = ""
    block: CapacityBlock

    def prepare(self) -> None:
        self.block = get_object_or_404(visible_blocks(self.request.user), pk=self.kwargs["pk"])
        self.location = self.block.pool.location

    def purpose(self) -> str:
        return str(self.block.pool)

    def context(self) -> dict[str, Any]:
        return super().context() | {"about": self._about(), "explanation": self.explanation}

    def _about(self) -> str:
        """Say which block this is: how many places, on which days, and who says so."""
        last = self.block.until_on - timedelta(days=1) if self.block.until_on else None
        told = {
            "places": dutch.counted(self.block.places, one=_("plaats"), many=_("plaatsen")),
            "days": dutch.period(self.block.from_on, last),
            "source": self.block.source,
        }
        return _("%(places)s, %(days)s. Bron: %(source)s") % told


class EditBlock(BlockStep):
    """Replace a block by what is known now."""

    form_class = BlockForm
    step = gettext_lazy("Wijzig de plaatsen")

    def form_arguments(self) -> dict[str, Any]:
        return {"initial": BlockForm.initial_of(self.block)}

    def save(self, form: BlockForm) -> str:
        change_block(block=self.block, by=person(self.request), **form.told())
        return self.back_url()


class BlockPlaces(BlockStep):
    """Make places unusable for some days."""

    form_class = BlockedForm
    template_name = STEP
    explanation = gettext_lazy(
        "Zoveel plaatsen zijn op die dagen niet te gebruiken, bijvoorbeeld na een lekkage. Daarna geldt weer "
        "wat er stond."
    )
    step = gettext_lazy("Blokkeer plaatsen")
    submit_label = gettext_lazy("Blokkeer")

    def form_arguments(self) -> dict[str, Any]:
        return {"initial": {"from_on": max(timezone.localdate(), self.block.from_on)}}

    def save(self, form: BlockedForm) -> str:
        block_places(block=self.block, unusable=Unusable(**form.cleaned_data), by=person(self.request))
        return self.back_url()


class EndBlock(BlockStep):
    """Let places end on a day."""

    form_class = DayAndReasonForm
    template_name = STEP
    explanation = gettext_lazy(
        "Vanaf die dag zijn deze plaatsen er niet meer. Wie er dan nog is of komt, heeft geen plek: u leest "
        "daarna hoeveel mensen dat zijn."
    )
    step = gettext_lazy("Beëindig de plaatsen")
    submit_label = gettext_lazy("Beëindig")

    def form_arguments(self) -> dict[str, Any]:
        return {"initial": {"on": self.block.until_on}}

    def save(self, form: DayAndReasonForm) -> str:
        end_block(block=self.block, by=person(self.request), **form.cleaned_data)
        return self.back_url()


class WithdrawBlock(BlockStep):
    """Take back places that do not come."""

    form_class = ReasonForm
    template_name = STEP
    explanation = gettext_lazy(
        "Alleen voor plaatsen die er niet komen of die een vergissing waren. Waren ze er wel, kies dan "
        "beëindigen. Wat er stond, blijft te zien in het journaal."
    )
    step = gettext_lazy("Trek de plaatsen in")
    submit_label = gettext_lazy("Trek in")

    def save(self, form: ReasonForm) -> str:
        withdraw_block(block=self.block, by=person(self.request), **form.cleaned_data)
        return self.back_url()


_POOL, _BLOCK = "opvang/plaatsen/<int:pk>", "opvang/blokken/<int:pk>"
urlpatterns = [
    path("opvang/locaties/<int:pk>/plaatsen/nieuw", NewPool.as_view(), name="reception-pool-create"),
    path(f"{_POOL}/wijzigen", EditPool.as_view(), name="reception-pool-edit"),
    path(f"{_POOL}/blokken/nieuw", NewBlock.as_view(), name="reception-block-create"),
    path(f"{_BLOCK}/wijzigen", EditBlock.as_view(), name="reception-block-edit"),
    path(f"{_BLOCK}/blokkeren", BlockPlaces.as_view(), name="reception-block-places"),
    path(f"{_BLOCK}/beeindigen", EndBlock.as_view(), name="reception-block-end"),
    path(f"{_BLOCK}/intrekken", WithdrawBlock.as_view(), name="reception-block-withdraw"),
]
