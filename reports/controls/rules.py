"""Controls of the rules: one control per rule, operation, partner and start, whose limit reads the rule's own cells.

The inequalities are those of the brief of each rule kind (see ``scenarios.document.rule``), for a launch that
funds the part z of the cost to fund:
rate ceiling ``amount <= rate * min(base, ceilings) * z``; rate floor ``amount >= rate * base * z``;
amount ceiling ``amount <= ceiling``; flat aid ``amount = flat * units * z``;
public-aid cap ``public aid <= rate * base * z``; owner's floor ``own >= rate * (own + public aid)``;
transfer contributions ``transfers <= rate * (own + transfers)``; reciprocity ``amount <= ratio * others``, all
launches together; top-up ``amount <= rate * base * z + local`` and ``amount + amount <= base * z + rate * base * z``.
Rules on several operations together are in ``overall_rules``.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from allocator.allocation import Launch
from reports.controls.control import Control, Family, Sense
from reports.controls.dated import dated_controls
from reports.controls.decisions import SENSES
from reports.controls.early_payments import early_payment_controls
from reports.controls.overall_rules import rounded
from reports.controls.presence import presence_controls
from reports.layout.cells import Cells
from reports.layout.figures import Extract
from reports.layout.live import Live, least, total
from scenarios.document import (
    AmountCeiling,
    Base,
    FlatAid,
    MatchingTopUp,
    Operation,
    OwnerFloor,
    PartnerKind,
    PublicAidCap,
    RateCeiling,
    RateFloor,
    Reciprocity,
    Rule,
    TransferContribution,
)


@dataclass(frozen=True)
class _Case:
    """One rule on one launch of one operation."""

    extract: Extract
    cells: Cells
    rule: Rule
    operation: Operation
    launch: Launch

    @property
    def code(self) -> str:
        return self.operation.code

    def value(self, field: str) -> Live:
        """Cell of a value of the rule."""
        return self.cells.rules[self.rule.code, field]

    def amount(self, partner: str) -> Live:
        """Cell of what a partner brings to the launch."""
        return self.cells.table.committed_at[self.code, partner, self.launch.start]

    def part(self, whole: Live) -> Live:
        """``whole``, reduced to the part of the operation that the launch funds."""
        funded = self.cells.table.funded_at[self.code, self.launch.start]
        return whole * funded / self.cells.operations.to_fund[self.code]

    def base(self, base: Base, partner: str) -> Live:
        """Cell of the base of the rule."""
        return self.cells.operations.base(self.code, base, partner)

    def per_unit(self, field: str) -> Live:
        """Amount of the rule for the units of the operation, reduced to the part the launch funds."""
        return self.part(self.value(field) * self.cells.operations.units[self.code])

    def public(self, counts: tuple[PartnerKind, ...]) -> list[Live]:
        """Cells of what public partners bring to the launch, the owner apart."""
        return [
            self.amount(partner.code)
            for partner in self.extract.partners
            if partner.kind in counts
            and partner.code != self.operation.owner
            and (self.code, partner.code, self.launch.start) in self.cells.table.committed_at
        ]

    def control(self, family: Family, found: Live, sense: Sense, limit: Live, partner: str) -> Control:
        """Control that names the rule, and the year of the launch when the operation has several."""
        several = len(self.extract.figures.launches[self.code]) > 1
        label = f"{self.rule.label} ({self.launch.start})" if several else self.rule.label
        partial = 0 < self.launch.funded < self.operation.to_fund
        return Control(
            family, label, found, sense, limit, self.rule.code, self.code, partner,
            rounded=family is Family.FLAT_AID and partial,
        )  # fmt: skip


_OnLaunches = (
    RateCeiling | RateFloor | AmountCeiling | FlatAid | PublicAidCap | OwnerFloor | TransferContribution | MatchingTopUp
)
"""Rules whose controls are made here, launch by launch."""

_OnOperations = _OnLaunches | Reciprocity


def rule_controls(extract: Extract, cells: Cells, *, whole_table: bool) -> Iterator[Control]:
    """Give the controls of every rule. ``whole_table`` tells that the workbook shows all partners of its operations.

    Without it, the rules that compare partners with one another cannot be recomputed and are left out.
    """
    together = (PublicAidCap, OwnerFloor, TransferContribution, Reciprocity, MatchingTopUp)
    yield from presence_controls(extract, cells, whole_table=whole_table)
    yield from dated_controls(extract, cells, whole_table=whole_table)
    yield from early_payment_controls(extract, cells)
    for rule, operations in extract.rules:
        if (isinstance(rule, together) and not whole_table) or not isinstance(rule, _OnOperations):
            continue
        for operation in operations:
            if isinstance(rule, Reciprocity):
                yield from _reciprocity(cells, rule, operation)
                continue
            if isinstance(rule, AmountCeiling) and rule.amount is not None:
                yield from _whole_amount(cells, rule, operation)
                continue
            for launch in extract.figures.launches.get(operation.code, ()):
                partner = operation.owner if isinstance(rule, OwnerFloor | TransferContribution) else rule.partner
                if extract.figures.present(operation.code, partner, launch):
                    yield from _launch_controls(_Case(extract, cells, rule, operation, launch), rule)


def _launch_controls(case: _Case, rule: _OnLaunches) -> Iterator[Control]:
    if isinstance(rule, RateCeiling):
        yield _rate_ceiling(case, rule)
    elif isinstance(rule, RateFloor):
        limit = case.part(case.value("rate") * case.base(rule.base, rule.partner))
        yield case.control(Family.RATE_FLOOR, case.amount(rule.partner), Sense.AT_LEAST, limit, rule.partner)
    elif isinstance(rule, AmountCeiling):
        limit = case.per_unit("amount_per_unit")
        yield case.control(Family.AMOUNT_CEILING, case.amount(rule.partner), Sense.AT_MOST, limit, rule.partner)
    elif isinstance(rule, FlatAid):
        limit = case.per_unit("amount_per_unit")
        yield case.control(Family.FLAT_AID, case.amount(rule.partner), Sense.EQUAL, limit, rule.partner)
    elif isinstance(rule, PublicAidCap):
        yield from _public_aid_cap(case, rule)
    elif isinstance(rule, OwnerFloor):
        yield _owner_floor(case, rule)
    elif isinstance(rule, TransferContribution):
        yield from _transfer_contribution(case, rule)
    else:
        yield from _matching_top_up(case, rule)


def _rate_ceiling(case: _Case, rule: RateCeiling) -> Control:
    ceilings = [case.base(rule.base, rule.partner)]
    if rule.base_max is not None:
        ceilings.append(case.value("base_max"))
    parts = []
    if rule.base_max_per_unit is not None:
        parts.append(case.value("base_max_per_unit") * case.cells.operations.units[case.code])
    if rule.base_max_per_building is not None:
        parts.append(case.value("base_max_per_building") * case.cells.operations.buildings[case.code])
    if parts:
        ceilings.append(parts[0] if len(parts) == 1 else parts[0] + parts[1])
    capped = ceilings[0] if len(ceilings) == 1 else least(ceilings)
    limit = case.part(case.value("rate") * capped)
    return case.control(Family.RATE_CEILING, case.amount(rule.partner), Sense.AT_MOST, limit, rule.partner)


def _whole_amount(cells: Cells, rule: AmountCeiling, operation: Operation) -> Iterator[Control]:
    """Give the control of an amount per operation, which binds all launches together."""
    pair = operation.code, rule.partner
    if pair in cells.commitments.totals:
        yield Control(
            Family.AMOUNT_CEILING, rule.label, cells.table.committed[pair], Sense.AT_MOST,
            cells.rules[rule.code, "amount"], rule.code, operation.code, rule.partner,
        )  # fmt: skip


def _public_aid_cap(case: _Case, rule: PublicAidCap) -> Iterator[Control]:
    """No control where no public partner but the owner brings anything: there is nothing to add up."""
    counted = case.public(rule.counts)
    if counted:
        limit = case.part(case.value("rate") * case.base(rule.base, rule.partner))
        yield case.control(Family.PUBLIC_AID, total(counted), Sense.AT_MOST, limit, rule.partner)


def _owner_floor(case: _Case, rule: OwnerFloor) -> Control:
    own = case.amount(case.operation.owner)
    limit = case.value("rate") * total([own, *case.public(rule.counts)])
    return case.control(Family.OWNER_FLOOR, own, Sense.AT_LEAST, limit, case.operation.owner)


def _transfer_contribution(case: _Case, rule: TransferContribution) -> Iterator[Control]:
    """No control where nobody may transfer anything."""
    transfers = case.public(rule.counts)
    if transfers:
        own = case.amount(case.operation.owner)
        limit = case.value("rate") * total([own, *transfers])
        yield case.control(Family.TRANSFER_CONTRIBUTION, total(transfers), Sense.AT_MOST, limit, case.operation.owner)


def _matching_top_up(case: _Case, rule: MatchingTopUp) -> Iterator[Control]:
    amount, base = case.amount(rule.partner), case.base(rule.base, rule.partner)
    own_rate = case.part(case.value("rate") * base)
    local = [cell for cell in case.public(rule.counts) if cell.formula != amount.formula]
    limit = own_rate + total(local) if local else own_rate
    yield case.control(Family.MATCHING_TOP_UP, amount, Sense.AT_MOST, limit, rule.partner)
    whole = case.part(base) + own_rate
    yield case.control(Family.MATCHING_TOP_UP, amount + amount, Sense.AT_MOST, whole, rule.partner)


def _reciprocity(cells: Cells, rule: Reciprocity, operation: Operation) -> Iterator[Control]:
    """Give the control of one operation, all launches together; none for a rule on all operations together."""
    own = cells.table.committed.get((operation.code, rule.partner))
    pairs = [(operation.code, partner) for partner in rule.counterparts]
    others = [cells.table.committed[pair] for pair in pairs if pair in cells.table.committed]
    if rule.together or own is None or not others:
        return
    yield Control(
        Family.RECIPROCITY, rule.label, own, SENSES[rule.sense], cells.rules[rule.code, "ratio"] * total(others),
        rule.code, operation.code, rule.partner, rounded=rounded(rule),
    )  # fmt: skip
