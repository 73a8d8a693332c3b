"""Sheets of totals before and after: operations, partners, places, years; their gaps are formulas."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from allocator.comparison.change import Change
from reports.layout.live import Live, span_total
from reports.layout.page import Page
from scenarios.language import N_, _

OPERATIONS = N_("Par opération")
PARTNERS = N_("Par financeur")
YEARS = N_("Par année")
_HEAD = 4
_AMOUNT, _OUTCOME = 15.0, 9.0
_SIDES = (N_("Avant"), N_("Après"), N_("Écart"))


@dataclass(frozen=True)
class Row:
    """One line: its key, its texts (the first is its code, or a year), and one change per measure not derived."""

    key: str
    texts: tuple[str | int, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Layout:
    """What a sheet shows: its texts and their widths, its measures, and who gains.

    ``aid`` adds a third measure, the first less the second. ``gains`` gives the measures, in order, whose gap says who
    gains, and whether a rise is a gain; none leaves the column out.
    """

    name: str
    note: str
    texts: tuple[tuple[str, float], ...]
    measures: tuple[str, ...]
    aid: str = ""
    gains: tuple[int, ...] = ()
    rise_is_gain: bool = True

    @property
    def shown(self) -> tuple[str, ...]:
        """Names of all measures."""
        return (*self.measures, self.aid) if self.aid else self.measures


@dataclass
class TotalCells:
    """References into a sheet of totals: the code of each line, and its three cells per measure."""

    codes: dict[str, str] = field(default_factory=dict)
    cells: dict[tuple[str, int], tuple[Live, Live, Live]] = field(default_factory=dict)
    totals: list[tuple[Live, Live, Live]] = field(default_factory=list)

    def gap(self, key: str, measure: int = 0) -> Live:
        """Cell of the gap of a line."""
        return self.cells[key, measure][2]


def write(page: Page, layout: Layout, rows: Sequence[Row]) -> TotalCells:
    """Write the lines and their totals."""
    amounts = [_AMOUNT] * (3 * len(layout.shown))
    page.columns([*(width for _head, width in layout.texts), *amounts, *([_OUTCOME] if layout.gains else [])])
    page.top(_(layout.name), _(layout.note))
    _heads(page, layout)
    found = TotalCells()
    for row, line in enumerate(rows, start=_HEAD + 1):
        for column, text in enumerate(line.texts):
            if isinstance(text, int):
                page.count(row, column, text, "year")
            else:
                page.text(row, column, text, "wrapped")
        found.codes[line.key] = page.address(row, 0)
        trios = _measures(page, row, layout, line)
        for measure, trio in enumerate(trios):
            found.cells[line.key, measure] = trio
        if layout.gains:
            _outcome(page, row, layout, trios)
    _totals(page, _HEAD + 1 + len(rows), layout, rows, found)
    frozen = min(2, len(layout.texts))
    rest = len(layout.texts) - frozen
    page.finish(_HEAD, frozen, [frozen, rest, *[3] * len(layout.shown), *([1] if layout.gains else [])])
    return found


def _heads(page: Page, layout: Layout) -> None:
    first = len(layout.texts)
    for column, (head, _width) in enumerate(layout.texts):
        page.text(_HEAD - 1, column, "", "head")
        page.text(_HEAD, column, _(head), "head")
    for measure, name in enumerate(layout.shown):
        for rank, side in enumerate(_SIDES):
            column = first + 3 * measure + rank
            page.text(_HEAD - 1, column, _(name), "head_figure")
            page.text(_HEAD, column, _(side), "head_figure")
    if layout.gains:
        page.text(_HEAD - 1, first + 3 * len(layout.shown), "", "head")
        page.text(_HEAD, first + 3 * len(layout.shown), _("Effet"), "head")


def _measures(page: Page, row: int, layout: Layout, line: Row) -> list[tuple[Live, Live, Live]]:
    first = len(layout.texts)
    trios = []
    for measure, change in enumerate(line.changes):
        column = first + 3 * measure
        before, after = page.amount(row, column, change.before), page.amount(row, column + 1, change.after)
        trios.append((before, after, page.live(row, column + 2, after - before, "gap")))
    if layout.aid:
        column = first + 3 * len(line.changes)
        whole, own = trios[0], trios[1]
        before, after = (page.live(row, column + rank, whole[rank] - own[rank]) for rank in range(2))
        trios.append((before, after, page.live(row, column + 2, after - before, "gap")))
    return trios


def _outcome(page: Page, row: int, layout: Layout, trios: Sequence[tuple[Live, Live, Live]]) -> None:
    """Say who gains by the first measure that changes, as ``FundingChange.gain`` and ``PartnerChange.gain`` do."""
    rise, fall = (_("gagne"), _("perd")) if layout.rise_is_gain else (_("perd"), _("gagne"))
    formula, value = f'"{_("égal")}"', _("égal")
    for measure in reversed(layout.gains):
        gap = trios[measure][2]
        formula = f'IF({gap.formula}>tolerance,"{rise}",IF({gap.formula}<-tolerance,"{fall}",{formula}))'
        if gap.value:
            value = rise if gap.value > 0 else fall
    page.answer(row, len(layout.texts) + 3 * len(layout.shown), formula, value, "centred")


def _totals(page: Page, row: int, layout: Layout, rows: Sequence[Row], found: TotalCells) -> None:
    width = len(layout.texts) + 3 * len(layout.shown) + bool(layout.gains)
    for column in range(width):
        page.text(row, column, _("Total") if column == 0 else "", "text_total")
    for measure in range(len(layout.shown)):
        column = len(layout.texts) + 3 * measure
        stacks = ([found.cells[line.key, measure][rank] for line in rows] for rank in range(3))
        found.totals.append(
            tuple(page.live(row, column + rank, span_total(stack), "amount_total") for rank, stack in enumerate(stacks))  # type: ignore[arg-type] # three by construction
        )
