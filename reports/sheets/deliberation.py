"""Sheet « Délibération »: what the assembly of one partner is asked to vote, with its yearly payments by project."""

from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction

from reports.layout.cells import ScheduleCells, TableCells
from reports.layout.figures import Extract
from reports.layout.live import Live, euros, span_total, total_where
from reports.layout.page import Page
from reports.sheets.schedule import FIRST_YEAR, HEAD, TOTAL, WIDTHS, YEAR_WIDTH, Mark, years_head
from scenarios.language import N_, _

NAME = N_("Délibération")


def project_mark(extract: Extract) -> Mark:
    """Give the column of projects that the schedules carry, for the sums of this sheet."""
    return _("Projet"), {operation.code: operation.project for operation in extract.operations}


def write(page: Page, extract: Extract, table: TableCells, schedules: dict[str, ScheduleCells]) -> list[Live]:
    """Write the articles; return what is voted and what is paid, all projects together, for the controls."""
    page.columns([16.0, 40.0, 18.0, 3.0, WIDTHS[TOTAL], *[YEAR_WIDTH] * len(extract.years)])
    page.top(
        _("Projet de délibération"),
        _("AP : autorisation de programme (investissement). AE : autorisation d'engagement. CP : crédits de paiement."),
    )
    heads = (_("Projet"), _("Nom"), _("Programme"), "", _("AP ou AE"))
    years_head(page, HEAD, heads, extract.years)
    columns = _projects(page, extract, schedules)
    row = HEAD + 1 + len(columns[0])
    for column in range(TOTAL):
        page.text(row, column, _("Total") if column == 0 else "", "text_total")
    sums = [page.live(row, TOTAL + rank, span_total(cells), "amount_total") for rank, cells in enumerate(columns)]
    for column, text in enumerate((_("Total des CP"), _("toutes les années"), "", "")):
        page.text(row + 1, column, text, "text_total")
    paid = page.live(row + 1, TOTAL, span_total(sums[1:]), "amount_total")
    row = _accounts(page, row + 3, extract, table)
    _articles(page, row, extract)
    page.finish(HEAD, frozen_columns=2)
    return [sums[0], paid]


def _projects(page: Page, extract: Extract, schedules: dict[str, ScheduleCells]) -> list[list[Live]]:
    """Write one line per project; return the cells of the authorisations, then of each year."""
    sums, paid = _sums(extract)
    columns: list[list[Live]] = [[] for _column in (0, *extract.years)]
    for row, code in enumerate(sorted({operation.project for operation in extract.operations}), start=HEAD + 1):
        project = extract.figures.index.projects[code]
        for column, text in enumerate((code, project.label, project.programme, "")):
            page.text(row, column, text, "wrapped")
        key = page.address(row, 0)
        commitments, payments = schedules["commitment"], schedules["payment"]
        voted = total_where([(commitments.mark_column, key)], commitments.total_column, sums[code])
        columns[0].append(page.live(row, TOTAL, voted))
        for rank, year in enumerate(extract.years, start=1):
            live = total_where([(payments.mark_column, key)], payments.year_columns[year], paid[code, year])
            columns[rank].append(page.live(row, FIRST_YEAR + rank - 1, live))
    return columns


def _sums(extract: Extract) -> tuple[dict[str, Fraction], dict[tuple[str, int], Fraction]]:
    """Euros committed by project, and paid by project and year."""
    voted: dict[str, Fraction] = defaultdict(Fraction)
    paid: dict[tuple[str, int], Fraction] = defaultdict(Fraction)
    figures = extract.figures
    for operation, partner in extract.pairs:
        project = figures.index.operations[operation].project
        voted[project] += euros(figures.amount(operation, partner))
        for year in extract.years:
            paid[project, year] += euros(figures.paid.get((operation, partner, year), 0))
    return voted, paid


def _accounts(page: Page, row: int, extract: Extract, table: TableCells) -> int:
    """Write what goes to each account of grants paid, where beneficiaries have one; return the next row."""
    if not table.account_column:
        return row
    partner, figures = extract.partners[0].code, extract.figures
    sums: dict[str, int] = defaultdict(int)
    for operation in extract.operations:
        account = figures.index.partners[operation.owner].paid_account
        if account and operation.owner != partner:
            sums[account] += figures.amount(operation.code, partner)
    page.text(row, 0, _("Imputation des subventions versées"), "section")
    for at, (account, cents) in enumerate(sorted(sums.items()), start=row + 1):
        page.text(at, 0, account, "wrapped")
        keys = [(table.account_column, page.address(at, 0))]
        page.live(at, TOTAL, total_where(keys, table.amount_column, euros(cents)))
    return row + len(sums) + 2


def _articles(page: Page, row: int, extract: Extract) -> None:
    """Write what is voted, in words, and what only the assembly can fill."""
    label = extract.partners[0].label
    articles: Sequence[str] = (
        _("{partner} approuve sa participation aux opérations de la feuille « Engagements ».").format(partner=label),
        _("Les AP ou AE et leurs CP par année sont ceux du tableau ci-dessus ; l'équilibre se juge sur les CP seuls."),
        _("Les CP dépendent des budgets votés chaque année ; une AP vaut jusqu'à son annulation et peut être révisée."),
    )
    for rank, text in enumerate(articles, start=1):
        page.text(row, 0, _("Article {rank}").format(rank=rank), "label")
        page.text(row, 1, text, "note")
        row += 1
    for line in (_("N° et date de la délibération"), _("Pour, contre, abstentions, retraits"), _("Signature")):
        row += 1
        page.text(row, 0, line, "note")
        page.text(row, 2, "", "to_fill")
        page.text(row, TOTAL, "", "to_fill")
