"""Controls of the rules about aids that add up over operations and years, and about dates.

Mixed aid and de minimis ``sum of aids <= maximum``; early start and deadline ``what the partner brings = what it
commits in the years that its text allows``; sanction ``amount <= reduced rate * base * z`` or ``<= reduced amount``.
"""

from collections.abc import Iterator

from allocator.rules.de_minimis import WINDOW
from reports.controls.control import Control, Family, Sense
from reports.layout.cells import Cells
from reports.layout.figures import Extract
from reports.layout.live import Live, total
from scenarios.document import (
    CommitmentDeadline,
    DeMinimis,
    MixedAid,
    Operation,
    Sanction,
    StartBeforeDecision,
)


def dated_controls(extract: Extract, cells: Cells, *, whole_table: bool) -> Iterator[Control]:
    """Give the controls of these rules. ``whole_table`` tells that the workbook shows all partners of its operations.

    Without it, the rules that add up the aids of several partners cannot be recomputed.
    """
    for rule, operations in extract.rules:
        if isinstance(rule, MixedAid) and whole_table:
            yield from _mixed_aid(extract, cells, rule)
        elif isinstance(rule, DeMinimis) and whole_table:
            yield from _de_minimis(extract, cells, rule, operations)
        elif isinstance(rule, StartBeforeDecision | CommitmentDeadline):
            yield from _allowed(extract, cells, rule, operations)
        elif isinstance(rule, Sanction):
            yield from _sanction(extract, cells, rule, operations)


def _aids(extract: Extract, cells: Cells, rule: MixedAid | DeMinimis, operation: Operation, years: range) -> list[Live]:
    """Cells of what the partners counted, the owner apart, bring to launches of some years."""
    counted = extract.figures.bound(rule, operation) - {operation.owner}
    keys = ((operation.code, partner.code, year) for partner in extract.partners for year in years)
    return [cells.table.committed_at[key] for key in keys if key[1] in counted and key in cells.table.committed_at]


def _mixed_aid(extract: Extract, cells: Cells, rule: MixedAid) -> Iterator[Control]:
    """No control where a part of the condominium is signed elsewhere: its aids are not in the workbook."""
    concerned = extract.figures.concerned[rule.code]
    years = range(extract.years[0], extract.years[-1] + 1)
    operations = [operation for operation in extract.operations if operation.code in concerned]
    aids = [cell for operation in operations for cell in _aids(extract, cells, rule, operation, years)]
    if aids and concerned <= extract.codes:
        limit = cells.rules[rule.code, "amount"]
        yield Control(Family.MIXED_AID, rule.label, total(aids), Sense.AT_MOST, limit, rule.code)


def _de_minimis(
    extract: Extract, cells: Cells, rule: DeMinimis, operations: tuple[Operation, ...]
) -> Iterator[Control]:
    """One control per undertaking and year of an aid; none where another workbook holds some of its operations."""
    index = extract.figures.index
    for owner in sorted({operation.owner for operation in operations}):
        concerned = {code for code in extract.figures.concerned[rule.code] if index.operations[code].owner == owner}
        for year in extract.scenario.years if concerned <= extract.codes else ():
            granted = [_aids(extract, cells, rule, index.operations[code], range(year, year + 1)) for code in concerned]
            if not any(granted):
                continue
            window = range(year - WINDOW + 1, year + 1)
            members = sorted(concerned)
            aids = [cell for code in members for cell in _aids(extract, cells, rule, index.operations[code], window)]
            past = cells.rules.get((rule.code, f"{owner}|{year}"))
            yield Control(
                Family.DE_MINIMIS, f"{rule.label} ({window[0]}-{year})", total([*aids, *([past] if past else [])]),
                Sense.AT_MOST, cells.rules[rule.code, "amount"], rule.code, "", owner,
            )  # fmt: skip


def _allowed(
    extract: Extract, cells: Cells, rule: StartBeforeDecision | CommitmentDeadline, operations: tuple[Operation, ...]
) -> Iterator[Control]:
    """Read what is committed in the schedule, which has a cell for the years without launch too."""
    schedule = cells.commitments
    for operation in operations:
        pair = operation.code, rule.partner
        if pair not in schedule.totals:
            continue
        committed = cells.table.committed[pair]
        years = [year for year in extract.years if _may_commit(extract, rule, operation, year)]
        # Where no year is allowed nothing may be committed: the limit is the gap between table and schedule, zero.
        allowed = [schedule.years[(*pair, year)] for year in years]
        limit = total(allowed) if allowed else committed - schedule.totals[pair]
        yield Control(Family.DATES, rule.label, committed, Sense.EQUAL, limit, rule.code, *pair)


def _may_commit(
    extract: Extract, rule: StartBeforeDecision | CommitmentDeadline, operation: Operation, start: int
) -> bool:
    if isinstance(rule, CommitmentDeadline):
        return start <= rule.last_day.year
    line = extract.figures.index.eligibilities[operation.code, rule.partner]
    if line.start_allowed_from is None:
        raise ValueError(f"{operation.code}: no day when {rule.partner} lets it start")
    if operation.started_on is not None:
        return operation.started_on >= line.start_allowed_from
    return start >= line.start_allowed_from.year


def _sanction(extract: Extract, cells: Cells, rule: Sanction, operations: tuple[Operation, ...]) -> Iterator[Control]:
    for operation in operations:
        code = operation.code
        starts = [launch.start for launch in extract.figures.launches.get(code, ()) if launch.start >= rule.since.year]
        brought = {
            start: cells.table.committed_at[code, rule.partner, start]
            for start in starts
            if (code, rule.partner, start) in cells.table.committed_at
        }
        if rule.amount is not None and brought:
            limit = cells.rules[rule.code, "amount"]
            found = total(list(brought.values()))
            yield Control(Family.SANCTIONS, rule.label, found, Sense.AT_MOST, limit, rule.code, code, rule.partner)
        if rule.base is None:
            continue
        whole = cells.rules[rule.code, "rate"] * cells.operations.base(code, rule.base, rule.partner)
        for start, amount in brought.items():
            limit = whole * cells.table.funded_at[code, start] / cells.operations.to_fund[code]
            label = f"{rule.label} ({start})"
            yield Control(Family.SANCTIONS, label, amount, Sense.AT_MOST, limit, rule.code, code, rule.partner)
