"""Who coordinates Twente: a program for the environment of a server; it reads a password.

The region and its fourteen municipalities are in the reference data, with numbers of inhabitants too old to
divide by; an installation reads in newer ones. Places, people and buses are made through the pages.
"""

import sys
from datetime import date

COORDINATOR, COLLEAGUE = "coordinator@twente.example", "piket@twente.example"
POINT = "Veiligheidsregio Twente"


def seed(password: str) -> None:
    """Add the coordination point of the safety region, and two people who work there."""
    from regietafel.register.models import Area, Inhabitants, Organisation, Role
    from regietafel.register.selectors.access import today
    from regietafel.register.selectors.areas import municipalities_within
    from regietafel.register.services.accounts import RoleGiven, give_role, make_account
    from regietafel.register.services.organisations import OrganisationContent, create_organisation

    region = Area.objects.get(code="VR05")
    for old in Inhabitants.objects.filter(area__in=municipalities_within(region)):
        Inhabitants.objects.create(
            area=old.area, reference_on=date(today().year, 1, 1), count=old.count, source="CBS, als proef"
        )
    content = OrganisationContent(name=POINT, kind=Organisation.Kind.SAFETY_REGION, area=region)
    point = create_organisation(content=content, by=None)
    role = Role.objects.get(code="regiocoordinator")
    for email, name in ((COORDINATOR, "Coördinator van Twente"), (COLLEAGUE, "Piket van Twente")):
        person = make_account(email=email, name=name, password=password, by=None)
        person.is_demo = True  # as the practice accounts: a password alone lets them in
        person.save(update_fields=("is_demo",))
        give_role(person=person, given=RoleGiven(point, role, today()), by=None)


if __name__ == "__main__":
    import django

    django.setup()
    seed(sys.stdin.read())
