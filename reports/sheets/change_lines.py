"""Sheet « Lignes qui changent »: one line per operation, partner and year whose commitment or payment changes."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from allocator.comparison.change import Change, LineChange
from reports.layout.live import Live, euros, span, span_total, total_of_year, total_where
from reports.layout.page import Page
from reports.layout.pair import Pair
from scenarios.language import N_, _

NAME = N_("Lignes qui changent")
_HEAD = 3
_COLUMNS: tuple[tuple[str, float], ...] = (
    (N_("Opération"), 13), (N_("Intitulé"), 30), (N_("Financeur"), 14), (N_("Nom du financeur"), 24), (N_("Année"), 7),
    (N_("À quel titre, avant"), 13), (N_("À quel titre, après"), 13),
    (N_("Engagé avant (AE)"), 15), (N_("Engagé après (AE)"), 15), (N_("Écart d'engagement"), 15),
    (N_("Payé avant (CP)"), 15), (N_("Payé après (CP)"), 15), (N_("Écart de paiement"), 15), (N_("Sens"), 7),
)  # fmt: skip
_OPERATION, _PARTNER, _YEAR, _ROLES, _COMMITTED, _PAID, _SIGN = 0, 2, 4, (5, 6), 7, 10, 13
OWNER = N_("maître d'ouvrage")


@dataclass(frozen=True)
class Chosen:
    """Lines that a sum adds up, and the same as a formula says it: a column of texts and the cell it must equal."""

    lines: Sequence[LineChange]
    keys: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Flow:
    """The three columns of one flow: amounts before, after, and their gap, with the totals of all lines."""

    before: str
    after: str
    gap: str
    total: Live


@dataclass
class LineCells:
    """References into the lines."""

    pair: Pair
    operations: str
    partners: str
    years: str
    roles: tuple[str, str]
    committed: Flow
    paid: Flow
    keys: dict[tuple[str, str], tuple[Live, Live]] = field(default_factory=dict)
    """Cells of the codes of each operation and partner that have a line, for the controls that name them."""

    def of_operation(self, code: str, cell: str) -> Chosen:
        """Lines of one operation, whose code stands in ``cell``."""
        return Chosen(self._by_operation.get(code, ()), ((self.operations, cell),))

    def of_partner(self, code: str, cell: str) -> Chosen:
        """Lines of one partner, whose code stands in ``cell``."""
        return Chosen(self._by_partner.get(code, ()), ((self.partners, cell),))

    def of_pair(self, operation: str, partner: str) -> Chosen:
        """Lines of one operation and one partner that have some."""
        cells = self.keys[operation, partner]
        lines = [line for line in self._by_operation[operation] if line.partner == partner]
        return Chosen(lines, ((self.operations, cells[0].formula), (self.partners, cells[1].formula)))

    def committed_gap(self, chosen: Chosen) -> Live:
        """Sum of the gaps of commitments of some lines."""
        return total_where(chosen.keys, self.committed.gap, _committed(chosen.lines))

    def paid_gap(self, chosen: Chosen) -> Live:
        """Sum of the gaps of payments of some lines."""
        return total_where(chosen.keys, self.paid.gap, _paid(chosen.lines))

    def year_gaps(self, year: int, cell: str) -> tuple[Live, Live]:
        """Return the gaps of commitments and of payments of one year, which stands in ``cell``."""
        lines = [line for line in self.pair.lines if line.year == year]
        return (
            total_of_year(self.years, cell, self.committed.gap, _committed(lines)),
            total_of_year(self.years, cell, self.paid.gap, _paid(lines)),
        )

    def own_gap(self, chosen: Chosen) -> Live:
        """Owners' own commitments after, less before, of some lines."""
        own = [
            [line for line in chosen.lines if self.pair.own(side, line.operation, line.partner)]
            for side in self.pair.sides
        ]
        before = sum((euros(line.committed.before) for line in own[0]), Fraction(0))
        after = sum((euros(line.committed.after) for line in own[1]), Fraction(0))
        keys = [(*chosen.keys, (roles, f'"{_(OWNER)}"')) for roles in self.roles]
        return total_where(keys[1], self.committed.after, after) - total_where(keys[0], self.committed.before, before)

    @cached_property
    def _by_operation(self) -> dict[str, list[LineChange]]:
        found: dict[str, list[LineChange]] = defaultdict(list)
        for line in self.pair.lines:
            found[line.operation].append(line)
        return found

    @cached_property
    def _by_partner(self) -> dict[str, list[LineChange]]:
        found: dict[str, list[LineChange]] = defaultdict(list)
        for line in self.pair.lines:
            found[line.partner].append(line)
        return found


def _committed(lines: Sequence[LineChange]) -> Fraction:
    return sum((euros(line.committed.difference) for line in lines), Fraction(0))


def _paid(lines: Sequence[LineChange]) -> Fraction:
    return sum((euros(line.paid.difference) for line in lines), Fraction(0))


def write(page: Page, pair: Pair) -> LineCells:
    """Write the lines and their totals. There must be one at least."""
    page.columns([width for _head, width in _COLUMNS])
    page.top(
        _("Lignes qui changent"),
        _("Une ligne par opération, financeur et année : engagement l'année du lancement, paiements chaque année."),
    )
    page.heads(_HEAD, [_(head) for head, _width in _COLUMNS], range(_COMMITTED, _SIGN))
    stacks: dict[int, list[Live]] = {column: [] for column in range(_COMMITTED, _SIGN)}
    keys: dict[tuple[str, str], tuple[Live, Live]] = {}
    for row, line in enumerate(pair.lines, start=_HEAD + 1):
        _texts(page, row, pair, line)
        cell = Live(page.address(row, _OPERATION), Fraction(0)), Live(page.address(row, _PARTNER), Fraction(0))
        keys.setdefault((line.operation, line.partner), cell)
        gaps = [
            _flow(page, row, column, change, stacks)
            for column, change in ((_COMMITTED, line.committed), (_PAID, line.paid))
        ]
        _sign(page, row, gaps)
    last = _HEAD + len(pair.lines)
    totals = _totals(page, last + 1, stacks)
    page.sheet.autofilter(_HEAD, 0, last, _SIGN)
    page.finish(_HEAD, frozen_columns=2)
    flows = [
        Flow(span(stacks[column]), span(stacks[column + 1]), span(stacks[column + 2]), totals[column + 2])
        for column in (_COMMITTED, _PAID)
    ]
    operations, partners, years, before, after = (
        page.area(_HEAD + 1, column, last) for column in (_OPERATION, _PARTNER, _YEAR, *_ROLES)
    )
    return LineCells(pair, operations, partners, years, (before, after), flows[0], flows[1], keys)


def _texts(page: Page, row: int, pair: Pair, line: LineChange) -> None:
    texts = (line.operation, pair.operation(line.operation).label, line.partner, pair.partner(line.partner).label)
    for column, text in enumerate(texts):
        page.text(row, column, text, "wrapped")
    page.count(row, _YEAR, line.year, "year")
    for column, side in zip(_ROLES, pair.sides, strict=True):
        own = pair.own(side, line.operation, line.partner)
        page.text(row, column, _(OWNER) if own else _("financeur"), "wrapped")


def _flow(page: Page, row: int, column: int, change: Change, stacks: dict[int, list[Live]]) -> Live:
    before, after = page.amount(row, column, change.before), page.amount(row, column + 1, change.after)
    gap = page.live(row, column + 2, after - before, "gap")
    for rank, cell in enumerate((before, after, gap)):
        stacks[column + rank].append(cell)
    return gap


def _sign(page: Page, row: int, gaps: list[Live]) -> None:
    """Say whether the line adds, takes away, or both (commitments and payments of different signs)."""
    up = ",".join(f"{gap.formula}>tolerance" for gap in gaps)
    down = ",".join(f"{gap.formula}<-tolerance" for gap in gaps)
    rises, falls = any(gap.value > 0 for gap in gaps), any(gap.value < 0 for gap in gaps)
    value = ("±" if falls else "+") if rises else ("−" if falls else "=")
    page.answer(row, _SIGN, f'IF(OR({up}),IF(OR({down}),"±","+"),IF(OR({down}),"−","="))', value, "centred")


def _totals(page: Page, row: int, stacks: dict[int, list[Live]]) -> dict[int, Live]:
    for column in range(len(_COLUMNS)):
        page.text(row, column, _("Total") if column == 0 else "", "text_total")
    return {column: page.live(row, column, span_total(cells), "amount_total") for column, cells in stacks.items()}
