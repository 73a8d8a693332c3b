"""A scenario looked up by code, and the scope of its rules and envelopes: one reading shared by all."""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable
from fractions import Fraction
from functools import cached_property
from typing import TypeVar

from scenarios.document.budget import Budget, Envelope
from scenarios.document.funding import Eligibility, PlanLine
from scenarios.document.operation import Operation
from scenarios.document.partner import Partner, Pool
from scenarios.document.rule import Rule
from scenarios.document.rule_record import Base
from scenarios.document.scenario import Scenario
from scenarios.document.territory import Commune, Project

Line = TypeVar("Line")
Key = TypeVar("Key", bound=Hashable)


class Index:
    """Tables of one scenario by code. Everything is computed once, on first use.

    Made for a scenario whose codes exist and are unique, as ``scenarios.checks`` makes sure: an unknown code
    raises KeyError.
    """

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario

    @cached_property
    def operations(self) -> dict[str, Operation]:
        """Operations by code."""
        return {operation.code: operation for operation in self.scenario.operations}

    @cached_property
    def partners(self) -> dict[str, Partner]:
        """Partners by code."""
        return {partner.code: partner for partner in self.scenario.partners}

    @cached_property
    def holders(self) -> dict[str, Partner | Pool]:
        """Every purse that may have budgets, by code: partners, then pools."""
        return {**self.partners, **{pool.code: pool for pool in self.scenario.pools}}

    @cached_property
    def members(self) -> dict[str, tuple[Partner, ...]]:
        """Partners whose money leaves a purse, by code of the purse: itself, or all partners of the pool."""
        by_pool = _grouped(self.scenario.partners, lambda partner: partner.pool)
        of_pools = {pool.code: by_pool.get(pool.code, ()) for pool in self.scenario.pools}
        return {**{code: (partner,) for code, partner in self.partners.items()}, **of_pools}

    @cached_property
    def projects(self) -> dict[str, Project]:
        """Projects by code."""
        return {project.code: project for project in self.scenario.projects}

    @cached_property
    def communes(self) -> dict[str, Commune]:
        """Communes by code."""
        return {commune.code: commune for commune in self.scenario.communes}

    @cached_property
    def profiles(self) -> dict[str, tuple[tuple[int, Fraction], ...]]:
        """Payment profiles by code: pairs of a number of years after the start and a share, in order of years."""
        by_code = _grouped(self.scenario.profiles, lambda line: line.profile)
        return {code: tuple(sorted((line.offset, line.share) for line in lines)) for code, lines in by_code.items()}

    @cached_property
    def eligibilities(self) -> dict[tuple[str, str], Eligibility]:
        """Eligibility lines by (operation, partner)."""
        return {(line.operation, line.partner): line for line in self.scenario.eligibilities}

    @cached_property
    def plans(self) -> dict[str, tuple[PlanLine, ...]]:
        """Lines of the fixed financing plans, by operation; operations without a plan are absent."""
        return _grouped(self.scenario.plans, lambda line: line.operation)

    @cached_property
    def budgets(self) -> dict[str, dict[int, Budget]]:
        """Budget lines by holder then year; holders without budgets are absent."""
        found: dict[str, dict[int, Budget]] = defaultdict(dict)
        for line in self.scenario.budgets:
            found[line.holder][line.year] = line
        return dict(found)

    @cached_property
    def funders(self) -> dict[str, tuple[str, ...]]:
        """Partners that may bring a grant to an operation, by operation, without repetition.

        The owner comes first; in a fixed plan, only the partners of its lines count.
        """
        planned = {line.operation for line in self.scenario.plans}
        found = {
            operation.code: [] if operation.code in planned else [operation.owner]
            for operation in self.scenario.operations
        }
        named = [(line.operation, line.partner) for line in self.scenario.eligibilities]
        named += [(line.operation, line.partner) for line in self.scenario.plans]
        for code, partner in named:
            found.setdefault(code, []).append(partner)
        return {code: tuple(dict.fromkeys(partners)) for code, partners in found.items()}

    @cached_property
    def lifted(self) -> dict[str, frozenset[str]]:
        """Operations for which a derogation lifts a rule, by code of the rule; other rules are absent."""
        by_project = _grouped(self.scenario.operations, lambda operation: operation.project)
        found: dict[str, set[str]] = defaultdict(set)
        for line in self.scenario.derogations:
            if line.operation is not None:
                found[line.rule].add(line.operation)
            if line.project is not None:
                found[line.rule].update(operation.code for operation in by_project.get(line.project, ()))
        return {rule: frozenset(codes) for rule, codes in found.items()}

    def concerns(self, rule: Rule, operation: Operation) -> bool:
        """Tell whether a rule concerns an operation: it meets every filter and no derogation lifts the rule for it."""
        return (
            _meets(operation.nature, rule.natures)
            and _meets(operation.project, rule.projects)
            and _meets(operation.code, rule.operations)
            and (not rule.programmes or self.projects[operation.project].programme in rule.programmes)
            and (not rule.owner_kinds or self.partners[operation.owner].kind in rule.owner_kinds)
            and operation.code not in self.lifted.get(rule.code, ())
        )

    def concerned(self, rule: Rule) -> tuple[Operation, ...]:
        """Return the operations a rule concerns, in the order of the document."""
        return tuple(operation for operation in self.scenario.operations if self.concerns(rule, operation))

    def covered(self, envelope: Envelope) -> tuple[Operation, ...]:
        """Return the operations that count in an envelope, in the order of the document."""
        return tuple(
            operation
            for operation in self.scenario.operations
            if _meets(operation.nature, envelope.natures)
            and _meets(operation.project, envelope.projects)
            and (not envelope.territories or self.communes[operation.commune].territory in envelope.territories)
        )

    def base(self, base: Base, operation: Operation, partner: str) -> int:
        """Return, in cents, what a rate of ``partner`` applies to on ``operation``.

        Raises ValueError when the operation, or its eligibility line for ``Base.ELIGIBLE``, has no such base.
        """
        if base is Base.COST:
            return operation.cost
        if base is Base.DEFICIT:
            return max(0, operation.to_fund)
        if base is Base.ELIGIBLE:
            line = self.eligibilities.get((operation.code, partner))
            amount = line.eligible_base if line is not None else None
        else:
            amount = operation.cost_excl_vat if base is Base.EXCL_VAT else operation.cost_incl_vat
        if amount is None:
            raise ValueError(f"{operation.code}: no base {base} for {partner}")
        return amount


def _meets(value: str, allowed: Collection[str]) -> bool:
    return not allowed or value in allowed


def _grouped(lines: Iterable[Line], key: Callable[[Line], Key]) -> dict[Key, tuple[Line, ...]]:
    found: dict[Key, list[Line]] = defaultdict(list)
    for line in lines:
        found[key(line)].append(line)
    return {value: tuple(members) for value, members in found.items()}
