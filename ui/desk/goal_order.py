"""The goals in order, as staged edits: one moved, added, removed."""

from scenarios.changes import ORDER, ORDERED, CellChanged, RowAdded
from scenarios.dictionary import tables
from scenarios.document import GoalKind
from scenarios.store import Draft
from ui.desk.desk import Desk
from ui.desk.edits import stage
from ui.desk.grids import row_changes
from ui.desk.staged import rows
from ui.roles import Action


def goals(desk: Desk, found: Draft) -> tuple[dict[str, str], ...]:
    """Return the goals with what is staged, from the first to the last."""
    desk.require(Action.READ)
    return rows(desk, found, ORDERED)


def move_goal(desk: Desk, found: Draft, place: int, step: int) -> Draft:
    """Stage the exchange of a goal with the one ``step`` places further. Raises IndexError past an end."""
    desk.require(Action.EDIT)
    order = [goal["kind"] for goal in goals(desk, found)]
    if not 0 <= place + step < len(order):
        raise IndexError(place + step)
    before = "|".join(order)
    order[place], order[place + step] = order[place + step], order[place]
    return stage(desk, found.dossier, [CellChanged(ORDERED, (), ORDER, before, "|".join(order))])


def add_goal(desk: Desk, found: Draft, kind: GoalKind) -> Draft:
    """Stage a goal after the others."""
    desk.require(Action.EDIT)
    return stage(desk, found.dossier, [RowAdded(ORDERED, (kind.value,), (("kind", kind.value),))])


def remove_goal(desk: Desk, found: Draft, place: int) -> Draft:
    """Stage the removal of a goal."""
    desk.require(Action.EDIT)
    return stage(desk, found.dossier, tuple(row_changes(tables()[ORDERED], goals(desk, found)[place], None)))
