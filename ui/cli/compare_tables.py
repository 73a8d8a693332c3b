"""A comparison printed for people: inputs, law, totals, who wins and who loses, and the lines of an amendment."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from allocator.comparison.change import Change, FundingChange, PartnerChange
from allocator.comparison.plans import GoalChange, PlanChanges
from allocator.comparison.sides import Comparison, Side
from allocator.reform import beyond_law
from allocator.words import percent
from scenarios.document import Scenario
from scenarios.language import _
from ui.cli.compare_inputs import print_inputs
from ui.cli.compare_law import print_law_changes
from ui.cli.console import say
from ui.cli.wide_tables import add_amounts, add_words, labelled, show
from ui.words import figure, goal_reached, version


def print_comparison(console: Console, found: Comparison) -> None:
    """Print the whole comparison, at the width of the console."""
    before, after = found.before.scenario, found.after.scenario
    console.rule(_("Comparaison · {title}").format(title=after.title))
    say(console, _side(_("Avant"), found.before))
    say(console, _side(_("Après"), found.after))
    law_only = not beyond_law(before, after)
    if law_only and found.same_outcome:
        say(console, _("Les deux droits disent la même chose et donnent la même répartition, au centime."))
        return
    if law_only:
        say(console, _("Seul le droit diffère : chaque écart vient des règles qui changent."))
    else:
        say(console, _("Les données diffèrent : aucun écart n'est attribué au droit seul."))
        print_inputs(console, found.inputs)
    if law_only or found.law:
        print_law_changes(console, found.law)
    _print_plans(console, found.plans, before, after)


def _print_plans(console: Console, plans: PlanChanges, before: Scenario, after: Scenario) -> None:
    if plans.empty:
        console.print("\n" + _("Aucun montant ne change."))
        return
    console.print("\n" + _("Montants en {currency}.").format(currency=after.currency))
    say(console, _("Gagne : reçoit plus d'aides des autres partenaires que le maître d'ouvrage. Perd : le contraire."))
    _print_funding(console, _("Ensemble"), (plans.total,))
    _print_goals(console, plans.goals, after.currency)
    _print_funding(console, _("Opérations"), plans.operations)
    _print_funding(console, _("Communes"), plans.communes)
    _print_funding(console, _("Territoires"), plans.territories)
    _print_funding(console, _("Projets"), plans.projects)
    _print_partners(console, plans.partners)
    labels = {partner.code: partner.label for scenario in (before, after) for partner in scenario.partners}
    _print_cells(console, plans, labels)
    _print_years(console, plans)
    _print_starts(console, plans)


def outcome(gain: int) -> str:
    """Say in one word who wins and who loses."""
    if gain == 0:
        return _("égal")
    return _("gagne") if gain > 0 else _("perd")


def _side(name: str, side: Side) -> str:
    return _("{name} : {code}, droit du {day}, version {plan} (empreinte du droit {law}).").format(
        name=name,
        code=side.scenario.code,
        day=side.reference_date,
        plan=version(side.allocation.fingerprint),
        law=version(side.law_hash),
    )


def _print_goals(console: Console, goals: Sequence[GoalChange], currency: str) -> None:
    if goals:
        console.print("\n" + _("Objectifs"), style="bold")
    for goal in goals:
        sides = (
            _("rien") if value is None else goal_reached(goal.kind, value, currency)
            for value in (goal.before, goal.after)
        )
        say(console, "  " + " → ".join(sides))
        for member in goal.members:
            rates = (_("rien") if rate is None else percent(rate) for rate in (member.before, member.after))
            say(console, "    " + _("{label} : {value}").format(label=member.member, value=" → ".join(rates)))


def _print_funding(console: Console, title: str, lines: Sequence[FundingChange]) -> None:
    table = _table(title)
    for line in lines:
        amounts = ((_("financé"), line.funded), (_("aides"), line.aid), (_("part propre"), line.own))
        _add(table, line.code, line.label, amounts, outcome(line.gain))
    show(console, table)


def _print_partners(console: Console, lines: Sequence[PartnerChange]) -> None:
    table = _table(_("Partenaires (gagne : apporte moins)"))
    for line in lines:
        amounts = ((_("engagé"), line.committed), (_("aides"), line.aid), (_("part propre"), line.own))
        _add(table, line.code, line.label, amounts, outcome(line.gain))
    show(console, table)


def _print_cells(console: Console, plans: PlanChanges, labels: dict[str, str]) -> None:
    table = _table(_("Qui finance quoi, là où le montant change"))
    for cell in plans.cells:
        _add(table, cell.operation, labels[cell.partner], ((_("engagé"), cell.committed),), "")
    show(console, table)


def _print_years(console: Console, plans: PlanChanges) -> None:
    table = _table(_("Années (engagé l'année du lancement)"))
    for line in plans.years:
        _add(table, str(line.year), "", ((_("engagé"), line.committed), (_("payé"), line.paid)), "")
    show(console, table)


def _print_starts(console: Console, plans: PlanChanges) -> None:
    if plans.starts:
        console.print("\n" + _("Lancements qui changent"), style="bold")
    for change in plans.starts:
        sides = (", ".join(map(str, years)) or _("non financée") for years in (change.before, change.after))
        say(console, "  " + _("{label} : {value}").format(label=change.operation, value=" → ".join(sides)))


def _add(table: Table, code: str, label: str, amounts: Sequence[tuple[str, Change]], outcome_word: str) -> None:
    changes = [change for _name, change in amounts]
    columns = (
        [name for name, _change in amounts],
        [_figure(change.before) for change in changes],
        [_figure(change.after) for change in changes],
        [_difference(change) for change in changes],
    )
    table.add_row(code, label, *map("\n".join, columns), outcome_word, end_section=len(amounts) > 1)


def _figure(cents: int) -> str:
    return figure(cents, decimals=True)


def _difference(change: Change) -> str:
    return f"{'+' if change.difference > 0 else ''}{_figure(change.difference)}"


def _table(title: str) -> Table:
    table = labelled(title)
    add_words(table)
    add_amounts(table, _("Avant"), _("Après"), _("Écart"))
    add_words(table)
    return table
