"""The two exact ways agree, on programs whose answer is known and on many drawn at random."""

from fractions import Fraction
from random import Random

import pytest

from tests.allocator.oracle.exact_lp import Optimum, Row, Terms, best_corner, lexicographic_maximum


def terms(*weights: int) -> Terms:
    return {j: Fraction(weight) for j, weight in enumerate(weights) if weight}


def row(limit: int, *weights: int, equality: bool = False) -> Row:
    return Row(terms(*weights), Fraction(limit), equality)


def test_a_program_solved_by_hand() -> None:
    # 3x + y <= 6 and x + 3y <= 6 cross at (3/2, 3/2), the best for x + y.
    rows = [row(6, 3, 1), row(6, 1, 3)]
    expected = Optimum((Fraction(3),), (Fraction(3, 2), Fraction(3, 2)), unique=True)
    assert lexicographic_maximum(rows, [terms(1, 1)], 2) == expected
    assert best_corner(rows, [terms(1, 1)], 2) == expected


def test_the_second_goal_chooses_among_the_best_for_the_first() -> None:
    rows = [row(4, 1, 1), row(3, 0, 1)]
    expected = Optimum((Fraction(4), Fraction(3)), (Fraction(1), Fraction(3)), unique=True)
    assert lexicographic_maximum(rows, [terms(1, 1), terms(0, 1)], 2) == expected
    assert best_corner(rows, [terms(1, 1), terms(0, 1)], 2) == expected


def test_a_whole_edge_of_best_points_is_not_unique() -> None:
    rows = [row(4, 1, 1)]
    for found in (lexicographic_maximum(rows, [terms(1, 1)], 2), best_corner(rows, [terms(1, 1)], 2)):
        assert found is not None
        assert (found.values, found.unique) == ((Fraction(4),), False)


def test_rows_that_contradict_each_other_have_no_plan() -> None:
    rows = [row(4, 1, 1), row(-5, -1, -1)]
    assert lexicographic_maximum(rows, [terms(1)], 2) is None
    assert best_corner(rows, [terms(1)], 2) is None


def test_equalities_that_repeat_each_other_are_harmless() -> None:
    rows = [row(4, 1, 1, equality=True), row(8, 2, 2, equality=True), row(3, 1)]
    found = lexicographic_maximum(rows, [terms(1)], 2)
    assert found == Optimum((Fraction(3),), (Fraction(3), Fraction(1)), unique=True)


@pytest.mark.parametrize("seed", range(150))
def test_pivots_and_corners_agree(seed: int) -> None:
    random = Random(seed)
    width = random.choice((2, 3, 3, 4))
    rows = [Row({j: Fraction(1) for j in range(width)}, Fraction(random.randint(1, 9)))]
    for _ in range(random.randint(1, 4)):
        weights = [random.choice((-2, -1, 0, 0, 1, 1, 2, 3)) for _ in range(width)]
        rows.append(row(random.randint(-2, 6), *weights, equality=random.random() < 0.15))
    goals = [terms(*(random.randint(-1, 2) for _ in range(width))) for _ in range(random.randint(1, 3))]
    found, expected = lexicographic_maximum(rows, goals, width), best_corner(rows, goals, width)
    assert (found is None) == (expected is None)
    if found is not None and expected is not None:
        assert (found.values, found.unique) == (expected.values, expected.unique)
        assert found.point == expected.point or not found.unique
