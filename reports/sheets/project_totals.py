"""Sheet « Synthèse par projet »: what one partner commits to each project."""

from reports.layout.cells import TableCells
from reports.layout.figures import Extract
from reports.layout.live import euros, span_total, total_where
from reports.layout.page import Page
from scenarios.language import N_, _

NAME = N_("Synthèse par projet")
_HEAD = 3


def write(page: Page, extract: Extract, table: TableCells) -> None:
    """Write one line per project, with its share of the total."""
    page.columns([16.0, 44.0, 16.0, 14.0, 20.0, 12.0])
    page.top(_("Synthèse par projet"), _("Engagements de ce financeur dans chaque convention."))
    heads = (_("Projet"), _("Nom"), _("Programme"), _("Opérations"), _("Engagements"), _("Part du total"))
    page.heads(_HEAD, heads, range(3, len(heads)))
    partner = extract.partners[0].code
    amounts = []
    for row, code in enumerate(sorted({operation.project for operation in extract.operations}), start=_HEAD + 1):
        project = extract.figures.index.projects[code]
        operations = [operation.code for operation in extract.operations if operation.project == code]
        committed = euros(sum(extract.figures.amount(operation, partner) for operation in operations))
        for column, text in enumerate((code, project.label, project.programme)):
            page.text(row, column, text, "wrapped")
        page.count(row, 3, len(operations))
        keys = [(table.project_column, page.address(row, 0))]
        amounts.append(page.live(row, 4, total_where(keys, table.amount_column, committed)))
    last = _HEAD + 1 + len(amounts)
    for column in range(6):
        page.text(last, column, _("Total") if column == 0 else "", "text_total")
    if amounts:
        whole = page.live(last, 4, span_total(amounts), "amount_total")
        for row, amount in enumerate(amounts, start=_HEAD + 1):
            if whole.value:
                page.live(row, 5, amount / whole, "share")
    page.finish(_HEAD, frozen_columns=2)
