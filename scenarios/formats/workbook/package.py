"""The package of a workbook, as received from anybody: what is refused before a single cell is read.

A ``.xlsx`` file is a zip of XML parts. Macros, zip bombs, entity bombs and sheets too large to be a table of financing
are refused here; defusedxml refuses entities wherever XML is read, in openpyxl too.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse
from openpyxl.utils.cell import coordinate_to_tuple, get_column_letter, range_boundaries
from openpyxl.xml.constants import SHEET_MAIN_NS

from scenarios.formats.disk import too_large
from scenarios.formats.problems import Problem
from scenarios.language import _
from scenarios.limits import DOCUMENT, MEGA, UNPACKED
from scenarios.wording import shown

MOST_PARTS = 2_000
MOST_CELLS = 4_000_000
"""Cells of one sheet, empty ones included between the first column and the last one filled of each row."""

MOST_MERGED = 100_000
"""Cells of one sheet covered by merged ranges or links: a table has titles, not whole sheets, in one cell."""

LAST_ROW = 1_048_576
_ROW, _MERGED, _LINK, _FORMULA, _VALUE = (
    f"{{{SHEET_MAIN_NS}}}{tag}" for tag in ("row", "mergeCell", "hyperlink", "f", "v")
)
_OLD_FORMAT = b"\xd0\xcf\x11\xe0"
_MACROS = re.compile(r"vbaproject|macrosheets/|activex/|dialogsheets/", re.IGNORECASE)
_MACRO_TYPE = b"macroEnabled"
_CONTENT_TYPES = "[Content_Types].xml"

UNREADABLE: tuple[type[Exception], ...] = (
    zipfile.BadZipFile, zlib.error, ParseError, DefusedXmlException, NotImplementedError, RuntimeError, EOFError,
    KeyError, ValueError, TypeError, IndexError, AttributeError, OverflowError,
)  # fmt: skip
"""What a damaged or hostile package raises: bad archive, bad XML, forbidden entities, missing or senseless parts."""

Range = tuple[int, int, int, int]
"""First row, first column, last row, last column, from 1."""


@dataclass
class Layout:
    """What one sheet's XML says beside its values: formulas without a saved value, and merged ranges."""

    unsaved: set[tuple[int, int]] = field(default_factory=set)
    merged: list[Range] = field(default_factory=list)
    covered: int = 0
    too_large: bool = False


def read_bytes(path: Path, problems: list[Problem]) -> bytes | None:
    """Return the bytes of a workbook that may be opened; None, and what is wrong, otherwise. Raises OSError."""
    problem = too_large(path, path.name)
    content = b"" if problem is not None else path.read_bytes()
    problem = problem or _refusal(content, path.name)
    if problem is not None:
        problems.append(problem)
        return None
    return content


def damaged(name: str) -> Problem:
    """Build the problem of a file that is no readable workbook."""
    return Problem(
        name, None, None, _("un fichier illisible ou abîmé"), _("un classeur Excel (.xlsx) complet"),
        _("Ouvrez le fichier dans un tableur et enregistrez-le de nouveau au format .xlsx."),
    )  # fmt: skip


def layout_of(content: bytes, part: str) -> Layout:
    """Read what stands beside the values of one sheet. Raises what ``UNREADABLE`` lists."""
    found = Layout()
    last, area = 0, 0
    with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(part) as source:
        for element in _ended(source):
            if element.tag == _ROW:
                last, width = _row(element, last, found)
                area += width
                found.too_large = found.too_large or area > MOST_CELLS
                element.clear()
            elif element.tag == _MERGED:
                found.merged.append(_area(element, found))
            elif element.tag == _LINK:
                _area(element, found)
    return found


def _ended(source: Any) -> Iterator[Element]:
    first = True
    for event, element in iterparse(source, events=("start", "end")):
        if first and element.tag != f"{{{SHEET_MAIN_NS}}}worksheet":
            raise ValueError("not a sheet of a transitional workbook")
        first = False
        if event == "end":
            yield element


def _row(element: Element, last: int, found: Layout) -> tuple[int, int]:
    """Note the formulas of a row; return its number and its last column. Raises ValueError when out of order."""
    number, column = int(element.get("r") or last + 1), 0
    if not last < number <= LAST_ROW:
        raise ValueError("rows out of order")
    for cell in element:
        place = coordinate_to_tuple(cell.get("r") or f"{get_column_letter(column + 1)}{number}")
        if place[0] != number or place[1] <= column:
            raise ValueError("cells out of order")
        column = place[1]
        if cell.find(_FORMULA) is not None:
            value = cell.find(_VALUE)
            if value is None or (not value.text and cell.get("t") != "str"):
                found.unsaved.add(place)
    return number, column


def _area(element: Element, found: Layout) -> Range:
    """Return the range of a merged cell or of a link, and note when openpyxl would fill the memory with its cells."""
    first_column, first_row, last_column, last_row = range_boundaries(element.get("ref") or "A1")
    found.covered += (last_column - first_column + 1) * (last_row - first_row + 1)
    found.too_large = found.too_large or found.covered > MOST_MERGED
    return first_row, first_column, last_row, last_column


def _refusal(content: bytes, name: str) -> Problem | None:
    if content.startswith(_OLD_FORMAT):
        return Problem(
            name, None, None, _("un ancien classeur (.xls), ou un classeur protégé par un mot de passe"),
            _("un classeur Excel (.xlsx) sans mot de passe"),
            _("Ouvrez-le dans un tableur et enregistrez-le au format .xlsx, sans mot de passe."),
        )  # fmt: skip
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _of_parts(archive, name)
    except UNREADABLE:
        return damaged(name)


def _of_parts(archive: zipfile.ZipFile, name: str) -> Problem | None:
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > largest_content():
        return _bomb(name)
    names = {part.filename for part in parts}
    if "mimetype" in names:
        return Problem(
            name, None, None, _("un classeur OpenDocument (.ods)"), _("un classeur Excel (.xlsx)"),
            _("Enregistrez-le au format .xlsx."),
        )  # fmt: skip
    outside = sorted(part for part in names if ".." in part.replace("\\", "/").split("/"))
    if outside:
        return Problem(
            name, None, None, _("une partie dont le nom sort du classeur : {part}").format(part=shown(outside[0])),
            _("un classeur écrit par un tableur"),
            _("Ne l'ouvrez pas ; demandez à son auteur de l'enregistrer de nouveau avec un tableur."),
        )  # fmt: skip
    if _CONTENT_TYPES not in names:
        return damaged(name)
    if any(_MACROS.search(part) for part in names) or _MACRO_TYPE in archive.read(_CONTENT_TYPES):
        return Problem(
            name, None, None, _("un classeur qui contient des macros"), _("un classeur sans macro (.xlsx)"),
            _("Enregistrez-le au format « Classeur Excel (.xlsx) », qui retire les macros."),
        )  # fmt: skip
    return None


def largest_content() -> int:
    """Return the bytes of all the parts together, once decompressed: a bomb is refused from its table of contents."""
    return DOCUMENT.bytes * UNPACKED


def _bomb(name: str) -> Problem:
    return Problem(
        name, None, None, _("un classeur qui devient trop grand une fois décompressé"),
        _("un classeur de {count} parties et {mega} Mo au plus, une fois décompressé").format(
            count=MOST_PARTS, mega=largest_content() // MEGA
        ),
        _("Supprimez les feuilles et les images inutiles, ou employez un dossier de tables CSV."),
    )  # fmt: skip
