"""What the goals announce is what the plan gave before it was put in whole cents, and still gives to the cents.

Sentence: les objectifs annoncés sont ceux du scénario, dans l'ordre ; la valeur annoncée de chacun est exactement celle
du plan avant arrondi, que redonne la trace d'arrondi ; la mise au centime ne l'en éloigne que de centimes ; elle ne
fait pas mieux que la borne prouvée.

Values, with ``z = F[o,s] / K[o]`` and ``ref[o,p] = share * K[o]`` or the reference amount (zero without a line):
priority_value ``sum value_o * z``; funded_cost ``sum F``; earliest_start ``sum (s - earliest_start_o) * F``;
reference_closeness ``sum |A[o,p,s] - ref[o,p] * z|`` over the operations that have reference lines and all partners
that have a line or bring money.

Equality: ``announced = value(A + rounding steps)``, exactly, where each step puts back the exact commitment, and F is
the sum of the exact commitments of the launch.

Bound on ``|announced - value(A)|``. Let n be the number of partners of a launch with a commitment or a rounding step,
and e = 100 cents: commitments move by a euro on average, by hypothesis, and F by ``n * e``. Rounding alone moves
commitments by a cent and gives what is left to the owner; but where a limit is too tight for that, the plan is solved
again under a limit lowered by a few cents, and whatever was at that limit moves by some more. An operation that is not
divisible keeps its exact F, hence:

- priority_value: sum of ``value_o * n * e / K[o]`` over the launches of divisible operations, nothing for the others;
- funded_cost: sum of ``n * e``, earliest_start: sum of ``(s - earliest_start_o) * n * e``, over the same launches;
- reference_closeness: sum of ``2 * n * e`` over the launches of operations with reference lines (the owner takes what
  the others give back), and of ``n * e * (1 + sum_p ref[o,p] / K[o])`` more when the operation is divisible.

And ``announced <= proven`` when the goal is to be maximal, ``>=`` when it is to be minimal, exactly.

Index sets: operations o, start years s, partners p. Units: points, cents, cent-years; exact fractions.
Reference: goals of the design. Missing data: a reference line with neither share nor amount raises ValueError naming
the operation.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from math import lcm
from typing import NamedTuple

from allocator.allocation import GoalReached
from allocator.check import equality, participations, smoothness
from allocator.check.goal_words import FAMILY, NAMES, away, not_the_plan
from allocator.check.ledger import Ledger
from allocator.check.parts import CENTS_MOVED, Amounts, Number, Part, exact_sum, parts_of
from allocator.check.scope import Scope
from allocator.check.violation import Violation
from allocator.words import number
from scenarios.document import MAXIMISED, Goal, GoalKind
from scenarios.language import _


class Term(NamedTuple):
    """What a launch adds to a goal, and what a cent moved in each commitment changes at most, over ``denominator``."""

    value: Number
    slack: int
    denominator: int


class Reference(NamedTuple):
    """Cents of the reference plan of an operation by partner, over a common denominator."""

    denominator: int
    numerators: dict[str, int]


Measure = Callable[[Part, Number, Amounts], Term]
"""Term of a launch for the cents funded and the cents of each partner, rounded or exact."""


def check(scope: Scope, ledger: Ledger) -> Iterator[Violation]:
    """Give one violation per goal missing, away from the plan, or better than proven; compares exact fractions."""
    yield from _kinds(scope, ledger)
    parts = list(parts_of(scope, ledger))
    measures = _measures(scope)
    for goal, wanted in zip(ledger.allocation.goals, scope.scenario.goals, strict=False):
        if goal.kind is not wanted.kind:
            continue
        if goal.kind in measures:
            yield from _values(goal, measures[goal.kind], parts)
        elif goal.kind is GoalKind.SPARE_PARTNER:
            yield from _values(goal, _sparing(wanted), parts)
        elif goal.kind is GoalKind.FEWEST_PARTNERS:
            yield from participations.check(goal, parts)
        elif goal.kind is GoalKind.SMOOTH_PAYMENTS:
            yield from smoothness.check(scope, ledger, goal, parts)
        else:
            yield from equality.check(goal, equality.comparison(scope, wanted), parts)
        yield from _better_than_proven(goal)
        yield from _lost(goal, wanted)


def _values(goal: GoalReached, measure: Measure, parts: list[Part]) -> Iterator[Violation]:
    found, slack, moved = [], [], []
    for part in parts:
        term = measure(part, part.funded, part.amounts)
        found.append((term.value, term.denominator))
        slack.append((term.slack * CENTS_MOVED, term.denominator))
        if part.exact is not None:
            exact = measure(part, sum(part.exact.values()), part.exact)
            moved.append((exact.value - term.value, term.denominator))
    in_cents, allowed = exact_sum(found), exact_sum(slack)
    before_rounding = in_cents + exact_sum(moved)
    if goal.value != before_rounding:
        yield not_the_plan(goal, before_rounding)
    elif abs(before_rounding - in_cents) > allowed:
        yield away(goal, in_cents, allowed)


def _kinds(scope: Scope, ledger: Ledger) -> Iterator[Violation]:
    wanted = [goal.kind for goal in scope.scenario.goals]
    announced = [goal.kind for goal in ledger.allocation.goals]
    if announced != wanted:
        found, limit = _listed(announced), _listed(wanted)
        text = _("Les objectifs annoncés sont ({found}), ceux du scénario ({limit}).").format(found=found, limit=limit)
        yield Violation(FAMILY, tuple(kind.value for kind in wanted), found, limit, text)


def _listed(kinds: Iterable[GoalKind]) -> str:
    return ", ".join(_(NAMES[kind]) for kind in kinds)


def _measures(scope: Scope) -> dict[GoalKind, Measure]:
    references = _references(scope)

    def priority_value(part: Part, funded: Number, _amounts: Amounts) -> Term:
        points = part.operation.value
        slack = points * part.moved * part.operation.divisible
        return Term(points * funded, slack, scope.to_fund[part.operation.code])

    def funded_cost(part: Part, funded: Number, _amounts: Amounts) -> Term:
        return Term(funded, part.moved * part.operation.divisible, 1)

    def earliest_start(part: Part, funded: Number, _amounts: Amounts) -> Term:
        delay = part.start - part.operation.earliest_start
        return Term(delay * funded, delay * part.moved * part.operation.divisible, 1)

    def reference_closeness(part: Part, funded: Number, amounts: Amounts) -> Term:
        reference = references.get(part.operation.code)
        if reference is None:
            return Term(0, 0, 1)
        wanted = reference.numerators
        scale = reference.denominator * scope.to_fund[part.operation.code]
        gaps: list[Number] = [
            amounts.get(partner, 0) * scale - wanted.get(partner, 0) * funded
            for partner in wanted.keys() | amounts.keys()
        ]
        distance = sum(max(gap, -gap) for gap in gaps)
        moved_plan = (scale + sum(wanted.values())) * part.operation.divisible
        return Term(distance, part.moved * (2 * scale + moved_plan), scale)

    return {
        GoalKind.PRIORITY_VALUE: priority_value,
        GoalKind.FUNDED_COST: funded_cost,
        GoalKind.EARLIEST_START: earliest_start,
        GoalKind.REFERENCE_CLOSENESS: reference_closeness,
    }


def _sparing(wanted: Goal) -> Measure:
    """Measure what the partners named bring: a cent each when one is moved."""
    return lambda _part, _funded, amounts: Term(
        sum(amount for partner, amount in amounts.items() if partner in wanted.partners), len(amounts), 1
    )


def _references(scope: Scope) -> dict[str, Reference]:
    shares: dict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
    for line in scope.scenario.references:
        if line.amount is not None:
            shares[line.operation][line.partner] = line.amount, 1
        elif line.share is not None:
            share = line.share
            shares[line.operation][line.partner] = share.numerator * scope.to_fund[line.operation], share.denominator
        else:
            raise ValueError(f"{line.operation}: reference of {line.partner} with neither share nor amount")
    references = {}
    for code, cents in shares.items():
        common = lcm(*(denominator for _numerator, denominator in cents.values()))
        numerators = {
            partner: numerator * (common // denominator) for partner, (numerator, denominator) in cents.items()
        }
        references[code] = Reference(common, numerators)
    return references


def _better_than_proven(goal: GoalReached) -> Iterator[Violation]:
    if goal.proven is None:
        return
    beaten = goal.value > goal.proven if goal.kind in MAXIMISED else goal.value < goal.proven
    if beaten:
        text = _("Objectif « {goal} » : {found} annoncé, mieux que la borne prouvée de {limit}.").format(
            goal=_(NAMES[goal.kind]), found=number(goal.value), limit=number(goal.proven)
        )
        yield Violation(FAMILY, (goal.kind.value,), goal.value, goal.proven, text)


def _lost(goal: GoalReached, wanted: Goal) -> Iterator[Violation]:
    """Compare the loss of a goal with the one it declares."""
    rate, amount = wanted.tolerance_rate or Fraction(0), wanted.tolerance_amount or 0
    best = goal.value if goal.best is None else goal.best
    lost = best - goal.value if goal.kind in MAXIMISED else goal.value - best
    most = abs(best) * rate + amount
    if lost > most:
        text = _(
            "Objectif « {goal} » : les suivants lui font perdre {found}, plus que les {limit} qu'il admet."
        ).format(goal=_(NAMES[goal.kind]), found=number(lost), limit=number(most))
        yield Violation(FAMILY, (goal.kind.value,), lost, most, text)
