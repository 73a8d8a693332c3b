"""The report of an audit as a workbook of one sheet, one page: the verdict, then each question and why."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from allocator.archive.report import STATES, conclusion, subject, title
from allocator.archive.verdict import State, Verdict, overall
from reports.layout.page import Page
from reports.layout.workbook import any_workbook
from scenarios.language import N_, _

SHEET = N_("Rapport d'audit")
_WIDTHS = (44.0, 92.0, 20.0)
_UNDATED = date(1980, 1, 1)
"""Date of the workbook when the archive does not say when it was sealed."""


def compose(name: str, info: Mapping[str, str], verdicts: Sequence[Verdict], path: Path) -> None:
    """Write the report of an archive called ``name`` to ``path``. Raises OSError."""
    heading = _("Vérification de l'archive {name}").format(name=name)
    properties = {"title": heading, "author": info.get("Source-Organization", "")}
    with any_workbook(path, properties, _sealed_on(info), name) as book:
        page = book.page(_(SHEET))
        page.columns(_WIDTHS)
        page.top(heading, conclusion(verdicts))
        row = _identity(page, 3, info)
        row = _overall(page, row + 1, verdicts)
        _lines(page, row + 1, verdicts)
        page.finish()


def _sealed_on(info: Mapping[str, str]) -> date:
    try:
        return date.fromisoformat(info.get("Bagging-Date", ""))
    except ValueError:
        return _UNDATED


def _identity(page: Page, row: int, info: Mapping[str, str]) -> int:
    for label, value in subject(info):
        page.text(row, 0, label, "label")
        page.text(row, 1, value, "wrapped")
        row += 1
    return row


def _overall(page: Page, row: int, verdicts: Sequence[Verdict]) -> int:
    page.text(row, 0, _("Verdict"), "label")
    page.text(row, 1, _(STATES[overall(verdicts)]), "verdict_large")
    page.sheet.set_row(row, 26)
    page.judge((row, 1), (row, 1), _(STATES[State.CONFORMING]), _(STATES[State.NOT_CONFORMING]))
    return row + 1


def _lines(page: Page, row: int, verdicts: Sequence[Verdict]) -> None:
    page.heads(row, (_("Question"), _("Pourquoi"), _("Réponse")))
    for at, verdict in enumerate(verdicts, start=row + 1):
        page.text(at, 0, title(verdict), "label")
        page.text(at, 1, _(" ; ").join(verdict.reasons), "wrapped")
        page.text(at, 2, _(STATES[verdict.state]), "verdict")
    last = row + len(verdicts)
    page.judge((row + 1, 2), (last, 2), _(STATES[State.CONFORMING]), _(STATES[State.NOT_CONFORMING]))
