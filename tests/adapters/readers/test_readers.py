"""One suite for every way a delivery arrives: the same rows come out, and what is broken is named."""

import gzip
import io
import json
import time
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from odfdo import Document, Row, Table
from pyarrow import parquet

from regietafel.monitor.adapters.readers import FileRejected, RowError, preview, read_bytes, read_file
from regietafel.monitor.engine.messages import RawItem

HEADER = ["id", "url", "datum", "titel", "tekst", "bron", "auteur", "reacties"]
ROWS = [
    [
        "1",
        "https://a.nl/1",
        "2022-04-07T10:00:00",
        "Opvang in Borne",
        "Een café; met “tekst”",
        "Tubantia",
        "Jan",
        "12",
    ],
    [
        "2",
        "https://a.nl/2",
        "2022-04-08T11:30:00",
        "Raad stemt",
        'Regel een\nregel "twee"',
        "RTV Oost",
        "",
        "0",
    ],
]


def _csv(separator: str = ",", encoding: str = "utf-8", prefix: str = "") -> bytes:
    import csv

    out = io.StringIO(newline="")
    out.write(prefix)
    writer = csv.writer(out, delimiter=separator)
    writer.writerows([HEADER, *ROWS])
    return out.getvalue().encode(encoding)


def _jsonl() -> bytes:
    return b"\n".join(json.dumps(dict(zip(HEADER, row, strict=True))).encode() for row in ROWS)


def _json() -> bytes:
    return json.dumps({"berichten": [dict(zip(HEADER, row, strict=True)) for row in ROWS]}, indent=1).encode()


def _xlsx() -> bytes:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in [HEADER, *ROWS]:
        sheet.append(row)
    sheet["C2"] = datetime(2022, 4, 7, 10)  # noqa: DTZ001  (a sheet has no time zones)
    sheet["A2"] = 1
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def _ods() -> bytes:
    document = Document("spreadsheet")
    document.body.clear()
    table = Table("Blad1")
    for values in [HEADER, *ROWS]:
        row = Row()
        row.set_values(values)
        table.append_row(row)
    document.body.append(table)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _parquet() -> bytes:
    columns = [list(column) for column in zip(*ROWS, strict=True)]
    table = pa.table(dict(zip(HEADER, columns, strict=True)))
    table = table.set_column(2, "datum", pc.strptime(table["datum"], "%Y-%m-%dT%H:%M:%S", "ns"))
    table = table.set_column(7, "reacties", table["reacties"].cast("int64"))
    return _written(table.set_column(5, "bron", table["bron"].dictionary_encode()))


def _written(table: pa.Table, *, row_group_size: int | None = None) -> bytes:
    out = io.BytesIO()
    parquet.write_table(table, out, compression="zstd", row_group_size=row_group_size)
    return out.getvalue()


DELIVERIES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "komma": ("a.csv", _csv),
    "puntkomma": ("a.csv", lambda: _csv(";")),
    "tab": ("a.tsv", lambda: _csv("\t")),
    "utf-8 met BOM": ("a.csv", lambda: _csv(";", "utf-8-sig")),
    "windows": ("a.csv", lambda: _csv(";", "cp1252")),
    "utf-16": ("a.csv", lambda: _csv("\t", "utf-16")),
    "utf-16 zonder BOM": ("a.csv", lambda: _csv(",", "utf-16-le")),
    "sep-regel van Excel": ("a.csv", lambda: _csv(";", prefix="sep=;\r\n")),
    "verkeerde extensie": ("a.xlsx", lambda: _csv(";")),
    "jsonl": ("a.jsonl", _jsonl),
    "json": ("a.json", _json),
    "xlsx": ("a.xlsx", _xlsx),
    "ods": ("a.ods", _ods),
    "csv ingepakt": ("a.csv.gz", lambda: gzip.compress(_csv())),
    "jsonl ingepakt": ("a.jsonl.gz", lambda: gzip.compress(_jsonl())),
    "xlsx ingepakt": ("a.xlsx.gz", lambda: gzip.compress(_xlsx())),
    "parquet": ("a.parquet", _parquet),
    "parquet ingepakt": ("a.parquet.gz", lambda: gzip.compress(_parquet())),
    "parquet onder een andere naam": ("a.csv", _parquet),
}


@pytest.mark.parametrize("name", DELIVERIES)
def test_every_delivery_gives_the_same_rows(name: str, tmp_path: Path) -> None:
    file, make = DELIVERIES[name]
    path = tmp_path / file
    path.write_bytes(make())
    items = [row for row in read_file(path).rows if isinstance(row, RawItem)]
    assert [item.external_id for item in items] == ["1", "2"]
    assert [item.url for item in items] == ["https://a.nl/1", "https://a.nl/2"]
    assert [str(item.published)[:10] for item in items] == ["2022-04-07", "2022-04-08"]
    assert [item.text.replace("\r\n", "\n") for item in items] == [row[4] for row in ROWS]
    assert [item.author for item in items] == ["Jan", ""]
    assert [int(item.interactions["reacties"]) for item in items] == [12, 0]


SUPPLIERS = {
    "coosto": ("bericht tekst;auteur;datum;url;type", "Nee;jan;07-04-2022 10:00;https://x.com/a/1;twitter"),
    "obi4wan": ('Bericht;Mentions;"Geplaatst door (optioneel)";Datum', "Nee;0;jan;07-04-2022 10:00"),
    "meltwater": (
        "Date;Headline;URL;Opening Text;Hit Sentence;Source;Influencer;Input Name",
        "07-Apr-2022 10:00AM;Kop;https://a.nl/1;Nee;Nee;Tubantia;jan;Vraag 1",
    ),
    "4cat": ("id;thread_id;timestamp;body;author", "1;1;2022-04-07 10:00:00;Nee;jan"),
}


@pytest.mark.parametrize("supplier", SUPPLIERS)
def test_columns_of_suppliers_are_recognised(supplier: str) -> None:
    header, line = SUPPLIERS[supplier]
    result = read_bytes(f"{header}\n{line}\n".encode(), name="export.csv")
    (item,) = result.rows
    assert isinstance(item, RawItem)
    assert result.layout == supplier
    assert (item.text, item.author) == ("Nee", "jan")
    assert item.published


PLACED: dict[str, tuple[str, str]] = {
    "onze namen": ("a.csv", 'titel;plaats;labels\nKop;Borne;"raad, azc ;raad"'),
    "Engelse namen": ("a.csv", "title;location;tags\nKop;Borne;raad|azc"),
    "meltwater": (
        "a.csv",
        "Headline;Hit Sentence;Source;Input Name;City;Document Tags;Custom Categories\nKop;;;;Borne;raad;azc",
    ),
    "lijst in json": ("a.jsonl", '{"titel": "Kop", "plaats": {"naam": "Borne"}, "labels": ["raad", "azc"]}'),
    "labels met naam": ("a.jsonl", '{"titel": "Kop", "place": "Borne", "tags": [{"name": "raad"}, "azc"]}'),
}


@pytest.mark.parametrize("name", PLACED)
def test_place_and_labels_come_along(name: str) -> None:
    file, text = PLACED[name]
    (item,) = read_bytes(text.encode(), name=file).rows
    assert isinstance(item, RawItem)
    assert (item.place, item.labels) == ("Borne", ("raad", "azc"))


def test_a_mapping_of_the_user_goes_before_every_guess() -> None:
    data = b"nr,inhoud,wanneer,krant\n7,Opvang open,2022-04-07,Tubantia\n"
    columns = {"id": "nr", "titel": "inhoud", "datum": "wanneer", "bron": "krant"}
    (item,) = read_bytes(data, name="a.csv", columns=columns).rows
    assert isinstance(item, RawItem)
    assert (item.external_id, item.title, item.published, item.outlet) == (
        "7",
        "Opvang open",
        "2022-04-07",
        "Tubantia",
    )


@pytest.mark.parametrize(
    ("columns", "part"),
    [({"titel": "kop"}, "“kop” staat niet in het bestand"), ({"kop": "inhoud"}, "“kop” kennen wij niet")],
)
def test_a_wrong_mapping_is_refused_with_the_choices(columns: dict[str, str], part: str) -> None:
    with pytest.raises(FileRejected, match=part):
        read_bytes(b"nr,inhoud\n7,Opvang open\n", name="a.csv", columns=columns)


def test_a_broken_row_is_named_and_the_others_go_in() -> None:
    data = (
        b'id,titel\n1,"goed"\n2,"fout"x\n3,te,veel\n4,ook goed\n'
        + b"5,M\xe9t\xe9\xe9n\n6,\xc3\xa9\xc3\xab\xc3\xa9 goed\n"
    )
    rows = list(read_bytes(data, name="a.csv").rows)
    assert [row.external_id for row in rows if isinstance(row, RawItem)] == ["1", "4", "6"]
    errors = [row for row in rows if isinstance(row, RowError)]
    assert [(error.file, error.row, error.column) for error in errors] == [
        ("a.csv", 3, ""),
        ("a.csv", 4, ""),
        ("a.csv", 6, "kolom 2"),
    ]
    assert all(error.message.endswith(".") or ";" in error.message for error in errors)


def test_parquet_text_that_is_no_utf8_is_named_and_the_others_go_in() -> None:
    texts = pa.array([b"M\xe9t\xe9\xe9n", "goed é".encode()], pa.binary())
    rows = list(read_bytes(_written(pa.table({"tekst": texts})), name="a.parquet").rows)
    assert [row.text for row in rows if isinstance(row, RawItem)] == ["goed é"]
    assert [(row.row, row.column) for row in rows if isinstance(row, RowError)] == [(1, "tekst")]


def test_every_row_of_every_group_of_parquet_is_read() -> None:
    numbers = range(9_000)
    table = pa.table(
        {
            "id": [str(number) for number in numbers],
            "tekst": [f"Tekst {number % 7}" for number in numbers],
            "labels": [["raad", f"dag {number % 5}"] for number in numbers],
        }
    )
    items = list(read_bytes(_written(table, row_group_size=1_000), name="a.parquet").rows)
    assert [(item.external_id, item.text, item.labels) for item in items if isinstance(item, RawItem)] == [
        (str(number), f"Tekst {number % 7}", ("raad", f"dag {number % 5}")) for number in numbers
    ]


def test_parquet_holds_labels_and_what_a_spreadsheet_cannot() -> None:
    table = pa.table(
        {
            "titel": pa.array(["Kop", None], pa.large_string()),
            "tekst": pa.array([None, "Tekst"]),
            "labels": [["raad", "azc"], None],
            "bron": [{"name": "De Krant", "id": 3}, None],
            "datum": pa.array([date(2022, 4, 7), None]),
            "vector": [[0.5], [0.25]],
            "id": pa.array([7, 8]).dictionary_encode(),
        }
    )
    first, second = read_bytes(_written(table), name="a.parquet").rows
    assert isinstance(first, RawItem) and isinstance(second, RawItem)
    assert (first.title, first.text, first.labels) == ("Kop", "", ("raad", "azc"))
    assert (first.external_id, first.outlet, first.published) == ("7", "De Krant", date(2022, 4, 7))
    assert (second.row, second.title, second.text, second.labels) == (2, "", "Tekst", ())


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.csv", b"titel,elders\nEen,\n,\n,iets\n"),
        ("a.jsonl", b'{"titel": "Een", "elders": ""}\n{"titel": null}\n{"titel": "", "elders": "iets"}'),
        ("a.parquet", _written(pa.table({"titel": ["Een", None], "elders": [None, "iets"]}))),
    ],
)
def test_a_row_counts_when_it_holds_anything_at_all(name: str, data: bytes) -> None:
    assert [row.title for row in read_bytes(data, name=name).rows if isinstance(row, RawItem)] == ["Een", ""]


def test_a_field_that_only_later_messages_have_is_read() -> None:
    data = b'{"tekst": "kort"}\n' * 1_000 + b'{"titel": "Kop", "tekst": "lang"}\n'
    *_others, last = read_bytes(data, name="a.jsonl").rows
    assert isinstance(last, RawItem) and last.title == "Kop"


def test_a_broken_json_line_is_named_and_the_others_go_in() -> None:
    rows = list(read_bytes(b'{"titel": "een"}\n{"titel": \n[1]\n{"titel": "vier"}\n', name="a.jsonl").rows)
    assert [row.title for row in rows if isinstance(row, RawItem)] == ["een", "vier"]
    assert [row.row for row in rows if isinstance(row, RowError)] == [2, 3]


def test_a_file_that_breaks_off_inside_quotes_is_refused_as_a_whole() -> None:
    result = read_bytes(b'id,titel\n1,goed\n2,"nooit gesloten\n3,weg\n', name="a.csv")
    with pytest.raises(FileRejected, match="Rij 3"):
        list(result.rows)


def _bomb_xlsx() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("xl/worksheets/sheet1.xml", b"<c>" * 85_000_000)
    return out.getvalue()


def _sparse_xlsx() -> bytes:
    workbook = openpyxl.Workbook()
    assert workbook.active is not None
    workbook.active["A1"] = "titel"
    workbook.active["XFD1048576"] = "ver weg"
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def _lying_xlsx() -> bytes:
    """A sheet whose table of contents says that a part is much smaller than it is."""
    data = bytearray(_xlsx())
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        size = packed.getinfo("xl/worksheets/sheet1.xml").file_size
    return bytes(data.replace(size.to_bytes(4, "little"), (10).to_bytes(4, "little")))


def _shared_xlsx() -> bytes:
    """A sheet in which many cells point at one long text."""
    cells = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(1, 20_001))
    texts = f"<sst><si><t>{'x' * 32_000}</t></si></sst>"
    sheet = f"<worksheet><sheetData>{cells}</sheetData></worksheet>"
    return _zip({"xl/sharedStrings.xml": texts.encode(), "xl/worksheets/sheet1.xml": sheet.encode()})


def _repeated_ods() -> bytes:
    data = _ods()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename == "content.xml":
                content = content.replace(
                    b"<table:table-row>", b'<table:table-row table:number-rows-repeated="1048576">'
                )
                content = content.replace(
                    b"<table:table-cell ", b'<table:table-cell table:number-columns-repeated="16384" '
                )
            new.writestr(part, content)
    return out.getvalue()


def _bomb_parquet() -> bytes:
    """A few kilobytes in which a hundred thousand rows point at one long text."""
    places = pa.array([0] * 100_000, pa.int32())
    texts = pa.DictionaryArray.from_arrays(places, pa.array(["x" * 1_000_000]))
    return _written(pa.table({"tekst": texts}))


def _bomb_of_labels() -> bytes:
    labels = pa.DictionaryArray.from_arrays(pa.array([0] * 3_000, pa.int32()), pa.array(["x" * 100_000]))
    lists = pa.ListArray.from_arrays(pa.array(range(3_001), pa.int32()), labels)
    return _written(pa.table({"tekst": ["kort"] * 3_000, "labels": lists}))


ITEM = "<item><title>t</title></item>"
REFUSED: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "leeg bestand": ("a.csv", lambda: b"", "leeg"),
    "alleen witruimte": ("a.csv", lambda: b" \n\n ", "leeg"),
    "pdf": ("a.csv", lambda: b"%PDF-1.7 ...", "pdf-bestand"),
    "plaatje": ("a.csv", lambda: b"\x89PNG\r\n\x1a\n" + b"x" * 99, "beeld-bestand"),
    "programma": ("a.csv", lambda: bytes(range(256)) * 50, "geen tekstbestand"),
    "geen tekstkolom": ("a.csv", lambda: b"nr,getal\n1,2\n", "geen kolom met een titel of tekst"),
    "gz afgebroken": ("a.csv.gz", lambda: gzip.compress(_csv() * 100)[:-20], "beschadigd of niet compleet"),
    "gz-bom": ("a.csv.gz", lambda: gzip.compress(b"titel\n" + b"0" * 120_000_000), "onmogelijk hard"),
    "xlsx-bom": ("a.xlsx", _bomb_xlsx, "te groot"),
    "xlsx met een verre cel": ("a.xlsx", _sparse_xlsx, "te groot"),
    "xlsx met een gedeelde lange tekst": ("a.xlsx", _shared_xlsx, "aan tekst"),
    "xlsx die liegt over zijn grootte": ("a.xlsx", _lying_xlsx, "beschadigd"),
    "ods met herhaalde cellen": ("a.ods", _repeated_ods, "te groot"),
    "xlsx afgebroken": ("a.xlsx", lambda: _xlsx()[:-200], "beschadigd"),
    "zip zonder rekenblad": ("a.xlsx", lambda: _zip({"x.txt": b"x"}), "beschadigd"),
    "json afgebroken": ("a.json", lambda: _json()[:-5], "geen geldige JSON"),
    "json diep": ("a.json", lambda: b"[" * 200_000, "geen geldige JSON"),
    "parquet-bom": ("a.parquet", _bomb_parquet, "te groot"),
    "parquet-bom van labels": ("a.parquet", _bomb_of_labels, "te groot"),
    "parquet afgebroken": ("a.parquet", lambda: _parquet()[:-200], "beschadigd"),
    "parquet met een gat": ("a.parquet", lambda: _with_a_hole(_parquet()), "beschadigd"),
    "parquet zonder tekst": (
        "a.parquet",
        lambda: _written(pa.table({"getal": [1]})),
        "geen kolom met een titel of tekst",
    ),
    "feed afgebroken": ("a.xml", f"<rss><channel>{ITEM}<item><title>ha".encode, "halverwege"),
    "feed te lang": (
        "a.xml",
        f"<rss><channel>{ITEM * 5_001}</channel></rss>".encode,
        "meer dan 5000",
    ),
    "feed te groot": ("a.xml", lambda: b"<rss>" + b" " * 5_000_001 + b"</rss>", "groter dan 5 MB"),
    "feed te diep": ("a.xml", lambda: b"<rss>" + b"<a>" * 100_000 + b"</rss>", "lagen"),
    "feed met entiteiten": (
        "a.xml",
        lambda: b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><rss>&c;</rss>',
        "ENTITY",
    ),
    "webpagina": ("a.xml", lambda: b"<html><body>Verhuisd</body></html>", "geen RSS"),
}


def _with_a_hole(data: bytes) -> bytes:
    return data[:4] + bytes(300) + data[304:]


def _zip(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_at_once_and_says_why(name: str) -> None:
    file, make, part = REFUSED[name]
    data = make()
    started = time.process_time()
    with pytest.raises(FileRejected) as caught:
        list(read_bytes(data, name=file).rows)
    assert part in caught.value.message
    assert time.process_time() - started < 2


RSS = """<?xml version="1.0" encoding="{encoding}"?>
<rss version="2.0" xmlns:slash="http://purl.org/rss/1.0/modules/slash/"><channel><title>Dagblad Regio</title>
<language>nl</language>
<item><title>Opvang in café &lt;b&gt;Borne&lt;/b&gt;</title><link>https://a.nl/1</link><guid>1</guid>
<description>&lt;p&gt;De raad besluit.&lt;/p&gt;</description><author>jan@a.nl (Jan)</author>
<category>azc</category>
<pubDate>Thu, 07 Apr 2022 14:05:00 +0200</pubDate><slash:comments>4</slash:comments></item>
<item><title>Zonder datum</title><link>javascript:alert(1)</link></item>
</channel></rss>"""


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "utf-16"])
def test_a_feed_says_itself_what_is_what(encoding: str) -> None:
    result = read_bytes(RSS.format(encoding=encoding).encode(encoding), name="feed.xml")
    first, second = [row for row in result.rows if isinstance(row, RawItem)]
    assert result.format == "rss"
    assert first.title == "Opvang in café <b>Borne</b>"
    assert (first.outlet, first.url, first.external_id) == ("Dagblad Regio", "https://a.nl/1", "1")
    assert str(first.published) == "2022-04-07 12:05:00+00:00"
    assert first.interactions == {"reacties": "4"}
    assert first.labels == ("azc",)
    assert second.published is None


def test_a_feed_never_opens_a_file_or_address_by_its_content(tmp_path: Path) -> None:
    secret = tmp_path / "geheim.xml"
    secret.write_text(RSS.format(encoding="utf-8"))
    with pytest.raises(FileRejected):
        read_bytes(str(secret).encode(), name="feed.xml", kind="rss")


def test_preview_shows_the_first_rows_and_the_mapping_we_would_use() -> None:
    data = "nr;Kop;Datum\n" + "\n".join(f"{number};Bericht {number};07-04-2022" for number in range(9))
    seen = preview(data.encode(), name="a.csv")
    assert seen.header == ("nr", "Kop", "Datum")
    assert seen.columns == {"titel": "Kop", "datum": "Datum"}
    assert seen.rows[0] == ("0", "Bericht 0", "07-04-2022")
    assert len(seen.rows) == 5
    assert preview(b"nr,getal\n1,2\n", name="a.csv").columns == {}, (
        "a file nobody recognises can still be mapped"
    )
    assert preview(RSS.format(encoding="utf-8").encode(), name="f.xml").rows[0][1].startswith("Opvang")


def test_sheet_cells_keep_their_kind() -> None:
    items = [row for row in read_bytes(_xlsx(), name="a.xlsx").rows if isinstance(row, RawItem)]
    assert items[0].external_id == "1", "a number in a sheet is not 1.0"
    assert isinstance(items[0].published, date)
