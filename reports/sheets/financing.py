"""Sheet « Plan de financement »: one line per operation, two columns per partner (amount and share)."""

from dataclasses import dataclass

from reports.layout.cells import OperationCells, TableCells
from reports.layout.figures import Extract
from reports.layout.live import Live, span, span_total, total
from reports.layout.page import Page
from scenarios.document import Operation
from scenarios.language import N_, _

NAME = N_("Plan de financement")
_HEAD = 4
_BEFORE: tuple[tuple[str, float], ...] = (
    (N_("Code"), 13), (N_("Opération"), 30), (N_("Quartier, commune"), 18), (N_("Maître d'ouvrage"), 20),
    (N_("Nature"), 7), (N_("Quantité"), 8), (N_("Unité"), 10),
)  # fmt: skip
_COSTS: tuple[tuple[str, str, float], ...] = (
    ("cost_excl_vat", N_("Coût HT"), 15),
    ("cost_incl_vat", N_("Coût TTC"), 15),
    ("cost_unspecified", N_("Coût (HT ou TTC non précisé)"), 15),
)
_TAIL: tuple[tuple[str, float], ...] = (
    (N_("Total financé"), 16), (N_("Reste à financer"), 15), (N_("dont part du maître d'ouvrage"), 16),
    (N_("Prêts (compris dans la part du maître d'ouvrage)"), 15), (N_("Année de lancement"), 10),
    (N_("Durée (semestres)"), 10), (N_("État"), 11),
)  # fmt: skip
_AMOUNT_WIDTH, _SHARE_WIDTH, _UNITS = 14.5, 7.5, 5


@dataclass(frozen=True)
class _Columns:
    """Positions of the columns that depend on the operations and partners shown."""

    costs: tuple[str, ...]
    partners: int

    @property
    def receipts(self) -> int:
        return len(_BEFORE) + len(self.costs)

    @property
    def to_fund(self) -> int:
        return self.receipts + 1

    def amount(self, rank: int) -> int:
        return self.to_fund + 1 + 2 * rank

    @property
    def tail(self) -> int:
        return self.amount(self.partners)


def write(page: Page, extract: Extract, cells: OperationCells) -> TableCells:
    """Write the table and its totals. Grey cells: the partner may not fund the operation."""
    writer = _Writer(page, extract, cells)
    writer.heads()
    for row, operation in enumerate(extract.operations, start=_HEAD + 1):
        writer.description(row, operation)
        writer.partners(row, operation)
        writer.tail(row, operation)
    writer.totals(_HEAD + 1 + len(extract.operations))
    columns = writer.columns
    groups = [2, len(_BEFORE) - 2 + len(columns.costs) + 2, *[2] * columns.partners, len(_TAIL)]
    page.finish(_HEAD, 2, groups)
    return writer.table


def _shown_costs(extract: Extract) -> tuple[str, ...]:
    """Cost columns: excl. and incl. VAT always; the cost of unstated basis only when an operation has one."""
    unstated = any(operation.cost_unspecified is not None for operation in extract.operations)
    return tuple(field for field, _head, _width in _COSTS if field != "cost_unspecified" or unstated)


class _Writer:
    """Writes the parts of each line, and keeps the columns to add up at the bottom."""

    def __init__(self, page: Page, extract: Extract, cells: OperationCells) -> None:
        self._page = page
        self._extract = extract
        self._cells = cells
        self.columns = _Columns(_shown_costs(extract), len(extract.partners))
        self.table = TableCells()
        self._stacks: dict[int, list[Live]] = {}

    def heads(self) -> None:
        """Write two lines of titles: codes of partners, then names of columns."""
        page, columns = self._page, self.columns
        page.top(
            _("Plan de financement"),
            _("Par financeur : montant, puis part du coût à financer. Case grise : le financeur n'est pas éligible."),
        )
        costs = [(head, width) for field, head, width in _COSTS if field in columns.costs]
        before = [*_BEFORE, *costs, (N_("Recettes"), 14), (N_("À financer"), 16)]
        partners = [_AMOUNT_WIDTH, _SHARE_WIDTH] * columns.partners
        page.columns([*(width for _head, width in before), *partners, *(width for _head, width in _TAIL)])
        for column, (head, _width) in enumerate(before):
            page.text(_HEAD - 1, column, "", "head")
            page.text(_HEAD, column, _(head), "head_figure" if column >= len(_BEFORE) else "head")
        for rank, partner in enumerate(self._extract.partners):
            column = columns.amount(rank)
            page.text(_HEAD - 1, column, partner.code, "head_figure")
            page.text(_HEAD - 1, column + 1, "", "head")
            page.text(_HEAD, column, partner.label, "head_figure")
            page.text(_HEAD, column + 1, "%", "head_figure")
        for column, (head, _width) in enumerate(_TAIL, start=columns.tail):
            page.text(_HEAD - 1, column, "", "head")
            page.text(_HEAD, column, _(head), "head" if head == _TAIL[-1][0] else "head_figure")

    def description(self, row: int, operation: Operation) -> None:
        """Write what the operation is and costs."""
        page, figures, code = self._page, self._extract.figures, operation.code
        commune = figures.index.communes[operation.commune].label
        place = f"{operation.district}, {commune}" if operation.district else commune
        owner = figures.index.partners[operation.owner].label
        for column, text in enumerate((code, operation.label, place, owner, operation.nature)):
            page.text(row, column, text, "wrapped")
        if code in self._cells.units:
            page.live(row, _UNITS, self._cells.units[code], "whole_live")
        else:
            page.text(row, _UNITS, "")
        page.text(row, _UNITS + 1, operation.unit, "wrapped")
        for column, field in enumerate(self.columns.costs, start=len(_BEFORE)):
            self._linked(row, column, self._cells.costs.get((code, field)))
        self._linked(row, self.columns.receipts, self._cells.receipts[code])
        self._linked(row, self.columns.to_fund, self._cells.to_fund[code])

    def partners(self, row: int, operation: Operation) -> None:
        """Write the amount of each partner, as archived, and its share of the cost to fund."""
        page, figures, code = self._page, self._extract.figures, operation.code
        launches = figures.launches.get(code, ())
        to_fund = self._stacks[self.columns.to_fund][-1]
        for rank, partner in enumerate(self._extract.partners):
            column = self.columns.amount(rank)
            amount = figures.amount(code, partner.code)
            if amount or figures.may_bring(code, partner.code):
                cell = page.amount(row, column, amount)
                if to_fund.value:
                    page.live(row, column + 1, cell / to_fund, "share")
                else:
                    page.text(row, column + 1, "")
            else:
                cell = page.empty(row, column, "closed")
                page.text(row, column + 1, "", "closed")
            self._stacks.setdefault(column, []).append(cell)
            self.table.committed[code, partner.code] = cell
            if len(launches) == 1:
                self.table.committed_at[code, partner.code, launches[0].start] = cell

    def tail(self, row: int, operation: Operation) -> None:
        """Write the totals of the line, the loans apart, and the dates."""
        page, table, code, first = self._page, self.table, operation.code, self.columns.tail
        launches = self._extract.figures.launches.get(code, ())
        brought = [table.committed[code, partner.code] for partner in self._extract.partners]
        table.funded[code] = self._stacked(row, first, total(brought))
        if len(launches) == 1:
            table.funded_at[code, launches[0].start] = table.funded[code]
        table.to_fund[code] = self._stacks[self.columns.to_fund][-1]
        table.unfunded[code] = self._stacked(row, first + 1, table.to_fund[code] - table.funded[code])
        self._linked(row, first + 2, table.committed.get((code, operation.owner)))
        loans = self._cells.loans.get(code)
        self._linked(row, first + 3, span_total(loans) if loans else None)
        if len(launches) == 1:
            page.count(row, first + 4, launches[0].start, "year")
        else:
            page.text(row, first + 4, ", ".join(str(launch.start) for launch in launches), "wrapped")
        if operation.duration_semesters is None:
            page.text(row, first + 5, "")
        else:
            page.count(row, first + 5, operation.duration_semesters)
        page.text(row, first + 6, _("proposé") if launches else _("non financé"))

    def totals(self, row: int) -> None:
        """Write the totals of the columns of amounts."""
        page, columns, table = self._page, self.columns, self.table
        for column in range(columns.tail + len(_TAIL)):
            page.text(row, column, _("Total") if column == 0 else "", "text_total")
        sums = {
            column: page.live(row, column, span_total(cells), "amount_total")
            for column, cells in sorted(self._stacks.items())
        }
        own = self._stacks[columns.tail + 2]
        table.to_fund_column, table.own_column = span(self._stacks[columns.to_fund]), span(own)
        table.to_fund_total = sums[columns.to_fund]
        table.funded_total = sums[columns.tail]
        for rank, partner in enumerate(self._extract.partners):
            column = columns.amount(rank)
            table.partner_totals[partner.code] = sums[column]
            if table.to_fund_total.value:
                page.live(row, column + 1, sums[column] / table.to_fund_total, "share_total")

    def _linked(self, row: int, column: int, source: Live | None) -> None:
        """Repeat a cell entered on another sheet; without it the cell stays empty."""
        if source is None:
            self._stacks.setdefault(column, []).append(self._page.empty(row, column))
        else:
            self._stacked(row, column, source)

    def _stacked(self, row: int, column: int, live: Live) -> Live:
        cell = self._page.live(row, column, live)
        self._stacks.setdefault(column, []).append(cell)
        return cell
