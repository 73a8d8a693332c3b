"""``allocator unlock``: what it would take to fund an operation, and the ways out of a scenario without a plan."""

from typing import Annotated, Any

import typer
from rich.console import Console

from allocator.engines import engine_named
from allocator.explanation.conflict import Conflict
from allocator.explanation.conflict_words import conflict_text
from allocator.explanation.impossible import way_out
from allocator.explanation.relaxation import Option
from allocator.explanation.unlock import is_funded, obstacle, unlock
from allocator.explanation.words import Words
from allocator.solve.infeasible import InfeasibleScenarioError
from scenarios.document import Scenario
from scenarios.language import N_, _
from ui.cli.conflict_content import conflict_content
from ui.cli.console import Steps, results, say, steps
from ui.cli.documents import emit, scenario_header
from ui.cli.failures import CommandError
from ui.cli.scenario_argument import Json, ScenarioName, find_plan, read_scenario
from ui.explained import no_option, option_title

NAME = "unlock"
SUMMARY = N_(
    "Dit ce qu'il faudrait changer pour financer une opération, ou pour qu'un scénario impossible ait un plan."
)


def run(
    scenario: ScenarioName,
    operation: Annotated[
        str | None,
        typer.Option(metavar=N_("CODE"), help=N_("Opération à financer entièrement, sans rien prendre aux autres.")),
    ] = None,
    in_json: Json = False,
) -> None:
    """Print the options, the cheapest first. Raises what ``ui.cli.failures`` turns into exit codes."""
    with steps() as tell:
        resolved = read_scenario(scenario, tell).scenario
        conflict, options = _found(resolved, operation, tell)
    if in_json:
        content = {"conflict": conflict_content(conflict), "options": [_option(one) for one in options]}
        emit("done", scenario=scenario_header(resolved), **content)
        return
    _print(results(), resolved, conflict, options)


def _found(scenario: Scenario, operation: str | None, tell: Steps) -> tuple[Conflict | None, tuple[Option, ...]]:
    engine = engine_named("highs")
    try:
        allocation = find_plan(scenario, tell)
    except InfeasibleScenarioError:
        tell(_("Recherche de ce qui se contredit"))
        found = way_out(scenario, engine)
        return found.conflict, found.options
    if operation is None:
        raise CommandError(_("Ce scénario a un plan : donnez avec --operation l'opération à financer."))
    if operation not in {line.code for line in scenario.operations}:
        raise CommandError(_("L'opération « {code} » n'existe pas.").format(code=operation))
    if is_funded(scenario, allocation, operation):
        raise CommandError(_("L'opération « {code} » est déjà entièrement financée.").format(code=operation))
    tell(_("Recherche de ce qu'il faudrait changer"))
    return obstacle(scenario, allocation, operation, engine), unlock(scenario, allocation, operation, engine)


def _print(console: Console, scenario: Scenario, conflict: Conflict | None, options: tuple[Option, ...]) -> None:
    words = Words(scenario)
    if conflict is not None:
        say(console, conflict_text(words, conflict))
    if not options:
        say(console, no_option())
    for rank, option in enumerate(options, start=1):
        say(console, option_title(words, rank, option))
        for change in option.changes:
            say(console, f"- {words.change(change)}")


def _option(option: Option) -> dict[str, Any]:
    changes = [{"kind": one.kind, "codes": one.codes, "cents": one.cents} for one in option.changes]
    return {"cost": option.cost, "changes": changes}
