"""``allocator compare``: two scenarios, two signed plans or two laws: what differs, who wins and who loses."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from allocator.allocation import Allocation
from allocator.comparison.sides import Comparison, Side, compare_sides
from allocator.reform import under
from allocator.solve.infeasible import InfeasibleScenarioError, NoWholeCentsError
from reports.comparisons import write_all
from reports.layout.figures import Figures
from reports.layout.pair import Pair
from scenarios.language import N_, _
from scenarios.rulebooks import NO_RULEBOOKS
from ui.cli.compare_documents import comparison_content
from ui.cli.compare_tables import print_comparison
from ui.cli.console import Steps, messages, results, say, steps
from ui.cli.dates import day
from ui.cli.documents import emit
from ui.cli.failures import CommandError
from ui.cli.planned import Opened, PlannedName, opened
from ui.cli.scenario_argument import Json
from ui.compared import currencies_sentence
from ui.received import resolved

NAME = "compare"
SUMMARY = N_(
    "Compare deux scénarios, deux plans, ou un scénario sous deux droits : qui gagne, qui perd, ce qui diffère."
)


def run(
    scenario: PlannedName,
    other: Annotated[
        str | None,
        typer.Argument(metavar=N_("[AUTRE]"), help=N_("L'autre scénario ou l'autre plan ; rien : le même, à --date2.")),
    ] = None,
    date1: Annotated[
        str | None,
        typer.Option(metavar=N_("DATE"), help=N_("Date de référence d'avant, à la place de celle du scénario.")),
    ] = None,
    date2: Annotated[
        str | None,
        typer.Option(metavar=N_("DATE"), help=N_("Date de référence d'après, à la place de celle du scénario.")),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar=N_("DOSSIER"), help=N_("Dossier où écrire la comparaison et les avenants (Excel).")),
    ] = None,
    effect: Annotated[
        str | None, typer.Option(metavar=N_("DATE"), help=N_("Date d'effet des avenants ; rien : à compléter."))
    ] = None,
    in_json: Json = False,
) -> None:
    """Print who wins and who loses, and write the workbooks when a folder is given.

    Raises what ``ui.cli.failures`` turns into exit codes.
    """
    if other in {None, scenario} and date1 is None and date2 is None:
        raise CommandError(_("Donnez un second scénario, ou une date avec --date1 ou --date2."))
    if effect is not None and out is None:
        raise CommandError(_("--effect date les avenants : donnez aussi --out, le dossier où les écrire."))
    days = [None if text is None else day(text) for text in (date1, date2, effect)]
    with steps() as tell:
        sides = [_opened(name, on, tell) for name, on in zip((scenario, other or scenario), days[:2], strict=True)]
        _require_one_currency(sides)
        found = compare_sides(*_sides(sides, tell))
        files = [] if out is None else _workbooks(sides, found, out, days[2], tell)
    if in_json:
        emit("done", **comparison_content(found), files=[str(path) for path in files])
        return
    print_comparison(results(), found)
    if out is not None:
        _tell_files(files, out)


def _opened(name: str, on: date | None, tell: Steps) -> Opened:
    """Read one side, at another reference date when one is given."""
    side = opened(name, tell)
    if on is None:
        return side
    if side.allocation is not None:
        sentence = _("{name} est un plan déjà calculé : sa date de référence ne se change pas. Donnez le scénario.")
        raise CommandError(sentence.format(name=name))
    return Opened(resolved(under(side.received.document, reference_date=on)))


def _require_one_currency(sides: list[Opened]) -> None:
    before, after = (side.received.scenario.currency for side in sides)
    if before != after:
        raise CommandError(currencies_sentence(before, after))


def _sides(sides: list[Opened], tell: Steps) -> list[Side]:
    """Find both plans. Beside a plan already computed, whose rulebooks are resolved, the other side is resolved too."""
    as_received = all(side.allocation is None for side in sides)
    found = []
    for name, side in zip((_("avant"), _("après")), sides, strict=True):
        scenario = side.received.document if as_received else side.received.scenario
        law = side.received.law if as_received else NO_RULEBOOKS
        found.append(Side(scenario, law.lines, law.digest, _plan(name, side, tell)))
    return found


def _plan(name: str, side: Opened, tell: Steps) -> Allocation:
    """Find the plan of one side; when there is none, say of which."""
    try:
        return side.plan(lambda stage: tell(f"{name} · {stage}"))
    except (InfeasibleScenarioError, NoWholeCentsError):
        scenario = side.received.scenario
        sentence = _("Il n'existe pas de plan d'{name} ({code}, droit du {day}) :")
        say(messages(), sentence.format(name=name, code=scenario.code, day=scenario.reference_date))
        raise


def _workbooks(sides: list[Opened], found: Comparison, out: Path, effect: date | None, tell: Steps) -> list[Path]:
    """Write the workbooks: both scenarios with their rules in force, and the plans compared."""
    allocations = (found.before.allocation, found.after.allocation)
    pair = Pair(*(Figures(side.received.scenario, plan) for side, plan in zip(sides, allocations, strict=True)))
    return write_all(pair, out, tell, effect)


def _tell_files(files: list[Path], out: Path) -> None:
    console = results()
    if not files:
        console.print("\n" + _("Aucun montant ne change : aucun classeur n'est écrit."))
        return
    console.print("\n" + _("{count} classeurs écrits dans {folder} :").format(count=len(files), folder=out))
    for path in files:
        console.print(f"  {path.name}")
