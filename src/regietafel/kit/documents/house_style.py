"""The Word template of every report: made here once, then edited in Word by whoever owns the house style.

`python -m regietafel.kit.documents.house_style` makes `templates/report.docx` anew. What stands between
double braces is filled in; the blocks of a report come where `[[inhoud]]` stands, in the template's styles.
"""

import datetime as dt
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

TEMPLATE = Path(__file__).parent / "templates" / "report.docx"
CONTENT_HERE = "[[inhoud]]"
FONT = "Noto Sans"
INK, SOFT, ACCENT, ALARM = "0F1F2E", "44566A", "0B5A8A", "A8201A"
TEXT_WIDTH = Mm(166)
TABLE_STYLE = "Regietafel tabel"
WASH = "F3F6F8"
PAD = (4, 5, WASH)
STYLES: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("Title", "", {"size": 22, "bold": True, "after": 2}),
    ("Subtitle", "", {"size": 10.5, "colour": SOFT, "after": 12}),
    ("Heading 1", "", {"size": 16, "bold": True, "before": 18, "after": 4}),
    ("Heading 2", "", {"size": 12.5, "bold": True, "before": 14, "after": 4}),
    ("Heading 3", "", {"size": 10.5, "bold": True, "before": 10, "after": 2}),
    ("List Bullet", "", {"size": 10, "after": 3}),
    ("Caption", "", {"size": 9, "bold": True, "before": 6, "after": 3, "keep": True}),
    ("Header", "", {"size": 8, "colour": SOFT, "after": 0}),
    ("Footer", "", {"size": 8, "colour": SOFT, "after": 0}),
    ("Bijzaak", "Normal", {"size": 8.5, "colour": SOFT, "after": 6}),
    ("Kernbeeld", "Normal", {"size": 11.5, "after": 4, "indent": 4}),
    ("Kerngetal", "Normal", {"size": 18, "bold": True, "after": 0, "keep": True}),
    ("Voorbehoud", "Normal", {"size": 8.5, "before": 12, "after": 6, "indent": 2}),
    ("Tabeltekst", "Normal", {"size": 9, "after": 0}),
)
_TABLE_STYLE_XML = f"""
<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="Regietafeltabel">
  <w:name w:val="{TABLE_STYLE}"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/><w:qFormat/>
  <w:tblPr><w:tblBorders><w:bottom w:val="single" w:sz="4" w:color="DFE5EA"/>
    <w:insideH w:val="single" w:sz="4" w:color="DFE5EA"/></w:tblBorders>
    <w:tblCellMar><w:top w:w="50" w:type="dxa"/><w:left w:w="0" w:type="dxa"/>
    <w:bottom w:w="50" w:type="dxa"/><w:right w:w="140" w:type="dxa"/></w:tblCellMar></w:tblPr>
  <w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:color w:val="{SOFT}"/></w:rPr>
    <w:tcPr><w:tcBorders><w:bottom w:val="single" w:sz="6" w:color="8195A5"/></w:tcBorders></w:tcPr>
  </w:tblStylePr>
</w:style>"""
_FONT_XML = f"""
<w:font {nsdecls("w")} w:name="{FONT}"><w:altName w:val="Segoe UI"/>
  <w:panose1 w:val="020B0502040504020204"/><w:charset w:val="00"/><w:family w:val="swiss"/>
  <w:pitch w:val="variable"/></w:font>"""


def make_template(target: Path = TEMPLATE) -> Path:
    """Write the template and return where it stands."""
    document = Document()
    _set_defaults(document)
    for name, parent, look in STYLES:
        _set_style(document, name, parent=parent, look=look)
    _draw_lines(document.styles["Kernbeeld"], left=(18, 8, ACCENT))
    _draw_lines(document.styles["Kerngetal"], top=(12, 4, INK))
    _draw_lines(document.styles["Voorbehoud"], **dict.fromkeys(("top", "left", "bottom", "right"), PAD))
    _shade(document.styles["Voorbehoud"])
    document.styles.element.append(parse_xml(_TABLE_STYLE_XML))
    _set_page(document)
    document.add_paragraph("{{ titel }}", style="Title")
    document.add_paragraph("{{ ondertitel }}", style="Subtitle")
    document.add_paragraph(CONTENT_HERE)
    _describe(document)
    target.parent.mkdir(parents=True, exist_ok=True)
    document.save(str(target))
    return target


def _set_defaults(document: Any) -> None:
    """Set letters, size and language of everything that says nothing itself."""
    properties = document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    language = properties.find(qn("w:lang"))
    language.set(qn("w:val"), "nl-NL")
    for fonts in list(properties.findall(qn("w:rFonts"))):
        properties.remove(fonts)
    properties.insert(0, parse_xml(f"<w:rFonts {nsdecls('w')} {_font_names()}/>"))
    normal = document.styles["Normal"]
    _letters(normal, {"size": 10})
    normal.paragraph_format.space_after = Pt(6)
    normal.paragraph_format.line_spacing = 1.2
    for part in document.part.package.iter_parts():
        if str(part.partname) == "/word/fontTable.xml":
            part._blob = part.blob.replace(b"</w:fonts>", _FONT_XML.strip().encode() + b"</w:fonts>")


def _font_names() -> str:
    return " ".join(f'w:{script}="{FONT}"' for script in ("ascii", "hAnsi", "cs", "eastAsia"))


def _set_style(document: Any, name: str, *, parent: str, look: dict[str, Any]) -> None:
    styles = document.styles
    style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH) if parent else styles[name]
    if parent:
        style.base_style = styles[parent]
        style.quick_style = True
    _letters(style, look)
    form = style.paragraph_format
    form.space_before, form.space_after = Pt(look.get("before", 0)), Pt(look.get("after", 6))
    if "indent" in look:
        form.left_indent = form.right_indent = Mm(look["indent"])
    form.keep_with_next = look.get("keep", name.startswith("Heading"))
    for border in style.element.findall(f".//{qn('w:pBdr')}"):
        border.getparent().remove(border)


def _letters(style: Any, look: dict[str, Any]) -> None:
    font = style.font
    font.size, font.bold, font.italic = Pt(look["size"]), look.get("bold"), None
    font.color.rgb = RGBColor.from_string(look.get("colour", INK))
    properties = style.element.get_or_add_rPr()
    for name in ("w:rFonts", "w:spacing"):
        for inherited in list(properties.findall(qn(name))):
            properties.remove(inherited)
    properties.insert(0, parse_xml(f"<w:rFonts {nsdecls('w')} {_font_names()}/>"))


def _draw_lines(style: Any, **sides: tuple[int, int, str]) -> None:
    """Draw lines around paragraphs: thickness in eighths of a point, distance in points, colour."""
    lines = ""
    for side in ("top", "left", "bottom", "right"):
        if side in sides:
            thick, away, colour = sides[side]
            lines += f'<w:{side} w:val="single" w:sz="{thick}" w:space="{away}" w:color="{colour}"/>'
    border = parse_xml(f"<w:pBdr {nsdecls('w')}>{lines}</w:pBdr>")
    style.element.get_or_add_pPr().insert_element_before(border, "w:shd", "w:spacing", "w:ind")


def _shade(style: Any) -> None:
    shade = f'<w:shd {nsdecls("w")} w:val="clear" w:fill="{WASH}"/>'
    style.element.get_or_add_pPr().insert_element_before(parse_xml(shade), "w:spacing", "w:ind")


def _set_page(document: Any) -> None:
    """Set A4 with the organisation and the mark on top, the title and the page number below."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin, section.bottom_margin = Mm(26), Mm(22)
    section.header_distance = section.footer_distance = Mm(12)
    top = _line_of_two(section.header.paragraphs[0], "{{ organisatie }}")
    mark = top.add_run("{{ markering }}")
    mark.bold, mark.font.color.rgb = True, RGBColor.from_string(ALARM)
    bottom = _line_of_two(section.footer.paragraphs[0], "{{ titel }}")
    _add_field(bottom, "PAGE")
    bottom.add_run(" van ")
    _add_field(bottom, "NUMPAGES")


def _line_of_two(paragraph: Any, left: str) -> Any:
    """Begin a line with something at the left, ready for what stands at the right."""
    stops = paragraph.paragraph_format.tab_stops
    stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    for inherited in paragraph.style.element.findall(f".//{qn('w:tab')}"):
        inherited.getparent().remove(inherited)
    paragraph.add_run(left)
    paragraph.add_run("\t")
    return paragraph


def _add_field(paragraph: Any, name: str) -> None:
    paragraph._p.append(
        parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="{name}"><w:r><w:t>1</w:t></w:r></w:fldSimple>')
    )


def _describe(document: Any) -> None:
    """Name what the file is; a fixed moment, so that making it again gives the same file."""
    facts = document.core_properties
    facts.title, facts.author, facts.language = "{{ titel }}", "{{ auteur }}", "nl-NL"
    facts.comments, facts.keywords, facts.subject = "", "", "{{ ondertitel }}"
    facts.created = facts.modified = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


if __name__ == "__main__":
    make_template()
