"""``allocator explore SCENARIO stress``: how often each operation stays funded when things go wrong."""

from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console, JustifyMethod
from rich.table import Table

from allocator.exploration import stress_words as words
from allocator.exploration.results_file import ResultsFile
from allocator.exploration.robust_budget import RobustBudget, robust_budget
from allocator.exploration.sample import planned_states
from allocator.exploration.spec import ILLUSTRATIVE, StressSpec
from allocator.exploration.spec_file import read_spec
from allocator.exploration.stress import Stressed, stress
from allocator.exploration.workers import job, workers
from reports.charts.table import Table as FoundTable
from reports.layout.figures import Figures
from reports.layout.stressed import StressTest
from reports.stress import write
from scenarios.document.quantities import parse_rate
from scenarios.language import N_, _
from ui.cli.console import results, say, steps
from ui.cli.documents import emit, scenario_header
from ui.cli.failures import CommandError
from ui.cli.scenario_argument import Json, find_plan, read_scenario
from ui.explored import counted, odds_table

NAME = "stress"
SUMMARY = N_("Tire des aléas (coûts, retraits, retards) et dit ce qui reste financé, de qui le plan dépend.")


def run(
    context: typer.Context,
    spec: Annotated[
        Path | None,
        typer.Option(metavar=N_("FICHIER"), help=N_("Document d'aléas (YAML) ; rien : aléas illustratifs.")),
    ] = None,
    draws: Annotated[
        int | None, typer.Option(metavar=N_("NOMBRE"), min=1, help=N_("Nombre de tirages, à la place du document."))
    ] = None,
    seed: Annotated[
        int | None, typer.Option(metavar=N_("NOMBRE"), min=0, help=N_("Graine, à la place de celle du document."))
    ] = None,
    workers_count: Annotated[
        int | None,
        typer.Option(
            "--workers", metavar=N_("NOMBRE"), min=1, help=N_("Processus ; rien : un par cœur de la machine.")
        ),
    ] = None,
    cluster: Annotated[
        str | None, typer.Option(metavar=N_("ADRESSE"), help=N_("Ordonnanceur Dask, comme tcp://10.0.0.1:8786."))
    ] = None,
    results_file: Annotated[
        Path | None,
        typer.Option("--results", metavar=N_("FICHIER"), help=N_("Fichier des tirages faits, repris s'il existe.")),
    ] = None,
    robust: Annotated[
        str | None,
        typer.Option(metavar=N_("CODE"), help=N_("Cherche de combien augmenter les budgets de ce partenaire.")),
    ] = None,
    target: Annotated[
        str, typer.Option(metavar=N_("TAUX"), help=N_("Part des tirages où le plan doit tenir, pour --robust."))
    ] = "90 %",
    workbook: Annotated[
        Path | None, typer.Option(metavar=N_("FICHIER"), help=N_("Écrit aussi les réponses dans ce classeur (.xlsx)."))
    ] = None,
    verify: Annotated[
        int, typer.Option(metavar=N_("NOMBRE"), min=0, help=N_("Tirages recalculés en entier et vérifiés au centime."))
    ] = 3,
    in_json: Json = False,
) -> None:
    """Print how often each operation stays funded. Raises what ``ui.cli.failures`` turns into exit codes."""
    wanted = _rate(target)
    if workbook is not None:
        workbook.parent.mkdir(parents=True, exist_ok=True)
    with steps() as tell:
        received = read_scenario(context.obj, tell)
        scenario = received.scenario
        chosen = _chosen(read_spec(spec, scenario) if spec else ILLUSTRATIVE, draws, seed)
        if robust is not None and robust not in {line.holder for line in scenario.budgets}:
            raise CommandError(_("« {code} » n'a pas de budget limité qu'on puisse augmenter.").format(code=robust))
        plan = find_plan(scenario, tell)
        kept = None if results_file is None else ResultsFile(results_file, job(scenario, chosen))
        with workers(workers_count, cluster) as hands:
            found = stress(
                scenario, plan, chosen, hands, results=kept, verified=verify, progress=counted(tell, chosen.draws)
            )
            safer = None
            if robust is not None:
                tell(_("Recherche du budget qui rendrait le plan sûr"))
                states = planned_states(scenario, plan)
                safer = robust_budget(scenario, states, chosen, hands, holder=robust, target=wanted)
        if workbook is not None:
            tell(_("Classeur de la mise à l'épreuve"))
            write(StressTest(Figures(scenario, plan, received.law), chosen, found, wanted, safer), workbook)
    if in_json:
        emit("done", scenario=scenario_header(scenario), **_content(chosen, found, safer))
        return
    _print(results(), Figures(scenario, plan, received.law), chosen, found, safer)


def _rate(text: str) -> Fraction:
    try:
        return parse_rate(text)
    except ValueError as error:
        raise CommandError(_("« {text} » n'est pas un taux de 0 à 1, comme 90 % ou 0.9.").format(text=text)) from error


def _chosen(spec: StressSpec, draws: int | None, seed: int | None) -> StressSpec:
    given = {"draws": draws, "seed": seed}
    return spec.model_copy(update={name: value for name, value in given.items() if value is not None})


def _print(console: Console, figures: Figures, spec: StressSpec, found: Stressed, safer: RobustBudget | None) -> None:
    named = words.StressWords(figures.scenario)
    say(console, words.drawn(spec, found))
    nothing = words.without_plan(found)
    if nothing is not None:
        say(console, nothing)
    console.print(_table(odds_table(figures, found)))
    say(console, words.confidence())
    for loss in found.critical:
        say(console, named.critical(loss))
    for sentence in named.robust(safer) if safer else ():
        say(console, sentence)
    say(console, words.verified(found.verified))


def _table(found: FoundTable) -> Table:
    table = Table()
    for place, column in enumerate(found.columns):
        justify: JustifyMethod = "left" if place < 2 else "right"
        table.add_column(column.name, justify=justify, no_wrap=place in {0, 1, 3})
    for row in found.written():
        table.add_row(*row)
    return table


def _content(spec: StressSpec, found: Stressed, safer: RobustBudget | None) -> dict[str, Any]:
    return {
        "spec": spec.model_dump(mode="json"),
        "draws": found.draws,
        "without_plan": found.without_plan,
        "operations": [
            {
                "operation": odds.operation,
                "planned": odds.planned,
                "whole": odds.whole,
                "part": odds.part,
                "interval": odds.interval(),
                "interval_in_part": odds.interval(in_part=True),
            }
            for odds in found.odds
        ],
        "critical": [vars(loss) for loss in found.critical],
        "verified": vars(found.verified),
        "robust": safer
        and {
            "holder": safer.holder,
            "target": str(safer.target),
            "rate": None if safer.rate is None else str(safer.rate),
            "added": [
                {"year": line.year, "commitment": line.commitment, "payment": line.payment} for line in safer.added
            ],
            "tried": [{"rate": str(rate), "met": met} for rate, met in safer.tried],
        },
    }
