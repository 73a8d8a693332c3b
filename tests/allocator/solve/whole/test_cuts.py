"""Cuts: by hand, then against every selection of rows drawn at random; highest sums at a limit and around it."""

from itertools import product
from random import Random

import numpy as np
import pytest

from allocator.compilation import compile_scenario
from allocator.program.scaling import scale
from allocator.solve.whole.cuts import Choice, attained, choices, rounded, separated
from allocator.solve.whole.rows import SearchRows
from tests.allocator.oracle.knapsack import capital_budget


def selections(choice: Choice) -> list[dict[int, int]]:
    """Return every selection that meets a row."""
    columns = sorted(choice.terms)
    every = (dict(zip(columns, values, strict=True)) for values in product((0, 1), repeat=len(columns)))
    return [selection for selection in every if weight(choice, selection) <= choice.limit]


def weight(choice: Choice, selection: dict[int, int]) -> int:
    return sum(number * selection[column] for column, number in choice.terms.items())


def drawn(seed: int) -> Choice:
    random = Random(seed)
    terms = {column: random.choice((-1, 1, 1, 1)) * random.randint(1, 40) for column in range(random.randint(2, 8))}
    return Choice(terms, random.randint(-10, 90))


def test_two_of_three_operations_beyond_the_budget() -> None:
    assert rounded(Choice({0: 3, 1: 3, 2: 3}, 5), 3, set()) == Choice({0: 1, 1: 1, 2: 1}, 1)


def test_a_decision_turned_round() -> None:
    # 5 x + 3 y <= 6 with x = 1 - z: 3 y - 5 z <= 1, and a divisor of 3 gives 2 y - 4 z <= 0, that is 4 x + 2 y <= 4.
    assert rounded(Choice({0: 5, 1: 3}, 6), 3, {0}) == Choice({0: 4, 1: 2}, 4)


@pytest.mark.parametrize("seed", range(200))
def test_no_selection_is_cut_off(seed: int) -> None:
    choice, random = drawn(seed), Random(seed)
    kept = selections(choice)
    for divisor in {abs(number) for number in choice.terms.values()} | {2, 7}:
        turned = {column for column in choice.terms if random.random() < 0.5}
        cut = rounded(choice, divisor, turned)
        assert all(sum(n * selection[j] for j, n in cut.terms.items()) <= cut.limit for selection in kept)


@pytest.mark.parametrize("seed", range(200))
def test_the_highest_sum_is_attained(seed: int) -> None:
    choice = drawn(seed)
    kept = selections(choice)
    found = list(attained([choice], np.zeros(8), np.ones(8)))
    if found and kept:
        assert found[0].terms == choice.terms
        assert found[0].limit == max(weight(choice, selection) for selection in kept) < choice.limit
    elif kept and sum(number for number in choice.terms.values() if number > 0) > choice.limit:
        assert max(weight(choice, selection) for selection in kept) == choice.limit


@pytest.mark.parametrize(("limit", "highest"), [(15, None), (16, None), (17, 16), (20, 16), (21, None)])
def test_highest_sums_around_a_limit(limit: int, highest: int | None) -> None:
    found = list(attained([Choice({0: 6, 1: 10, 2: 15}, limit)], np.zeros(3), np.ones(3)))
    assert [choice.limit for choice in found] == ([] if highest is None else [highest])


def test_decisions_already_taken_count() -> None:
    choice = Choice({0: 6, 1: 10, 2: 15}, 21)
    (found,) = attained([choice], np.array([0.0, 1.0, 0.0]), np.ones(3))
    assert found.limit == 16


def test_a_budget_is_read_as_a_choice_of_operations() -> None:
    compilation = compile_scenario(capital_budget("C", [5, 3, 2], [[10, 9, 7]], [18]))
    rows = SearchRows(scale(compilation.program), ())
    whole = np.flatnonzero(compilation.program.integer).tolist()
    assert Choice(dict(zip(whole, (10, 9, 7), strict=True)), 18) in choices(rows)


def test_a_relaxation_beyond_a_cut_is_cut_off() -> None:
    choice, values = Choice({0: 3, 1: 3, 2: 3}, 5), np.array([1.0, 2 / 3, 0.0])
    found = separated([choice], values)
    assert found
    assert all(
        sum(float(n) * values[j] for j, n in zip(cut.measure.column.tolist(), cut.measure.coefficient, strict=True))
        > cut.limit
        for cut in found
    )
    assert separated([choice], np.array([1.0, 0.0, 0.0])) == []
