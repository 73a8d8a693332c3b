"""Trees of cases, by hand: 2x + 2y <= 3 in whole numbers gives 1, where its relaxation allows 3/2."""

from fractions import Fraction
from typing import Any

import pytest

from allocator.proof.verifier.bounds import Stage
from allocator.proof.verifier.exact import Program
from allocator.proof.verifier.trees import tree_gap
from allocator.proof.verifier.verdict import Refusal


def program(limit: int = 3) -> Program:
    columns = {"id": ["x", "y"], "upper": [1, 1], "integer": [1, 1]}
    rows = {
        "id": ["r"], "sense": ["<="], "limit": [limit], "holds": ["exactly"], "start": [0, 2], "column": [0, 1],
        "coefficient": [2, 2],
    }  # fmt: skip
    return Program({"columns": columns, "rows": rows})


def stage(coefficient: Any = 1) -> Stage:
    objective = {"column": [0, 1], "coefficient": [coefficient, coefficient]}
    numbers = {"best": coefficient, "kept": coefficient, "value": coefficient}
    return Stage({"goal": "goal", "level": 0, "sense": "max", "objective": objective, **numbers}, 2)


def leaf(multiplier: Any, *, empty: bool = False) -> dict[str, Any]:
    rows = {"row": [0] if multiplier else [], "multiplier": [multiplier] if multiplier else []}
    return {"rows": rows, "stages": {"stage": [], "multiplier": []}, "empty": empty}


def test_a_whole_objective_reaches_whole_values_only() -> None:
    assert tree_gap(program(), [stage()], 0, [leaf("1/2")]) == 0


def test_a_fractional_objective_needs_its_cases() -> None:
    half = stage("1/2")
    assert tree_gap(program(), [half], 0, [leaf("1/4")]) == Fraction(1, 4)
    split = {"column": 0, "at_most": 0}
    # x = 0: half of y at most. x = 1: y has room for 1/2, worth 1/4, until it is split too.
    assert tree_gap(program(), [half], 0, [split, leaf(0), leaf("1/4")]) == Fraction(1, 4)
    both = [split, leaf(0), {"column": 1, "at_most": 0}, leaf(0), leaf(1, empty=True)]
    assert tree_gap(program(), [half], 0, both) == 0


def test_a_case_with_a_plan_is_not_empty() -> None:
    split = {"column": 0, "at_most": 0}
    with pytest.raises(Refusal, match="non vide"):
        tree_gap(program(), [stage()], 0, [split, leaf(0), leaf(1, empty=True)])


def test_no_case_is_left_out() -> None:
    with pytest.raises(Refusal, match="oubliés"):
        tree_gap(program(), [stage()], 0, [{"column": 0, "at_most": 0}, leaf(0)])


@pytest.mark.parametrize("split", [{"column": 0, "at_most": 1}, {"column": -1, "at_most": 0}])
def test_cases_that_overlap_are_refused(split: dict[str, int]) -> None:
    with pytest.raises(Refusal, match="mal séparés"):
        tree_gap(program(), [stage()], 0, [split, leaf(0), leaf(0)])
