"""From specification to picture: SVG that a strict page may hold, PNG for documents, each made once."""

import contextlib
import hashlib
import json
import os
import threading
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from lxml import etree

from regietafel.kit.charts.chart import PHONE_WIDTH, Chart

SVG = "http://www.w3.org/2000/svg"
EDITION = "3"
"""Part of the key of every stored drawing; raise it when drawings change."""

LOCALE = "nl-NL"
PAPER_WIDTH = 640
DAYS_ON_PHONE = 4
PAPER_SCALE = 3.0
_ONE_AT_A_TIME = threading.Lock()


def render_svg(chart: Chart, *, width: int) -> SafeString:
    """Draw a chart as SVG without styles or scripts, with its title and description for screen readers."""
    key = _key(chart, f"svg {width}")
    stored = _stored(key, "svg")
    if stored is None:
        stored = _cleaned(_drawn(chart, width), chart, prefix=f"g{key[:8]}").encode()
        _store(key, stored, kind="svg")
    return mark_safe(stored.decode())


def render_png(chart: Chart, *, width: int = PAPER_WIDTH) -> bytes:
    """Draw a chart as a picture fine enough for paper."""
    key = _key(chart, f"png {width}")
    stored = _stored(key, "png")
    if stored is None:
        on_white = replace(chart, spec={**chart.spec, "background": "white"})
        stored = _converter().svg_to_png(_drawn(on_white, width), scale=PAPER_SCALE)
        _store(key, stored, kind="png")
    return stored


def _drawn(chart: Chart, width: int) -> str:
    """Let Vega draw; nothing in a specification can make it fetch from anywhere."""
    with _ONE_AT_A_TIME:
        return str(
            _converter().vegalite_to_svg(
                {**_fitted(chart.spec, width), "width": width},
                allowed_base_urls=[],
                format_locale=LOCALE,
                time_format_locale=LOCALE,
            )
        )


def _fitted(spec: dict[str, Any], width: int) -> dict[str, Any]:
    """Name fewer days on a phone, so that their names do not touch; the last, first in the list, stays."""
    if width > PHONE_WIDTH:
        return spec
    layers = [_with_fewer_days(layer) for layer in spec.get("layer", ())]
    return {**spec, "layer": layers} if layers else spec


def _with_fewer_days(layer: dict[str, Any]) -> dict[str, Any]:
    encoding = layer["encoding"]
    axis = encoding.get("x", {}).get("axis") or {}
    step = -(-len(axis.get("values", ())) // DAYS_ON_PHONE)
    if step < 2:
        return layer
    x = {**encoding["x"], "axis": {**axis, "values": axis["values"][::step]}}
    return {**layer, "encoding": {**encoding, "x": x}}


@cache
def _converter() -> Any:
    """Load the drawing engine at the first chart, which takes half a second, and give it our letters."""
    import vl_convert

    with contextlib.suppress(OSError):  # a full disk costs the right letters, not the drawing
        vl_convert.register_font_directory(str(_letters()))
    return vl_convert


def _letters() -> Path:
    """Unpack the letters of the pages, which the drawing engine reads only as TrueType."""
    from django.contrib.staticfiles import finders
    from fontTools.ttLib import TTFont

    folder = _folder() / "letters"
    folder.mkdir(parents=True, exist_ok=True)
    for weight in (400, 700):
        packed = finders.find(f"kit/vendor/noto-sans/noto-sans-latin-{weight}-normal.woff2")
        target = folder / f"noto-sans-{weight}.ttf"
        if packed and not target.exists():
            font = TTFont(packed)
            font.flavor = None
            partial = target.with_suffix(f".{os.getpid()}.deel")
            font.save(partial)
            partial.replace(target)
    return folder


def _cleaned(drawing: str, chart: Chart, *, prefix: str) -> str:
    """Make one picture with one name out of a drawing: no styles, no hidden English, no clashing ids."""
    root = etree.fromstring(drawing.encode())
    for element in root.iter():
        _clean_element(element, prefix)
    del root.attrib["width"], root.attrib["height"]
    root.set("class", "rt-chart__svg")
    root.set("role", "img")
    root.set("aria-labelledby", f"{prefix}-titel {prefix}-uitleg")
    root.insert(0, _named("desc", identity=f"{prefix}-uitleg", text=chart.description))
    root.insert(0, _named("title", identity=f"{prefix}-titel", text=chart.title))
    return str(etree.tostring(root, encoding="unicode"))


def _clean_element(element: Any, prefix: str) -> None:
    for name, value in list(element.attrib.items()):
        if name in ("style", "class", "role", "cursor", "pointer-events") or name.startswith(("aria-", "on")):
            del element.attrib[name]
        elif name == "id":
            element.set(name, f"{prefix}-{value}")
        elif "url(#" in value:
            element.set(name, value.replace("url(#", f"url(#{prefix}-"))


def _named(tag: str, *, identity: str, text: str) -> Any:
    element = etree.Element(f"{{{SVG}}}{tag}", id=identity)
    element.text = text
    return element


def _key(chart: Chart, form: str) -> str:
    content = json.dumps([EDITION, form, chart.title, chart.description, chart.spec], sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()


def _folder() -> Path:
    return Path(settings.ENVIRONMENT.data) / "tekeningen"


def _stored(key: str, kind: str) -> bytes | None:
    try:
        return (_folder() / f"{key}.{kind}").read_bytes()
    except OSError:
        return None


def _store(key: str, content: bytes, *, kind: str) -> None:
    """Keep a drawing; when the disk is full the page still gets its drawing."""
    target = _folder() / f"{key}.{kind}"
    partial = target.with_suffix(f".{os.getpid()}-{threading.get_ident()}.deel")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        partial.write_bytes(content)
        partial.replace(target)
    except OSError:
        with contextlib.suppress(OSError):
            partial.unlink(missing_ok=True)
