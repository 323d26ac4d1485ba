"""Proposals after a group is erased: the figures stay, every text that could tell of the group goes."""

from django.db.models import Q

from regietafel.reception.models import Group, Proposal, ProposalLine

ERASED = "gewist"


def forget_in_proposals(group: Group) -> None:
    """Take a group that is about to be erased out of the texts of the proposals it was in.

    Why it went where it went, why a person changed that, the reasons of others that name it, titles, and to
    which municipalities distances were reckoned: in a small proposal those tell where the group had its ties.
    """
    lines = ProposalLine.objects.filter(proposal__organisation=group.organisation_id)
    lines.filter(Q(group=group) | Q(reason__contains=group.code)).update(reason="")
    changed = lines.filter(Q(group=group) | Q(change_reason__contains=group.code))
    changed.exclude(change_reason="").update(change_reason=ERASED)
    own = Proposal.objects.filter(organisation=group.organisation_id)
    own.filter(title__contains=group.code).update(title=ERASED)
    own.filter(reason__contains=group.code).update(reason=ERASED)
    for proposal in own.filter(pk__in=lines.filter(group=group).values("proposal")).select_for_update():
        if isinstance(found := proposal.inputs.get("afstanden"), dict):
            proposal.inputs["afstanden"] = {**found, "km": None, "onbekend": None}
            proposal.save(update_fields=("inputs",))
