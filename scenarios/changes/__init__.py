"""An edit of a scenario as a list of changes: made, undone, merged, told, and read back from JSON."""

from scenarios.changes.applying import apply, rows_after
from scenarios.changes.change import (
    ORDER,
    ORDERED,
    CellChanged,
    Change,
    RowAdded,
    RowRemoved,
    from_json,
    inverse,
    to_json,
)
from scenarios.changes.differing import difference
from scenarios.changes.merging import Conflict, Merged, merge, settle
from scenarios.changes.words import conflict_sentence, place_of, sentence

__all__ = [
    "ORDER", "ORDERED", "CellChanged", "Change", "Conflict", "Merged", "RowAdded", "RowRemoved",
    "apply", "conflict_sentence", "difference", "from_json", "inverse", "merge", "place_of", "rows_after", "sentence",
    "settle", "to_json",
]  # fmt: skip
