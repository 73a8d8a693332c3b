"""Controls of sums: the formulas of the sheets against one another and against the archived totals."""

from collections.abc import Iterator

from reports.controls.control import Control, Family, Sense
from reports.layout.cells import Cells
from reports.layout.figures import Extract
from reports.layout.live import Live, total
from scenarios.language import _


def table_controls(extract: Extract, cells: Cells, archived: dict[str, Live]) -> Iterator[Control]:
    """Lines, columns and grand totals of the financing table.

    ``archived`` holds the constants of the block of archived values, by key: ``operation:CODE``,
    ``partner:CODE`` and ``total``.
    """
    table = cells.table
    for operation in extract.operations:
        yield Control(
            Family.ROWS, _("Total de la ligne, comparé au total archivé"), table.funded[operation.code],
            Sense.EQUAL, archived[f"operation:{operation.code}"], operation=operation.code,
        )  # fmt: skip
    yield from column_controls(extract, cells, archived)
    if table.funded_total is not None:
        columns = [table.partner_totals[partner.code] for partner in extract.partners]
        for label, limit in (
            (_("Total des lignes, comparé au total des colonnes"), total(columns)),
            (_("Total général, comparé au total archivé"), archived["total"]),
        ):
            yield Control(Family.GRAND, label, table.funded_total, Sense.EQUAL, limit)


def column_controls(extract: Extract, cells: Cells, archived: dict[str, Live]) -> Iterator[Control]:
    """Give the controls of columns: the total of each partner is the archived one."""
    for partner in extract.partners:
        yield Control(
            Family.COLUMNS, _("Total de la colonne, comparé au total archivé"),
            cells.table.partner_totals[partner.code], Sense.EQUAL, archived[f"partner:{partner.code}"],
            partner=partner.code,
        )  # fmt: skip


def unfunded_controls(extract: Extract, cells: Cells) -> Iterator[Control]:
    """Compare what remains to fund with the cost to fund less what the schedule of commitments holds."""
    for operation in extract.operations:
        code = operation.code
        limit = cells.operations.to_fund[code] - cells.summary.by_operation["commitment", code]
        yield Control(
            Family.UNFUNDED, _("Reste, comparé au coût moins les engagements (AE)"),
            cells.table.unfunded[code], Sense.EQUAL, limit, operation=code,
        )  # fmt: skip
        if operation.mandatory:
            yield Control(
                Family.MANDATORY, _("Opération obligatoire : entièrement financée"), cells.table.funded[code],
                Sense.EQUAL, cells.operations.to_fund[code], operation=code,
            )  # fmt: skip


def schedule_controls(extract: Extract, cells: Cells) -> Iterator[Control]:
    """Each amount of the table is committed and paid in full in the schedules, line by line and per partner."""
    schedules = (
        (cells.commitments, _("Montant du plan, comparé à l'échéancier AE")),
        (cells.payments, _("Montant du plan, comparé à l'échéancier CP")),
    )
    for operation, partner in extract.pairs:
        for schedule, label in schedules:
            yield Control(
                Family.SCHEDULE, label, cells.table.committed[operation, partner], Sense.EQUAL,
                schedule.totals[operation, partner], operation=operation, partner=partner,
            )  # fmt: skip
    whole = cells.table.funded_total or next(iter(cells.table.partner_totals.values()))
    for restated in cells.restated:
        label = _("Total, comparé au tableau à voter ou à signer")
        yield Control(Family.SCHEDULE, label, whole, Sense.EQUAL, restated)
    summaries = (
        (cells.summary.commitments, _("Total du financeur, comparé à sa synthèse (AE)")),
        (cells.summary.payments, _("Total du financeur, comparé à sa synthèse (CP)")),
    )
    for partner_shown in extract.partners:
        for summary, label in summaries:
            yield Control(
                Family.SCHEDULE, label, cells.table.partner_totals[partner_shown.code], Sense.EQUAL,
                summary[partner_shown.code], partner=partner_shown.code,
            )  # fmt: skip
