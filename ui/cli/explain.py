"""``allocator explain``: why this amount, why not this operation, what one more euro would give, what a rule costs."""

from fractions import Fraction
from typing import Annotated, Any

import typer
from rich.console import Console, JustifyMethod
from rich.table import Table

from allocator.engines import engine_named
from allocator.explanation.conflict import Conflict
from allocator.explanation.conflict_words import conflict_text
from allocator.explanation.next_euro import Gain, gain
from allocator.explanation.unlock import obstacle
from allocator.explanation.why import AmountWhy, Why
from allocator.explanation.words import Words
from allocator.solve.allocate import Decision, decide
from reports.charts.table import Table as FoundTable
from reports.charts.table import Unit
from reports.layout.figures import Figures
from scenarios.document import Scenario
from scenarios.language import N_, _
from ui.cli.conflict_content import conflict_content, requirements_content
from ui.cli.console import results, say, steps
from ui.cli.documents import emit, scenario_header
from ui.cli.failures import CommandError
from ui.cli.scenario_argument import Json, ScenarioName, read_scenario
from ui.explained import amounts_table, euro_changes, others_sentence
from ui.words import stage

NAME = "explain"
SUMMARY = N_("Explique la répartition : pourquoi ce montant, pourquoi pas une opération, ce que donne un euro de plus.")


def run(
    scenario: ScenarioName,
    operation: Annotated[
        str | None,
        typer.Option(metavar=N_("CODE"), help=N_("Explique ce que chaque partenaire apporte à l'opération.")),
    ] = None,
    partner: Annotated[
        str | None, typer.Option(metavar=N_("CODE"), help=N_("Explique ce que le partenaire apporte, et ses budgets."))
    ] = None,
    rule: Annotated[str | None, typer.Option(metavar=N_("CODE"), help=N_("Dit ce que coûte la règle."))] = None,
    in_json: Json = False,
) -> None:
    """Print the explanations asked for. Raises what ``ui.cli.failures`` turns into exit codes."""
    with steps() as tell:
        resolved = read_scenario(scenario, tell).scenario
        _refuse_unknown(resolved, operation, partner, rule)
        engine = engine_named("highs")
        decision = decide(resolved, engine, lambda name: tell(stage(name)))
        tell(_("Explication"))
        why = Why(decision, engine)
        amounts = (*(why.operation(operation) if operation else ()), *(why.partner(partner) if partner else ()))
        blocked = obstacle(resolved, decision.allocation, operation, engine) if operation else None
        changes = euro_changes(resolved, partner, rule)
        gains = [found for change in changes if (found := gain(resolved, change, engine, decision.plan))]
    if in_json:
        emit("done", scenario=scenario_header(resolved), **_content(amounts, blocked, gains))
        return
    _print(results(), decision, amounts, blocked, gains, operation)


def _refuse_unknown(scenario: Scenario, operation: str | None, partner: str | None, rule: str | None) -> None:
    if not (operation or partner or rule):
        raise CommandError(_("Que faut-il expliquer ? Donnez --operation, --partner ou --rule."))
    known = (
        (operation, {line.code for line in scenario.operations}, _("L'opération « {code} » n'existe pas.")),
        (partner, {line.code for line in scenario.partners}, _("Le partenaire « {code} » n'existe pas.")),
        (rule, {line.code for line in scenario.rules}, _("La règle « {code} » n'existe pas.")),
    )
    for code, codes, sentence in known:
        if code is not None and code not in codes:
            raise CommandError(sentence.format(code=code))


def _print(
    console: Console,
    decision: Decision,
    amounts: tuple[AmountWhy, ...],
    blocked: Conflict | None,
    gains: list[Gain],
    operation: str | None,
) -> None:
    words = Words(decision.compilation.layout.frame.scenario)
    for one in amounts:
        for sentence in words.amount(one):
            say(console, sentence)
    if operation is not None:
        say(console, others_sentence(words, [one for one in amounts if one.operation == operation]))
        left_out = words.not_eligible(operation)
        if left_out is not None:
            say(console, left_out)
    if amounts:
        figures = Figures(words.scenario, decision.allocation)
        console.print(_amounts_table(amounts_table(figures, amounts)))
    if blocked is not None:
        say(console, conflict_text(words, blocked))
    for found in gains:
        say(console, words.gain(found))


def _amounts_table(found: FoundTable) -> Table:
    table = Table()
    for column in found.columns:
        justify: JustifyMethod = "left" if column.unit is Unit.TEXT else "right"
        table.add_column(column.name, justify=justify, no_wrap=column is not found.columns[-1])
    for row in found.written():
        table.add_row(*row)
    return table


def _content(amounts: tuple[AmountWhy, ...], blocked: Conflict | None, gains: list[Gain]) -> dict[str, Any]:
    return {
        "amounts": [
            {
                "operation": one.operation,
                "partner": one.partner,
                "amount": one.amount,
                "low": str(one.low),
                "high": str(one.high),
                "forced": one.forced,
                "ceilings": requirements_content(one.ceilings),
                "floors": requirements_content(one.floors),
            }
            for one in amounts
        ],
        "obstacle": conflict_content(blocked),
        "gains": [
            {
                "kind": found.change.kind,
                "codes": found.change.codes,
                "cents": found.change.cents,
                "goals": [{"kind": kind, "gain": str(value)} for kind, value in found.goals],
                "operations": [{"operation": code, "cents": str(cents)} for code, cents in found.operations],
                "since": _text(found.since),
                "until": _text(found.until),
            }
            for found in gains
        ],
    }


def _text(amount: Fraction | None) -> str | None:
    return None if amount is None else str(amount)
