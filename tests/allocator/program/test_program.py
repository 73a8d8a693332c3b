"""Rows and columns put together: exact integers, stable names, activities, limits that are not met."""

from dataclasses import replace
from fractions import Fraction
from math import floor
from random import Random

import numpy as np
import pytest

from allocator.compilation import compile_scenario
from allocator.program.frame import Frame, Names
from allocator.program.program import Columns, Holds, Program, Rows, assemble, rows_of
from scenarios.synthetic import committee
from tests.allocator.rules.tiny import scenario


def names(*codes: str) -> Names:
    return np.array(codes, dtype=object)


def ints(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.int64)


def columns(kind: str, *uppers: int, whole: bool = False) -> Columns:
    codes = names(*(str(i) for i in range(len(uppers))))
    flags = np.full(len(uppers), whole)
    return Columns(kind, (codes,), ints(*uppers), ints(*uppers), flags)


def example() -> Program:
    """Build ``2 x0 - x1 <= 5``, ``x0 + 3 y0 = 4`` and an empty row ``0 <= 7``."""
    first = rows_of("r", (names("A", "B"),), [(ints(0), ints(0), 2), (ints(0), ints(1), ints(-1))], ints(5, 7))
    second = rows_of("e", (names("A"), names("Z")), [(ints(0, 0), ints(2, 0), ints(3, 1))], 4, equality=True)
    groups = [columns("x", 10, 20), columns("y", 1, whole=True)]
    return assemble(Frame(scenario()), groups, [first, second])


def test_names_are_made_of_the_family_and_codes() -> None:
    program = example()
    assert program.row_ids() == ["r|A", "r|B", "e|A|Z"]
    assert program.column_ids() == ["x|0", "x|1", "y|0"]
    assert program.shape == (3, 3)


def test_rows_are_compressed_in_order() -> None:
    program = example()
    assert program.start.tolist() == [0, 2, 2, 4]
    assert [list(program.terms(row)) for row in range(3)] == [[(0, 2), (1, -1)], [], [(2, 3), (0, 1)]]
    assert program.limit.tolist() == [5, 7, 4]
    assert program.equality.tolist() == [False, False, True]
    assert (program.upper.tolist(), program.integer.tolist()) == ([10, 20, 1], [False, False, True])
    assert {array.dtype for array in (program.coefficient, program.column, program.limit)} == {np.dtype(np.int64)}


def test_activities_are_exact() -> None:
    program = example()
    assert program.activity(0, [Fraction(1, 3), Fraction(1, 7), 0]) == Fraction(11, 21)
    assert program.activity(1, [1, 2, 3]) == 0
    huge = 5_000_000_000_000
    assert program.activity(0, [huge * 10**6, 1, 0]) == 2 * huge * 10**6 - 1


@pytest.mark.parametrize(
    ("values", "broken"),
    [
        ([1, 0, 1], []),
        ([4, 3, 0], []),
        ([4, Fraction(29, 10), 0], [0]),
        ([1, 0, 0], [2]),
        ([1 + Fraction(1, 10**20), 0, 1], [2]),
        ([7, 8, 0], [0, 2]),
    ],
)
def test_broken_rows_are_found_exactly(values: list[Fraction | int], broken: list[int]) -> None:
    assert example().broken_rows(values) == broken


def test_zero_coefficients_are_left_out_and_one_limit_is_shared() -> None:
    group = rows_of("r", (names("A", "B"),), [(ints(0, 1), ints(0, 1), ints(0, 4))], 9)
    assert (group.row.tolist(), group.column.tolist(), group.coefficient.tolist()) == ([1], [1], [4])
    assert group.limit.tolist() == [9, 9]
    assert (len(group), group.holds, group.equality) == (2, Holds.EXACTLY, False)


def test_nothing_to_put_together() -> None:
    empty = rows_of("r", (names(),), [], 0)
    program = assemble(Frame(scenario()), [columns("x", 1)], [empty])
    assert program.shape == (0, 1)
    assert program.row_ids() == []
    assert program.broken_rows([1]) == []


def test_rows_keep_the_order_of_groups_whatever_the_order_of_their_entries() -> None:
    group = Rows("r", (names("A", "B", "C"),), ints(2, 0, 2), ints(0, 1, 1), ints(7, 8, 9), ints(1, 2, 3))
    program = assemble(Frame(scenario()), [columns("x", 1, 1)], [group])
    assert [list(program.terms(row)) for row in range(3)] == [[(1, 8)], [], [(0, 7), (1, 9)]]


def test_loose_rows_are_never_broken_and_rows_at_their_limit_are_looked_at() -> None:
    """A row within a cent of a limit of billions, on either side, is not called loose; one a thousandth below is."""
    program = compile_scenario(committee(12, partners=5, years=3)).program
    random = Random(3)
    values = [Fraction(random.randint(0, 10**6), 10**6) * upper for upper in program.upper.tolist()]
    limits = [program.activity(row, values) for row in range(len(program.limit))]
    sizes = [sum(abs(a) * values[j] for j, a in program.terms(row)) for row in range(len(limits))]
    exact = np.array([floor(limit) for limit in limits], dtype=np.int64)
    for limit in (exact, exact + 1):
        near = replace(program, limit=limit, equality=np.zeros(len(limit), dtype=np.bool_))
        large = np.array(sizes) > 2 * 10**9
        assert large.any()
        assert not near.loose_rows(values)[large].any()
        broken = set(near.broken_rows(values))
        assert broken == {row for row, activity in enumerate(limits) if activity > limit[row]}
    far = replace(program, limit=exact + np.abs(exact) // 1000 + 1, equality=np.zeros(len(exact), dtype=np.bool_))
    one_sided = np.array([size == abs(limit) for size, limit in zip(sizes, limits, strict=True)])
    assert one_sided.any()
    assert far.loose_rows(values)[one_sided & (exact > 10**6)].all()


def test_excess_is_exact_whatever_the_size_of_values() -> None:
    """Rows added in bulk, rows with a value beyond 64 bits and rows without terms, in any order."""
    program = example()
    tiny = Fraction(1, 10**30)
    for values in ([4, Fraction(29, 10), 0], [tiny, 3, 1], [10**25, 0, Fraction(2, 7)]):
        expected = [program.activity(row, values) - int(program.limit[row]) for row in range(3)]
        assert program.excess(ints(2, 1, 0), values) == expected[::-1]
    assert program.excess(ints(), [1, 1, 1]) == []


def test_columns_out_of_bounds_by_less_than_floating_point_tells() -> None:
    program = example()
    tiny = Fraction(1, 10**30)
    assert program.out_of_bounds([10, 20, 1]) == program.out_of_bounds([0, tiny, 1 - tiny]) == []
    assert program.out_of_bounds([10 + tiny, 20 + tiny, 1 + tiny]) == [0, 1, 2]
    assert program.out_of_bounds([-tiny, 5, Fraction(1, 2)]) == [0]
