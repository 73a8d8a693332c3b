"""Sheet « Par financeur »: the amounts of each partner by status of their decision."""

from collections import defaultdict
from fractions import Fraction

from reports.layout.cells import TableCells
from reports.layout.figures import Extract
from reports.layout.live import Live, euros, span_total, total_where
from reports.layout.page import Page
from reports.layout.words import chosen
from reports.sheets.session_lines import SessionLines
from scenarios.document import DecisionStatus
from scenarios.language import N_, _

NAME = N_("Par financeur")
_HEAD = 3
_FIRST = 2


def write(page: Page, extract: Extract, lines: SessionLines) -> TableCells:
    """Write one line per partner and one column per status; return the totals that the controls read."""
    statuses = [chosen(status) for status in DecisionStatus]
    page.columns([16.0, 38.0, *[18.0] * len(statuses), 18.0])
    page.top(
        _("Montants par financeur et par état"),
        _("Restent à délibérer les montants proposés et ceux qui ont un accord de principe."),
    )
    heads = (_("Code"), _("Financeur"), *statuses, _("Total"))
    page.heads(_HEAD, heads, range(_FIRST, len(heads)))
    sums = _sums(extract)
    titles = [page.address(_HEAD, column) for column in range(_FIRST, _FIRST + len(statuses))]
    table = TableCells()
    stacks: list[list[Live]] = [[] for _column in range(len(statuses) + 1)]
    for row, partner in enumerate(extract.partners, start=_HEAD + 1):
        page.text(row, 0, partner.code, "wrapped")
        page.text(row, 1, partner.label, "wrapped")
        key = page.address(row, 0)
        cells = [
            page.live(
                row,
                _FIRST + rank,
                total_where(
                    [(lines.partners, key), (lines.statuses, titles[rank])], lines.amounts, sums[partner.code, status]
                ),
            )
            for rank, status in enumerate(DecisionStatus)
        ]
        table.partner_totals[partner.code] = page.live(row, _FIRST + len(statuses), span_total(cells))
        for stack, cell in zip(stacks, [*cells, table.partner_totals[partner.code]], strict=True):
            stack.append(cell)
    _totals(page, _HEAD + 1 + len(extract.partners), stacks, table)
    page.finish(_HEAD, frozen_columns=2)
    return table


def _totals(page: Page, row: int, stacks: list[list[Live]], table: TableCells) -> None:
    page.text(row, 0, _("Total"), "text_total")
    page.text(row, 1, "", "text_total")
    for column, stack in enumerate(stacks, start=_FIRST):
        if stack:
            table.funded_total = page.live(row, column, span_total(stack), "amount_total")


def _sums(extract: Extract) -> dict[tuple[str, DecisionStatus], Fraction]:
    """Euros of each partner by status of the last decision on each of its lines."""
    sums: dict[tuple[str, DecisionStatus], Fraction] = defaultdict(Fraction)
    for code, partner in extract.pairs:
        decision = extract.figures.decided(code, partner)
        status = decision.status if decision else DecisionStatus.PROPOSED
        sums[partner, status] += euros(extract.figures.amount(code, partner))
    return sums
