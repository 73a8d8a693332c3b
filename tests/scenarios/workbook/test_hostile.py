"""Files that are no workbook, or no innocent one: refused in French before their cells are read."""

import io
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl.xml import DEFUSEDXML

from scenarios.formats import ScenarioError, read
from scenarios.formats.workbook import package

SHEET = "xl/worksheets/sheet2.xml"
ENTITIES = b"""<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<si><t>&b;</t></si></sst>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE sst [<!ENTITY a SYSTEM "file:///etc/passwd">]>
<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>&a;</t></si></sst>"""
HEAD = b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'

Repack = Callable[..., Path]


@pytest.fixture
def repacked(exported: Path, tmp_path: Path) -> Repack:
    """Return a function that gives the exported workbook with parts replaced, added, or (None) removed."""

    def repack(parts: dict[str, bytes | None], name: str = "recu.xlsx") -> Path:
        path = tmp_path / name
        with zipfile.ZipFile(exported) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
            for part in source.namelist():
                if part not in parts:
                    target.writestr(part, source.read(part))
            for part, content in parts.items():
                if content is not None:
                    target.writestr(part, content)
        return path

    return repack


def refused(path: Path) -> str:
    with pytest.raises(ScenarioError) as refusal:
        read(path)
    (problem,) = refusal.value.problems
    assert problem.file == path.name
    assert problem.advice.endswith(".")
    return problem.found


def test_openpyxl_reads_with_defusedxml() -> None:
    assert DEFUSEDXML is True


@pytest.mark.parametrize("part", ["xl/vbaProject.bin", "xl/macrosheets/sheet1.xml", "xl/activeX/activeX1.bin"])
def test_macros_are_refused(repacked: Repack, part: str) -> None:
    assert refused(repacked({part: b"x"})) == "un classeur qui contient des macros"


def test_a_macro_workbook_renamed_is_refused(repacked: Repack, exported: Path) -> None:
    types = zipfile.ZipFile(exported).read("[Content_Types].xml")
    types = types.replace(b"spreadsheetml.sheet.main", b"sheet.macroEnabled.main")
    for name in ("plan.xlsm", "plan.xlsx"):
        assert refused(repacked({"[Content_Types].xml": types}, name)) == "un classeur qui contient des macros"


@pytest.mark.parametrize("bomb", [ENTITIES, OUTSIDE])
def test_entity_bombs_are_refused(repacked: Repack, bomb: bytes) -> None:
    assert refused(repacked({"xl/sharedStrings.xml": bomb})) == "un fichier illisible ou abîmé"
    assert refused(repacked({"xl/styles.xml": bomb})) == "un fichier illisible ou abîmé"


def test_zip_bombs_are_refused(repacked: Repack) -> None:
    path = repacked({"xl/media/bomb.bin": bytes(package.largest_content())})
    assert path.stat().st_size < 1_000_000
    start = time.process_time()
    assert refused(path) == "un classeur qui devient trop grand une fois décompressé"
    assert time.process_time() - start < 1


def test_too_many_parts_are_refused(repacked: Repack) -> None:
    parts: dict[str, bytes | None] = {f"xl/media/{rank}": b"" for rank in range(package.MOST_PARTS)}
    assert "trop grand" in refused(repacked(parts))


@pytest.mark.parametrize(
    "rows",
    [
        b"".join(b'<row r="%d"><c r="XFD%d"><v>1</v></c></row>' % (row, row) for row in range(1, 400)),
        b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells><sheetData>',
        b"</sheetData><mergeCells>" + b'<mergeCell ref="A1:Z99"/>' * 400 + b"</mergeCells><sheetData>",
        b'</sheetData><hyperlinks><hyperlink ref="A1:XFD1048576"/></hyperlinks><sheetData>',
    ],
)
def test_huge_sheets_are_refused(repacked: Repack, rows: bytes) -> None:
    start = time.process_time()
    found = refused(repacked({SHEET: HEAD + rows + b"</sheetData></worksheet>"}))
    assert found == "une feuille trop grande, ou une cellule fusionnée trop étendue"
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    "rows",
    [
        b'<row r="2000000000"><c r="A2000000000"><v>1</v></c></row>',
        b'<row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>',
        b'<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
        b'<row r="1"><c r="A7"><v>1</v></c></row>',
        b'<row r="1"><c r="A1" t="s"><v>99999</v></c></row>',
        b'<row r="1"><c r="A1"><v>douze</v></c></row>',
        b"<row",
    ],
)
def test_senseless_sheets_are_refused(repacked: Repack, rows: bytes) -> None:
    assert refused(repacked({SHEET: HEAD + rows + b"</sheetData></worksheet>"})) == "un fichier illisible ou abîmé"


def test_a_strict_workbook_is_refused_rather_than_read_empty(repacked: Repack, exported: Path) -> None:
    sheet = zipfile.ZipFile(exported).read(SHEET)
    strict = sheet.replace(
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/spreadsheetml/main"
    )
    assert refused(repacked({SHEET: strict})) == "un fichier illisible ou abîmé"


def test_missing_parts_are_refused(repacked: Repack) -> None:
    for part in ("xl/workbook.xml", "[Content_Types].xml", "xl/sharedStrings.xml", SHEET):
        assert refused(repacked({part: None}))


def test_other_files_are_named(tmp_path: Path) -> None:
    path = tmp_path / "recu.xlsx"
    for content, found in (
        (b"code,label\n", "un fichier illisible ou abîmé"),
        (b"", "un fichier illisible ou abîmé"),
        (b"PK\x03\x04", "un fichier illisible ou abîmé"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "un ancien classeur (.xls), ou un classeur protégé par un mot de passe"),
        (open_document(), "un classeur OpenDocument (.ods)"),
    ):
        path.write_bytes(content)
        assert refused(path) == found


def test_a_truncated_file_is_refused_wherever_it_stops(exported: Path, tmp_path: Path) -> None:
    content = exported.read_bytes()
    path = tmp_path / "recu.xlsx"
    for size in range(0, len(content), len(content) // 40):
        path.write_bytes(content[:size])
        assert refused(path)


def test_a_damaged_file_is_refused_or_unchanged(exported: Path, tmp_path: Path) -> None:
    content, path, expected = bytearray(exported.read_bytes()), tmp_path / "recu.xlsx", read(exported)
    for place in range(0, len(content), len(content) // 60):
        damaged = bytearray(content)
        damaged[place] ^= 0x55
        path.write_bytes(damaged)
        try:
            assert read(path) == expected
        except ScenarioError as refusal:
            assert refusal.problems  # noqa: PT017 - either outcome is right


def open_document() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    return target.getvalue()
