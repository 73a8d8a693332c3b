"""Two plans compared to the cent, each read with its own scenario: per operation, partner, place, project and year.

Lists are sorted by code. The differences balance: over the
operations, the communes, the territories, the projects, the partners, the years and the cells, they have the same sum.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from fractions import Fraction

from allocator.allocation import Allocation, GoalReached, Line, totals
from allocator.comparison.change import CellChange, Change, FundingChange, LineChange, PartnerChange, YearChange
from scenarios.document import GoalKind, Scenario
from scenarios.document.index import Index

NOTHING = FundingChange("", "", Change(), Change())


class CurrencyMismatchError(ValueError):
    """Two plans in different currencies: no amount of one can be taken from the other."""


@dataclass(frozen=True)
class StartChange:
    """The years in which an operation starts, on each side; none when it is not funded."""

    operation: str
    before: tuple[int, ...]
    after: tuple[int, ...]

    @property
    def differs(self) -> bool:
        """Tell whether anything changes."""
        return self.before != self.after


@dataclass(frozen=True)
class MemberChange:
    """The rate at which a goal of equality settles a member, on each side; None where it is not compared."""

    member: str
    before: Fraction | None
    after: Fraction | None

    @property
    def differs(self) -> bool:
        """Tell whether anything changes."""
        return self.before != self.after


@dataclass(frozen=True)
class GoalChange:
    """What a goal reaches on each side, in its own unit; None where it is not one of the goals.

    ``members``: those of a goal of equality whose rate changes, in code order.
    """

    kind: GoalKind
    before: Fraction | None
    after: Fraction | None
    members: tuple[MemberChange, ...] = ()

    @property
    def differs(self) -> bool:
        """Tell whether anything changes."""
        return self.before != self.after or bool(self.members)


@dataclass(frozen=True)
class PlanChanges:
    """What differs between two plans."""

    total: FundingChange
    operations: tuple[FundingChange, ...]
    communes: tuple[FundingChange, ...]
    territories: tuple[FundingChange, ...]
    projects: tuple[FundingChange, ...]
    partners: tuple[PartnerChange, ...]
    cells: tuple[CellChange, ...]
    years: tuple[YearChange, ...]
    lines: tuple[LineChange, ...]
    starts: tuple[StartChange, ...]
    goals: tuple[GoalChange, ...]

    @property
    def empty(self) -> bool:
        """Tell whether both plans have the same amounts and the same years."""
        found = self.differing()
        return not (found.operations or found.partners or found.cells or found.lines or found.starts)

    def differing(self) -> "PlanChanges":
        """Return what differs only; ``total`` stays whole."""
        lists = {field.name: getattr(self, field.name) for field in fields(self) if field.name != "total"}
        return PlanChanges(
            total=self.total, **{name: tuple(line for line in lines if line.differs) for name, lines in lists.items()}
        )


class Ledger:
    """A plan read with its scenario: amounts in cents, and where each operation counts."""

    def __init__(self, scenario: Scenario, allocation: Allocation) -> None:
        self.index = Index(scenario)
        self.allocation = allocation
        self.committed = totals(allocation.commitments, lambda line: (line.operation, line.partner))
        self.owner = {operation.code: operation.owner for operation in scenario.operations}
        self.commune = {operation.code: operation.commune for operation in scenario.operations}
        self.project = {operation.code: operation.project for operation in scenario.operations}

    def territory(self, operation: str) -> str:
        """Return the territory of an operation."""
        return self.index.communes[self.commune[operation]].territory

    def starts(self) -> dict[str, tuple[int, ...]]:
        """Return the years in which each funded operation starts."""
        found: dict[str, list[int]] = defaultdict(list)
        for launch in sorted(self.allocation.launches):
            found[launch.operation].append(launch.start)
        return {code: tuple(years) for code, years in found.items()}


Group = Callable[[Ledger, str], str]
"""Where an operation counts, in one plan."""


def compare_plans(before: tuple[Scenario, Allocation], after: tuple[Scenario, Allocation]) -> PlanChanges:
    """Compare two plans: what differs only. Raises CurrencyMismatchError for amounts in two currencies."""
    return side_by_side(before, after).differing()


def side_by_side(before: tuple[Scenario, Allocation], after: tuple[Scenario, Allocation]) -> PlanChanges:
    """Return both plans whole, what does not change included. Raises CurrencyMismatchError as ``compare_plans``."""
    if before[0].currency != after[0].currency:
        raise CurrencyMismatchError(f"{before[0].currency} and {after[0].currency}")
    sides = Ledger(*before), Ledger(*after)
    labels = {
        name: {code: line.label for side in sides for code, line in getattr(side.index, name).items()}
        for name in ("operations", "communes", "projects", "partners")
    }
    groups: dict[str, Group] = {
        "operations": lambda _side, operation: operation,
        "communes": lambda side, operation: side.commune[operation],
        "territories": lambda side, operation: side.territory(operation),
        "projects": lambda side, operation: side.project[operation],
    }
    funding = {name: _funding(sides, group, labels.get(name, {})) for name, group in groups.items()}
    lines = _lines(*sides)
    return PlanChanges(
        total=_funding(sides, lambda _side, _operation: "", {}).get("", NOTHING),
        **{name: tuple(found.values()) for name, found in funding.items()},
        partners=_partners(sides, labels["partners"]),
        cells=_cells(*sides),
        years=_years(lines),
        lines=lines,
        starts=_starts(*sides),
        goals=_goals(*sides),
    )


def project_part(scenario: Scenario, allocation: Allocation, project: str) -> tuple[Scenario, Allocation]:
    """Return the part of a scenario and of its plan that belongs to one project: its operations and their lines."""
    operations = tuple(operation for operation in scenario.operations if operation.project == project)
    codes = {operation.code for operation in operations}
    part = replace(
        allocation,
        launches=tuple(line for line in allocation.launches if line.operation in codes),
        commitments=tuple(line for line in allocation.commitments if line.operation in codes),
        payments=tuple(line for line in allocation.payments if line.operation in codes),
    )
    return scenario.model_copy(update={"operations": operations}), part


def _merged(sides: tuple[Ledger, Ledger], key: Callable[[Ledger, str, str], str | None]) -> dict[str, Change]:
    """Sum commitments of each side by a key of the operation and the partner; a key of None is left out."""
    found: dict[str, Change] = defaultdict(Change)
    for rank, side in enumerate(sides):
        for (operation, partner), amount in side.committed.items():
            code = key(side, operation, partner)
            if code is not None:
                found[code] += Change(amount, 0) if rank == 0 else Change(0, amount)
    return dict(sorted(found.items()))


def _funding(sides: tuple[Ledger, Ledger], group: Group, labels: Mapping[str, str]) -> dict[str, FundingChange]:
    funded = _merged(sides, lambda side, operation, _partner: group(side, operation))
    own = _merged(
        sides,
        lambda side, operation, partner: group(side, operation) if side.owner[operation] == partner else None,
    )
    return {
        code: FundingChange(code, labels.get(code, code), change, own.get(code, Change()))
        for code, change in funded.items()
    }


def _partners(sides: tuple[Ledger, Ledger], labels: Mapping[str, str]) -> tuple[PartnerChange, ...]:
    committed = _merged(sides, lambda _side, _operation, partner: partner)
    own = _merged(sides, lambda side, operation, partner: partner if side.owner[operation] == partner else None)
    return tuple(
        PartnerChange(code, labels[code], change, own.get(code, Change())) for code, change in committed.items()
    )


def _cells(before: Ledger, after: Ledger) -> tuple[CellChange, ...]:
    cells = (
        CellChange(*key, Change(before.committed.get(key, 0), after.committed.get(key, 0)))
        for key in sorted({*before.committed, *after.committed})
    )
    return tuple(cells)


def _lines(before: Ledger, after: Ledger) -> tuple[LineChange, ...]:
    def by_year(line: Line) -> tuple[str, str, int]:
        return line.operation, line.partner, getattr(line, "year", line.start)

    sums = [
        totals(lines, by_year)
        for side in (before, after)
        for lines in (side.allocation.commitments, side.allocation.payments)
    ]
    return tuple(
        LineChange(
            *key, Change(sums[0].get(key, 0), sums[2].get(key, 0)), Change(sums[1].get(key, 0), sums[3].get(key, 0))
        )
        for key in sorted({key for found in sums for key in found})
    )


def _years(lines: tuple[LineChange, ...]) -> tuple[YearChange, ...]:
    found: dict[int, YearChange] = {}
    for line in lines:
        year = found.get(line.year, YearChange(line.year, Change(), Change()))
        found[line.year] = YearChange(line.year, year.committed + line.committed, year.paid + line.paid)
    return tuple(found[year] for year in sorted(found))


def _starts(before: Ledger, after: Ledger) -> tuple[StartChange, ...]:
    one, other = before.starts(), after.starts()
    return tuple(StartChange(code, one.get(code, ()), other.get(code, ())) for code in sorted({*one, *other}))


def _goals(before: Ledger, after: Ledger) -> tuple[GoalChange, ...]:
    one, other = ({goal.kind: goal for goal in side.allocation.goals} for side in (before, after))
    return tuple(_goal(kind, one.get(kind), other.get(kind)) for kind in dict.fromkeys([*one, *other]))


def _goal(kind: GoalKind, before: GoalReached | None, after: GoalReached | None) -> GoalChange:
    rates = [{line.member: line.rate for line in goal.settled} if goal else {} for goal in (before, after)]
    members = (MemberChange(code, rates[0].get(code), rates[1].get(code)) for code in sorted({*rates[0], *rates[1]}))
    values = [goal.value if goal else None for goal in (before, after)]
    return GoalChange(kind, values[0], values[1], tuple(member for member in members if member.differs))
