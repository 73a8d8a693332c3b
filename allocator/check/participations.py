"""The goal of fewest partners: how many partners, owners apart, fund how many operations.

Sentence: le nombre annoncé de financeurs des opérations, maîtres d'ouvrage à part, est celui du plan avant arrondi ; la
mise au centime n'ajoute personne.

Equality: ``announced = #{(o, p) : p is not the owner, sum_s exact[o,p,s] > 0}``. Bound: a pair counted in cents and not
before rounding is refused, since rounding goes down or moves cents between partners already there.
Index sets: operations o, partners p. Units: pairs. Reference: P4. Missing data: nothing else is read.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from allocator.allocation import GoalReached
from allocator.check.goal_words import away, not_the_plan
from allocator.check.parts import Part
from allocator.check.violation import Violation


def check(goal: GoalReached, parts: Sequence[Part]) -> Iterator[Violation]:
    """Give one violation when the count is not the one of the plan, or when cents add someone."""
    exact = {
        (part.operation.code, partner)
        for part in parts
        for partner, amount in part.before.items()
        if amount > 0 and partner != part.operation.owner
    }
    in_cents = {
        (part.operation.code, partner)
        for part in parts
        for partner, amount in part.amounts.items()
        if amount > 0 and partner != part.operation.owner
    }
    if goal.value != len(exact):
        yield not_the_plan(goal, Fraction(len(exact)))
    elif in_cents - exact:
        yield away(goal, Fraction(len(in_cents | exact)), Fraction(0))
