"""What a scenario means, read from the document alone for the oracles: nothing here comes from the allocator."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from itertools import product

from scenarios.document import (
    Base,
    FlatAid,
    Operation,
    Partner,
    Pool,
    Presence,
    PublicAidCap,
    RateCeiling,
    RateFloor,
    Rule,
    Sanction,
    Scenario,
)

Cell = tuple[str, str, int]
"""Operation, partner, start year."""


@dataclass(frozen=True)
class Purse:
    """What ``members`` spend over any of the ``windows`` of years stays within its limit, in cents."""

    members: frozenset[str]
    windows: tuple[tuple[frozenset[int], int], ...]


class Reading:
    """Facts of one scenario; amounts are cents."""

    def __init__(self, document: Scenario) -> None:
        self.document = document
        self.operations = {line.code: line for line in document.operations}
        self.kind = {line.code: line.kind for line in document.partners}
        self.lines = {(line.operation, line.partner): line for line in document.eligibilities}
        self.plan: dict[str, dict[tuple[str, int], int]] = {}
        for line in document.plans:
            self.plan.setdefault(line.operation, {})[line.partner, line.year] = line.amount

    def to_fund(self, code: str) -> int:
        return self.operations[code].cost - self.operations[code].receipts

    def funders(self, code: str) -> list[str]:
        """Partners that may bring money to an operation: those of its plan, or its owner and the eligible ones."""
        if code in self.plan:
            return sorted({partner for partner, _ in self.plan[code]})
        return sorted(
            {self.operations[code].owner, *(partner for operation, partner in self.lines if operation == code)}
        )

    def planned(self, code: str, partner: str) -> int:
        return sum(cents for (name, _), cents in self.plan[code].items() if name == partner)

    def cells(self) -> Iterator[Cell]:
        for code, operation in self.operations.items():
            yield from product([code], self.funders(code), operation.starts)

    def binds(self, rule: Rule, code: str) -> bool:
        """Tell whether the operation meets every filter of the rule and no derogation lifts it there."""
        operation = self.operations[code]
        programme = next(line.programme for line in self.document.projects if line.code == operation.project)
        met = (
            (rule.natures, operation.nature),
            (rule.programmes, programme),
            (rule.projects, operation.project),
            (rule.operations, code),
            (rule.owner_kinds, self.kind[operation.owner]),
        )
        lifted = [
            line
            for line in self.document.derogations
            if line.rule == rule.code and (line.operation == code or line.project == operation.project)
        ]
        return all(value in wanted for wanted, value in met if wanted) and not lifted

    def base(self, rule: RateCeiling | RateFloor | PublicAidCap | Sanction, code: str) -> int:
        """Give what the rate of a rule applies to on the whole operation, caps on the base included."""
        operation = self.operations[code]
        assert rule.base is not None
        found = {
            Base.EXCL_VAT: operation.cost_excl_vat,
            Base.INCL_VAT: operation.cost_incl_vat,
            Base.COST: operation.cost,
            Base.DEFICIT: max(0, self.to_fund(code)),
            Base.ELIGIBLE: self.lines[code, rule.partner].eligible_base if (code, rule.partner) in self.lines else None,
        }[rule.base]
        assert found is not None, (rule.code, code)
        return min([found, *_caps(rule, operation)]) if isinstance(rule, RateCeiling) else found

    def is_free(self, code: str, partner: str) -> bool:
        """Tell whether the partner is present only when it brings money (else: as soon as something is funded)."""
        line = self.lines.get((code, partner))
        owned = self.operations[code].owner == partner
        return line is not None and line.presence is Presence.OPTIONAL and not owned and code not in self.plan

    def decides_presence(self, code: str, partner: str) -> bool:
        """Tell whether some rule changes with the free presence of the partner."""
        kinds = RateFloor | FlatAid | PublicAidCap
        rules = (rule for rule in self.document.rules if isinstance(rule, kinds) and rule.partner == partner)
        return self.is_free(code, partner) and any(self.binds(rule, code) for rule in rules)

    def public(self, counts: tuple[str, ...], code: str) -> list[str]:
        """List the partners, the owner apart, whose kind a rule counts."""
        owner = self.operations[code].owner
        return [partner for partner in self.funders(code) if self.kind[partner] in counts and partner != owner]

    def shares(self, code: str) -> dict[int, Fraction]:
        """Give the share of a commitment paid each number of years after the start."""
        profile = self.operations[code].profile
        return {line.offset: line.share for line in self.document.profiles if line.profile == profile}

    def purses(self, column: str, only: str | None = None) -> list[Purse]:
        """List who is limited in commitments or in payments; ``only``: one holder."""
        document = self.document
        holders: list[Partner | Pool] = [*document.partners, *document.pools]
        found = []
        for holder in holders:
            if not getattr(holder, f"{column}_limited") or only not in (None, holder.code):
                continue
            members = {line.code for line in document.partners if holder.code in (line.code, line.pool)}
            windows = []
            for year in document.years:
                years = frozenset(t for t in document.years if t == year or (holder.carry_over and t < year))
                given = [
                    getattr(line, column)
                    for line in document.budgets
                    if line.holder == holder.code and line.year in years
                ]
                back = [
                    line.amount for line in document.decommitments if line.holder == holder.code and line.year in years
                ]
                windows.append((years, sum(given) + sum(back)))
            found.append(Purse(frozenset(members), tuple(windows)))
        return found

    def enveloped(self) -> list[tuple[frozenset[str], frozenset[str], int]]:
        """List the envelopes: partners, operations, amount."""
        territory = {line.code: line.territory for line in self.document.communes}
        found = []
        for envelope in self.document.envelopes:
            codes = {
                code
                for code, line in self.operations.items()
                if (not envelope.natures or line.nature in envelope.natures)
                and (not envelope.projects or line.project in envelope.projects)
                and (not envelope.territories or territory[line.commune] in envelope.territories)
            }
            found.append((frozenset(envelope.partners), frozenset(codes), envelope.amount))
        return found

    def lent(self, code: str) -> int:
        return sum(loan.amount for loan in self.document.loans if loan.operation == code)

    def reference(self, code: str) -> dict[str, Fraction] | None:
        """Give what each partner would bring to the whole operation, None when the operation has no reference."""
        found: dict[str, Fraction] = {}
        for line in self.document.references:
            if line.operation == code:
                amount = Fraction(line.amount or 0) if line.share is None else line.share * self.to_fund(code)
                found[line.partner] = amount
        return {partner: found.get(partner, Fraction(0)) for partner in self.funders(code)} if found else None


def _caps(rule: RateCeiling, operation: Operation) -> list[int]:
    caps = [] if rule.base_max is None else [rule.base_max]
    if rule.base_max_per_unit is not None or rule.base_max_per_building is not None:
        caps.append(
            (rule.base_max_per_unit or 0) * (operation.units or 0)
            + (rule.base_max_per_building or 0) * (operation.buildings or 0)
        )
    return caps


def weight(operation: str, partner: str, start: int, level: int = 0) -> int:
    """Give the published weight of a cell in the tie-break, version 1, from its definition."""
    digest = sha256(f"1.{level}|{operation}|{partner}|{start}".encode()).hexdigest()
    return 0x1000000 + int(digest[:6], 16)
