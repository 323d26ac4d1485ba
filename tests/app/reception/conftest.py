"""What the tests of reception share; this file loads before Django does."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.app.reception.places import Places

GROUPS = """groep;personen;nodig;toegankelijk;zorg;koppeling;eerder;werk;urgentie
G1;4;gezin school;;;K1;;Hengelo;1
G2;2;;ja;;K1;Enschede;;2
G3;1;alleenreizend;;;;;Almelo;1
G4;3;huisdier gezin;;;;Borne;;1
G5;2;;;1;;;;1
"""
LOCATIONS = """locatie;gemeente;soort;plaatsen;kenmerken;toegankelijk;zorg;geblokkeerd;achterstand
L1;Hengelo;gemeentelijk;6;gezin school;2;;;4
L2;Enschede;noodopvang;5;gezin huisdier;0;;1;3
L3;Borne;particulier;2;alleenreizend;0;0;0;0
"""
KM = """van;naar;km
Hengelo;Enschede;8,5
Hengelo;Borne;5
Hengelo;Almelo;15
Enschede;Borne;14
Enschede;Almelo;23
Borne;Almelo;10
"""


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, Any, str]]:
    """Run a command and give its exit code, its JSON, and what it said beside that."""
    from regietafel.host.cli import main

    def run(*words: str) -> tuple[int, Any, str]:
        try:
            code = main([*words, "--json"])
        except SystemExit as ended:
            code = int(str(ended.code))
        said = capsys.readouterr()
        return code, json.loads(said.out), said.err

    return run


@pytest.fixture
def propose(call: Callable[..., Any], tmp_path: Path) -> Callable[..., tuple[int, Any, str]]:
    """Write the files and ask for a proposal; a text that is given replaces that of a file."""

    def run(
        *words: str, groups: str | bytes = GROUPS, locations: str | bytes = LOCATIONS, km: str | None = KM
    ) -> tuple[int, Any, str]:
        given = {"groepen": groups, "locaties": locations} | ({"afstanden": km} if km else {})
        asked = []
        for name, text in given.items():
            path = tmp_path / f"{name}.csv"
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
            asked += [f"--{name}", str(path)]
        return call("opvang", "voorstel", *asked, *words)

    return run


@pytest.fixture
def places(db: Any, settings: Any) -> "Places":
    """Two municipalities, their coordination point, and places in one of them."""
    from tests.app.reception.places import build_places

    settings.SECOND_FACTOR_REQUIRED = False
    return build_places()
