"""Administration: who manages sees what is managed, and not what is in the dossiers."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from regietafel.kit.refusal import Refused
from regietafel.register.models import Confidentiality, Organisation
from regietafel.register.selectors.access import visible_dossiers
from regietafel.register.services.organisations import (
    OrganisationContent,
    change_organisation,
    create_organisation,
)
from tests.app.register.region import Region, dossier_of, fresh, person

CANARY = "Kanariegeel plan"


def text(client: Client, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status, f"{url} answers {answer.status_code}"
    return answer.content.decode()


def test_everyone_finds_areas_and_only_managers_find_more(client: Client, region: Region) -> None:
    client.force_login(person("Raf", "raadslid", region.hengelo))
    shown = text(client, "/beheer")
    assert "Gebieden" in shown
    assert "Organisaties" not in shown
    client.force_login(person("Bea", "beheerder", region.hengelo))
    assert "Organisaties" in text(client, "/beheer")


def test_a_manager_sees_the_own_organisation_only(client: Client, region: Region) -> None:
    client.force_login(person("Bea", "beheerder", region.hengelo))
    shown = text(client, "/beheer/organisaties")
    assert "Gemeente Hengelo" in shown
    assert "Gemeente Almelo" not in shown
    text(client, f"/beheer/organisaties/{region.almelo.pk}", 404)
    text(client, f"/beheer/organisaties/{region.almelo.pk}/logboek", 404)
    text(client, f"/beheer/organisaties/{region.hengelo.pk}/wijzigen", 403)
    text(client, "/beheer/organisaties/nieuw", 403)
    text(client, "/beheer/logboek", 403)


@pytest.mark.parametrize("form", ["", "?uit=csv"])
def test_the_log_shows_a_manager_that_something_happened_but_not_what_was_written(
    client: Client, region: Region, form: str
) -> None:
    dossier_of(region, CANARY, confidentiality=Confidentiality.CONFIDENTIAL)
    url = f"/beheer/organisaties/{region.hengelo.pk}/logboek{form}"
    client.force_login(person("Bea", "beheerder", region.hengelo))
    assert CANARY not in text(client, url)
    assert "dossier gemaakt" in text(client, url)
    client.force_login(person("Fg", "functionaris-gegevensbescherming", region.hengelo))
    assert CANARY in text(client, url)
    client.force_login(person("Wout", "woordvoerder", region.hengelo))
    text(client, url, 404)


def test_searching_the_log_does_not_betray_what_a_manager_may_not_read(
    client: Client, region: Region
) -> None:
    dossier_of(region, CANARY, confidentiality=Confidentiality.CONFIDENTIAL)
    client.force_login(person("Bea", "beheerder", region.hengelo))
    url = f"/beheer/organisaties/{region.hengelo.pk}/logboek"
    found, other = (client.get(f"{url}?zoek={word}").content.decode() for word in ("Kanariegeel", "Zwembad"))
    assert found.count("dossier gemaakt") == other.count("dossier gemaakt")


def test_who_looks_after_the_installation_makes_organisations_and_reads_no_dossier(
    client: Client, region: Region
) -> None:
    dossier_of(region, CANARY, confidentiality=Confidentiality.PUBLIC)
    admin = person("Ina", "beheerder", region.zwolle, is_platform_admin=True)
    client.force_login(admin)
    answer = client.post(
        "/beheer/organisaties/nieuw", {"name": "GGD Twente", "kind": "ggd", "is_active": "on"}
    )
    made = Organisation.objects.get(name="GGD Twente")
    assert answer["Location"] == f"/beheer/organisaties/{made.pk}"
    assert "Nodig iemand uit" in text(client, f"/beheer/organisaties/{made.pk}")
    assert not visible_dossiers(fresh(admin)).exists()
    text(client, f"/beheer/organisaties/{region.hengelo.pk}/logboek", 404)


def test_an_inactive_organisation_is_closed_to_its_people_at_once(region: Region) -> None:
    dossier = dossier_of(region)
    content = OrganisationContent(region.hengelo.name, "gemeente", region.hengelo.area, is_active=False)
    change_organisation(organisation=region.hengelo, content=content, by=None)
    assert not visible_dossiers(fresh(region.adviser)).exists()
    change_organisation(
        organisation=region.hengelo,
        content=OrganisationContent(region.hengelo.name, "gemeente", region.hengelo.area),
        by=None,
    )
    assert visible_dossiers(fresh(region.adviser)).get() == dossier


def test_names_are_unique_and_only_the_installation_makes_them(region: Region) -> None:
    with pytest.raises(Refused, match="al een organisatie"):
        create_organisation(content=OrganisationContent("gemeente HENGELO", "gemeente"), by=None)
    manager = person("Bea", "beheerder", region.hengelo)
    with pytest.raises(PermissionDenied):
        create_organisation(content=OrganisationContent("Nieuw", "overig"), by=manager)
    codes = [
        create_organisation(content=OrganisationContent(name, "overig"), by=None).code
        for name in ("A & B", "A B", "A-B!")
    ]
    assert len(set(codes)) == 3
