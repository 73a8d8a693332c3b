"""Versions of scenarios side by side: which ones can be, what differs, and the workbooks of the comparison."""

from collections.abc import Callable, Sequence

from allocator.allocation import Allocation
from allocator.comparison.sides import Comparison, Side, compare_sides
from reports.comparisons import write_all
from reports.layout.figures import Figures
from reports.layout.pair import Pair
from scenarios.document import Scenario
from scenarios.language import _
from scenarios.store import UnknownError
from ui.desk.desk import Desk
from ui.desk.versions import Current, current, history
from ui.desk.workbooks import zip_of
from ui.plan import Plan
from ui.roles import Action
from ui.solving.tasks import Call
from ui.solving.ticket import Ticket
from ui.words import moment

_MARK = "@"


def place_of(opened: Current) -> str:
    """Name a version as an address does: ``dossier@number``."""
    return f"{opened.dossier}{_MARK}{opened.version.number}"


def places(desk: Desk, opened: Current) -> dict[str, str]:
    """Name what can be compared: the versions of the dossier opened, the last first, and the last of each other."""
    desk.require(Action.READ)
    versions = history(desk, opened.dossier)
    heads = [one.head for one in desk.dossiers() if one.name != opened.dossier]
    return {
        f"{one.dossier}{_MARK}{one.number}": _("{name}, version {number} du {time} : {reason}").format(
            name=one.dossier, number=one.number, time=moment(one.time), reason=one.reason
        )
        for one in (*versions, *heads)
    }


def called(sides: Sequence[Current]) -> tuple[str, ...]:
    """Give the short name of each version: by its number alone when all are of one dossier."""
    alone = len({one.dossier for one in sides}) == 1
    return tuple(
        _("version {number}").format(number=one.version.number)
        if alone
        else _("{name}, version {number}").format(name=one.dossier, number=one.version.number)
        for one in sides
    )


def open_place(desk: Desk, place: str) -> Current:
    """Open a version by its place. Raises UnknownError, ScenarioError."""
    desk.require(Action.READ)
    name, _mark, number = place.rpartition(_MARK)
    if not number.isdecimal():
        raise UnknownError(_("« {place} » ne désigne aucune version.").format(place=place))
    return current(desk, name, int(number))


def compared(before: Side, after: Side) -> Comparison:
    """Compare two sides, in a worker. Raises CurrencyMismatchError."""
    return compare_sides(before, after)


def ask_comparison(desk: Desk, before: tuple[Current, Plan], after: tuple[Current, Plan]) -> Ticket[Comparison]:
    """Ask what differs between two versions whose plans are known: inputs, law, results."""
    desk.require(Action.READ)
    return desk.queue.submit(desk.session, Call(compared, (_side(*before), _side(*after))))


def ask_comparison_workbooks(desk: Desk, before: Plan, after: Plan) -> Ticket[bytes]:
    """Ask for the zip of the comparison workbook and of the amendments; it is empty when no amount changes."""
    desk.require(Action.EXPORT)
    sides = [(plan.scenario, plan.allocation) for plan in (before, after)]
    return desk.queue.submit(desk.session, Call(zipped_comparison, tuple(sides), tells=True))


def zipped_comparison(
    before: tuple[Scenario, Allocation], after: tuple[Scenario, Allocation], tell: Callable[[str], None]
) -> bytes:
    """Return the zip, in a worker."""
    pair = Pair(Figures(*before), Figures(*after))
    return zip_of(lambda folder, told: write_all(pair, folder, told), tell)


def _side(opened: Current, plan: Plan) -> Side:
    return Side(opened.document, opened.law.lines, opened.law.digest, plan.allocation)
