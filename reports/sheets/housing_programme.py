"""Sheet « Convention OPAH »: works and engineering of each funder by year, in the layout of a housing programme."""

from collections import defaultdict

from reports.layout.cells import ScheduleCells
from reports.layout.figures import Extract
from reports.layout.live import Live, euros, span_total, total_where
from reports.layout.page import Page
from reports.sheets.schedule import FIRST_YEAR, HEAD, TOTAL, WIDTHS, YEAR_WIDTH, Mark, years_head
from scenarios.document import Operation, Partner, PartnerKind
from scenarios.language import N_, _
from scenarios.rulebooks.natures import Family, natures

NAME = N_("Convention OPAH")
_PROGRAMME = "OPAH"
_BLOCKS = {
    "commitment": N_("Autorisations d'engagement (AE) prévisionnelles"),
    "payment": N_("Crédits de paiement (CP) prévisionnels"),
}


def concerned(extract: Extract) -> bool:
    """Tell whether every operation shown belongs to a housing improvement programme (OPAH, OPAH-RU, OPAH-CD…)."""
    projects = extract.figures.index.projects
    return all(projects[operation.project].programme.upper().startswith(_PROGRAMME) for operation in extract.operations)


def purpose_mark(extract: Extract) -> Mark:
    """Give the column that tells engineering from works, for the sums of this sheet."""
    return _("Objet"), {operation.code: _purpose(operation) for operation in extract.operations}


def _purpose(operation: Operation) -> str:
    """Say whether an operation is engineering, by the catalogue of natures, or works."""
    nature = natures().get(operation.nature)
    return _("ingénierie") if nature and nature.family is Family.ENGINEERING else _("travaux")


def write(page: Page, extract: Extract, schedules: dict[str, ScheduleCells]) -> list[Live]:
    """Write a block in commitments, a block in payments; return their grand totals, for the controls."""
    page.columns([18.0, 36.0, 16.0, 3.0, WIDTHS[TOTAL], *[YEAR_WIDTH] * len(extract.years)])
    page.top(
        _("Convention d'OPAH : financements prévisionnels"),
        _("Ces montants sont prévisionnels : ils dépendent des budgets que chaque financeur vote chaque année."),
    )
    heads = (_("Code"), _("Financeur"), _("Objet"), "", _("Total"))
    totals: list[Live] = []
    row = HEAD - 1
    for flow, title in _BLOCKS.items():
        page.text(row, 0, _(title), "section")
        years_head(page, row + 1, heads, extract.years)
        row = _block(page, row + 2, extract, schedules[flow], flow, totals) + 2
    page.finish(HEAD, frozen_columns=2)
    return totals


def _order(extract: Extract) -> list[Partner]:
    """Order the funders as the convention does: Anah, State, then the others in their stable order."""
    first = (PartnerKind.ANAH, PartnerKind.STATE)
    return sorted(extract.partners, key=lambda p: first.index(p.kind) if p.kind in first else len(first))


def _block(
    page: Page, row: int, extract: Extract, schedule: ScheduleCells, flow: str, totals: list[Live]
) -> int:  # fmt: skip
    """Write one line per funder and purpose that has money, then the total; return its row."""
    sums = _sums(extract, flow)
    stacks: list[list[Live]] = [[] for _column in (0, *extract.years)]
    for partner in _order(extract):
        for purpose in dict.fromkeys(purpose for code, purpose, _year in sums if code == partner.code):
            cells = _line(page, row, extract, partner, purpose, schedule, sums)
            for stack, cell in zip(stacks, cells, strict=True):
                stack.append(cell)
            row += 1
    for column, text in enumerate((_("Total"), "", "", "")):
        page.text(row, column, text, "text_total")
    bottom = [page.live(row, TOTAL + rank, span_total(stack), "amount_total") for rank, stack in enumerate(stacks)]
    totals.append(bottom[0])
    return row


def _line(
    page: Page, row: int, extract: Extract, partner: Partner, purpose: str, schedule: ScheduleCells,
    sums: dict[tuple[str, str, int], int],
) -> list[Live]:  # fmt: skip
    """Write one line; return its total, then its years."""
    for column, text in enumerate((partner.code, partner.label, purpose, "")):
        page.text(row, column, text, "wrapped")
    keys = [
        (schedule.partner_column, page.address(row, 0)),
        (schedule.mark_column, page.address(row, 2)),
    ]
    cells = [
        page.live(
            row,
            column,
            total_where(keys, schedule.year_columns[year], euros(sums.get((partner.code, purpose, year), 0))),
        )
        for column, year in enumerate(extract.years, start=FIRST_YEAR)
    ]
    return [page.live(row, TOTAL, span_total(cells)), *cells]


def _sums(extract: Extract, flow: str) -> dict[tuple[str, str, int], int]:
    """Cents by funder, purpose and year, works before engineering; funders that bring nothing are left out."""
    source = extract.figures.committed_at if flow == "commitment" else extract.figures.paid
    operations = extract.figures.index.operations
    sums: dict[tuple[str, str, int], int] = defaultdict(int)
    for operation, partner in sorted(extract.pairs, key=lambda pair: _purpose(operations[pair[0]]), reverse=True):
        for year in extract.years:
            amount = source.get((operation, partner, year), 0)
            if amount:
                sums[partner, _purpose(operations[operation]), year] += amount
    return sums
