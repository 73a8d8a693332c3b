"""The index sets of a scenario as arrays, sorted by code so that file order never matters.

Operations ``o``, partners ``p``, launches ``l = (o, start year)`` and cells ``c = (o, p, start year)``.
Amounts are int64 cents. The owner of an operation always has a cell; other partners need an eligibility,
or a line in the fixed plan of the operation.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from math import lcm

import numpy as np
from numpy.typing import NDArray

from scenarios.document import (
    AmountCeiling,
    Base,
    CommitmentDeadline,
    Eligibility,
    Envelope,
    FlatAid,
    Operation,
    PartnerKind,
    PaymentRhythm,
    Presence,
    PublicAidCap,
    RateCeiling,
    RateFloor,
    ReservedShare,
    Rule,
    Sanction,
    Scenario,
    StartBeforeDecision,
)

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Names = NDArray[np.object_]

OfPartner = (
    RateCeiling
    | RateFloor
    | AmountCeiling
    | FlatAid
    | PublicAidCap
    | StartBeforeDecision
    | CommitmentDeadline
    | Sanction
)
"""Rules that bind the commitments of the partner they name."""

BEYOND = 1 << 60
"""More cents than any cost, and few enough that two of them add up within 64 bits."""

MISSING = -1
"""Marks an amount the scenario does not give; reading it is an error."""


class MissingBaseError(ValueError):
    """A rule needs a base that the scenario does not give for one of its operations."""


def _names(codes: Iterable[str]) -> Names:
    return np.array(list(codes), dtype=object)


def _ranked(values: Sequence[str]) -> tuple[dict[str, int], Ints]:
    ranks = {value: rank for rank, value in enumerate(dict.fromkeys(values))}
    return ranks, np.array([ranks[value] for value in values], dtype=np.int64)


class Frame:
    """Index sets and data arrays of one scenario; see the module's docstring for shapes and units."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.operations = tuple(sorted(scenario.operations, key=lambda operation: operation.code))
        self.partners = tuple(sorted(scenario.partners, key=lambda partner: partner.code))
        self.operation_index = {operation.code: i for i, operation in enumerate(self.operations)}
        self.partner_index = {partner.code: i for i, partner in enumerate(self.partners)}
        self.operation_codes = _names(self.operation_index)
        self.partner_codes = _names(self.partner_index)
        self.to_fund: Ints = np.array([operation.to_fund for operation in self.operations], dtype=np.int64)
        self._bases: dict[Base, Ints] = {}
        self._ranks: dict[str, tuple[dict[str, int], Ints]] = {}
        self._build_plans()
        self._build_launches()
        self._build_cells()

    def _build_plans(self) -> None:
        """``plan_payments[o, p]`` lists (year, cents) of the fixed plan; empty for operations without one."""
        self.plan_payments: dict[tuple[int, int], list[tuple[int, int]]] = {}
        for line in self.scenario.plans:
            key = self.operation_index[line.operation], self.partner_index[line.partner]
            self.plan_payments.setdefault(key, []).append((line.year, line.amount))
        self.planned: Flags = np.zeros(len(self.operations), dtype=np.bool_)
        self.planned[[operation for operation, _ in self.plan_payments]] = True

    def _build_launches(self) -> None:
        counts = np.array([len(operation.starts) for operation in self.operations], dtype=np.int64)
        years = [year for operation in self.operations for year in operation.starts]
        self.launch_operation: Ints = np.repeat(np.arange(len(self.operations)), counts)
        self.launch_year: Ints = np.array(years, dtype=np.int64)
        self.first_launch: Ints = np.concatenate(([0], np.cumsum(counts)))

    def _build_cells(self) -> None:
        owners = [self.partner_index[operation.owner] for operation in self.operations]
        self.owner: Ints = np.array(owners, dtype=np.int64)
        pairs, required, bases = self._pairs()
        self.pair_operation, self.pair_partner = np.divmod(pairs, len(self.partners))
        self.pair_required: Flags = required
        counts = np.bincount(self.pair_operation, minlength=len(self.operations))
        first_pair = np.cumsum(counts) - counts
        cells = counts[self.launch_operation]
        self.cell_launch: Ints = np.repeat(np.arange(len(self.launch_year)), cells)
        rank = np.arange(len(self.cell_launch)) - np.repeat(np.cumsum(cells) - cells, cells)
        self.cell_pair: Ints = first_pair[self.launch_operation[self.cell_launch]] + rank
        pair = self.cell_pair
        self.cell_partner: Ints = self.pair_partner[pair]
        self.cell_operation: Ints = self.pair_operation[pair]
        self.cell_required: Flags = required[pair]
        self.cell_eligible_base: Ints = bases[pair]
        self.cell_year: Ints = self.launch_year[self.cell_launch]
        self.cell_is_owner: Flags = self.cell_partner == self.owner[self.cell_operation]

    def _pairs(self) -> tuple[Ints, Flags, Ints]:
        """Return the pairs (operation * number of partners + partner), sorted, whether presence is required, bases."""
        wide, operations, partners = len(self.partners), self.operation_index, self.partner_index
        lines = self.scenario.eligibilities
        owned = (np.arange(len(self.operations)) * wide + self.owner)[~self.planned]
        eligible = [operations[line.operation] * wide + partners[line.partner] for line in lines]
        planned = [operation * wide + partner for operation, partner in self.plan_payments]
        every = np.concatenate([owned, np.array(eligible + planned, dtype=np.int64)])
        required = np.ones(len(every), dtype=np.bool_)
        required[len(owned) : len(owned) + len(lines)] = [line.presence is Presence.REQUIRED for line in lines]
        bases = np.full(len(every), MISSING, dtype=np.int64)
        bases[len(owned) : len(owned) + len(lines)] = [
            MISSING if line.eligible_base is None else line.eligible_base for line in lines
        ]
        # A pair given several times is read where it stands last: plan, then eligibility, then owner.
        pairs, last = np.unique(every[::-1], return_index=True)
        kept = len(every) - 1 - last
        return pairs, required[kept], bases[kept]

    @cached_property
    def owner_cell(self) -> Ints:
        """Cell of the owner in each launch; MISSING where a fixed plan leaves the owner out."""
        cells = np.full(len(self.launch_year), MISSING, dtype=np.int64)
        owned = np.flatnonzero(self.cell_is_owner)
        cells[self.cell_launch[owned]] = owned
        return cells

    @cached_property
    def free_cells(self) -> Flags:
        """Cells whose payments are decided: those of partners that pay freely, in operations without a fixed plan."""
        free = np.array([partner.payments is PaymentRhythm.FREE for partner in self.partners], dtype=np.bool_)
        chosen: Flags = free[self.cell_partner] & ~self.planned[self.cell_operation]
        return chosen

    @cached_property
    def presence_cells(self) -> Ints:
        """Cells whose partner's presence is a decision that some rule depends on."""
        needed = np.zeros(len(self.cell_launch), dtype=np.bool_)
        for rule in self.scenario.rules:
            if isinstance(rule, RateFloor | FlatAid | PublicAidCap):
                needed[self.cells_of(rule)] = True
        return np.flatnonzero(needed & ~self.cell_required & ~self.cell_is_owner)

    def _attribute(self, name: str) -> list[str]:
        """Return what a filter compares, by operation."""
        projects = {project.code: project.programme for project in self.scenario.projects}
        territories = {commune.code: commune.territory for commune in self.scenario.communes}
        kinds = {partner.code: partner.kind.value for partner in self.partners}
        values: dict[str, Callable[[Operation], str]] = {
            "natures": lambda operation: operation.nature,
            "projects": lambda operation: operation.project,
            "programmes": lambda operation: projects[operation.project],
            "operations": lambda operation: operation.code,
            "territories": lambda operation: territories[operation.commune],
            "owner_kinds": lambda operation: kinds[operation.owner],
        }
        return [values[name](operation) for operation in self.operations]

    @cached_property
    def _lifted(self) -> dict[str, Flags]:
        lifted: dict[str, Flags] = {}
        for derogation in self.scenario.derogations:
            mask = lifted.setdefault(derogation.rule, np.zeros(len(self.operations), dtype=np.bool_))
            if derogation.operation is not None:
                mask[self.operation_index[derogation.operation]] = True
            else:
                mask |= self._having("projects", [derogation.project])
        return lifted

    def _filtered(self, scope: Rule | Envelope, filters: tuple[str, ...]) -> Flags:
        mask: Flags = np.ones(len(self.operations), dtype=np.bool_)
        for name in filters:
            wanted = getattr(scope, name)
            if wanted:
                mask &= self._having(name, wanted)
        return mask

    def _having(self, name: str, wanted: Iterable[str | None]) -> Flags:
        """Operations whose attribute is one of the wanted values."""
        if name not in self._ranks:
            self._ranks[name] = _ranked(self._attribute(name))
        ranks, ranked = self._ranks[name]
        chosen = np.zeros(len(ranks), dtype=np.bool_)
        chosen[[ranks[value] for value in wanted if value in ranks]] = True
        return chosen[ranked]

    def concerned(self, rule: Rule) -> Flags:
        """Operations a rule applies to: every non-empty filter met, and no derogation."""
        mask = self._filtered(rule, ("natures", "programmes", "projects", "operations", "owner_kinds"))
        if rule.code in self._lifted:
            mask &= ~self._lifted[rule.code]
        return mask

    def enveloped(self, envelope: Envelope) -> Flags:
        """Operations an envelope covers."""
        return self._filtered(envelope, ("natures", "territories", "projects"))

    def reserved(self, rule: ReservedShare) -> Flags:
        """Operations of the natures and territories a share is reserved to."""
        mask: Flags = np.ones(len(self.operations), dtype=np.bool_)
        for name, wanted in (("natures", rule.reserved_natures), ("territories", rule.reserved_territories)):
            if wanted:
                mask &= self._having(name, wanted)
        return mask

    @cached_property
    def _partner_cells(self) -> list[Ints]:
        order = np.argsort(self.cell_partner, kind="stable")
        counts = np.bincount(self.cell_partner, minlength=len(self.partners))
        return np.split(order, np.cumsum(counts)[:-1])

    def cells_of(self, rule: OfPartner) -> Ints:
        """Cells of the partner a rule names, in the operations it concerns."""
        return self.cells_under(rule, rule.partner)

    def cells_under(self, rule: Rule, *partners: str) -> Ints:
        """Cells of some partners, in the order of their codes, in the operations a rule concerns."""
        held = [self._partner_cells[self.partner_index[code]] for code in sorted(set(partners))]
        cells: Ints = np.concatenate([*held, np.zeros(0, dtype=np.int64)])
        return cells[self.concerned(rule)[self.cell_operation[cells]]]

    def of_kinds(self, kinds: tuple[PartnerKind, ...]) -> Flags:
        """Partners of the kinds a rule counts."""
        return np.array([partner.kind in kinds for partner in self.partners], dtype=np.bool_)

    def _base_amounts(self, base: Base) -> Ints:
        if base is Base.DEFICIT:
            return np.maximum(self.to_fund, 0)
        name = {Base.EXCL_VAT: "cost_excl_vat", Base.INCL_VAT: "cost_incl_vat", Base.COST: "cost"}[base]
        if base not in self._bases:
            values = [getattr(operation, name) for operation in self.operations]
            self._bases[base] = np.array([MISSING if value is None else value for value in values], dtype=np.int64)
        return self._bases[base]

    def bases(self, base: Base, cells: Ints, rule: str) -> Ints:
        """Return the base of a rule in each of ``cells``, in cents (K06 for the deficit).

        Raises MissingBaseError naming the first operation whose base the scenario does not give.
        """
        if base is Base.ELIGIBLE:
            found = self.cell_eligible_base[cells]
        else:
            found = self._base_amounts(base)[self.cell_operation[cells]]
        missing = cells[found == MISSING]
        if len(missing):
            operation = self.operations[self.cell_operation[missing[0]]].code
            raise MissingBaseError(f"{rule}: operation {operation} has no base '{base.value}'")
        return found

    def per_unit(self, amount: int, name: str, cells: Ints, rule: str) -> Ints:
        """Return ``amount`` cents times the units or buildings of the operation of each cell.

        A product beyond any cost is cut at BEYOND: it is no limit for a ceiling, and no flat aid can reach it.
        """
        quantities = self.quantities(name, cells, rule)
        return np.where(quantities > BEYOND // max(amount, 1), BEYOND, quantities * np.int64(amount))

    def quantities(self, name: str, cells: Ints, rule: str) -> Ints:
        """Return ``units`` or ``buildings`` of the operation of each cell. Raises MissingBaseError when absent."""
        found = [getattr(self.operations[operation], name) for operation in self.cell_operation[cells]]
        if None in found:
            operation = self.operations[self.cell_operation[cells[found.index(None)]]].code
            raise MissingBaseError(f"{rule}: operation {operation} has no {name}")
        return np.array(found, dtype=np.int64)

    @cached_property
    def eligibilities(self) -> dict[tuple[str, str], Eligibility]:
        """Eligibility lines by codes of operation and partner."""
        return {(line.operation, line.partner): line for line in self.scenario.eligibilities}

    def operation(self, cell: int) -> Operation:
        """Return the operation of a cell."""
        return self.operations[int(self.cell_operation[cell])]

    @cached_property
    def profiles(self) -> dict[str, dict[int, tuple[int, int]]]:
        """Payment shares as (numerator, denominator) by profile and number of years after the start."""
        shares: dict[str, dict[int, tuple[int, int]]] = {}
        for line in self.scenario.profiles:
            offsets = shares.setdefault(line.profile, {})
            offsets[line.offset] = line.share.numerator, line.share.denominator
        return shares

    @cached_property
    def profile_multiple(self) -> int:
        """Least common multiple of the denominators of all payment shares."""
        return lcm(*(line.share.denominator for line in self.scenario.profiles))
