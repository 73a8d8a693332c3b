"""Controls of the ceilings on what is paid before an operation is completed, in the last year its profile pays.

Advance ``paid in the start year <= rate * commitment``; instalments ``paid before completion <= rate * commitment``.
The schedule adds up the launches of an operation, so the control is written in sums since the first launch: what is
paid before a year ``<=`` commitments whose limited years are over ``+ rate *`` those whose limited years last until
then. With a single launch it is the rule itself; with several it is what the rule entails, and the exact checker looks
at each launch.
"""

from collections.abc import Iterator

from reports.controls.control import Control, Family, Sense
from reports.layout.cells import Cells
from reports.layout.figures import Extract
from reports.layout.live import span_total, total
from scenarios.document import AdvanceCeiling, InstalmentCeiling, Operation
from scenarios.language import _

_Early = AdvanceCeiling | InstalmentCeiling


def early_payment_controls(extract: Extract, cells: Cells) -> Iterator[Control]:
    """Give one control per rule, operation and launch; none where a fixed plan says what is paid when."""
    for rule, operations in extract.rules:
        if not isinstance(rule, _Early):
            continue
        for operation in operations:
            limited = _limited_years(extract, rule, operation)
            if limited and (operation.code, rule.partner) in cells.payments.totals:
                yield from _launches(extract, cells, rule, operation, limited)


def _limited_years(extract: Extract, rule: _Early, operation: Operation) -> int:
    """Count the years since the start whose payments are limited: none when completed in the start year."""
    index = extract.figures.index
    if operation.code in index.plans:
        return 0
    length = max(offset for offset, share in index.profiles[str(operation.profile)] if share)
    return min(length, 1) if isinstance(rule, AdvanceCeiling) else length


def _launches(extract: Extract, cells: Cells, rule: _Early, operation: Operation, limited: int) -> Iterator[Control]:
    code, partner = operation.code, rule.partner
    starts = [launch.start for launch in extract.figures.launches.get(code, ())]
    amounts = {start: cells.table.committed_at[code, partner, start] for start in starts}
    family = Family.ADVANCES if isinstance(rule, AdvanceCeiling) else Family.INSTALMENTS
    for end in (start + limited for start in starts):
        paid = [cells.payments.years[code, partner, year] for year in extract.years if year < end]
        over = [amount for start, amount in amounts.items() if start + limited < end]
        lasting = [amount for start, amount in amounts.items() if start < end <= start + limited]
        share = cells.rules[rule.code, "rate"] * total(lasting)
        label = _("{rule} (payé avant {year})").format(rule=rule.label, year=end)
        yield Control(
            family, label, span_total(paid), Sense.AT_MOST, total(over) + share if over else share, rule.code, code,
            partner,
        )  # fmt: skip
