"""Changes and conflicts in words: table, row and column, then what they hold."""

from scenarios.changes.change import ORDER, ORDERED, CellChanged, Change, RowAdded
from scenarios.changes.merging import Conflict
from scenarios.document.keys import Key
from scenarios.language import _
from scenarios.wording import shown


def sentence(change: Change) -> str:
    """Say a change in one line."""
    if isinstance(change, CellChanged):
        place = place_of(change.table, change.key, change.column)
        return _("{place} : {before} → {after}").format(
            place=place, before=shown(change.before), after=shown(change.after)
        )
    place = place_of(change.table, change.key, "")
    return (_("{place} : ajoutée") if isinstance(change, RowAdded) else _("{place} : retirée")).format(place=place)


def conflict_sentence(conflict: Conflict) -> str:
    """Say a conflict in one line."""
    return _("{place} : {base} au départ, {ours} d'un côté, {theirs} de l'autre").format(
        place=place_of(conflict.table, conflict.key, conflict.column),
        base=shown(conflict.base), ours=shown(conflict.ours), theirs=shown(conflict.theirs),
    )  # fmt: skip


def place_of(table: str, key: Key, column: str) -> str:
    """Say where a change stands."""
    if (table, column) == (ORDERED, ORDER):
        return _("ordre des objectifs")
    parts = [_("table « {table} »").format(table=table)] if table else []
    if any(key):
        parts.append(_("ligne « {key} »").format(key=" · ".join(filter(None, key))))
    if column:
        parts.append((_("colonne « {column} »") if table else _("champ « {column} »")).format(column=column))
    return ", ".join(parts)
