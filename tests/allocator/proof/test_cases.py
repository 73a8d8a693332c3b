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


def stage(coefficient: Any = 1, other: Any = None) -> Stage:
    objective = {"column": [0, 1], "coefficient": [coefficient, other or coefficient]}
    numbers = {"best": coefficient, "kept": coefficient, "value": coefficient}
    return Stage({"goal": "goal", "level": 0, "sense": "max", "objective": objective, **numbers}, 2)


def draw() -> Stage:
    """Return a tie-break that does not tell x from y."""
    objective = {"column": [0, 1], "coefficient": [1, 1]}
    numbers = {"best": None, "kept": None, "value": None}
    return Stage({"goal": "tie_break", "level": 0, "sense": "max", "objective": objective, **numbers}, 2)


def gap(stage: Stage, nodes: list[dict[str, Any]]) -> Fraction:
    return tree_gap(program(), [stage], 0, nodes, [1, 0])[0]


def leaf(multiplier: Any, *, empty: bool = False) -> dict[str, Any]:
    rows = {"row": [0] if multiplier else [], "multiplier": [multiplier] if multiplier else []}
    return {"rows": rows, "stages": {"stage": [], "multiplier": []}, "empty": empty}


SPLIT: dict[str, Any] = {"column": 0, "at_most": 0}


def test_a_whole_objective_reaches_whole_values_only() -> None:
    assert gap(stage(), [leaf("1/2")]) == 0


@pytest.mark.parametrize(("coefficient", "multiplier"), [(10, 5), ("1/2", "1/4"), ("2/3", "1/3")])
def test_a_whole_objective_climbs_by_steps(coefficient: Any, multiplier: Any) -> None:
    # 3/2 of the coefficient for the relaxation: the next value is twice the coefficient.
    assert gap(stage(coefficient), [leaf(multiplier)]) == 0


def test_small_steps_need_their_cases() -> None:
    # x/2 + y/3 climbs by 1/6: the relaxation allows 2/3, whole columns 1/2.
    uneven = stage("1/2", "1/3")
    assert gap(uneven, [leaf("1/6")]) == Fraction(1, 6)
    # x = 0: y brings 1/3. x = 1: y has room for half of it, worth 1/6, until it is split too.
    assert gap(uneven, [SPLIT, leaf(0), leaf("1/6")]) == Fraction(1, 6)
    both = [SPLIT, leaf(0), {"column": 1, "at_most": 0}, leaf(0), leaf(1, empty=True)]
    assert gap(uneven, both) == 0


def test_another_selection_as_good_is_a_rival() -> None:
    nodes = [SPLIT, {"column": 1, "at_most": 0}, leaf(0), leaf(0), {"column": 1, "at_most": 0}, leaf(0)]
    assert tree_gap(program(), [draw()], 0, [*nodes, leaf(1, empty=True)], [1, 0]) == (0, True)


def test_a_case_that_is_not_all_decided_may_hold_a_rival() -> None:
    assert tree_gap(program(), [stage()], 0, [leaf("1/2")], [1, 0]) == (0, True)


def test_no_rival_where_every_other_case_is_worse() -> None:
    nodes = [SPLIT, leaf(0), {"column": 1, "at_most": 0}, leaf(0), leaf(1, empty=True)]
    assert tree_gap(program(), [stage("1/2", "1/3")], 0, nodes, [1, 0]) == (0, False)


def test_a_case_with_a_plan_is_not_empty() -> None:
    with pytest.raises(Refusal, match="non vide"):
        gap(stage(), [SPLIT, leaf(0), leaf(1, empty=True)])


def test_no_case_is_left_out() -> None:
    with pytest.raises(Refusal, match="oubliés"):
        gap(stage(), [SPLIT, leaf(0)])


@pytest.mark.parametrize("split", [{"column": 0, "at_most": 1}, {"column": -1, "at_most": 0}])
def test_cases_that_overlap_are_refused(split: dict[str, int]) -> None:
    with pytest.raises(Refusal, match="mal séparés"):
        gap(stage(), [split, leaf(0), leaf(0)])


def test_cut_between_whole_numbers_would_leave_one_out() -> None:
    # At most 0.5, then at least 1.5: x = 1 would be in neither case.
    with pytest.raises(Refusal, match="mal séparés"):
        gap(stage(), [{"column": 0, "at_most": 0.5}, leaf(0), leaf(0)])
