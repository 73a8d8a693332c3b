"""Sheet « Synthèse par opération »: what is funded, and the commitments and payments of all partners by year."""

from reports.layout.cells import OperationCells, ScheduleCells, SummaryCells, TableCells
from reports.layout.figures import Extract
from reports.layout.live import Live, span_total
from reports.layout.page import Page
from reports.sheets.schedule import FIRST_YEAR, HEAD, TOTAL, WIDTHS, YEAR_WIDTH, years_head
from scenarios.document import Operation
from scenarios.language import N_, _

NAME = N_("Synthèse par opération")
_BLOCKS = {
    "commitment": N_("Engagements (AE) de tous les financeurs"),
    "payment": N_("Paiements (CP) de tous les financeurs"),
}


def write(
    page: Page, extract: Extract, operations: OperationCells, schedules: dict[str, ScheduleCells], table: TableCells,
    summary: SummaryCells,
) -> None:  # fmt: skip
    """Write two blocks, commitments then payments, one line per operation.

    The yearly commitments also give the table its amounts by start, for operations started in several parts.
    """
    page.columns([14.0, 38.0, 17.0, 14.0, WIDTHS[TOTAL], *[YEAR_WIDTH] * len(extract.years)])
    page.top(_("Synthèse par opération"), _("Sommes des échéanciers. La part financée se rapporte au coût à financer."))
    heads = (_("Code"), _("Opération"), _("À financer"), _("Part financée"), _("Total"))
    row = HEAD - 1
    for flow, title in _BLOCKS.items():
        page.text(row, 0, _(title), "section")
        years_head(page, row + 1, heads, extract.years, range(2, len(heads)))
        row = _block(page, row + 2, extract, operations, schedules[flow], flow, table, summary) + 2
    page.finish(HEAD, frozen_columns=2)


def _block(
    page: Page, first: int, extract: Extract, operations: OperationCells, schedule: ScheduleCells, flow: str,
    table: TableCells, summary: SummaryCells,
) -> int:  # fmt: skip
    """Write one block and return the row of its totals."""
    partners: dict[str, list[str]] = {}
    for code, partner in extract.pairs:
        partners.setdefault(code, []).append(partner)
    stacks: list[list[Live]] = [[] for _year in (0, *extract.years)]
    for row, operation in enumerate(extract.operations, start=first):
        page.text(row, 0, operation.code, "wrapped")
        page.text(row, 1, operation.label, "wrapped")
        to_fund = page.live(row, 2, operations.to_fund[operation.code])
        line = _years(page, row, extract, operation, partners.get(operation.code, []), schedule)
        whole = page.live(row, TOTAL, span_total(line))
        summary.by_operation[flow, operation.code] = whole
        if to_fund.value:
            page.live(row, 3, whole / to_fund, "share")
        else:
            page.text(row, 3, "")
        for stack, cell in zip(stacks, (whole, *line), strict=True):
            stack.append(cell)
        if flow == "commitment":
            _parts(extract, operation, dict(zip(extract.years, line, strict=True)), schedule, table)
    bottom = first + len(extract.operations)
    for column, text in enumerate((_("Total"), "", "", "")):
        page.text(bottom, column, text, "text_total")
    for column, stack in enumerate(stacks, start=TOTAL):
        page.live(bottom, column, span_total(stack), "amount_total")
    return bottom


def _years(
    page: Page, row: int, extract: Extract, operation: Operation, partners: list[str], schedule: ScheduleCells
) -> list[Live]:
    """Write the sums by year; without partner the cells stay empty."""
    columns = enumerate(extract.years, start=FIRST_YEAR)
    if not partners:
        return [page.empty(row, column) for column, _year in columns]
    return [
        page.live(row, column, span_total([schedule.years[operation.code, partner, year] for partner in partners]))
        for column, year in columns
    ]


def _parts(
    extract: Extract, operation: Operation, line: dict[int, Live], schedule: ScheduleCells, table: TableCells
) -> None:
    """Operations started in several years: their parts are read in the schedule of commitments."""
    launches = extract.figures.launches.get(operation.code, ())
    if len(launches) < 2:
        return
    for launch in launches:
        table.funded_at[operation.code, launch.start] = line[launch.start]
        for partner in extract.partners:
            cell = schedule.years.get((operation.code, partner.code, launch.start))
            if cell is not None:
                table.committed_at[operation.code, partner.code, launch.start] = cell
