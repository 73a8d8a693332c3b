"""The goal of smooth payments: how much the payments of each partner change from one year to the next.

Sentence: les écarts annoncés entre paiements d'années successives sont ceux du plan avant arrondi ; la mise au centime
ne les en éloigne que de centimes.

Value: ``sum_p sum_t |P[p,t+1] - P[p,t]|`` over the years of the horizon, with ``P[p,t] = sum_{o,s} A[o,p,s] *
profile[o,t-s]``, or ``plan[o,p,t] * F[o,s] / K[o]`` under a fixed plan. Bound: a cent moved in a commitment changes the
payments by one cent in all, and each payment counts in two differences: ``2 * n * e`` per launch, with n its partners
with a commitment or a rounding step and e = 100 cents.
Index sets: partners p, years t, operations o, start years s. Units: cents. Missing data: nothing else is read.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction

from allocator.allocation import GoalReached
from allocator.check.goal_words import away, not_the_plan
from allocator.check.parts import CENTS_MOVED, Amounts, Number, Part
from allocator.check.scope import Scope
from allocator.check.violation import Violation


def check(scope: Scope, goal: GoalReached, parts: Sequence[Part]) -> Iterator[Violation]:
    """Give one violation when the differences are not those of the plan, or when rounding does not explain them."""
    before = _differences(scope, [(part, part.before) for part in parts])
    in_cents = _differences(scope, [(part, part.amounts) for part in parts])
    allowed = Fraction(2 * CENTS_MOVED * sum(part.moved for part in parts))
    if goal.value != before:
        yield not_the_plan(goal, before)
    elif abs(before - in_cents) > allowed:
        yield away(goal, in_cents, allowed)


def _differences(scope: Scope, parts: Sequence[tuple[Part, Amounts]]) -> Fraction:
    profiles: dict[str, list[tuple[int, Fraction]]] = defaultdict(list)
    for line in scope.scenario.profiles:
        profiles[line.profile].append((line.offset, line.share))
    paid: dict[str, dict[int, Number]] = defaultdict(lambda: defaultdict(int))
    for part, amounts in parts:
        code = part.operation.code
        if code in scope.plans:
            share = Fraction(sum(amounts.values())) / scope.to_fund[code]
            for partner, years in scope.plans[code].items():
                for year, cents in years.items():
                    paid[partner][year] += cents * share
            continue
        for partner, amount in amounts.items():
            for offset, share in profiles[str(part.operation.profile)]:
                paid[partner][part.start + offset] += amount * share
    steps = scope.scenario.years[:-1]
    changes = [Fraction(amounts[t + 1] - amounts[t]) for amounts in paid.values() for t in steps]
    return sum(map(abs, changes), start=Fraction(0))
