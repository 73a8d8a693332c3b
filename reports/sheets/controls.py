"""Sheet « Contrôles »: one verdict, its summary by family, then every control with its gap.

Everything is a formula of the workbook: change an amount, and the verdict follows.
"""

from collections.abc import Sequence
from fractions import Fraction

from reports.controls.control import HALF_CENT, ONE_CENT, Control, Family, Sense
from reports.layout.live import Live
from reports.layout.page import Page
from reports.layout.workbook import Book
from scenarios.language import N_, _

NAME = N_("Contrôles")
RIGHT, WRONG = "OK", N_("ERREUR")
COMPLIANT, NOT_COMPLIANT = N_("CONFORME"), N_("NON CONFORME")
_COLUMNS: tuple[tuple[str, float], ...] = (
    (N_("N°"), 6), (N_("Famille"), 40), (N_("Règle"), 20), (N_("Opération"), 14), (N_("Financeur"), 16),
    (N_("Contrôle"), 48), (N_("Valeur trouvée"), 16), (N_("Sens"), 6), (N_("Attendu ou limite"), 16),
    (N_("Écart"), 15), (N_("Résultat"), 11),
)  # fmt: skip
_FOUND, _SENSE, _LIMIT, _GAP, RESULT = 6, 7, 8, 9, 10
_VERDICT_ROW, FIRST_SUMMARY = 3, 11


def write(page: Page, book: Book, controls: Sequence[Control]) -> tuple[str, str]:
    """Write the controls and name the cell ``verdict``; return the formula that reads it and its value."""
    page.columns([width for _head, width in _COLUMNS])
    page.top(
        _("Contrôles"),
        _("Le verdict se recalcule. Une différence de moins d'un demi-centime est un bruit de calcul, pas un écart."),
    )
    present = [family for family in Family if any(control.family is family for control in controls)]
    head = FIRST_SUMMARY + len(present) + 2
    _settings(page, book)
    lines = _details(page, head, controls)
    _summary(page, present, controls, lines)
    verdict = _verdict(page, book, controls, lines)
    page.sheet.autofilter(head, 0, head + len(controls), RESULT)
    page.finish(head, frozen_columns=0)
    return "verdict", verdict


class _Lines:
    """Addresses of the columns of the detail."""

    def __init__(self, page: Page, head: int, count: int) -> None:
        first, last = head + 1, head + count
        self.families = page.area(first, 1, last)
        self.results = page.area(first, RESULT, last)


def _settings(page: Page, book: Book) -> None:
    """Write the two tolerances in named cells."""
    for row, name, label, value in (
        (_VERDICT_ROW + 3, "tolerance", _("Tolérance de calcul"), HALF_CENT),
        (_VERDICT_ROW + 4, "tolerance_arrondi", _("Tolérance d'un arrondi au centime"), ONE_CENT),
    ):
        page.text(row, 1, label, "label")
        book.define(name, page.number(row, 2, value, "fine").formula)


def _details(page: Page, head: int, controls: Sequence[Control]) -> _Lines:
    page.heads(head, [_(title) for title, _width in _COLUMNS], {_FOUND, _LIMIT, _GAP})
    for number, control in enumerate(controls, start=1):
        row = head + number
        page.count(row, 0, number, "whole_live")
        texts = (_(control.family.value), control.rule, control.operation, control.partner, control.label)
        for column, text in enumerate(texts, start=1):
            page.text(row, column, text, "wrapped")
        style, gap = ("whole_live", "whole_live") if control.counted else ("amount_live", "gap")
        found = page.live(row, _FOUND, control.found, style)
        page.text(row, _SENSE, control.sense.value, "centred")
        limit = page.live(row, _LIMIT, control.limit, style)
        page.live(row, _GAP, found - limit, gap)
        page.answer(row, RESULT, _test(page, row, control), RIGHT if control.right else _(WRONG))
    lines = _Lines(page, head, len(controls))
    page.judge((head + 1, RESULT), (head + len(controls), RESULT), RIGHT, _(WRONG))
    return lines


def _test(page: Page, row: int, control: Control) -> str:
    """Give the formula of the result. An error value in the line is neither right nor wrong, so never right."""
    found, limit, gap = (page.address(row, column) for column in (_FOUND, _LIMIT, _GAP))
    measure = {Sense.EQUAL: f"ABS({gap})", Sense.AT_MOST: gap, Sense.AT_LEAST: f"{limit}-{found}"}[control.sense]
    allowed = "tolerance_arrondi" if control.rounded else "tolerance"
    return f'IF({measure}<{allowed},"{RIGHT}","{_(WRONG)}")'


def _summary(page: Page, families: Sequence[Family], controls: Sequence[Control], lines: _Lines) -> None:
    """Write how many controls of each family there are and how many fail."""
    heads = ((1, _("Famille"), "head"), (2, _("Contrôles"), "head_figure"), (3, _("En erreur"), "head_figure"))
    for column, head, style in (*heads, (4, _("Résultat"), "head")):
        page.text(FIRST_SUMMARY - 1, column, head, style)
    for row, family in enumerate(families, start=FIRST_SUMMARY):
        members = [control for control in controls if control.family is family]
        failures = sum(not control.right for control in members)
        page.text(row, 1, _(family.value))
        name = page.address(row, 1)
        count = page.live(row, 2, Live(f"COUNTIF({lines.families},{name})", Fraction(len(members))), "whole_live")
        right = Live(f'COUNTIFS({lines.families},{name},{lines.results},"{RIGHT}")', Fraction(len(members) - failures))
        page.live(row, 3, count - right, "whole_live")
        page.answer(
            row, 4, f'IF({right.formula}={count.formula},"{RIGHT}","{_(WRONG)}")', _(WRONG) if failures else RIGHT
        )
    page.judge((FIRST_SUMMARY, 4), (FIRST_SUMMARY + len(families) - 1, 4), RIGHT, _(WRONG))


def _verdict(page: Page, book: Book, controls: Sequence[Control], lines: _Lines) -> str:
    """Write the verdict: as many controls as archived, and every one of them right."""
    verdict = _(COMPLIANT) if all(control.right for control in controls) else _(NOT_COMPLIANT)
    row, count, failures = _VERDICT_ROW, len(controls), sum(not control.right for control in controls)
    page.text(row, 1, _("Verdict"), "label")
    page.text(row + 1, 1, _("Contrôles présents / archivés"), "label")
    page.text(row + 2, 1, _("Contrôles en erreur"), "label")
    rows = page.live(row + 1, 2, Live(f"ROWS({lines.results})", Fraction(count)), "whole_live")
    archived = page.count(row + 1, 3, count)
    right = Live(f'COUNTIF({lines.results},"{RIGHT}")', Fraction(count - failures))
    page.live(row + 2, 2, rows - right, "whole_live")
    condition = f"AND({right.formula}={rows.formula},{rows.formula}={archived.formula})"
    page.answer(row, 2, f'IF({condition},"{_(COMPLIANT)}","{_(NOT_COMPLIANT)}")', verdict, "verdict_large")
    page.sheet.set_row(row, 26)
    page.judge((row, 2), (row, 2), _(COMPLIANT), _(NOT_COMPLIANT))
    book.define("verdict", page.address(row, 2))
    return verdict
