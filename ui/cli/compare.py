"""``allocator compare``: one scenario under two laws, who wins, who loses, and the texts responsible."""

from datetime import date
from typing import Annotated

import typer

from allocator.allocation import Allocation
from allocator.reform import NotSameScenarioError, Side, compare_sides, require_same, side, under
from allocator.solve.infeasible import InfeasibleScenarioError, NoWholeCentsError
from scenarios import library
from scenarios.dictionary import HEADER, tables
from scenarios.document import Scenario
from scenarios.formats import read
from scenarios.language import _
from ui.cli.compare_documents import comparison_content
from ui.cli.compare_tables import print_comparison
from ui.cli.console import Steps, messages, results, say, steps
from ui.cli.dates import day
from ui.cli.documents import emit
from ui.cli.failures import CommandError
from ui.cli.scenario_argument import Json, ScenarioName, find_plan

NAME = "compare"
SUMMARY = _("Compare un scénario sous deux droits : qui gagne, qui perd, à l'euro, et quel texte en répond.")


def run(
    scenario: ScenarioName,
    other: Annotated[
        str | None,
        typer.Argument(metavar="[AUTRE]", help=_("Le même scénario sous un autre droit ; rien : le même, à --date2.")),
    ] = None,
    date1: Annotated[
        str | None,
        typer.Option(metavar=_("DATE"), help=_("Date de référence d'avant, à la place de celle du scénario.")),
    ] = None,
    date2: Annotated[
        str | None,
        typer.Option(metavar=_("DATE"), help=_("Date de référence d'après, à la place de celle du scénario.")),
    ] = None,
    in_json: Json = False,
) -> None:
    """Print who wins and who loses. Raises what ``ui.cli.failures`` turns into exit codes."""
    if other in {None, scenario} and date1 is None and date2 is None:
        raise CommandError(_("Donnez un second scénario, ou une date avec --date1 ou --date2."))
    days = [None if text is None else day(text) for text in (date1, date2)]
    with steps() as tell:
        documents = [_document(name, on, tell) for name, on in zip((scenario, other or scenario), days, strict=True)]
        _require_same(*documents)
        before = _side(documents[0], _("avant"), tell)
        after = _side(documents[1], _("après"), tell)
    found = compare_sides(before, after)
    if in_json:
        emit("done", **comparison_content(found))
        return
    print_comparison(results(), found)


def _document(name: str, on: date | None, tell: Steps) -> Scenario:
    tell(_("Lecture du scénario"))
    document = read(library.find(name))
    return document if on is None else under(document, reference_date=on)


def _require_same(scenario: Scenario, other: Scenario) -> None:
    """Raise CommandError when more than the law differs, and say what."""
    try:
        require_same(scenario, other)
    except NotSameScenarioError as error:
        known = tables()
        columns = {column.name: column.meaning for column in known[HEADER].columns}
        names = ", ".join(_(known[name].meaning if name in known else columns[name]) for name in error.tables)
        sentence = _(
            "Les deux scénarios ne diffèrent pas que par le droit : {names}. Seuls peuvent différer le titre, le code, "
            "la date de référence, les recueils, les dates de décision et les classes des communes."
        )
        raise CommandError(sentence.format(names=names)) from None


def _side(scenario: Scenario, name: str, tell: Steps) -> Side:
    """Allocate under one law; when it cannot be, say which one."""

    def plan(resolved: Scenario) -> Allocation:
        return find_plan(resolved, lambda stage: tell(f"{name} · {stage}"))

    try:
        return side(scenario, plan)
    except (InfeasibleScenarioError, NoWholeCentsError):
        say(messages(), _("Sous le droit d'{name} ({day}) :").format(name=name, day=scenario.reference_date))
        raise
