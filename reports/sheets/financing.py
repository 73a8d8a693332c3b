"""Sheet « Plan de financement »: one line per operation, two columns per partner (amount and share)."""

from dataclasses import dataclass

from reports.layout.cells import OperationCells, TableCells
from reports.layout.figures import Extract
from reports.layout.live import Live, span, span_total, total
from reports.layout.page import Page
from reports.layout.words import chosen, named
from scenarios.document import Base, FlatAid, Operation, Partner, PartnerKind, RateCeiling
from scenarios.language import N_, _
from scenarios.rulebooks.natures import FAMILIES, natures

NAME = N_("Plan de financement")
HEAD = 4
_BEFORE: tuple[tuple[str, float], ...] = (
    (N_("Code"), 13), (N_("Opération"), 30), (N_("Quartier, commune"), 18), (N_("Maître d'ouvrage"), 20),
    (N_("Nature"), 7), (N_("Famille"), 14), (N_("Quantité"), 8), (N_("Unité"), 10),
)  # fmt: skip
_COSTS: tuple[tuple[str, str, float], ...] = (
    ("cost_excl_vat", N_("Coût HT"), 15),
    ("cost_incl_vat", N_("Coût TTC"), 15),
    ("cost_unspecified", N_("Coût (HT ou TTC non précisé)"), 15),
)
_SUMS: tuple[tuple[str, float], ...] = (
    (N_("Total financé"), 16), (N_("Reste à financer"), 15), (N_("dont part du maître d'ouvrage"), 16),
    (N_("Prêts (compris dans la part du maître d'ouvrage)"), 15),
)  # fmt: skip
_DATES: tuple[tuple[str, float], ...] = (
    (N_("Année de lancement"), 10), (N_("Semestre de lancement"), 10), (N_("Durée (semestres)"), 10), (N_("État"), 12),
    (N_("Date de la décision"), 12), (N_("N° de la décision"), 14),
)  # fmt: skip
_AMOUNT_WIDTH, _SHARE_WIDTH, _UNITS = 14.5, 7.5, 6
_OWNER, _LEAD = 3, 3


@dataclass(frozen=True)
class _Columns:
    """Positions of the columns that depend on the operations and partners shown."""

    costs: tuple[str, ...]
    partners: int
    lead: Partner | None
    loans: tuple[PartnerKind, ...]

    @property
    def vat(self) -> int:
        return len(_BEFORE) + len(self.costs)

    @property
    def receipts(self) -> int:
        return self.vat + 1

    @property
    def to_fund(self) -> int:
        return self.receipts + 1

    @property
    def base(self) -> int:
        return self.to_fund + 1

    def amount(self, rank: int) -> int:
        return self.base + (_LEAD if self.lead else 0) + 2 * rank

    @property
    def tail(self) -> int:
        return self.amount(self.partners)

    @property
    def dates(self) -> int:
        return self.tail + len(_SUMS) + len(self.loans)

    @property
    def after(self) -> list[tuple[str, float]]:
        """Heads and widths of the columns that follow the partners."""
        loans = [(_("dont prêts : {lender}").format(lender=chosen(kind)), 14.5) for kind in self.loans]
        return [*((_(head), width) for head, width in _SUMS), *loans, *((_(head), width) for head, width in _DATES)]


def write(page: Page, extract: Extract, cells: OperationCells) -> TableCells:
    """Write the table and its totals. Grey cells: the partner may not fund the operation."""
    writer = _Writer(page, extract, cells)
    writer.heads()
    for row, operation in enumerate(extract.operations, start=HEAD + 1):
        writer.description(row, operation)
        writer.partners(row, operation)
        writer.tail(row, operation)
        writer.dates(row, operation)
    writer.totals(HEAD + 1 + len(extract.operations))
    columns = writer.columns
    leads = [_LEAD] if columns.lead else []
    groups = [2, columns.base - 2, *leads, *[2] * columns.partners, columns.dates - columns.tail, len(_DATES)]
    page.finish(HEAD, 2, groups)
    return writer.table


def _shown_costs(extract: Extract) -> tuple[str, ...]:
    """Cost columns: excl. and incl. VAT always; the cost of unstated basis only when an operation has one."""
    unstated = any(operation.cost_unspecified is not None for operation in extract.operations)
    return tuple(field for field, _head, _width in _COSTS if field != "cost_unspecified" or unstated)


def _lead_bases(extract: Extract, lead: Partner | None) -> dict[str, tuple[Base | None, str]]:
    """Find the base and the code of the first rate of the lead funder, by operation; no base where its aid is flat."""
    bases: dict[str, tuple[Base | None, str]] = {}
    for rule, operations in extract.rules:
        if lead is None or getattr(rule, "partner", None) != lead.code:
            continue
        for operation in operations:
            if isinstance(rule, RateCeiling):
                bases.setdefault(operation.code, (rule.base, rule.code))
            elif isinstance(rule, FlatAid):
                bases.setdefault(operation.code, (None, rule.code))
    return bases


class _Writer:
    """Writes the parts of each line, and keeps the columns to add up at the bottom."""

    def __init__(self, page: Page, extract: Extract, cells: OperationCells) -> None:
        self._page = page
        self._extract = extract
        self._cells = cells
        lead = next((partner for partner in extract.partners if partner.kind is PartnerKind.ANRU), None)
        lenders = {kind for _operation, kind in cells.loans_by_kind}
        loans = tuple(kind for kind in PartnerKind if kind in lenders)
        self.columns = _Columns(_shown_costs(extract), len(extract.partners), lead, loans)
        self._bases = _lead_bases(extract, lead)
        self.table = TableCells()
        self._stacks: dict[int, list[Live]] = {}

    def heads(self) -> None:
        """Write two lines of titles: codes of partners, then names of columns."""
        page, columns = self._page, self.columns
        page.top(
            _("Plan de financement"),
            _(
                "Par financeur : montant, puis part du coût à financer. Case grise : le financeur n'est pas éligible. "
                "Le semestre de lancement est celui que donne le scénario : il n'est pas déduit de l'année."
            ),
        )
        costs = [(head, width) for field, head, width in _COSTS if field in columns.costs]
        before = [*_BEFORE, *costs, (N_("TVA"), 8), (N_("Recettes"), 14), (N_("À financer"), 16)]
        if columns.lead:
            before += [
                (N_("Assiette de l'ANRU, avant plafond"), 15),
                (N_("Taux de l'ANRU sur son assiette"), 9),
                (N_("Règle du taux"), 13),
            ]
        partners = [_AMOUNT_WIDTH, _SHARE_WIDTH] * columns.partners
        page.columns([*(width for _head, width in before), *partners, *(width for _head, width in columns.after)])
        for column, (head, _width) in enumerate(before):
            page.text(HEAD - 1, column, "", "head")
            page.text(
                HEAD,
                column,
                _(head),
                "head_figure" if column >= len(_BEFORE) and column < columns.base + 2 else "head",
            )
        for rank, partner in enumerate(self._extract.partners):
            column = columns.amount(rank)
            page.text(HEAD - 1, column, partner.code, "head_figure")
            page.text(HEAD - 1, column + 1, "", "head")
            page.text(HEAD, column, partner.label, "head_figure")
            page.text(HEAD, column + 1, "%", "head_figure")
        for column, (head, _width) in enumerate(columns.after, start=columns.tail):
            page.text(HEAD - 1, column, "", "head")
            page.text(HEAD, column, head, "head" if column > columns.dates + 2 else "head_figure")

    def description(self, row: int, operation: Operation) -> None:
        """Write what the operation is and costs."""
        page, figures, code = self._page, self._extract.figures, operation.code
        commune = figures.index.communes[operation.commune].label
        place = f"{operation.district}, {commune}" if operation.district else commune
        owner = named(figures.index.partners[operation.owner])
        nature = natures().get(operation.nature)
        family = _(FAMILIES[nature.family]) if nature else ""
        for column, text in enumerate((code, operation.label, place, owner, operation.nature, family)):
            page.text(row, column, text, "wrapped")
        if code in self._cells.units:
            page.live(row, _UNITS, self._cells.units[code], "whole_live")
        else:
            page.text(row, _UNITS, "")
        page.text(row, _UNITS + 1, operation.unit, "wrapped")
        for column, field in enumerate(self.columns.costs, start=len(_BEFORE)):
            self._linked(row, column, self._cells.costs.get((code, field)))
        self._vat(row, code)
        self._linked(row, self.columns.receipts, self._cells.receipts[code])
        self._linked(row, self.columns.to_fund, self._cells.to_fund[code])

    def _vat(self, row: int, code: str) -> None:
        """Write the rate of VAT that both costs imply; without one of them, nothing."""
        without, with_vat = (self._cells.costs.get((code, field)) for field in ("cost_excl_vat", "cost_incl_vat"))
        if without is None or with_vat is None or not without.value:
            self._page.text(row, self.columns.vat, "")
        else:
            self._page.live(row, self.columns.vat, (with_vat - without) / without, "share")

    def _lead(self, row: int, operation: Operation) -> None:
        """Write the base of the lead funder and the rate its grant makes of it; a flat aid has neither."""
        page, column, lead = self._page, self.columns.base, self.columns.lead
        if lead is None:
            return
        base, rule = self._bases.get(operation.code, (None, ""))
        page.text(row, column + 2, rule, "wrapped")
        cell = None if base is None else self._cells.base(operation.code, base, lead.code)
        if cell is None or not cell.value:
            page.text(row, column, _("forfait") if rule and base is None else "")
            page.text(row, column + 1, "")
            return
        page.live(row, column, cell)
        page.live(row, column + 1, self.table.committed[operation.code, lead.code] / cell, "share")

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
        self._lead(row, operation)

    def tail(self, row: int, operation: Operation) -> None:
        """Write the totals of the line, and the loans apart, by kind of lender."""
        table, code, first = self.table, operation.code, self.columns.tail
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
        for column, kind in enumerate(self.columns.loans, start=first + len(_SUMS)):
            lent = self._cells.loans_by_kind.get((code, kind))
            self._linked(row, column, total(lent) if lent else None)

    def dates(self, row: int, operation: Operation) -> None:
        """Write when the operation starts, how long it lasts, and the last decision on the whole line."""
        page, first = self._page, self.columns.dates
        launches = self._extract.figures.launches.get(operation.code, ())
        if len(launches) == 1:
            page.count(row, first, launches[0].start, "year")
        else:
            page.text(row, first, ", ".join(str(launch.start) for launch in launches), "wrapped")
        semester = operation.start_semester if launches else None
        for column, count in enumerate((semester, operation.duration_semesters), start=first + 1):
            if count is None:
                page.text(row, column, "")
            else:
                page.count(row, column, count)
        decision = self._extract.figures.decided(operation.code)
        unsaid = _("proposé") if launches else _("non financé")
        page.text(row, first + 3, chosen(decision.status) if decision else unsaid, "wrapped")
        page.day(row, first + 4, decision.day if decision else operation.decision_date)
        page.text(row, first + 5, decision.reference if decision else "", "wrapped")

    def totals(self, row: int) -> None:
        """Write the totals of the columns of amounts."""
        page, columns, table = self._page, self.columns, self.table
        for column in range(columns.dates + len(_DATES)):
            page.text(row, column, _("Total") if column == 0 else "", "text_total")
        sums = {
            column: page.live(row, column, span_total(cells), "amount_total")
            for column, cells in sorted(self._stacks.items())
        }
        own = self._stacks[columns.tail + 2]
        table.to_fund_column, table.own_column = span(self._stacks[columns.to_fund]), span(own)
        table.owner_column = page.area(HEAD + 1, _OWNER, row - 1)
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
