"""The goal of smooth payments: how much the payments of each partner change from one year to the next.

Sentence: les écarts annoncés entre paiements d'années successives sont ceux du plan avant arrondi ; la mise au centime
ne les en éloigne que de centimes.

Value: ``sum_p sum_t |P[p,t+1] - P[p,t]|`` over the years of the horizon, with ``P[p,t] = sum_{o,s} A[o,p,s] *
profile[o,t-s]``, or ``plan[o,p,t] * F[o,s] / K[o]`` under a fixed plan. Bound: a cent moved in a commitment changes the
payments by one cent in all, and each payment counts in two differences: ``2 * n * e`` per launch, with n its partners
with a commitment or a rounding step and e = 100 cents. Payments of partners that pay freely are read as they stand, in
cents: what they were before rounding is written nowhere, so that the value is then held to the bound alone, one partner
being counted for each of these payments.
Index sets: partners p, years t, operations o, start years s. Units: cents. Missing data: nothing else is read.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction

from allocator.allocation import GoalReached
from allocator.check.goal_words import away, not_the_plan
from allocator.check.ledger import Ledger
from allocator.check.parts import CENTS_MOVED, Amounts, Number, Part
from allocator.check.scope import Scope
from allocator.check.violation import Violation
from scenarios.document import PaymentRhythm


def check(scope: Scope, ledger: Ledger, goal: GoalReached, parts: Sequence[Part]) -> Iterator[Violation]:
    """Give one violation when the differences are not those of the plan, or when rounding does not explain them."""
    free = _freely_paid(scope, ledger)
    before = _differences(scope, [(part, part.before) for part in parts], free)
    in_cents = _differences(scope, [(part, part.amounts) for part in parts], free)
    allowed = Fraction(2 * CENTS_MOVED * (sum(part.moved for part in parts) + len(free)))
    if goal.value != before and not free:
        yield not_the_plan(goal, before)
    elif abs(goal.value - in_cents) > allowed:
        yield away(goal, in_cents, allowed)


def _freely_paid(scope: Scope, ledger: Ledger) -> list[tuple[str, int, int]]:
    """Give partner, year and cents of the payments that follow neither a profile nor a plan."""
    return [
        (partner, year, cents)
        for (operation, partner, _start), years in sorted(ledger.payments.items())
        if operation not in scope.plans and scope.partners[partner].payments is PaymentRhythm.FREE
        for year, cents in years.items()
    ]


def _differences(scope: Scope, parts: Sequence[tuple[Part, Amounts]], free: Sequence[tuple[str, int, int]]) -> Fraction:
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
            if scope.partners[partner].payments is PaymentRhythm.FREE:
                continue
            for offset, share in profiles[str(part.operation.profile)]:
                paid[partner][part.start + offset] += amount * share
    for partner, year, cents in free:
        paid[partner][year] += cents
    steps = scope.scenario.years[:-1]
    changes = [Fraction(amounts[t + 1] - amounts[t]) for amounts in paid.values() for t in steps]
    return sum(map(abs, changes), start=Fraction(0))
