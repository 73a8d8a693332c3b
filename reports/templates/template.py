"""One template: opened and checked against a scenario, then filled from a plan without touching anything else."""

import io
import re
import warnings
import zipfile
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils import get_column_letter

from allocator.allocation import Allocation
from reports.layout.figures import Figures
from reports.templates.figures import Answer, Kind, repeated
from reports.templates.requests import Request, RequestReader
from scenarios.document import Scenario
from scenarios.formats.problems import Problem, ScenarioError
from scenarios.formats.workbook.package import UNREADABLE, damaged, layout_of, read_bytes
from scenarios.language import _
from scenarios.rulebooks import NO_RULEBOOKS, Law

_SHEETS = re.compile(r"xl/worksheets/[^/]+\.xml")
_COMMENTS = re.compile(r"xl/comments[^/]*\.xml|xl/comments/[^/]+\.xml")
_DRAWINGS = re.compile(r"xl/drawings/drawing[^/]*\.xml")
_DRAWN = re.compile(rb"<(?:\w+:)?(?:sp|cxnSp|grpSp|graphicFrame)[ >/]")
_LOST = re.compile(r"xl/(?:ctrlProps|slicers|slicerCaches|threadedComments|timelines|richData|model)/|customXml/")
_WIDE = re.compile(rb'\bref="[^"]*:')
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


class Template:
    """A partner's workbook, whose requests all name cells and codes that exist."""

    def __init__(self, path: Path, scenario: Scenario) -> None:
        """Open and check a template. Raises ScenarioError with everything wrong, OSError."""
        self.path = path
        problems: list[Problem] = []
        content = read_bytes(path, problems)
        if content is None:
            raise ScenarioError(problems)
        self._content = content
        self.requests = RequestReader(self._open(), path.name, scenario, problems).read()
        if problems:
            raise ScenarioError(problems)

    def filled(self, scenario: Scenario, allocation: Allocation, law: Law = NO_RULEBOOKS) -> bytes:
        """Return the filled workbook. The same plan gives the same bytes.

        Raises ScenarioError when a cell to fill holds a formula, or when a list meets cells that are not empty.
        """
        figures = Figures(scenario, allocation, law)
        book = self._open()
        problems: list[Problem] = []
        filled: set[tuple[str, int, int]] = set()
        for request in self.requests:
            scopes = [request.scope]
            if request.over is not None:
                scopes = list(repeated(figures, request.scope, request.over))
            for rank, scope in enumerate(scopes):
                place = request.row + rank * request.step[0], request.column + rank * request.step[1]
                cell = book[request.sheet].cell(*place)
                problem = self._refusal(request, cell, rank, filled)
                if problem is None:
                    filled.add((request.sheet, *place))
                    _put(cell, request.figure.kind, request.figure.compute(figures, scope))
                else:
                    problems.append(problem)
        if problems:
            raise ScenarioError(problems)
        book.calculation.fullCalcOnLoad = True  # openpyxl drops the saved values of formulas
        target = io.BytesIO()
        book.save(target)
        return _reproducible(target.getvalue(), scenario.reference_date)

    def _open(self) -> Workbook:
        name = self.path.name
        try:
            problem = _fragile(self._content, name)
            book, told = _loaded(self._content) if problem is None else (Workbook(), [])
        except UNREADABLE:
            problem = damaged(name)
        if problem is None and any("not supported" in sentence for sentence in told):
            problem = _would_lose(name)
        if problem is not None:
            raise ScenarioError([problem])
        return book

    def _refusal(self, request: Request, cell: Any, rank: int, filled: set[tuple[str, int, int]]) -> Problem | None:
        place = f"{get_column_letter(cell.column)}{cell.row}"
        if isinstance(cell, MergedCell):
            found, advice = _("une cellule fusionnée"), _("Désignez la première cellule de la fusion.")
        elif cell.data_type == "f":
            found, advice = _("une formule"), _("Désignez une autre cellule : la formule serait perdue.")
        elif (request.sheet, cell.row, cell.column) in filled:
            found, advice = _("une cellule déjà remplie par une autre demande"), _("Laissez plus de place à la liste.")
        elif rank and cell.value is not None:
            found, advice = _("une cellule qui n'est pas vide"), _("Laissez plus de place à la liste.")
        else:
            return None
        asked = _("une cellule libre pour « {word} »").format(word=_(request.figure.word))
        return Problem(self.path.name, None, None, found, asked, advice, "", request.sheet, place)


def _loaded(content: bytes) -> tuple[Workbook, list[str]]:
    """Open a workbook to write it again; return it, and what openpyxl says that it leaves out."""
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        return load_workbook(io.BytesIO(content), rich_text=True), [str(warning.message) for warning in told]


def _put(cell: Cell, kind: Kind, answer: Answer) -> None:
    """Write a value with the face of the cell; text stays text, whatever it begins with."""
    if kind is Kind.CENTS:
        value = Fraction(answer) / 100  # type: ignore[arg-type] # cents are integers
        cell.value = int(value) if value.denominator == 1 else float(value)
    elif kind is Kind.SHARE:
        cell.value = float(answer)  # type: ignore[arg-type] # shares are fractions
    elif kind is Kind.DAY:
        face = cell.number_format
        cell.value = answer
        cell.number_format = face if face != "General" else "dd/mm/yyyy"
    else:
        cell.value = str(answer)
        cell.data_type = "s"


def _fragile(content: bytes, name: str) -> Problem | None:
    """Return why a template cannot be opened without harm: too large, or holding what would be lost."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for part in archive.namelist():
            if _SHEETS.fullmatch(part) and layout_of(content, part).too_large:
                return damaged(name)
            if _COMMENTS.fullmatch(part) and _WIDE.search(archive.read(part)):
                return damaged(name)
            if _LOST.match(part) or (_DRAWINGS.fullmatch(part) and _DRAWN.search(archive.read(part))):
                return _would_lose(name)
    return None


def _would_lose(name: str) -> Problem:
    return Problem(
        name, None, None, _("un classeur avec des graphiques, des dessins, des segments ou d'autres objets"),
        _("un classeur simple : cellules, formules, mises en forme, images"),
        _("Ôtez ces objets du modèle : ils seraient perdus."),
    )  # fmt: skip


def _reproducible(content: bytes, day: date) -> bytes:
    """Give every part the same date, and the reference date as that of the last change."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in source.namelist():
            data = source.read(part)
            if part == "docProps/core.xml":
                data = _MODIFIED.sub(rb"\g<1>" + f"{day.isoformat()}T00:00:00Z".encode(), data)
            archive.writestr(zipfile.ZipInfo(part, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return target.getvalue()
