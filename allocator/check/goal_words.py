"""Names of what goals measure, and the sentences that refuse what is announced of them."""

from fractions import Fraction

from allocator.allocation import GoalReached
from allocator.check.violation import Violation
from allocator.words import number
from scenarios.document import GoalKind
from scenarios.language import N_, _

FAMILY = "goals"

NAMES = {
    GoalKind.PRIORITY_VALUE: N_("points de priorité financés"),
    GoalKind.FUNDED_COST: N_("coût financé, en centimes"),
    GoalKind.EARLIEST_START: N_("attente avant lancement, en centimes-années"),
    GoalKind.REFERENCE_CLOSENESS: N_("écart au plan de référence, en centimes"),
    GoalKind.EQUAL_EFFORT: N_("effort le plus faible d'un partenaire, en part de sa capacité"),
    GoalKind.EQUAL_COVERAGE: N_("couverture la plus faible d'un territoire, en part de ses besoins"),
    GoalKind.EQUAL_BURDEN: N_("charge la plus lourde d'une commune, par millième d'habitant de richesse moyenne"),
    GoalKind.FEWEST_PARTNERS: N_("financeurs des opérations, maîtres d'ouvrage à part"),
    GoalKind.SPARE_PARTNER: N_("montant demandé au partenaire ménagé, en centimes"),
    GoalKind.SMOOTH_PAYMENTS: N_("écarts de paiement d'une année sur l'autre, en centimes"),
}


def not_the_plan(goal: GoalReached, before_rounding: Fraction) -> Violation:
    """Say that the value announced is not the one of the plan before rounding."""
    text = _("Objectif « {goal} » : {found} annoncé, mais le plan avant arrondi donne {limit}.").format(
        goal=_(NAMES[goal.kind]), found=number(goal.value), limit=number(before_rounding)
    )
    return Violation(FAMILY, (goal.kind.value,), goal.value, before_rounding, text)


def away(goal: GoalReached, in_cents: Fraction, slack: Fraction) -> Violation:
    """Say that the plan in cents is further from the value announced than rounding explains."""
    text = _(
        "Objectif « {goal} » : {limit} annoncé, {found} dans le plan au centime ; l'arrondi n'explique que {slack}."
    ).format(goal=_(NAMES[goal.kind]), limit=number(goal.value), found=number(in_cents), slack=number(slack))
    return Violation(FAMILY, (goal.kind.value,), in_cents, goal.value, text)
