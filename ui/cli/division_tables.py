"""The plan beside the classical divisions, printed for people."""

from collections.abc import Sequence

from rich.console import Console

from allocator.divisions import Division
from allocator.divisions.reference_plans import Apart, ReferencePlan
from allocator.divisions.words import NAMES
from allocator.words import in_line, money
from scenarios.document import Scenario
from scenarios.language import _
from ui.cli.console import say
from ui.cli.wide_tables import add_amounts, labelled, show


def print_divisions(
    console: Console, scenario: Scenario, capacity: ReferencePlan, apart: Sequence[Apart], need: ReferencePlan
) -> None:
    """Print both references: what partners bring by capacity, what operations receive by need."""
    console.rule(_("Partages de référence · {title}").format(title=scenario.title))
    say(console, _("Montants en {currency}.").format(currency=scenario.currency))
    say(console, _("Les partages ne regardent que les totaux : ils ignorent les règles, les années et les priorités."))
    _print_reference(
        console, _("Entre partenaires, selon leur budget d'engagement de toutes les années"), _("Budget"), capacity
    )
    for line in apart:
        sentence = _("Hors partage, sans budget d'engagement : {label} ({code}), {amount} dans le plan.")
        amount = money(line.planned, scenario.currency)
        say(console, sentence.format(label=line.label, code=line.code, amount=amount))
    _print_reference(console, _("Entre opérations, selon leur coût à financer"), _("À financer"), need)


def _print_reference(console: Console, title: str, claim: str, plan: ReferencePlan) -> None:
    table = labelled(title)
    add_amounts(table, claim, _("Plan"), *(_(NAMES[division]) for division in Division))
    rows = [
        (line.code, line.label, [line.claim, line.planned, *(line.divided[division] for division in Division)])
        for line in plan.lines
    ]
    written = in_line(amount for _code, _label, amounts in rows for amount in amounts)
    for code, label, amounts in rows:
        table.add_row(code, label, *map(written, amounts))
    if rows:
        table.add_section()
        totals = [sum(column) for column in zip(*(amounts for _code, _label, amounts in rows), strict=True)]
        table.add_row(_("Total"), "", *map(written, totals))
        distances = [written(plan.distance(division)) for division in Division]
        table.add_row(_("À déplacer"), _("du plan au partage"), "", "", *distances)
    show(console, table)
