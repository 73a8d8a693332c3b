"""Amendments: what a new version changes in the agreements signed under another."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from allocator.allocation import Allocation
from reports import amendment
from reports.charts.table import Cell, Column, Table, Unit, table_of
from reports.layout.figures import Figures
from reports.layout.pair import Pair
from reports.layout.workbook import file_name
from scenarios.document import Scenario
from scenarios.language import _
from ui.desk.agreements import Written
from ui.desk.desk import Desk
from ui.desk.versions import Current, history
from ui.desk.workbooks import zip_of
from ui.plan import Plan
from ui.roles import Action
from ui.solving.tasks import Call
from ui.solving.ticket import Ticket
from ui.words import moment

_Side = tuple[Scenario, Allocation]


def signed_versions(desk: Desk, opened: Current) -> dict[str, str]:
    """Name the versions before the one opened, by number, the last first: one of them was signed."""
    desk.require(Action.READ)
    return {
        str(one.number): _("version {number} du {time} : {reason}").format(
            number=one.number, time=moment(one.time), reason=one.reason
        )
        for one in history(desk, opened.dossier)
        if one.number < opened.version.number
    }


def changes(before: Plan, after: Plan) -> Table:
    """Return the projects to amend, with what is committed before and after; empty when no agreement changes.

    Raises CurrencyMismatchError.
    """
    pair = Pair(before.figures, after.figures)
    rows: list[tuple[Cell, ...]] = []
    for code in amendment.amended_projects(pair):
        sums = [
            sum(cents for (operation, _partner), cents in side.committed.items()
                if side.index.operations[operation].project == code)
            for side in pair.sides
        ]  # fmt: skip
        rows.append((code, after.figures.index.projects[code].label, *sums, sums[1] - sums[0]))
    columns = (
        Column(_("Projet")), Column(_("Intitulé")), Column(_("Engagé, signé"), Unit.AMOUNT),
        Column(_("Engagé, nouveau"), Unit.AMOUNT), Column(_("Écart"), Unit.AMOUNT),
    )  # fmt: skip
    return table_of(_("Conventions à amender"), columns, rows, *pair.sides)


def ask_amendments(desk: Desk, before: Plan, after: Plan, effect: date | None) -> Ticket[Written]:
    """Ask for the zip of the amendments of every project that changes; ``effect``: from which day they hold."""
    desk.require(Action.EXPORT)
    sides = [(plan.scenario, plan.allocation) for plan in (before, after)]
    return desk.queue.submit(desk.session, Call(amendments, (*sides, effect), tells=True))


def amendments(before: _Side, after: _Side, effect: date | None, tell: Callable[[str], None]) -> Written:
    """Write the amendments, in a worker."""
    pair = Pair(Figures(*before), Figures(*after))
    plans = [side.allocation for side in pair.sides]

    def write(folder: Path, told: Callable[[str], None]) -> list[Path]:
        paths = []
        for code in amendment.amended_projects(pair):
            told(_("Avenant du projet {code}").format(code=code))
            paths.append(folder / file_name("avenant", code, plans=plans))
            amendment.write(pair, code, paths[-1], effect)
        return paths

    name = file_name("avenants", plans=plans).replace(".xlsx", ".zip")
    return Written(name, zip_of(write, tell))
