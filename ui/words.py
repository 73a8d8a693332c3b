"""French words shared by the command line and the pages: amounts in tables, goals reached, versions."""

from datetime import datetime
from fractions import Fraction

from allocator.allocation import GoalReached
from allocator.check.violation import TITLES
from allocator.words import member_rate, money, number
from reports.layout.budget_lines import Flow
from scenarios.document import EQUALITIES, MAXIMISED, GoalKind
from scenarios.language import N_, _
from scenarios.rulebooks import Law
from ui.plan import OperationLine

FLOWS = {Flow.COMMITMENT: N_("engagements"), Flow.PAYMENT: N_("paiements")}

_STAGES = {
    "assembly": N_("Mise en place des règles et des budgets"),
    "selection": N_("Choix des opérations à lancer"),
    GoalKind.PRIORITY_VALUE.value: N_("Objectif : financer le plus de points de priorité"),
    GoalKind.FUNDED_COST.value: N_("Objectif : financer le plus de coût"),
    GoalKind.EARLIEST_START.value: N_("Objectif : lancer au plus tôt"),
    GoalKind.REFERENCE_CLOSENESS.value: N_("Objectif : rester proche du plan de référence"),
    GoalKind.EQUAL_EFFORT.value: N_("Objectif : répartir également l'effort des partenaires"),
    GoalKind.EQUAL_COVERAGE.value: N_("Objectif : financer également les territoires"),
    GoalKind.EQUAL_BURDEN.value: N_("Objectif : répartir la charge des communes selon leur richesse"),
    GoalKind.FEWEST_PARTNERS.value: N_("Objectif : réunir le moins de financeurs par opération"),
    GoalKind.SPARE_PARTNER.value: N_("Objectif : ménager un partenaire"),
    GoalKind.SMOOTH_PAYMENTS.value: N_("Objectif : régulariser les paiements"),
    "tie_break": N_("Départage des plans équivalents"),
    "shortfalls": N_("Recherche de ce qui manque"),
    "cents": N_("Mise au centime"),
    "check": N_("Vérification de toutes les règles"),
}

_GOALS = {
    GoalKind.PRIORITY_VALUE: N_("Points de priorité financés : {value}"),
    GoalKind.FUNDED_COST: N_("Coût financé : {value}"),
    GoalKind.EARLIEST_START: N_("Attente avant lancement : {value} retardés d'un an"),
    GoalKind.REFERENCE_CLOSENESS: N_("Écart au plan de référence : {value}"),
    GoalKind.EQUAL_EFFORT: N_("Effort le plus faible d'un partenaire : {value} de sa capacité"),
    GoalKind.EQUAL_COVERAGE: N_("Couverture la plus faible d'un territoire : {value} de ses besoins"),
    GoalKind.EQUAL_BURDEN: N_("Charge la plus lourde d'une commune : {value} par habitant de richesse moyenne"),
    GoalKind.FEWEST_PARTNERS: N_("Financements d'une opération par un autre que son maître d'ouvrage : {value}"),
    GoalKind.SPARE_PARTNER: N_("Demandé au partenaire ménagé : {value}"),
    GoalKind.SMOOTH_PAYMENTS: N_("Écarts de paiement d'une année sur l'autre : {value}"),
}
_CLOSE = Fraction(1, 1_000_000)
"""Gap to the proven bound, relative to the value reached, under which the bound itself says nothing more.

A gap of more than a cent, in an objective counted in cents, is always said.
"""


def stage(name: str) -> str:
    """Say a stage of the calculation, as ``allocate`` names it, in business words."""
    return _(_STAGES[name])


def verdict() -> str:
    """Say what the exact check has established: an allocation that fails it is never shown."""
    return _("Toutes les règles sont respectées au centime ({count} familles de règles vérifiées).").format(
        count=len(TITLES)
    )


def goal_sentence(goal: GoalReached, currency: str, *, follows: bool = False) -> str:
    """Say what a goal reached, and what is proven about it. ``follows``: it follows other goals, which are kept."""
    reached = goal_reached(goal.kind, goal.value, currency)
    if goal.best is not None and goal.best != goal.value:
        best = _("{best} avant la perte laissée aux objectifs suivants").format(
            best=_quantity(goal.kind, goal.best, currency)
        )
        reached = f"{reached} ({best})"
    kept = _(", les objectifs précédents étant gardés") if follows and goal.proven is not None else ""
    return _(" ; ").join([reached, f"{_proof(goal, currency)}{kept}."])


def goal_reached(kind: GoalKind, value: Fraction, currency: str) -> str:
    """Say what a goal reached."""
    return _(_GOALS[kind]).format(value=_quantity(kind, value, currency))


def settled_sentence(goal: GoalReached, currency: str) -> str | None:
    """Say the rate of every member of a goal of equality, in the order in which they stopped; None for other goals."""
    if not goal.settled:
        return None
    rates = ", ".join(f"{line.member} {member_rate(goal.kind, line.rate, currency)}" for line in goal.settled)
    return _("Dans l'ordre où ils s'arrêtent : {rates}.").format(rates=rates)


def state(line: OperationLine) -> str:
    """Say in two words how far an operation is funded."""
    if line.missing <= 0:
        return _("financée")
    return _("financée en partie") if line.funded else _("non financée")


def law_sentence(law: Law) -> str:
    """Say in one line which law a scenario employs, how to recognise it, and until when it holds."""
    if not law.lines:
        return _("Droit : aucun recueil, les règles sont celles que le scénario porte.")
    count = len(law.books)
    return _("Droit : {books}, empreinte {digest}, {until}.").format(
        books=_("1 recueil") if count == 1 else _("{count} recueils").format(count=count),
        digest=version(law.digest), until=law.validity,
    )  # fmt: skip


def moment(time: datetime) -> str:
    """Write a date and an hour, where the program runs: ``24/11/2026 à 13:05``."""
    return time.astimezone().strftime(_("%d/%m/%Y à %H:%M"))


def version(fingerprint: str) -> str:
    """Shorten a fingerprint to what a reader can compare by eye."""
    return fingerprint[:12]


def _proof(goal: GoalReached, currency: str) -> str:
    if goal.proven is None:
        return _("le calcul ne trouve pas mieux, sans preuve indépendante")
    if goal.proven == goal.value:
        return _("il est prouvé qu'aucun plan ne fait mieux")
    if abs(goal.proven - goal.value) <= min(_CLOSE * abs(goal.value), Fraction(1)):
        return _("il est prouvé qu'aucun plan ne fait mieux, à moins d'un millionième près")
    bound, gap = (_quantity(goal.kind, value, currency) for value in (goal.proven, abs(goal.proven - goal.value)))
    sentence = (
        _("il est prouvé qu'aucun plan ne dépasse {bound}, écart de {gap}")
        if goal.kind in MAXIMISED
        else _("il est prouvé qu'aucun plan ne descend sous {bound}, écart de {gap}")
    )
    return sentence.format(bound=bound, gap=gap)


def _quantity(kind: GoalKind, value: Fraction, currency: str) -> str:
    if kind in (GoalKind.PRIORITY_VALUE, GoalKind.FEWEST_PARTNERS):
        return number(value)
    if kind in EQUALITIES:
        return member_rate(kind, value, currency)
    return f"{'' if value.denominator == 1 else '≈ '}{money(round(value), currency)}"
