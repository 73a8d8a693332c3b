"""Controls of what is already decided: locked amounts, and loans that finance the owner's share."""

from collections.abc import Iterator

from reports.controls.control import Control, Family, Sense
from reports.layout.cells import Cells
from reports.layout.figures import Extract
from reports.layout.live import span_total
from scenarios.document import LockSense
from scenarios.language import _

SENSES = {
    LockSense.EXACTLY: Sense.EQUAL,
    LockSense.AT_LEAST: Sense.AT_LEAST,
    LockSense.AT_MOST: Sense.AT_MOST,
}


def lock_controls(extract: Extract, cells: Cells) -> Iterator[Control]:
    """Give the controls of locks: the total a partner brings to an operation respects the amount decided."""
    for lock, decided in zip(extract.locks, cells.locks, strict=True):
        yield Control(
            Family.LOCKS, _("Montant arrêté par {author}").format(author=lock.author),
            cells.table.committed[lock.operation, lock.partner], SENSES[lock.sense], decided,
            operation=lock.operation, partner=lock.partner,
        )  # fmt: skip


def loan_controls(extract: Extract, cells: Cells) -> Iterator[Control]:
    """Give the controls of loans: the owner's share of each launch holds its part of them."""
    table = cells.table
    for operation in extract.operations:
        loans = cells.operations.loans.get(operation.code)
        for launch in extract.figures.launches.get(operation.code, ()):
            own = table.committed_at.get((operation.code, operation.owner, launch.start))
            if not loans or own is None or not launch.funded:
                continue
            funded = table.funded_at[operation.code, launch.start]
            limit = span_total(loans) * funded / cells.operations.to_fund[operation.code]
            yield Control(
                Family.LOANS, _("Part du maître d'ouvrage, au moins égale à ses prêts"), own, Sense.AT_LEAST, limit,
                operation=operation.code, partner=operation.owner,
            )  # fmt: skip
