#!/usr/bin/env python3
"""Copy the front-end files Regietafel ships from an unpacked `node_modules` folder, and write their manifest.

Usage: `python scripts/vendor.py NODE_MODULES`, after `npm install --ignore-scripts` of the packages below
at the versions you mean to ship. Source-map comments are stripped, every large text file gets a gzip twin
that the web server hands out as it is, and `manifest.json` records what was copied, its licence and sha256.
"""

import gzip
import hashlib
import json
import re
import shutil
import sys
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "src/regietafel/kit/static/kit/vendor"
GZIP_FROM_BYTES = 20_000
FONT_FILES = [
    f"files/noto-sans-{subset}-{weight}-normal.woff2"
    for subset in ("latin", "latin-ext")
    for weight in (400, 600, 700)
]
ICONS = """
alert-circle alert-triangle archive arrow-left arrow-right ban bell building calendar chart-line
check chevron-down chevron-left chevron-right chevron-up circle-check clock dots download
external-link eye file-spreadsheet file-text filter flag help-circle history home hourglass
info-circle key link list lock logout map-pin menu-2 message news note pencil player-pause plus
printer quote refresh rss scale search selector settings share shield-check table trash upload user
users world x
""".split()

# package, folder here, licence, licence file in the package, {file in the package: name here}
PACKAGES: list[tuple[str, str, str, str, dict[str, str]]] = [
    ("@utrecht/component-library-css", "utrecht", "EUPL-1.2", "LICENSE.md", {"dist/index.css": "index.css"}),
    (
        "@nl-design-system-unstable/voorbeeld-design-tokens",
        "voorbeeld-tokens",
        "EUPL-1.2",
        "LICENSE.md",
        {"dist/theme.css": "theme.css"},
    ),
    (
        "@fontsource/noto-sans",
        "noto-sans",
        "OFL-1.1",
        "LICENSE",
        {name: Path(name).name for name in FONT_FILES},
    ),
    ("htmx.org", "htmx", "0BSD", "LICENSE", {"dist/htmx.min.js": "htmx.min.js"}),
    ("vega", "vega", "BSD-3-Clause", "LICENSE", {"build/vega.min.js": "vega.min.js"}),
    ("vega-lite", "vega-lite", "BSD-3-Clause", "LICENSE", {"build/vega-lite.min.js": "vega-lite.min.js"}),
    ("vega-embed", "vega-embed", "BSD-3-Clause", "LICENSE", {"build/vega-embed.min.js": "vega-embed.min.js"}),
    (
        "vega-interpreter",
        "vega-interpreter",
        "BSD-3-Clause",
        "LICENSE",
        {"build/vega-interpreter.js": "vega-interpreter.js"},
    ),
    (
        "@tabler/icons",
        "tabler",
        "MIT",
        "LICENSE",
        {f"icons/outline/{name}.svg": f"{name}.svg" for name in ICONS},
    ),
]


def without_source_map(content: bytes) -> bytes:
    """Drop source-map comments: they point at files that are not shipped."""
    content = re.sub(rb"\n?//# sourceMappingURL=[^\n]*", b"", content)
    return re.sub(rb"/\*# sourceMappingURL=.*?\*/", b"", content)


def as_plain_script(content: bytes) -> bytes:
    """Turn the interpreter's module into a plain script: a bare import needs an inline import map."""
    text = content.decode()
    text, imports = re.subn(r"import (\{[^}]*\}) from 'vega-util';", r"const \1 = vega;", text)
    text, exports = re.subn(
        r"export \{ expression as expressionInterpreter \};",
        "window.vegaExpressionInterpreter = expression;",
        text,
    )
    if (imports, exports) != (1, 1):
        raise SystemExit("vega-interpreter is built differently from what this script knows")
    return f"(function () {{\n{text}\n}})();\n".encode()


def copy_file(source: Path, target: Path) -> dict[str, object]:
    """Copy one file, cleaned, and describe it for the manifest."""
    original = source.read_bytes()
    content = original
    if source.suffix in {".css", ".js"}:
        content = without_source_map(content)
    if source.name == "vega-interpreter.js":
        content = as_plain_script(content)
    if source.suffix == ".svg":
        content = re.sub(rb"<!--.*?-->\s*", b"", content, flags=re.DOTALL)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    if source.suffix in {".css", ".js"} and len(content) >= GZIP_FROM_BYTES:
        target.with_name(target.name + ".gz").write_bytes(gzip.compress(content, 9, mtime=0))
    return {
        "file": target.relative_to(TARGET).as_posix(),
        "sha256": hashlib.sha256(content).hexdigest(),
        "changed": content != original,
    }


def vendor(node_modules: Path) -> None:
    """Remake the vendor folder from the packages."""
    shutil.rmtree(TARGET, ignore_errors=True)
    entries = []
    for package, folder, licence, licence_file, files in PACKAGES:
        root = node_modules / package
        version = json.loads((root / "package.json").read_text())["version"]
        copied = [copy_file(root / name, TARGET / folder / local) for name, local in files.items()]
        copied.append(copy_file(root / licence_file, TARGET / folder / "LICENSE.txt"))
        entries.append({"name": package, "version": version, "licence": licence, "files": copied})
    (TARGET / "manifest.json").write_text(json.dumps({"packages": entries}, indent=1) + "\n")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    vendor(Path(sys.argv[1]))
