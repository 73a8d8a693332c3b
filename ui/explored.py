"""What is explored around a plan, arranged for the command line and the pages."""

from collections.abc import Callable
from fractions import Fraction

from allocator.exploration import plans_words as plans
from allocator.exploration import stress_words as stress
from allocator.exploration.alternatives import Alternative, Alternatives
from allocator.exploration.stress import Stressed
from allocator.words import money, number, percent
from reports.charts.table import Column, Table, Unit, table_of
from reports.layout.figures import Figures
from scenarios.document import EQUALITIES, GoalKind, Scenario
from scenarios.document.quantities import parse_rate
from scenarios.language import _

_TOLD = 20
"""Times the progress of the draws is told."""


def no_loss_sentence(scenario: Scenario) -> str | None:
    """Say why no plan may lose a part of the first goal; None when one may."""
    if scenario.goals and scenario.goals[0].kind not in EQUALITIES:
        return None
    return _("Le premier objectif compare des taux : il n'a pas de valeur dont perdre une part.")


def loss_rate(text: str) -> Fraction:
    """Read the part of the first goal that a plan may lose, typed with a comma or a point. Raises ValueError."""
    try:
        return parse_rate(text.replace(",", "."))
    except ValueError:
        sentence = _("« {text} » n'est pas un taux de 0 à 1, comme 1 % ou 0.01.")
        raise ValueError(sentence.format(text=text)) from None


def no_frontier_sentence(scenario: Scenario, kind: GoalKind) -> str | None:
    """Say what a scenario lacks for a goal to have a frontier; None when it lacks nothing."""
    if kind is GoalKind.SPARE_PARTNER and kind not in {goal.kind for goal in scenario.goals if goal.partners}:
        return _("Le scénario ne dit pas quel partenaire ménager : ajoutez cet objectif à sa liste.")
    if kind is GoalKind.REFERENCE_CLOSENESS and not scenario.references:
        return _("Le scénario n'a ni plan ni clé de référence.")
    return None


def alternative_rows(scenario: Scenario, one: Alternative, best: Fraction) -> tuple[tuple[str, str], ...]:
    """Say what a plan loses, what changes hands, who wins and who pays. ``best``: the optimum of the first goal."""
    more, less = plans.gains(one)
    bring, spare = plans.partners(one)
    return (
        (_("Perte sur le premier objectif"), _lost(one, best)),
        (_("Change de mains"), money(one.distance, scenario.currency)),
        (_("Reçoivent plus"), more),
        (_("Reçoivent moins"), less),
        (_("Apportent plus"), bring),
        (_("Apportent moins"), spare),
    )


def alternative_sentence(scenario: Scenario, one: Alternative, best: Fraction) -> str:
    """Say in one sentence what distinguishes a plan from the one decided."""
    parts = [
        _("{amount} changent de mains").format(amount=money(one.distance, scenario.currency))
        if not one.lost
        else _("perd {lost} du premier objectif, {amount} changent de mains").format(
            lost=_lost(one, best), amount=money(one.distance, scenario.currency)
        )
    ]
    more, less = plans.gains(one)
    parts += [_("reçoivent plus : {names}").format(names=more)] if more else []
    parts += [_("reçoivent moins : {names}").format(names=less)] if less else []
    text = _(" ; ").join(parts)
    return f"{text[:1].upper()}{text[1:]}."


def same_sentences(found: Alternatives) -> tuple[str, ...]:
    """Say under which names the plan itself is already the best, and which names the data do not allow."""
    same = [_("Le plan lui-même est déjà : {names}.").format(names=plans.named(found.same))] if found.same else []
    left = [_("Sans objet, {name} : {why}.").format(name=plans.named((name,)), why=why) for name, why in found.left_out]
    return (*same, *left)


def counted(tell: Callable[[str], None], draws: int) -> Callable[[int, int], None]:
    """Tell the progress of the draws a few times in all, then what follows them."""
    told = -1

    def progress(done: int, total: int) -> None:
        nonlocal told
        if done * _TOLD // draws > told:
            told = done * _TOLD // draws
            tell(_("Tirage {done} sur {total}").format(done=done, total=total))
        if done == total:
            tell(_("Retrait de chaque partenaire, et tirages recalculés en entier"))

    return progress


def odds_table(figures: Figures, found: Stressed) -> Table:
    """Return how often each operation stays funded, the one most at risk first."""
    columns = (
        Column(_("Opération")), Column(_("Dans le plan")), Column(_("Financée en entier"), Unit.SHARE),
        Column(_("Intervalle")), Column(_("Au moins en partie"), Unit.SHARE),
    )  # fmt: skip
    rows = (
        (
            odds.operation, stress.state(odds.planned), Fraction(odds.whole, odds.draws), stress.interval(odds),
            Fraction(odds.whole + odds.part, odds.draws),
        )
        for odds in sorted(found.odds, key=lambda one: (one.whole, one.part, one.operation))
    )  # fmt: skip
    return table_of(_("Ce qui reste financé"), columns, rows, figures)


def _lost(one: Alternative, best: Fraction) -> str:
    share = percent(one.lost / best) if best else percent(Fraction(0))
    return f"{number(one.lost)} ({share})"
