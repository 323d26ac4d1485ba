"""Try the commands of the documentation one after another, each as if typed, on one data folder.

`python -m tests.documentation.trying` reads a list of commands (JSON) and writes what each did. One process
does them all, because starting is most of the work.
"""

import contextlib
import csv
import io
import json
import shutil
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow
from pyarrow import parquet

MESSAGES = """id;url;datum;titel;tekst;bron;soort;auteur
1;https://krant.example/1;2026-11-02 09:15;Raad praat over azc aan de Kade;Veel vragen;De Krant;nieuws;
2;https://omroep.example/2;2026-11-03 10:00;Noodopvang gaat open;Mail info@omroep.example;De Omroep;nieuws;
3;https://krant.example/3;2026-11-04 11:30;Wolf gezien bij het kanaal;;De Krant;nieuws;
"""
OWN_COLUMNS = """nr;kop;geplaatst;krant
1;Raad praat over azc aan de Kade;2-11-2026 09:15;De Krant
2;Wolf gezien bij het kanaal;4-11-2026 11:30;De Krant
"""
COUNTS = "dag;aantal;totaal\n" + "".join(
    f"{date(2026, 9, 1) + timedelta(day)};{3 + day % 4};{60 + day % 7}\n" for day in range(70)
)
TOWNS = """gemeente;provincie;inwoners;ses_woa;duurzaam;gerealiseerd;ruimte;deel;peildatum;bron
Almelo;Overijssel;72.425;-0,18;40;120;;35;2016-01-01;CBS
Borne;Overijssel;22.343;0,11;0;40;60;25;2016-01-01;CBS
Losser;Overijssel;22.444;0,02;0;;;25;2016-01-01;CBS
Wierden;Overijssel;23.952;0,14;0;12;;15;2016-01-01;CBS
"""
BOOKINGS = "dag;soort;aantal;groep;vastgelegd\n2026-07-01;beginstand;320;;\n" + "".join(
    f"{date(2026, 7, 1) + timedelta(day)};plaatsing;{6 + day * 5 % 9};;\n"
    f"{date(2026, 7, 1) + timedelta(day)};vertrek;{5 + day % 3};;\n"
    for day in range(92)
)
BOOKINGS += "2026-10-06;reservering;48;bus 1;2026-09-29\n"
BLOCKS = """locatie;gemeente;plaatsen;geblokkeerd;van;tot;kans
Kade;Borne;700;10;2026-06-01;2026-11-01;
Hal;Hengelo;120;;2026-06-01;;
Sporthal;Almelo;60;;2026-11-01;;0,7
"""
QUESTION = "azc OF opvang* OF noodopvang\n"
PLACE = '{"plaatsnaam": ["Borne"], "straatnaam": ["de Kade", "Kadelaan"], "bijnaam plaats": []}\n'
QUESTIONS = """\
{"id": "borne", "vraag": "azc (<plaatsnaam> OF <straatnaam>)", "vul": {"straatnaam": "de Kade"}}
{"id": "opvang", "vraag": "+noodopvang -kinderopvang", "dialect": "lucene"}
"""
REPORT = """\
Verslag stuurgroep opvang, 7 april 2022

1. Locatie Kadelaan
B: Akkoord met 80 plekken, mits de brandweer instemt.
A) Burgemeesters laten voor 19 april weten of zij helpen.

Aanwezigheid
Borne
Losser Afgemeld
"""
STANDING = "gemeente;achterstand;officieel;gehuisvest\nAlmelo;7;45;41\nBorne;-5;;12\n"
PLACING = {
    "groepen.csv": """groep;personen;nodig;toegankelijk;zorg;koppeling;eerder;werk;urgentie
G1;4;gezin school;;;K1;;Hengelo;1
G2;2;;ja;;K1;Enschede;;2
G3;1;alleenreizend;;;;;Almelo;1
G4;3;huisdier gezin;;;;Borne;;1
G5;2;;;1;;;;1
""",
    "locaties.csv": """locatie;gemeente;soort;plaatsen;kenmerken;toegankelijk;zorg;geblokkeerd;achterstand
L1;Hengelo;gemeentelijk;6;gezin school;2;;;4
L2;Enschede;noodopvang;5;gezin huisdier;0;;1;3
L3;Borne;particulier;2;alleenreizend;0;0;0;0
""",
    "afstanden.csv": "van;naar;km\nHengelo;Enschede;8,5\nHengelo;Borne;5\nHengelo;Almelo;15\n"
    "Enschede;Borne;14\nEnschede;Almelo;23\nBorne;Almelo;10\n",
    "kosten.json": '{"cost": [[3, 5], [4, 1]], "req": [[1, 1], [1, 1]], "cap": [1, 1]}',
}
WORDS_OF = {"vraag": "Waar en wanneer komt de opvang", "hulpaanbod": "Wij brengen graag spullen langs"}


def prepare() -> None:
    """Make the files that the documentation speaks of, and what it takes for granted in the database."""
    Path("berichten.csv").write_text(MESSAGES, encoding="utf-8")
    Path("eigen.csv").write_text(OWN_COLUMNS, encoding="utf-8")
    Path("aantallen.csv").write_text(COUNTS, encoding="utf-8")
    Path("verslag.txt").write_text(REPORT, encoding="utf-8")
    Path("gemeenten.csv").write_text(TOWNS, encoding="utf-8")
    Path("stand.csv").write_text(STANDING, encoding="utf-8")
    Path("boekingen.csv").write_text(BOOKINGS, encoding="utf-8")
    Path("blokken.csv").write_text(BLOCKS, encoding="utf-8")
    Path("vraag.txt").write_text(QUESTION, encoding="utf-8")
    _write_labelled(Path("gelabeld.csv"), Path("labels.csv"))
    _write_archive(Path("archief"))
    Path("plaats.json").write_text(PLACE, encoding="utf-8")
    Path("vragen.jsonl").write_text(QUESTIONS, encoding="utf-8")
    for name, text in PLACING.items():
        Path(name).write_text(text, encoding="utf-8")
    run(["voorbereid"])
    from django.utils import timezone

    from regietafel.monitor.models import Monitor, QueryVersion
    from regietafel.register.models import Dossier, Membership, Phase, Role, User
    from regietafel.register.services.organisations import OrganisationContent, create_organisation

    content = OrganisationContent(name="Gemeente Voorbeeld", kind="gemeente")
    town = create_organisation(content=content, by=None)
    manager = User.objects.create_user("beheer@gemeente.example", None, name="Bram Beheerder")
    role = Role.objects.get(code="beheerder")
    Membership.objects.create(user=manager, organisation=town, role=role, valid_from=timezone.localdate())
    dossier = Dossier.objects.create(
        organisation=town, title="Opvang", kind="opvanglocatie", phase=Phase.objects.all()[0]
    )
    monitor = Monitor.objects.create(dossier=dossier, title="Opvang", started_at=timezone.now())
    QueryVersion.objects.create(monitor=monitor, number=1, text=QUESTION)
    _write_own_labels(town, monitor)


def _write_own_labels(town: Any, monitor: Any) -> None:
    """Write what one colleague said of a message of the monitor."""
    from django.utils import timezone

    from regietafel.monitor.models import Ingest, Match, Message, Source
    from regietafel.register.models import Membership, Role, User

    adviser = User.objects.create_user("ada@gemeente.example", None, name="Ada")
    role = Role.objects.get(code="adviseur-oov")
    today = timezone.localdate()
    Membership.objects.create(user=adviser, organisation=town, role=role, valid_from=today)
    source = Source.objects.create(organisation=town, name="Krant", kind="bestand", message_kind="nieuws")
    now = timezone.now()
    ingest = Ingest.objects.create(source=source, started_at=now, file_name="krant.csv")
    message = Message.objects.create(
        ingest=ingest,
        organisation=town,
        source=source,
        key="a1",
        kind="nieuws",
        day=today,
        published_at=now,
        received_at=now,
        text_received_at=now,
    )
    Match.objects.create(monitor=monitor, message=message)
    rows = f"id;labels;door;op;soort\na1;I;{role.code};{today};training\n"
    Path("labels-van-ada.csv").write_text(rows, encoding="utf-8")


def _write_labelled(messages: Path, labels: Path) -> None:
    """Write fifty messages, and what two roles answered about them."""
    codes = [("vraag", "hulpaanbod")[number % 2] for number in range(50)]
    rows = [f"{number};2026-11-02;{WORDS_OF[code]} {number}" for number, code in enumerate(codes)]
    messages.write_text("\n".join(["id;datum;titel", *rows]), encoding="utf-8")
    said = [f"{number};{code};{by};2026-11-03;training" for by in ("aov", "omgevingsanalist")
            for number, code in enumerate(codes)]  # fmt: skip
    labels.write_text("\n".join(["id;labels;door;op;soort", *said]), encoding="utf-8")


def _write_archive(folder: Path) -> None:
    folder.mkdir()
    header, *rows = csv.reader(MESSAGES.splitlines(), delimiter=";")
    columns = [list(column) for column in zip(*rows, strict=True)]
    parquet.write_table(pyarrow.table(dict(zip(header, columns, strict=True))), folder / "2026-11.parquet")


def run_alone(words: list[str]) -> dict[str, Any]:
    """Run a command that opens another database than ours, in a process of its own."""
    command = [sys.executable, "-m", "regietafel.host.cli", *words]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    return {"code": ended.returncode, "said": ended.stdout, "complained": ended.stderr}


def run(words: list[str]) -> dict[str, Any]:
    """Run one command and tell how it ended."""
    if words[:2] == ["kopie", "herstel"]:
        return run_alone(words)
    from regietafel.host.cli import main

    said, complained = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(complained):
        try:
            code = main(words)
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else 1
    return {"code": code, "said": said.getvalue(), "complained": complained.getvalue()}


def keep_first_backup(words: list[str], outcome: dict[str, Any]) -> None:
    """Put the first backup and its key where the page about restoring expects them."""
    if words[:2] != ["kopie", "maak"] or Path("voorbeeld.kopie").exists() or outcome["code"]:
        return
    made = max(Path().rglob("*.kopie"), key=lambda path: path.stat().st_mtime)
    shutil.copy(made, "voorbeeld.kopie")
    shutil.copy(next(Path().rglob("kopiesleutel")), "kopiesleutel")


def main() -> None:
    """Try what standard input asks."""
    asked: list[list[str]] = json.load(sys.stdin)
    prepare()
    outcomes = []
    for words in asked:
        outcome = run(words)
        keep_first_backup(words, outcome)
        outcomes.append(outcome)
    json.dump(outcomes, sys.stdout)


if __name__ == "__main__":
    main()
