"""Controls of the rules about who takes part and what is launched together.

Région or département ``sum = max`` (one of them brings all); minimum ticket ``amount >= ticket``; at most n partners
``number of partners <= n``; needs ``funded / to fund of the operation <= funded / to fund of the needed one``, in euros
of the needed one; exclusion ``sum = max`` of what is funded.
"""

from collections.abc import Iterator

from reports.controls.control import Control, Family, Sense
from reports.layout.cells import Cells
from reports.layout.figures import Extract
from reports.layout.live import Live, greatest, positives, total
from scenarios.document import (
    MinimumTicket,
    Operation,
    OperationExclusion,
    OperationNeed,
    PartnerLimit,
    RegionOrDepartement,
    Timing,
)


def presence_controls(extract: Extract, cells: Cells, *, whole_table: bool) -> Iterator[Control]:
    """Give the controls of these rules. ``whole_table`` tells that the workbook shows all partners of its operations.

    Without it, only tickets can be recomputed.
    """
    for rule, operations in extract.rules:
        if isinstance(rule, MinimumTicket):
            yield from _tickets(extract, cells, rule, operations)
        elif not whole_table:
            continue
        elif isinstance(rule, RegionOrDepartement):
            yield from _region_or_departement(extract, cells, rule, operations)
        elif isinstance(rule, PartnerLimit):
            yield from _partner_limit(extract, cells, rule, operations)
        elif isinstance(rule, OperationNeed):
            yield from _needs(extract, cells, rule, operations)
        elif isinstance(rule, OperationExclusion):
            yield from _excludes(extract, cells, rule, operations)


def _brought(extract: Extract, cells: Cells, code: str, partners: frozenset[str]) -> list[Live]:
    """Cells of what some partners bring to a launched operation, all years together; those that bring nothing too."""
    if not extract.figures.launches.get(code):
        return []
    return [cells.table.committed[code, partner.code] for partner in extract.partners if partner.code in partners]


def _tickets(
    extract: Extract, cells: Cells, rule: MinimumTicket, operations: tuple[Operation, ...]
) -> Iterator[Control]:
    for operation in operations:
        launches = extract.figures.launches.get(operation.code, ())
        pair = operation.code, rule.partner
        present = any(extract.figures.present(*pair, launch) for launch in launches)
        if present and pair in cells.commitments.totals:
            yield Control(
                Family.TICKETS, rule.label, cells.table.committed[pair], Sense.AT_LEAST,
                cells.rules[rule.code, "amount"], rule.code, operation.code, rule.partner,
            )  # fmt: skip


def _region_or_departement(
    extract: Extract, cells: Cells, rule: RegionOrDepartement, operations: tuple[Operation, ...]
) -> Iterator[Control]:
    for operation in operations:
        grants = _brought(extract, cells, operation.code, extract.figures.bound(rule, operation) - {operation.owner})
        if len(grants) > 1 and not operation.concerted:  # a single one is always its own largest
            yield Control(
                Family.REGION_OR_DEPARTEMENT, rule.label, total(grants), Sense.EQUAL, greatest(grants), rule.code,
                operation.code,
            )  # fmt: skip


def _partner_limit(
    extract: Extract, cells: Cells, rule: PartnerLimit, operations: tuple[Operation, ...]
) -> Iterator[Control]:
    for operation in operations:
        counted = extract.figures.bound(rule, operation)
        amounts = _brought(
            extract, cells, operation.code, counted if rule.owner_counted else counted - {operation.owner}
        )
        if amounts:
            yield Control(
                Family.PARTNER_LIMIT, rule.label, positives(amounts), Sense.AT_MOST, cells.rules[rule.code, "most"],
                rule.code, operation.code, counted=True,
            )  # fmt: skip


def _funded(extract: Extract, cells: Cells, code: str, last: int) -> Live:
    """Give what is funded of an operation until a start year: all of it, less its later launches."""
    launches = extract.figures.launches.get(code, ())
    later = [cells.table.funded_at[code, launch.start] for launch in launches if launch.start > last]
    whole = cells.table.funded[code]
    return whole - total(later) if later else whole


def _needs(extract: Extract, cells: Cells, rule: OperationNeed, operations: tuple[Operation, ...]) -> Iterator[Control]:
    """No control where the needed operation is signed elsewhere: its amounts are not in the workbook."""
    if rule.needed not in extract.codes:
        return
    to_fund = cells.operations.to_fund
    for operation in operations:
        launches = extract.figures.launches.get(operation.code, ())
        years = [launch.start for launch in launches] if rule.timing is Timing.NOT_LATER else [extract.years[-1]]
        for year in years if launches and operation.code != rule.needed else ():
            part = _funded(extract, cells, operation.code, year) * to_fund[rule.needed]
            yield Control(
                Family.NEEDS, f"{rule.label} ({year})", part / to_fund[operation.code], Sense.AT_MOST,
                _funded(extract, cells, rule.needed, year), rule.code, operation.code,
            )  # fmt: skip


def _excludes(
    extract: Extract, cells: Cells, rule: OperationExclusion, operations: tuple[Operation, ...]
) -> Iterator[Control]:
    """No control where a single operation of the rule is signed here: there is nothing to compare it with."""
    funded = [_funded(extract, cells, operation.code, extract.years[-1]) for operation in operations]
    if len(funded) > 1:
        yield Control(Family.EXCLUDES, rule.label, total(funded), Sense.EQUAL, greatest(funded), rule.code)
