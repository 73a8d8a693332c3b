"""A basis carried from one program to another that is near it: what has the same name keeps its place."""

from collections.abc import Iterator, Sequence

import highspy

from allocator.program.frame import Names
from allocator.program.program import Program

Named = tuple[str, tuple[Names, ...]]
"""Kind of a group and the names in it."""


def carried(bases: Sequence[highspy.HighsBasis], program: Program, other: Program) -> tuple[highspy.HighsBasis, ...]:
    """Return bases of a program as bases of another. What only the other has is left free of the plan.

    A column that is new is at its lower bound, a row that is new does not bind; the engine completes the rest.
    """
    columns, rows = _places(_columns(program), _columns(other)), _places(_rows(program), _rows(other))
    return tuple(_moved(basis, columns, rows) for basis in bases)


def _moved(basis: highspy.HighsBasis, columns: list[int], rows: list[int]) -> highspy.HighsBasis:
    moved, (at_column, at_row) = highspy.HighsBasis(), (list(basis.col_status), list(basis.row_status))
    moved.col_status = [at_column[place] if place >= 0 else highspy.HighsBasisStatus.kLower for place in columns]
    moved.row_status = [at_row[place] if place >= 0 else highspy.HighsBasisStatus.kBasic for place in rows]
    moved.valid = moved.alien = True
    return moved


def _columns(program: Program) -> list[Named]:
    return [(group.kind, group.names) for group in program.column_groups]


def _rows(program: Program) -> list[Named]:
    return [(group.family, group.names) for group in program.row_groups]


def _places(before: list[Named], after: list[Named]) -> list[int]:
    """Return the former place of everything, -1 for what is new."""
    known = {name: place for place, name in enumerate(_names(before))}
    return [known.get(name, -1) for name in _names(after)]


def _names(groups: list[Named]) -> Iterator[tuple[object, ...]]:
    for kind, names in groups:
        for parts in zip(*names, strict=True):
            yield kind, *parts
