"""The index sets of a scenario as arrays, sorted by code so that file order never matters.

Operations ``o``, partners ``p``, launches ``l = (o, start year)`` and cells ``c = (o, p, start year)``.
Amounts are int64 cents. The owner of an operation always has a cell; other partners need an eligibility,
or a line in the fixed plan of the operation.
"""

from collections.abc import Iterable
from functools import cached_property
from math import lcm

import numpy as np
from numpy.typing import NDArray

from scenarios.document import (
    Base,
    Envelope,
    FlatAid,
    Operation,
    PartnerKind,
    Presence,
    PublicAidCap,
    RateFloor,
    Rule,
    Scenario,
)

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Names = NDArray[np.object_]

BEYOND = 1 << 60
"""More cents than any cost, and few enough that two of them add up within 64 bits."""

MISSING = -1
"""Marks an amount the scenario does not give; reading it is an error."""


class MissingBaseError(ValueError):
    """A rule needs a base that the scenario does not give for one of its operations."""


def _names(codes: Iterable[str]) -> Names:
    return np.array(list(codes), dtype=object)


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
        launches = [(i, year) for i, operation in enumerate(self.operations) for year in operation.starts]
        pairs = np.array(launches, dtype=np.int64).reshape(-1, 2)
        self.launch_operation: Ints = pairs[:, 0]
        self.launch_year: Ints = pairs[:, 1]
        counts = np.bincount(self.launch_operation, minlength=len(self.operations))
        self.first_launch: Ints = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)

    def _build_cells(self) -> None:
        owners = [self.partner_index[operation.owner] for operation in self.operations]
        self.owner: Ints = np.array(owners, dtype=np.int64)
        pairs: dict[tuple[int, int], tuple[bool, int]] = {
            (i, owner): (True, MISSING) for i, owner in enumerate(owners) if not self.planned[i]
        }
        for line in self.scenario.eligibilities:
            key = self.operation_index[line.operation], self.partner_index[line.partner]
            base = MISSING if line.eligible_base is None else line.eligible_base
            pairs[key] = line.presence is Presence.REQUIRED, base
        pairs.update(dict.fromkeys(self.plan_payments, (True, MISSING)))
        ordered = sorted(pairs)
        pair_operation, pair_partner = np.array(ordered, dtype=np.int64).reshape(-1, 2).T
        required = np.array([pairs[pair][0] for pair in ordered], dtype=np.bool_)
        bases = np.array([pairs[pair][1] for pair in ordered], dtype=np.int64)
        launches = (self.first_launch[1:] - self.first_launch[:-1])[pair_operation]
        pair = np.repeat(np.arange(len(ordered)), launches)
        rank = np.arange(len(pair)) - np.repeat(np.cumsum(launches) - launches, launches)
        launch = self.first_launch[pair_operation[pair]] + rank
        order = np.lexsort((pair_partner[pair], launch))
        self.cell_launch: Ints = launch[order]
        self.cell_partner: Ints = pair_partner[pair][order]
        self.cell_operation: Ints = pair_operation[pair][order]
        self.cell_required: Flags = required[pair][order]
        self.cell_eligible_base: Ints = bases[pair][order]
        self.cell_year: Ints = self.launch_year[self.cell_launch]
        self.cell_is_owner: Flags = self.cell_partner == self.owner[self.cell_operation]

    @cached_property
    def owner_cell(self) -> Ints:
        """Cell of the owner in each launch; MISSING where a fixed plan leaves the owner out."""
        cells = np.full(len(self.launch_year), MISSING, dtype=np.int64)
        owned = np.flatnonzero(self.cell_is_owner)
        cells[self.cell_launch[owned]] = owned
        return cells

    @cached_property
    def presence_cells(self) -> Ints:
        """Cells whose partner's presence is a decision that some rule depends on."""
        needed = np.zeros(len(self.cell_launch), dtype=np.bool_)
        for rule in self.scenario.rules:
            if isinstance(rule, RateFloor | FlatAid | PublicAidCap):
                needed |= self.cells_of(rule)
        return np.flatnonzero(needed & ~self.cell_required & ~self.cell_is_owner)

    @cached_property
    def _attributes(self) -> dict[str, Names]:
        projects = {project.code: project for project in self.scenario.projects}
        territories = {commune.code: commune.territory for commune in self.scenario.communes}
        return {
            "natures": _names(operation.nature for operation in self.operations),
            "projects": _names(operation.project for operation in self.operations),
            "programmes": _names(projects[operation.project].programme for operation in self.operations),
            "operations": self.operation_codes,
            "territories": _names(territories[operation.commune] for operation in self.operations),
            "owner_kinds": _names(self.partners[owner].kind.value for owner in self.owner),
        }

    @cached_property
    def _lifted(self) -> dict[str, Flags]:
        lifted: dict[str, Flags] = {}
        for derogation in self.scenario.derogations:
            mask = lifted.setdefault(derogation.rule, np.zeros(len(self.operations), dtype=np.bool_))
            if derogation.operation is not None:
                mask[self.operation_index[derogation.operation]] = True
            else:
                mask |= self._attributes["projects"] == derogation.project
        return lifted

    def _filtered(self, scope: Rule | Envelope, filters: tuple[str, ...]) -> Flags:
        mask: Flags = np.ones(len(self.operations), dtype=np.bool_)
        for name in filters:
            wanted = [str(value) for value in getattr(scope, name)]
            if wanted:
                mask &= np.isin(self._attributes[name], np.array(wanted, dtype=object))
        return mask

    def concerned(self, rule: Rule) -> Flags:
        """Operations a rule applies to: every non-empty filter met, and no derogation."""
        mask = self._filtered(rule, ("natures", "programmes", "projects", "operations", "owner_kinds"))
        if rule.code in self._lifted:
            mask &= ~self._lifted[rule.code]
        return mask

    def enveloped(self, envelope: Envelope) -> Flags:
        """Operations an envelope covers."""
        return self._filtered(envelope, ("natures", "territories", "projects"))

    def cells_of(self, rule: RateFloor | FlatAid | PublicAidCap) -> Flags:
        """Cells of the partner a rule names, in the operations it concerns."""
        mask: Flags = self.cell_partner == self.partner_index[rule.partner]
        return mask & self.concerned(rule)[self.cell_operation]

    def of_kinds(self, kinds: tuple[PartnerKind, ...]) -> Flags:
        """Partners of the kinds a rule counts."""
        return np.array([partner.kind in kinds for partner in self.partners], dtype=np.bool_)

    @cached_property
    def _base_amounts(self) -> dict[Base, Ints]:
        def amounts(values: Iterable[int | None]) -> Ints:
            return np.array([MISSING if value is None else value for value in values], dtype=np.int64)

        return {
            Base.EXCL_VAT: amounts(operation.cost_excl_vat for operation in self.operations),
            Base.INCL_VAT: amounts(operation.cost_incl_vat for operation in self.operations),
            Base.COST: amounts(operation.cost for operation in self.operations),
            Base.DEFICIT: np.maximum(self.to_fund, 0),
        }

    def bases(self, base: Base, cells: Ints, rule: str) -> Ints:
        """Return the base of a rule in each of ``cells``, in cents (K06 for the deficit).

        Raises MissingBaseError naming the first operation whose base the scenario does not give.
        """
        if base is Base.ELIGIBLE:
            found = self.cell_eligible_base[cells]
        else:
            found = self._base_amounts[base][self.cell_operation[cells]]
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
