"""What rules on several partners, or on several operations, ask: each is one weighted sum, read from the document.

``Bound``: commitments and parts launched, each times its weight, sum to the limit at most, or exactly. ``cent``: an
equality that whole cents may miss by less than that. What an owner pays in one year is read apart (``capacities``).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from math import ceil, floor

from scenarios.document import (
    Base,
    Contingency,
    GrantEquivalent,
    LockSense,
    MatchingTopUp,
    OwnerCapacity,
    PriorityShare,
    Reciprocity,
    ReservedShare,
    Rule,
    TransferContribution,
)
from tests.allocator.oracle.reading import Cell, Reading

SEVERAL = (
    TransferContribution, Reciprocity, ReservedShare, PriorityShare, GrantEquivalent, MatchingTopUp, OwnerCapacity,
    Contingency,
)  # fmt: skip

Launch = tuple[str, int]
"""Operation and start year."""


@dataclass(frozen=True)
class Bound:
    """One weighted sum; ``codes``: the operations it weighs."""

    kind: str
    amounts: dict[Cell, Fraction]
    parts: dict[Launch, Fraction]
    limit: Fraction
    equality: bool = False
    cent: int = 0

    @property
    def codes(self) -> set[str]:
        return {code for code, *_rest in (*self.amounts, *self.parts)}

    def used(self, amounts: dict[Cell, int], parts: dict[Launch, Fraction]) -> Fraction:
        """Add what commitments and parts launched weigh."""
        brought = sum((self.amounts.get(cell, Fraction(0)) * cents for cell, cents in amounts.items()), Fraction(0))
        return brought + sum(
            (self.parts.get(launch, Fraction(0)) * part for launch, part in parts.items()), Fraction(0)
        )

    def meets(self, total: Fraction) -> bool:
        if not self.equality:
            return total <= self.limit
        return abs(total - self.limit) < self.cent if self.cent else total == self.limit


@dataclass(frozen=True)
class Capacity:
    """What an owner pays for some of its operations in one year stays within an amount."""

    owner: str
    codes: frozenset[str]
    year: int
    amount: int


@cache
def bounds(reading: Reading) -> tuple[Bound, ...]:
    """Give every bound of a scenario, but what owners pay in one year."""
    return tuple(bound for rule in reading.document.rules for bound in _of_rule(reading, rule))


@cache
def capacities(reading: Reading) -> tuple[Capacity, ...]:
    """Give what owners may pay in one year."""
    return tuple(
        Capacity(rule.partner, frozenset(_owned(reading, rule)), rule.year, rule.amount)
        for rule in reading.document.rules
        if isinstance(rule, OwnerCapacity) and rule.year is not None
    )


def _of_rule(reading: Reading, rule: Rule) -> Iterator[Bound]:
    codes = [code for code in reading.operations if reading.binds(rule, code)]
    if isinstance(rule, TransferContribution):
        yield from _transfers(reading, rule, codes)
    elif isinstance(rule, Reciprocity):
        for group in [codes] if rule.together else [[code] for code in codes]:
            yield _compared(reading, rule, group)
    elif isinstance(rule, ReservedShare):
        yield _reserved(reading, rule, codes)
    elif isinstance(rule, PriorityShare):
        held = [code for code in codes if rule.partner in reading.funders(code)]
        parts = {launch: -rule.rate * _whole(reading, rule.base, launch[0]) for launch in _launches(reading, held)}
        yield Bound(rule.kind, _cells(reading, held, {rule.partner: Fraction(1)}), parts, Fraction(0))
    elif isinstance(rule, GrantEquivalent):
        yield _equivalents(reading, rule, codes)
    elif isinstance(rule, MatchingTopUp):
        yield from _matched(reading, rule, codes)
    elif isinstance(rule, OwnerCapacity) and rule.year is None:
        amounts = _cells(reading, _owned(reading, rule), {rule.partner: Fraction(1)})
        yield Bound(rule.kind, amounts, {}, Fraction(rule.amount))
    elif isinstance(rule, Contingency):
        yield from _kept_back(reading, rule)


def _cells(reading: Reading, codes: list[str], weights: dict[str, Fraction]) -> dict[Cell, Fraction]:
    return {
        (code, name, start): weights[name]
        for code, name, start in reading.cells()
        if code in codes and name in weights
    }  # fmt: skip


def _launches(reading: Reading, codes: list[str]) -> list[Launch]:
    return [(code, start) for code in codes for start in reading.operations[code].starts]


def _whole(reading: Reading, base: Base, code: str) -> int:
    """Give a base that is the same for every partner."""
    operation = reading.operations[code]
    found = {
        Base.EXCL_VAT: operation.cost_excl_vat, Base.INCL_VAT: operation.cost_incl_vat, Base.COST: operation.cost,
        Base.DEFICIT: max(0, reading.to_fund(code)),
    }[base]  # fmt: skip
    assert found is not None
    return found


def _transfers(reading: Reading, rule: TransferContribution, codes: list[str]) -> Iterator[Bound]:
    """Transfers are at most a share of what the other grants leave: transfers and the owner's part."""
    for code, start in _launches(reading, codes):
        given = dict.fromkeys(reading.public(rule.counts, code), 1 - rule.rate)
        weights = {**given, reading.operations[code].owner: -rule.rate}
        amounts = {cell: weight for cell, weight in _cells(reading, [code], weights).items() if cell[2] == start}
        yield Bound(rule.kind, amounts, {}, Fraction(0))


def _compared(reading: Reading, rule: Reciprocity, codes: list[str]) -> Bound:
    sign = -1 if rule.sense is LockSense.AT_LEAST else 1
    weights = {**dict.fromkeys(rule.counterparts, -sign * rule.ratio), rule.partner: Fraction(sign)}
    equality = rule.sense is LockSense.EXACTLY
    cent = int(equality and rule.ratio.denominator > 1)
    return Bound(rule.kind, _cells(reading, codes, weights), {}, Fraction(0), equality, cent)


def _reserved(reading: Reading, rule: ReservedShare, codes: list[str]) -> Bound:
    territory = {line.code: line.territory for line in reading.document.communes}
    amounts: dict[Cell, Fraction] = {}
    parts: dict[Launch, Fraction] = {}
    for code in codes:
        line = reading.operations[code]
        inside = (not rule.reserved_natures or line.nature in rule.reserved_natures) and (
            not rule.reserved_territories or territory[line.commune] in rule.reserved_territories
        )
        weight = rule.rate - int(inside)
        amounts |= _cells(reading, [code], {rule.partner: weight})
        loans = [loan for loan in reading.document.loans if loan.operation == code]
        lent = sum(loan.amount for loan in loans if reading.kind[loan.partner] in rule.counts)
        parts |= dict.fromkeys(_launches(reading, [code]), weight * lent)
    return Bound(rule.kind, amounts, parts, Fraction(0))


def _equivalents(reading: Reading, rule: GrantEquivalent, codes: list[str]) -> Bound:
    parts: dict[Launch, Fraction] = {}
    for code in codes:
        loans = [loan for loan in reading.document.loans if loan.operation == code and loan.partner in rule.partners]
        equivalents = [ceil(loan.amount * loan.grant_equivalent) for loan in loans if loan.grant_equivalent is not None]
        parts |= dict.fromkeys(_launches(reading, [code]), Fraction(sum(equivalents)))
    amounts = _cells(reading, codes, dict.fromkeys(rule.partners, Fraction(1)))
    return Bound(rule.kind, amounts, parts, Fraction(rule.amount))


def _matched(reading: Reading, rule: MatchingTopUp, codes: list[str]) -> Iterator[Bound]:
    for launch in _launches(reading, [code for code in codes if rule.partner in reading.funders(code)]):
        code, start = launch
        base, own = _whole(reading, rule.base, code), (code, rule.partner, start)
        local = {
            (code, name, start): Fraction(-1) for name in reading.public(rule.counts, code) if name != rule.partner
        }
        yield Bound(rule.kind, {**local, own: Fraction(1)}, {launch: -rule.rate * base}, Fraction(0))
        yield Bound(rule.kind, {own: Fraction(2)}, {launch: -(1 + rule.rate) * base}, Fraction(0))


def _owned(reading: Reading, rule: OwnerCapacity) -> list[str]:
    return [
        code for code, line in reading.operations.items() if line.owner == rule.partner and reading.binds(rule, code)
    ]


def _kept_back(reading: Reading, rule: Contingency) -> Iterator[Bound]:
    (purse,) = reading.purses("commitment", rule.holder)
    for years, limit in purse.windows:
        cells = {
            cell: Fraction(1) for cell in reading.cells() if cell[1] in purse.members and cell[2] in years
        }  # fmt: skip
        yield Bound(rule.kind, cells, {}, Fraction(floor((1 - rule.rate) * limit)))
