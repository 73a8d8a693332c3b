"""Sheet « Totaux des règles »: what the rules that bear on several operations together count, here and elsewhere."""

from collections.abc import Sequence
from fractions import Fraction
from math import ceil

from reports.layout.cells import Cells, OverallLine
from reports.layout.figures import Extract
from reports.layout.live import Live, euros, span_total, total
from reports.layout.page import Page
from scenarios.document import (
    GrantEquivalent,
    Operation,
    OwnerCapacity,
    PriorityShare,
    Reciprocity,
    ReservedShare,
)
from scenarios.language import N_, _

NAME = N_("Totaux des règles")
_HEAD = 3
_COLUMNS: tuple[tuple[str, float], ...] = (
    (N_("Règle"), 18), (N_("Intitulé"), 40), (N_("Opération"), 34), (N_("Prêts comptés"), 16), (N_("Compté"), 18),
    (N_("Mesure"), 18),
)  # fmt: skip
_LOANS, _COUNTED, _MEASURE = 3, 4, 5


Overall = GrantEquivalent | OwnerCapacity | PriorityShare | ReservedShare | Reciprocity
"""Rules that may bear on several operations together."""


def overall(extract: Extract) -> list[Overall]:
    """Return the rules shown that bear on several operations together and are counted on this sheet."""
    rules = [rule for rule, _operations in extract.rules if isinstance(rule, Overall)]
    return [rule for rule in rules if not isinstance(rule, Reciprocity) or rule.together]


def write(page: Page, extract: Extract, cells: Cells) -> None:
    """Write one block per rule: its operations, what counts elsewhere, and the totals that the controls read."""
    page.columns([width for _head, width in _COLUMNS])
    page.top(
        _("Totaux des règles"),
        _("« Compté » est comparé à la limite de la règle, ou à son taux appliqué au total de « Mesure »."),
    )
    page.heads(_HEAD, [_(head) for head, _width in _COLUMNS], range(_LOANS, len(_COLUMNS)))
    row = _HEAD
    for rule in overall(extract):
        row = _block(page, row + 1, _Count(extract, cells, rule))
    page.finish(_HEAD)


class _Count:
    """What one rule counts and what it is measured with, as cells for the operations shown and as exact euros."""

    def __init__(self, extract: Extract, cells: Cells, rule: Overall) -> None:
        self.extract, self.cells, self.rule = extract, cells, rule
        self.figures = extract.figures
        self.measured = isinstance(rule, PriorityShare | ReservedShare | Reciprocity)
        concerned = extract.figures.concerned[rule.code]
        every = [operation for operation in extract.scenario.operations if operation.code in concerned]
        if isinstance(rule, PriorityShare):
            every = [operation for operation in every if self.figures.may_bring(operation.code, rule.partner)]
        if isinstance(rule, OwnerCapacity):
            every = [operation for operation in every if operation.owner == rule.partner]
        self.here = [operation for operation in extract.operations if operation in every]
        self.elsewhere = [operation for operation in every if operation.code not in extract.codes]

    def lent(self, operation: Operation) -> int:
        """Cents of the loans counted with grants, or of their grant-equivalents, for the whole operation."""
        loans = [loan for loan in self.extract.scenario.loans if loan.operation == operation.code]
        if isinstance(self.rule, ReservedShare):
            kinds = {code: partner.kind for code, partner in self.figures.index.partners.items()}
            return sum(loan.amount for loan in loans if kinds[loan.partner] in self.rule.counts)
        if isinstance(self.rule, GrantEquivalent):
            named = self.rule.partners
            return sum(ceil(loan.amount * (loan.grant_equivalent or 0)) for loan in loans if loan.partner in named)
        return 0

    def reserved(self, operation: Operation) -> bool:
        """Whether an operation is of the natures and territories of a reserved share; True for the other rules."""
        if not isinstance(self.rule, ReservedShare):
            return True
        territory = self.figures.index.communes[operation.commune].territory
        natures, territories = self.rule.reserved_natures, self.rule.reserved_territories
        return (not natures or operation.nature in natures) and (not territories or territory in territories)

    def payers(self) -> tuple[str, ...]:
        """Partners whose contributions are counted."""
        return self.rule.partners if isinstance(self.rule, GrantEquivalent) else (self.rule.partner,)

    def amounts(self, operation: Operation, partners: Sequence[str]) -> tuple[list[Live], Fraction]:
        """Cells and exact euros of what some partners bring to an operation, or pay in the year of the rule."""
        year = self.rule.year if isinstance(self.rule, OwnerCapacity) else None
        if year is not None:
            keys = [(operation.code, partner, year) for partner in partners]
            cells = [self.cells.payments.years[key] for key in keys if key in self.cells.payments.years]
            return cells, euros(sum(self.figures.paid.get(key, 0) for key in keys))
        pairs = [(operation.code, partner) for partner in partners]
        cells = [self.cells.table.committed[pair] for pair in pairs if pair in self.cells.table.committed]
        return cells, euros(sum(self.figures.amount(*pair) for pair in pairs))

    def part(self, operation: Operation) -> Fraction:
        """Part of an operation that is funded."""
        return Fraction(self.figures.funded(operation.code), operation.to_fund)


def _block(page: Page, row: int, count: _Count) -> int:
    """Write the lines of one rule from ``row``; return its last row."""
    counted: list[Live] = []
    measures: list[Live] = []
    for operation in count.here:
        _texts(page, row, count.rule, f"{operation.code} {operation.label}")
        _operation(page, row, count, operation, counted, measures)
        row += 1
    _texts(page, row, count.rule, _("hors de ce classeur"))
    page.text(row, _LOANS, "")
    exact = [_exact(count, operation) for operation in count.elsewhere]
    counted.append(page.number(row, _COUNTED, sum((one for one, _other in exact), Fraction(0)), "amount"))
    if count.measured:
        measures.append(page.number(row, _MEASURE, sum((other for _one, other in exact), Fraction(0)), "amount"))
    else:
        page.text(row, _MEASURE, "")
    row += 1
    _texts(page, row, count.rule, _("Total"))
    page.text(row, _LOANS, "")
    found = page.live(row, _COUNTED, span_total(counted))
    measure = page.live(row, _MEASURE, span_total(measures)) if count.measured else None
    count.cells.overall[count.rule.code] = OverallLine(found, measure)
    return row


def _texts(page: Page, row: int, rule: Overall, operation: str) -> None:
    for column, text in enumerate((rule.code, rule.label, operation)):
        page.text(row, column, text, "wrapped")


def _operation(
    page: Page, row: int, count: _Count, operation: Operation, counted: list[Live], measures: list[Live]
) -> None:
    amounts, _value = count.amounts(operation, count.payers())
    table = count.cells.table
    brought = total(amounts) if amounts else None
    lent = count.lent(operation)
    page.text(row, _LOANS, "")
    if lent:
        loans = page.amount(row, _LOANS, lent) * table.funded[operation.code] / table.to_fund[operation.code]
        brought = loans if brought is None else brought + loans
    counted.append(_cell(page, row, _COUNTED, brought if count.reserved(operation) else None))
    if not count.measured:
        page.text(row, _MEASURE, "")
        return
    measure = brought
    if isinstance(count.rule, Reciprocity):
        others, _value = count.amounts(operation, count.rule.counterparts)
        measure = total(others) if others else None
    if isinstance(count.rule, PriorityShare):
        base = count.cells.operations.base(operation.code, count.rule.base, count.rule.partner)
        measure = base * table.funded[operation.code] / table.to_fund[operation.code]
    measures.append(_cell(page, row, _MEASURE, measure))


def _cell(page: Page, row: int, column: int, live: Live | None) -> Live:
    return page.empty(row, column) if live is None else page.live(row, column, live)


def _exact(count: _Count, operation: Operation) -> tuple[Fraction, Fraction]:
    """Give in euros what an operation counts for and is measured by."""
    _cells, brought = count.amounts(operation, count.payers())
    brought += euros(count.lent(operation)) * count.part(operation)
    counted = brought if count.reserved(operation) else Fraction(0)
    if isinstance(count.rule, Reciprocity):
        return counted, count.amounts(operation, count.rule.counterparts)[1]
    if isinstance(count.rule, PriorityShare):
        base = count.figures.index.base(count.rule.base, operation, count.rule.partner)
        return counted, euros(base) * count.part(operation)
    return counted, brought
