"""Members settled at a level of equality, and what whole cents change, as the verifier says them."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from allocator.proof.verifier import OK, REFUTED
from allocator.proof.verifier.bounds import Stage
from allocator.proof.verifier.exact import Program
from allocator.proof.verifier.levels import say_cents, settled
from allocator.proof.verifier.verdict import Verdict
from scenarios.document import Goal, GoalKind
from scenarios.synthetic import committee
from tests.allocator.proof.test_verifier import Files, changed, proven, said, states, verdicts


@pytest.fixture(scope="module")
def equal() -> Files:
    """Return the files of a proven committee whose partners share the effort after the most cost is funded."""
    goals = Goal(kind=GoalKind.FUNDED_COST), Goal(kind=GoalKind.EQUAL_EFFORT)
    return proven(committee(12, partners=6, years=4, seed=3).model_copy(update={"goals": goals}))


def test_members_are_counted(equal: Files, tmp_path: Path) -> None:
    found = verdicts(equal, tmp_path)
    assert states(found) == [OK, OK, OK]
    assert "démontré(s) à leur meilleur taux" in said(found)


def level_program() -> Program:
    """Return level <= a, level <= b at level 1, then level <= b alone at level 2."""
    columns = {"id": ["a", "b", "level1", "level2"], "upper": [2, 5, 9, 9], "integer": [0, 0, 0, 0]}
    rows = {
        "id": ["effort|A|1", "effort|B|1", "effort|B|2"], "sense": ["<="] * 3, "limit": [0, 0, 0],
        "holds": ["by definition"] * 3, "start": [0, 2, 4, 6], "column": [0, 2, 1, 2, 1, 3],
        "coefficient": [-1, 1, -1, 1, -1, 1],
    }  # fmt: skip
    return Program({"columns": columns, "rows": rows})


def stage(goal: str, level: int, column: int, value: Any) -> Stage:
    objective = {"column": [column], "coefficient": [1]}
    numbers = {"best": value, "kept": value, "value": value}
    return Stage({"goal": goal, "level": level, "sense": "max", "objective": objective, **numbers}, 4)


def bound(row: int, gap: Any = 0) -> dict[str, Any]:
    return {"rows": {"row": [row], "multiplier": [1]}, "gap": gap}


LEVELS = [stage("effort", 1, 2, 2), stage("effort", 2, 3, 5)]


def test_a_member_whose_row_has_a_price_is_settled() -> None:
    assert list(settled(level_program(), LEVELS, [bound(0), bound(2)], "effort")) == [True, True]


def test_a_member_dropped_without_a_price_is_not_proven_settled() -> None:
    assert list(settled(level_program(), LEVELS, [bound(1), bound(2)], "effort")) == [False, True]


def test_a_gap_settles_no_one() -> None:
    assert list(settled(level_program(), LEVELS, [bound(0, "1/1000"), bound(2)], "effort")) == [False, True]


def test_a_member_compared_again_is_refused(equal: Files, tmp_path: Path) -> None:
    def rename(program: Any) -> None:
        names = program["rows"]["id"]
        last = max(int(name.rpartition("|")[2]) for name in names if name.startswith("equal_effort|"))
        place = next(
            place for place, name in enumerate(names) if name.startswith("equal_effort|") and name.endswith(f"|{last}")
        )
        names[place] = f"equal_effort|ZZZ|{last}"

    found = verdicts(changed(equal, "program", rename), tmp_path)
    assert states(found)[2] == REFUTED
    assert "comparé de nouveau" in said(found)


def test_what_whole_cents_change_is_said_exactly() -> None:
    columns = {"id": ["commit|O|F|1", "other"], "upper": [9, 9], "integer": [0, 0]}
    empty: dict[str, Any] = {name: [] for name in ("id", "sense", "limit", "holds", "column", "coefficient")}
    program = Program({"columns": columns, "rows": {**empty, "start": [0]}})
    stages = [stage("cost", 0, 0, 7), stage("told by no amount", 0, 1, 3), stage("tie_break", 0, 0, 7)]
    verdict = Verdict("c")
    say_cents(verdict, program, stages, [Fraction(15, 2), 3], [7, 3])
    assert [french for french, _ in verdict.lines] == ["cost : -0.5 en centimes entiers"]
