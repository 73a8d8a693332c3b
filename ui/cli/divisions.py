"""``allocator divisions``: the plan beside the classical divisions, and a division as the reference of a scenario."""

from pathlib import Path
from typing import Annotated, Any

import typer

from allocator.divisions import Division
from allocator.divisions.reference_key import reference_lines
from allocator.divisions.reference_plans import Apart, ReferencePlan, SharedLine, by_capacity, by_need
from allocator.divisions.words import key_provenance
from scenarios.document import GoalKind
from scenarios.formats import write
from scenarios.language import N_, _
from ui.cli.console import results, say, steps
from ui.cli.division_tables import print_divisions
from ui.cli.documents import emit, scenario_header
from ui.cli.failures import CommandError
from ui.cli.help_pages import with_names
from ui.cli.planned import PlannedName, opened
from ui.cli.scenario_argument import Json, read_scenario

NAME = "divisions"
SUMMARY = N_("Compare la répartition aux partages classiques (prorata, gains égaux, pertes égales, Talmud).")
_RULES = ", ".join(Division)


def run(
    scenario: PlannedName,
    key: Annotated[
        str | None,
        typer.Option(
            metavar=N_("PARTAGE"),
            help=with_names(N_("Fait de ce partage le plan de référence du scénario : {names}."), _RULES),
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar=N_("FICHIER"), help=N_("Où écrire le scénario, avec --key (.yaml, .json, dossier).")),
    ] = None,
    in_json: Json = False,
) -> None:
    """Print the plan beside every division, or write the scenario that follows one."""
    if (key is None) != (out is None):
        raise CommandError(_("--key et --out vont ensemble : le partage à suivre, et le scénario à écrire."))
    if key is not None and out is not None:
        _write_key(scenario, key, out, in_json=in_json)
        return
    with steps() as tell:
        found = opened(scenario, tell)
        allocation = found.plan(tell)
    resolved = found.received.scenario
    capacity, apart = by_capacity(resolved, allocation)
    need = by_need(resolved, allocation)
    if in_json:
        content = {"by_capacity": _reference(capacity), "apart": _apart(apart), "by_need": _reference(need)}
        emit("done", scenario=scenario_header(resolved), **content)
        return
    print_divisions(results(), resolved, capacity, apart, need)


def _write_key(name: str, key: str, out: Path, *, in_json: bool) -> None:
    """Write the scenario as received, its reference replaced by the division of each operation."""
    if key not in set(Division):
        sentence = _("Le partage « {key} » n'existe pas. Partages : {names}.")
        raise CommandError(sentence.format(key=key, names=_RULES))
    division = Division(key)
    with steps() as tell:
        received = read_scenario(name, tell)
        lines = reference_lines(received.scenario, division, key_provenance(division))
        write(received.document.model_copy(update={"references": lines}), out)
    followed = any(goal.kind is GoalKind.REFERENCE_CLOSENESS for goal in received.document.goals)
    if in_json:
        emit("done", scenario=scenario_header(received.scenario), key=key, lines=len(lines), file=str(out))
        return
    console = results()
    say(console, _("Scénario écrit : {path} ({count} lignes de référence).").format(path=out, count=len(lines)))
    if not followed:
        say(console, _("Aucun objectif ne suit la référence : ajoutez « reference_closeness » à ses objectifs."))


def _reference(plan: ReferencePlan) -> dict[str, Any]:
    distances = {str(division): plan.distance(division) for division in Division}
    return {"estate": plan.estate, "distances": distances, "lines": [_line(line) for line in plan.lines]}


def _line(line: SharedLine) -> dict[str, Any]:
    divided = {str(division): line.divided[division] for division in Division}
    return {"code": line.code, "label": line.label, "claim": line.claim, "planned": line.planned, "divided": divided}


def _apart(lines: tuple[Apart, ...]) -> list[dict[str, Any]]:
    return [vars(line) for line in lines]
