"""Sheet « Opérations »: in how many draws each one stays funded, and what it says of the probability."""

from dataclasses import dataclass, field
from fractions import Fraction

from allocator.exploration.odds import Odds
from allocator.exploration.stress_words import confidence, state
from allocator.exploration.trial import WHOLE
from reports.layout.live import Live, span_total
from reports.layout.page import Page
from reports.layout.stressed import StressTest
from reports.sheets.stress_draws import DrawCells
from scenarios.language import N_, _

NAME = N_("Opérations")
HOLDS, FAILS = N_("oui"), N_("non")
_HEAD = 3
_COLUMNS: tuple[tuple[str, float], ...] = (
    (N_("Code"), 14), (N_("Opération"), 34), (N_("Projet"), 14), (N_("Points"), 10), (N_("Dans le plan"), 18),
    (N_("Tirages où elle est financée en entier"), 14), (N_("en partie"), 10), (N_("pas du tout"), 10),
    (N_("Financée en entier"), 11), (N_("Intervalle, de"), 11), (N_("à"), 11), (N_("Au moins en partie"), 11),
    (N_("Intervalle, de"), 11), (N_("à"), 11), (N_("Tient la part voulue"), 10),
)  # fmt: skip
_POINTS, _PLANNED, _COUNTS, _SHARE, _IN_PART, _TARGET = 3, 4, 5, 8, 11, 14
_BILLIONTH = 10**9


@dataclass
class OddsCells:
    """References of the sheet: points and counts (entirely, in part, not at all) by operation, totals of the counts."""

    points: dict[str, Live] = field(default_factory=dict)
    counts: dict[str, tuple[Live, ...]] = field(default_factory=dict)
    totals: tuple[Live, ...] = ()


def write(page: Page, test: StressTest, draws: DrawCells) -> OddsCells:
    """Write one line per operation, those least often funded first."""
    page.columns([width for _head, width in _COLUMNS])
    page.top(
        _("Ce qui reste financé"),
        _("Les moins sûres d'abord. {confidence}").format(confidence=confidence()),
    )
    page.heads(_HEAD, [_(head) for head, _width in _COLUMNS], {_POINTS, *range(_COUNTS, _TARGET)})
    cells = OddsCells()
    lines = sorted(test.found.odds, key=lambda one: (one.whole, one.part, one.operation))
    for row, odds in enumerate(lines, start=_HEAD + 1):
        _line(page, row, test, odds, draws, cells)
    _totals(page, _HEAD + 1 + len(lines), cells)
    page.judge((_HEAD + 1, _TARGET), (_HEAD + len(lines), _TARGET), _(HOLDS), _(FAILS))
    page.sheet.autofilter(_HEAD, 0, _HEAD + len(lines), _TARGET)
    page.finish(_HEAD, frozen_columns=2)
    return cells


def _line(page: Page, row: int, test: StressTest, odds: Odds, draws: DrawCells, cells: OddsCells) -> None:
    operation = test.figures.index.operations[odds.operation]
    for column, text in enumerate((operation.code, operation.label, operation.project)):
        page.text(row, column, text, "wrapped")
    cells.points[operation.code] = page.count(row, _POINTS, operation.value)
    page.text(row, _PLANNED, state(odds.planned), "wrapped")
    numbers = odds.whole, odds.part, odds.draws - odds.whole - odds.part
    counts = tuple(page.count(row, column, count) for column, count in enumerate(numbers, start=_COUNTS))
    cells.counts[operation.code] = counts
    share = page.live(row, _SHARE, counts[0] / draws.done, "share")
    _interval(page, row, _SHARE + 1, counts[0], draws, odds.interval())
    page.live(row, _IN_PART, (counts[0] + counts[1]) / draws.done, "share")
    _interval(page, row, _IN_PART + 1, counts[0] + counts[1], draws, odds.interval(in_part=True))
    if odds.planned == WHOLE:
        holds = share.value >= test.target
        test_formula = f'IF({share.formula}>={draws.target.formula},"{_(HOLDS)}","{_(FAILS)}")'
        page.answer(row, _TARGET, test_formula, _(HOLDS) if holds else _(FAILS))
    else:
        page.text(row, _TARGET, "")


def _interval(page: Page, row: int, column: int, count: Live, draws: DrawCells, ends: tuple[float, float]) -> None:
    """Write the ends of Clopper and Pearson: quantiles of beta laws, 0 and 1 where every draw says the same.

    Values are stored to a billionth: the last digits of a quantile depend on the library that computes it.
    """
    low, high = (Fraction(round(end * _BILLIONTH), _BILLIONTH) for end in ends)
    whole, one, risk = draws.done.formula, draws.one.formula, draws.risk.formula
    found = f"({count.formula})"
    least = f"IF({found},BETAINV({risk},{found},{whole}-{found}+{one}),{found})"
    most = f"IF({whole}-{found},BETAINV({one}-{risk},{found}+{one},{whole}-{found}),{one})"
    page.live(row, column, Live(least, low), "share")
    page.live(row, column + 1, Live(most, high), "share")


def _totals(page: Page, row: int, cells: OddsCells) -> None:
    for column in range(len(_COLUMNS)):
        page.text(row, column, _("Total") if column == 0 else "", "text_total")
    columns = zip(*cells.counts.values(), strict=True)
    cells.totals = tuple(
        page.live(row, column, span_total(counts), "whole_total")
        for column, counts in enumerate(columns, start=_COUNTS)
    )
