"""What ships of others: the files of the manifest, unchanged, with licences that allow it."""

import gzip
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

import regietafel.kit

VENDOR = Path(regietafel.kit.__file__).parent / "static/kit/vendor"
MANIFEST = json.loads((VENDOR / "manifest.json").read_text(encoding="utf-8"))
FREE = {"EUPL-1.2", "OFL-1.1", "0BSD", "BSD-3-Clause", "MIT"}
# House styles of organisations that keep all rights, and icons that may not be used commercially.
FORBIDDEN = {"@utrecht/design-tokens", "@rijkshuisstijl-community/design-tokens", "@opengemeenten/iconset"}


def files() -> list[dict[str, Any]]:
    return [file for package in MANIFEST["packages"] for file in package["files"]]


@pytest.mark.parametrize("file", files(), ids=lambda file: str(file["file"]))
def test_a_shipped_file_is_the_one_in_the_manifest(file: dict[str, Any]) -> None:
    content = (VENDOR / file["file"]).read_bytes()
    assert hashlib.sha256(content).hexdigest() == file["sha256"]
    assert b"sourceMappingURL" not in content


def test_nothing_ships_that_the_manifest_does_not_name() -> None:
    named = {str(file["file"]) for file in files()} | {"manifest.json"}
    shipped = {path.relative_to(VENDOR).as_posix() for path in VENDOR.rglob("*") if path.is_file()}
    assert {name for name in shipped if not name.endswith(".gz")} == named


def test_a_compressed_twin_holds_the_same_bytes() -> None:
    twins = sorted(VENDOR.rglob("*.gz"))
    assert twins
    for twin in twins:
        assert gzip.decompress(twin.read_bytes()) == twin.with_suffix("").read_bytes(), twin.name


def test_every_package_may_be_shipped_and_brings_its_licence() -> None:
    for package in MANIFEST["packages"]:
        assert package["licence"] in FREE, package["name"]
        assert package["name"] not in FORBIDDEN
        assert re.fullmatch(r"\d+\.\d+\.\d+", package["version"])
        licences = [file["file"] for file in package["files"] if file["file"].endswith("LICENSE.txt")]
        assert len(licences) == 1
        assert len((VENDOR / licences[0]).read_text(encoding="utf-8")) > 400
