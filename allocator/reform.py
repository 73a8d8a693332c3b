"""The reform question: one scenario under two laws, what each operation, partner and commune wins or loses, and why.

Everything but the law must be the same: the two documents may only differ by what ``LAW_FIELDS`` names. Both are
resolved and allocated as any scenario, so both plans are verified; the differences are in whole cents and balance.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from allocator.allocation import Allocation
from allocator.comparison.sides import Comparison, Side, compare_sides
from allocator.solve.allocate import allocate
from scenarios.document import Scenario
from scenarios.formats import check
from scenarios.rulebooks import in_force, law_hash, listing

LAW_FIELDS: Mapping[str, frozenset[str]] = {
    "scenario": frozenset({"code", "title", "description", "reference_date", "rulebooks"}),
    "operations": frozenset({"decision_date"}),
    "communes": frozenset({"anru_class", "anru_class_year", "anru_bonus"}),
}
"""What two documents may differ by: fields of the header, and of the rows of two tables."""

Plan = Callable[[Scenario], Allocation]
"""How a resolved scenario is allocated."""


class NotSameScenarioError(ValueError):
    """Two documents that differ by more than their law; ``tables`` names what else differs."""

    def __init__(self, tables: tuple[str, ...]) -> None:
        self.tables = tables
        super().__init__(f"differ by more than the law: {', '.join(tables)}")


def under(
    scenario: Scenario, *, reference_date: date | None = None, rulebooks: Mapping[str, str] | None = None
) -> Scenario:
    """Return the same scenario under another law: at another reference date, or with rulebooks replaced by others.

    ``rulebooks`` maps the code of a rulebook employed to the code of the one that replaces it. Operations that have
    a decision date keep it. Raises ScenarioError when the scenario cannot be used under that law.
    """
    update: dict[str, Any] = {}
    if reference_date is not None:
        update["reference_date"] = reference_date
    if rulebooks:
        update["rulebooks"] = tuple(
            use.model_copy(update={"rulebook": rulebooks.get(use.rulebook, use.rulebook)}) for use in scenario.rulebooks
        )
    changed = scenario.model_copy(update=update)
    check(changed)
    return changed


def side(scenario: Scenario, plan: Plan = allocate) -> Side:
    """Resolve and allocate a scenario. Raises ScenarioError, and what ``allocate`` raises when no plan exists."""
    return Side(scenario, listing(scenario), law_hash(scenario), plan(in_force(scenario)))


def compare_laws(scenario: Scenario, other: Scenario) -> Comparison:
    """Allocate a scenario under two laws and compare. Raises NotSameScenarioError, and what ``side`` raises."""
    require_same(scenario, other)
    return compare_sides(side(scenario), side(other))


def require_same(scenario: Scenario, other: Scenario) -> None:
    """Raise NotSameScenarioError unless two documents differ by their law only, whatever the order of their rows."""
    differing = beyond_law(scenario, other)
    if differing:
        raise NotSameScenarioError(differing)


def beyond_law(scenario: Scenario, other: Scenario) -> tuple[str, ...]:
    """Return the tables and fields by which two documents differ, their law apart; none for the reform question."""
    return tuple(
        name
        for name in Scenario.model_fields
        if name not in LAW_FIELDS["scenario"] and _without_law(scenario, name) != _without_law(other, name)
    )


def _without_law(scenario: Scenario, name: str) -> Any:
    rows = getattr(scenario, name)
    if not isinstance(rows, tuple) or name == "goals":
        return rows
    law = LAW_FIELDS.get(name, frozenset())
    return sorted(repr(sorted(row.model_dump(exclude=law).items())) for row in rows)
