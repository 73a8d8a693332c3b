"""A comparison printed for people: inputs, law, totals, who wins and who loses, and the lines of an amendment."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from allocator.comparison.change import Change, FundingChange, PartnerChange
from allocator.comparison.plans import GoalChange, PlanChanges
from allocator.comparison.sides import Comparison
from allocator.reform import beyond_law
from allocator.words import figure
from scenarios.document import Scenario
from scenarios.language import _
from ui.cli.compare_inputs import print_inputs
from ui.cli.compare_law import print_law_changes
from ui.cli.console import say
from ui.cli.wide_tables import add_amounts, add_words, labelled, show
from ui.compared import basis_sentence, gain_sentence, goal_lines, outcome, side_sentence


def print_comparison(console: Console, found: Comparison) -> None:
    """Print the whole comparison, at the width of the console."""
    before, after = found.before.scenario, found.after.scenario
    console.rule(_("Comparaison · {title}").format(title=after.title))
    say(console, side_sentence(_("Avant"), found.before))
    say(console, side_sentence(_("Après"), found.after))
    say(console, basis_sentence(found))
    law_only = not beyond_law(before, after)
    if law_only and found.same_outcome:
        return
    if not law_only:
        print_inputs(console, found.inputs)
    if law_only or found.law:
        print_law_changes(console, found.law)
    _print_plans(console, found.plans, before, after)


def _print_plans(console: Console, plans: PlanChanges, before: Scenario, after: Scenario) -> None:
    if plans.empty:
        console.print("\n" + _("Aucun montant ne change."))
        return
    console.print("\n" + _("Montants en {currency}.").format(currency=after.currency))
    say(console, gain_sentence())
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


def _print_goals(console: Console, goals: Sequence[GoalChange], currency: str) -> None:
    if goals:
        console.print("\n" + _("Objectifs"), style="bold")
    for reached, members in goal_lines(goals, currency):
        say(console, f"  {reached}")
        for member in members:
            say(console, f"    {member}")


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
