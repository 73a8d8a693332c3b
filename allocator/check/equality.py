"""Goals of equality: the rate of every member, before rounding and in cents.

Sentence: les taux annoncés d'un objectif d'égalité sont ceux de tous ses membres dans le plan avant arrondi, dans
l'ordre où ils se sont arrêtés, le plus mal placé d'abord ; la mise au centime ne les en éloigne que de centimes.

Rates: equal_effort ``sum_{o,s} A[o,p,s] / capacity_p`` over the partners compared that may bring money; equal_coverage
``sum_{o,s} F[o,s] / sum_o K[o]`` over the operations of each territory that has something to fund; equal_burden
``sum_{o,s} A[o,owner_o,s] / weighted_potential_c`` over the operations of each commune whose owner is a commune, in
cents per thousandth of an inhabitant of average wealth.

Equality: ``announced = rate(A + rounding steps)`` exactly, for each member; the value announced is the first rate.
Bound: let n be the number of partners of a launch with a commitment or a rounding step, and e = 100 cents: a partner's
measure moves by e in each launch it takes part in, a territory's by ``n * e`` in each divisible launch,
a commune's by ``n * e`` in each launch.

Index sets: partners p, territories, operations o, start years s. Units: exact fractions. Missing data: a partner
compared without a capacity raises ValueError naming it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from allocator.allocation import GoalReached
from allocator.check.goal_words import FAMILY, NAMES, away, not_the_plan
from allocator.check.parts import CENTS_MOVED, Amounts, Number, Part, exact_sum
from allocator.check.scope import Scope
from allocator.check.violation import Violation
from allocator.check.wealth import thousandths
from scenarios.document import Goal, GoalKind, Operation, PartnerKind
from scenarios.language import _

Measure = Callable[[Part, Amounts], Iterator[tuple[str, Number]]]
"""What a launch adds to the members, for the cents of each partner, rounded or exact."""


@dataclass(frozen=True)
class Comparison:
    """Weights of the members, what a launch adds to them, and how many commitments rounding may have moved there."""

    weights: Mapping[str, Fraction]
    measure: Measure
    moved: Callable[[Part], Iterator[tuple[str, int]]]
    maximise: bool


def comparison(scope: Scope, goal: Goal) -> Comparison:
    """Read from the scenario what a goal of equality compares."""
    readers = {
        GoalKind.EQUAL_EFFORT: _effort,
        GoalKind.EQUAL_COVERAGE: _coverage,
        GoalKind.EQUAL_BURDEN: _burden,
    }
    return readers[goal.kind](scope, goal)


def _effort(scope: Scope, goal: Goal) -> Comparison:
    able = {partner for partners in scope.cells.values() for partner in partners}
    weights = {}
    for code in sorted(able.intersection(goal.partners) if goal.partners else able):
        capacity = scope.partners[code].capacity
        if not capacity:
            raise ValueError(f"{code}: no capacity to compare its effort with")
        weights[code] = Fraction(capacity)

    def moved(part: Part) -> Iterator[tuple[str, int]]:
        return ((partner, 1) for partner in part.before)

    return Comparison(weights, lambda _part, amounts: iter(amounts.items()), moved, maximise=True)


def _coverage(scope: Scope, _goal: Goal) -> Comparison:
    weights: dict[str, Fraction] = {}
    for code, operation in scope.operations.items():
        if scope.to_fund[code]:
            territory = scope.territory(operation)
            weights[territory] = weights.get(territory, Fraction(0)) + scope.to_fund[code]

    def measure(part: Part, amounts: Amounts) -> Iterator[tuple[str, Number]]:
        yield scope.territory(part.operation), sum(amounts.values())

    def moved(part: Part) -> Iterator[tuple[str, int]]:
        yield scope.territory(part.operation), part.moved * part.operation.divisible

    return Comparison(weights, measure, moved, maximise=True)


def _burden(scope: Scope, _goal: Goal) -> Comparison:
    bearing = {
        operation.commune
        for code, operation in scope.operations.items()
        if scope.to_fund[code] and operation.owner in scope.cells[code] and _owned_by_a_commune(scope, operation)
    }
    weights = {code: Fraction(thousandths(scope.scenario, code)) for code in sorted(bearing)}

    def measure(part: Part, amounts: Amounts) -> Iterator[tuple[str, Number]]:
        if _owned_by_a_commune(scope, part.operation):
            yield part.operation.commune, amounts.get(part.operation.owner, 0)

    def moved(part: Part) -> Iterator[tuple[str, int]]:
        # The owner takes what rounding the others down leaves.
        yield part.operation.commune, part.moved

    return Comparison(weights, measure, moved, maximise=False)


def _owned_by_a_commune(scope: Scope, operation: Operation) -> bool:
    return scope.kind(operation.owner) is PartnerKind.COMMUNE


def check(goal: GoalReached, comparison: Comparison, parts: Sequence[Part]) -> Iterator[Violation]:
    """Give one violation when the rates announced are not those of the plan, or when rounding does not explain it."""
    exact = _rates(comparison, ((part, part.before) for part in parts))
    sign = 1 if comparison.maximise else -1
    order = sorted((sign * rate, code) for code, rate in exact.items())
    expected = [(code, exact[code]) for _signed, code in order]
    announced = [(line.member, line.rate) for line in goal.settled]
    if announced != expected:
        yield _not_the_rates(goal, announced, expected)
        return
    worst = expected[0][1] if expected else Fraction(0)
    if goal.value != worst:
        yield not_the_plan(goal, worst)
    in_cents = _rates(comparison, ((part, part.amounts) for part in parts))
    for code, rate in expected:
        cells = sum(count for part in parts for member, count in comparison.moved(part) if member == code)
        allowed = CENTS_MOVED * cells / comparison.weights[code]
        if abs(in_cents[code] - rate) > allowed:
            yield away(goal, in_cents[code], allowed)


def _rates(comparison: Comparison, parts: Iterator[tuple[Part, Amounts]]) -> dict[str, Fraction]:
    found: dict[str, list[tuple[Number, int]]] = {code: [] for code in comparison.weights}
    for part, amounts in parts:
        for member, amount in comparison.measure(part, amounts):
            if member in found:
                found[member].append((amount, 1))
    return {code: exact_sum(amounts) / comparison.weights[code] for code, amounts in found.items()}


def _not_the_rates(
    goal: GoalReached, announced: Sequence[tuple[str, Fraction]], expected: Sequence[tuple[str, Fraction]]
) -> Violation:
    wrong = [code for code, _rate in announced if (code, _rate) not in expected]
    wrong += [code for code, _rate in expected if (code, _rate) not in announced]
    text = _("Objectif « {goal} » : les taux annoncés ne sont pas ceux du plan avant arrondi ({members}).").format(
        goal=_(NAMES[goal.kind]), members=", ".join(dict.fromkeys(wrong)) or _("ordre")
    )
    return Violation(FAMILY, (goal.kind.value,), str(announced), str(expected), text)
