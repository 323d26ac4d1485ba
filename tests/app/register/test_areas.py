"""Areas: reference data, figures with their year, files of which all rows or none are used, and the map."""

import csv
import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client

from regietafel.kit.models import AuditEvent
from regietafel.kit.refusal import Refused
from regietafel.register.models import Area, AreaMembership, Inhabitants, Phase, Role
from regietafel.register.selectors.access import region_organisation_ids
from regietafel.register.selectors.areas import areas_within, inhabitants_for_calculation, map_around, map_of
from regietafel.register.services.areas import (
    BadRows,
    import_file,
    import_inhabitants,
    import_neighbourhoods,
    import_shapes,
)
from regietafel.register.services.reference import load_reference
from tests.app.register.region import REFERENCE, Region, person

pytestmark = pytest.mark.django_db
TODAY = dt.date(2025, 6, 1)


@pytest.fixture
def reference(db: Any) -> None:
    load_reference(REFERENCE)


def test_every_municipality_lies_in_one_region_and_twente_has_fourteen(reference: None) -> None:
    assert Area.objects.filter(kind="gemeente").count() == 342
    assert Area.objects.filter(kind="veiligheidsregio").count() == 25
    links = AreaMembership.objects.filter(area__kind="gemeente", parent__kind="veiligheidsregio")
    assert links.count() == links.values("area").distinct().count() == 342
    twente = areas_within(Area.objects.get(code="VR05"), TODAY)
    assert twente.filter(kind="gemeente").count() == 14
    teams = {t.name: areas_within(t, TODAY).count() for t in twente.filter(kind="basisteam")}
    assert teams == {
        "Basisteam Midden": 4,
        "Basisteam Noord": 2,
        "Basisteam Noord-Oost": 4,
        "Basisteam West": 3,
        "Basisteam Enschede": 1,
    }


def test_before_the_source_the_region_of_a_municipality_is_unknown(reference: None) -> None:
    twente = Area.objects.get(code="VR05")
    assert not areas_within(twente, dt.date(2023, 12, 31)).filter(kind="gemeente").exists()


def test_loading_again_changes_nothing_and_an_edited_list_is_followed(
    reference: None, tmp_path: Path
) -> None:
    assert set(load_reference(REFERENCE).values()) == {0}
    rows = (REFERENCE / "fasen.csv").read_text(encoding="utf-8").replace("Startdiagnose,", "Verkenning,")
    (tmp_path / "fasen.csv").write_text(rows, encoding="utf-8")
    assert load_reference(tmp_path)["fasen"] == 1
    assert Phase.objects.get(code="startdiagnose").name == "Verkenning"
    assert Area.objects.filter(kind="gemeente").count() == 342, "an absent list takes nothing away"


def test_every_municipality_has_a_centre_and_an_edited_one_is_followed(
    reference: None, tmp_path: Path
) -> None:
    assert not Area.objects.filter(kind="gemeente", latitude__isnull=True).exists()
    assert not Area.objects.exclude(kind="gemeente").filter(latitude__isnull=False).exists()
    twente = Area.objects.get(name="Hof van Twente")
    assert (twente.centre, twente.latitude, twente.longitude) == ("Goor", 52.23, 6.59)
    assert "CC BY 4.0" in twente.centre_source
    head = "gemeente,gemeentenaam,plaats,breedtegraad,lengtegraad,bron\n"
    rows = "GM1735,Hof van Twente,Delden,52.26,6.71,proef\nGM9999,Nergens,Nergens,52.00,6.00,proef\n"
    (tmp_path / "middelpunten.csv").write_text(head + rows, encoding="utf-8")
    assert load_reference(tmp_path)["middelpunten"] == 1
    assert Area.objects.get(name="Hof van Twente").centre == "Delden"
    assert not Area.objects.filter(code="GM9999").exists(), "a centre makes no area"


@pytest.mark.parametrize("values", [{"latitude": 52.0}, {"longitude": 6.0}, {"latitude": 91, "longitude": 6}])
def test_half_a_centre_or_one_off_the_earth_cannot_be_stored(
    reference: None, values: dict[str, float]
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Area.objects.create(code="GM9998", name="Half", kind="gemeente", **values)


def test_roles_give_what_the_functions_need_and_no_more(reference: None) -> None:
    manager = Role.objects.get(code="beheerder")
    assert (manager.reads_up_to, manager.may_write, manager.may_manage) == (0, False, True)
    council = Role.objects.get(code="raadslid")
    assert (council.reads_up_to, council.may_write, council.may_publish) == (0, False, False)
    officer = Role.objects.get(code="functionaris-gegevensbescherming")
    assert (officer.may_approve, officer.may_write, officer.may_manage) == (True, False, False)
    assert not Role.objects.filter(may_manage=True, may_write=True).exists()


def test_every_reference_row_says_where_it_comes_from() -> None:
    for path in sorted(REFERENCE.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as handle:
            rows = list(csv.DictReader(handle))
        assert rows
        assert all(row["bron"].strip() for row in rows), path.name


def test_tiles_never_lie_on_each_other(reference: None) -> None:
    for parent in (None, Area.objects.get(code="VR05")):
        shown = (
            areas_within(parent, TODAY).filter(kind="gemeente")
            if parent
            else Area.objects.filter(kind="veiligheidsregio")
        )
        places = [(area.column, area.row) for area in map_of(shown).areas]
        assert len(places) == len(set(places)) == shown.count()


def test_figures_of_2016_are_shown_with_their_year_and_not_used(reference: None) -> None:
    hengelo = Area.objects.get(code="GM0164")
    assert hengelo.inhabitants.get().count == 81_075
    choice = inhabitants_for_calculation(hengelo, on=TODAY)
    assert choice.population is None
    assert "1-1-2016" in choice.reason


def csv_of(*rows: str) -> bytes:
    return "\n".join(("gebied;peildatum;inwoners;opmerking", *rows)).encode()


def test_new_figures_can_be_used_and_reading_them_again_changes_nothing(reference: None) -> None:
    content = csv_of("GM0164;2025-01-01;82.500;", "GM0141;2025-01-01;73000;voorlopig")
    first = import_inhabitants(content=content, source="CBS", by=None)
    assert (first.new, first.changed, first.same) == (2, 0, 0)
    again = import_inhabitants(content=content, source="CBS", by=None)
    assert (again.new, again.changed, again.same) == (0, 0, 2)
    chosen = inhabitants_for_calculation(Area.objects.get(code="GM0164"), on=TODAY).population
    assert chosen is not None
    assert (chosen.count, chosen.reference_on) == (82_500, dt.date(2025, 1, 1))
    assert AuditEvent.objects.filter(action="inwoners.ingelezen").count() == 1


def test_all_bad_rows_are_told_and_nothing_is_stored(reference: None) -> None:
    before = Inhabitants.objects.count()
    content = csv_of(
        "GM0164;2025-01-01;82500;",
        "GM9999;2025-01-01;10;",
        "GM0141;1 januari;x12;",
        "",
        "GM0164;2025-01-01;99;",
    )
    with pytest.raises(BadRows) as caught:
        import_inhabitants(content=content, source="CBS", by=None)
    told = [(fault.row, fault.column) for fault in caught.value.faults]
    assert told == [(3, "gebied"), (4, "peildatum"), (4, "inwoners"), (6, "inwoners")]
    assert Inhabitants.objects.count() == before


@pytest.mark.parametrize("content", [b"", b"naam;aantal\nx;1", b"\xff\xfe\x00"])
def test_a_file_without_the_columns_is_refused(reference: None, content: bytes) -> None:
    with pytest.raises(Refused, match="kolommen ontbreken"):
        import_inhabitants(content=content, source="CBS", by=None)


def test_neighbourhoods_may_lie_in_a_district_of_the_same_file(reference: None) -> None:
    content = (
        b"code,naam,soort,ligt_in,geldig_vanaf\n"
        b"BU01640101,Noorderkade,buurt,WK016401,2025-01-01\n"
        b"WK016401,Noord,wijk,GM0164,2025-01-01\n"
    )
    assert import_neighbourhoods(content=content, source="CBS", by=None).new == 2
    district = Area.objects.get(code="WK016401")
    assert [area.name for area in areas_within(district, TODAY)] == ["Noorderkade"]
    with pytest.raises(BadRows, match="ligt_in"):
        import_neighbourhoods(content=content.replace(b"GM0164", b"GM9999"), source="CBS", by=None)


def geojson(*codes: str) -> bytes:
    features = [
        {
            "type": "Feature",
            "properties": {"code": code},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[6 + n, 52], [6 + n, 53], [7 + n, 53], [7 + n, 52], [6 + n, 52]]],
            },
        }
        for n, code in enumerate(codes)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def test_real_shapes_take_the_place_of_tiles_once_all_are_there(reference: None) -> None:
    twente = Area.objects.get(code="VR05")
    codes = [area.code for area in areas_within(twente, TODAY).filter(kind="gemeente")]
    done = import_shapes(content=geojson(*codes[:13], "GM9999"), source="PDOK", by=None)
    assert (done.new, done.unknown) == (13, 1)
    assert not map_around(twente).is_drawn, "one municipality has no shape yet, so the tiles stay"
    import_shapes(content=geojson(*codes), source="PDOK", by=None)
    drawn = map_around(twente)
    assert drawn.is_drawn
    assert len(drawn.areas) == 14


@pytest.mark.parametrize("content", [b"geen json", b"[" * 200_000, b'{"type": "Feature"}', geojson("GM9999")])
def test_a_map_that_cannot_be_used_is_refused(reference: None, content: bytes) -> None:
    with pytest.raises(Refused):
        import_shapes(content=content, source="PDOK", by=None)


def test_only_who_looks_after_the_installation_brings_files_in(region: Region, client: Client) -> None:
    with pytest.raises(PermissionDenied):
        import_file(kind="inwoners", content=csv_of(), source="CBS", by=region.adviser)
    client.force_login(region.adviser)
    assert client.get("/beheer/gebieden/inlezen").status_code == 403
    admin = person("Ina", "beheerder", region.hengelo, is_platform_admin=True)
    client.force_login(admin)
    data = {"kind": "inwoners", "source": "CBS"}
    bad = client.post(
        "/beheer/gebieden/inlezen", data | {"file": SimpleUploadedFile("x.csv", csv_of("GM1;x;y;"))}
    )
    assert bad.status_code == 422
    for told in ("Rij 2, kolom gebied", "Rij 2, kolom peildatum", "Rij 2, kolom inwoners"):
        assert told in bad.content.decode()
    good = SimpleUploadedFile("x.csv", csv_of("GM0164;2025-01-01;82500;"))
    assert client.post("/beheer/gebieden/inlezen", data | {"file": good}).status_code == 302
    page = client.get("/beheer/gebieden?zoek=Hengelo").content.decode()
    assert "82.500" in page
    assert "wo 1 januari 2025" in page


def test_sharing_follows_the_region_a_municipality_lies_in_on_that_day(region: Region) -> None:
    assert region.almelo.pk in region_organisation_ids(region.hengelo)
    assert region.zwolle.pk not in region_organisation_ids(region.hengelo)
    assert region.almelo.pk not in region_organisation_ids(region.hengelo, dt.date(2023, 1, 1))
