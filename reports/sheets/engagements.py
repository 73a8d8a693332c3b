"""Sheet « Engagements »: what one partner commits, one line per operation and year of start."""

from allocator.allocation import Launch
from reports.layout.cells import OperationCells, TableCells
from reports.layout.figures import Extract
from reports.layout.live import Live, span, span_total
from reports.layout.page import Page
from scenarios.document import Operation
from scenarios.language import N_, _

NAME = N_("Engagements")
HEAD = 3
_COLUMNS: tuple[tuple[str, float], ...] = (
    (N_("Code"), 12), (N_("Opération"), 36), (N_("Projet"), 12), (N_("Commune"), 18), (N_("Maître d'ouvrage"), 26),
    (N_("Nature"), 8), (N_("À quel titre"), 16), (N_("Année de lancement"), 11), (N_("État"), 12),
    (N_("À financer"), 17), (N_("Financé par tous"), 17), (N_("Engagement"), 17), (N_("% du coût à financer"), 11),
)  # fmt: skip
_ACCOUNTS: tuple[tuple[str, float], ...] = (
    (N_("Compte 204, subvention versée"), 13), (N_("Compte 13, chez le bénéficiaire"), 13),
)  # fmt: skip
"""Shown where a partner of the lines has one."""
_PROJECT, _YEAR, _TO_FUND, _FUNDED, _AMOUNT, _SHARE = 2, 7, 9, 10, 11, 12


def write(page: Page, extract: Extract, cells: OperationCells) -> TableCells:
    """Write the lines and their total. Operations with a decision but no commitment are shown at zero."""
    accounts = _accounts(extract)
    columns = [*_COLUMNS, *(_ACCOUNTS if any(map(any, accounts.values())) else ())]
    page.columns([width for _head, width in columns])
    page.top(_("Engagements"), _("« Financé par tous » : valeur archivée, tous financeurs réunis."))
    page.heads(HEAD, [_(head) for head, _width in columns], range(_TO_FUND, len(_COLUMNS)))
    table = TableCells()
    partner = extract.partners[0].code
    amounts: list[Live] = []
    row = HEAD
    for operation in extract.operations:
        parts: list[Live] = []
        launches: list[Launch | None] = [*extract.figures.launches.get(operation.code, ())]
        for launch in launches or [None]:
            row += 1
            parts.append(_line(page, row, extract, operation, launch, cells, table))
            for column in range(len(_COLUMNS), len(columns)):
                page.text(row, column, accounts[operation.code][column - len(_COLUMNS)])
        table.committed[operation.code, partner] = parts[0] if len(parts) == 1 else span_total(parts)
        amounts += parts
    for column in range(len(columns)):
        page.text(row + 1, column, _("Total") if column == 0 else "", "text_total")
    if amounts:
        table.project_column, table.amount_column = page.area(HEAD + 1, _PROJECT, row), span(amounts)
        if len(columns) > len(_COLUMNS):
            table.account_column = page.area(HEAD + 1, len(_COLUMNS), row)
        table.partner_totals[partner] = page.live(row + 1, _AMOUNT, span_total(amounts), "amount_total")
    page.finish(HEAD, frozen_columns=2)
    return table


def _accounts(extract: Extract) -> dict[str, tuple[str, str]]:
    """Give the accounts of the grants of the partner, by operation: its own, then the beneficiary's; none as owner."""
    partner, owners = extract.partners[0], extract.figures.index.partners
    return {
        operation.code: ("", "") if operation.owner == partner.code
        else (owners[operation.owner].paid_account or "", partner.received_account or "")
        for operation in extract.operations
    }  # fmt: skip


def _line(
    page: Page, row: int, extract: Extract, operation: Operation, launch: Launch | None, cells: OperationCells,
    table: TableCells,
) -> Live:  # fmt: skip
    """Write one line and return the cell of its amount."""
    figures, partner, code = extract.figures, extract.partners[0].code, operation.code
    role = _("maître d'ouvrage") if operation.owner == partner else _("financeur")
    texts = (
        code, operation.label, operation.project, figures.index.communes[operation.commune].label,
        figures.index.partners[operation.owner].label, operation.nature, role,
    )  # fmt: skip
    for column, text in enumerate(texts):
        page.text(row, column, text, "wrapped")
    to_fund = page.live(row, _TO_FUND, cells.to_fund[code])
    if launch is None:
        page.text(row, _YEAR, "")
        page.text(row, _YEAR + 1, _("non financé"))
        page.amount(row, _FUNDED, 0)
        amount = page.amount(row, _AMOUNT, 0)
    else:
        start = launch.start
        page.count(row, _YEAR, start, "year")
        page.text(row, _YEAR + 1, _("proposé"))
        table.funded_at[code, start] = page.amount(row, _FUNDED, launch.funded)
        amount = page.amount(row, _AMOUNT, figures.committed_at.get((code, partner, start), 0))
        table.committed_at[code, partner, start] = amount
    if to_fund.value:
        page.live(row, _SHARE, amount / to_fund, "share")
    else:
        page.text(row, _SHARE, "")
    return amount
