"""The columns that name a row of each table: how two versions of a row recognise one another."""

from scenarios.document.record import Record

Key = tuple[str, ...]
"""Texts of the naming columns of a row, in order; an empty cell is an empty text."""

UNIQUE: dict[str, tuple[str, ...]] = {
    "goals": ("kind",),
    "pools": ("code",),
    "partners": ("code",),
    "communes": ("code",),
    "equalisation": ("indicator",),
    "projects": ("code",),
    "profiles": ("profile", "offset"),
    "operations": ("code",),
    "eligibilities": ("operation", "partner"),
    "budgets": ("holder", "year"),
    "envelopes": ("code",),
    "rules": ("code",),
    "rulebooks": ("rulebook", "partner", "entry"),
    "derogations": ("rule", "operation", "project"),
    "locks": ("operation", "partner", "sense"),
    "plans": ("operation", "partner", "year"),
    "references": ("operation", "partner"),
    "decisions": ("operation", "partner", "day"),
}
"""Naming columns of the tables where two rows never bear the same key; a valid scenario has none that do."""

REPEATED: dict[str, tuple[str, ...]] = {
    "decommitments": ("holder", "year"),
    "loans": ("operation", "partner"),
    "past_aids": ("partner", "day"),
}
"""Naming columns of the tables where several rows may bear the same key: two loans of one bank to one operation."""

KEYS = {**UNIQUE, **REPEATED}


def key_of(table: str, row: Record) -> Key:
    """Return the key of a row of ``table``, in the texts of files."""
    values = (getattr(row, column) for column in KEYS[table])
    return tuple("" if value is None else str(value) for value in values)
