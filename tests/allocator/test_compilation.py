"""From a scenario to its program: every family, every goal, one matrix, whatever the order of the document."""

from pathlib import Path
from random import Random

import numpy as np
import pytest

import allocator.rules
from allocator.compilation import FAMILIES, Compilation, compile_scenario
from allocator.solve.allocate import allocate
from scenarios.document import Scenario
from scenarios.synthetic import committee as synthetic
from tests.allocator.oracle.continuous import best_plan
from tests.allocator.oracle.drawn import committee
from tests.allocator.rules.tiny import CLOSE, COST, EARLY, VALUE, budgets, limited, operation, rule, scenario, wanted

APART = {"early_payment", "forbidden", "lent", "names", "naming", "purse"}
"""Modules of ``allocator.rules`` that hold no family."""


def same(left: Compilation, right: Compilation) -> bool:
    arrays = ("start", "column", "coefficient", "limit", "equality", "upper", "scale", "integer")
    one, other = left.program, right.program
    return (
        one.row_ids() == other.row_ids()
        and one.column_ids() == other.column_ids()
        and all(np.array_equal(getattr(one, name), getattr(other, name)) for name in arrays)
        and all(
            np.array_equal(a.column, b.column) and np.array_equal(a.coefficient, b.coefficient)
            for a, b in zip(left.objectives, right.objectives, strict=True)
        )
    )


def shuffled(document: Scenario, seed: int) -> Scenario:
    random = Random(seed)
    tables = {
        name: tuple(random.sample(rows, len(rows)))
        for name in type(document).model_fields
        if isinstance(rows := getattr(document, name), tuple) and name != "goals"
    }
    return document.model_copy(update=tables)


def test_every_family_has_its_file_and_is_compiled_once() -> None:
    files = {path.stem for path in Path(str(allocator.rules.__file__)).parent.glob("*.py")} - {"__init__"} - APART
    compiled = [family.__name__.rsplit(".", 1)[1] for family in FAMILIES]
    assert sorted(compiled) == sorted(files)


def test_every_family_has_a_test_file_at_the_same_place() -> None:
    tests = {path.stem.removeprefix("test_") for path in (Path(__file__).parent / "rules").glob("test_*.py")}
    assert {family.__name__.rsplit(".", 1)[1] for family in FAMILIES} <= tests


def test_a_whole_program_written_out() -> None:
    document = scenario(
        goals=(VALUE, COST), operations=(operation(mandatory=True),), partners=limited("COM"),
        budgets=budgets("COM", amounts=[800, 0, 0]),
        rules=(rule("rate_ceiling", partner="REG", rate="1/3", base="cost"),),
    )  # fmt: skip
    compilation = compile_scenario(document)
    program = compilation.program
    assert program.column_ids() == ["share|OP|2026", "commit|OP|COM|2026", "commit|OP|REG|2026"]
    assert program.row_ids() == [
        "coverage|OP|2026",
        "mandatory|OP",
        "rate_ceiling|R|OP|REG|2026",
        "commitment_budget|COM|2026",
        "commitment_budget|COM|2027",
        "commitment_budget|COM|2028",
    ]
    dense = np.zeros(program.shape, dtype=np.int64)
    for row in range(program.shape[0]):
        for column, coefficient in program.terms(row):
            dense[row, column] = coefficient
    assert dense.tolist() == [[-1200, 1, 1], [1, 0, 0], [-1200, 0, 3], [0, 1, 0], [0, 0, 0], [0, 0, 0]]
    assert program.limit.tolist() == [0, 1, 0, 800, 0, 0]
    assert program.equality.tolist() == [True, True, False, False, False, False]
    assert [objective.coefficient.tolist() for objective in compilation.objectives] == [[10], [1200]]


def test_goals_add_their_columns_after_all_others_in_their_order() -> None:
    references = wanted(REG=400, COM=800)
    last = compile_scenario(scenario(goals=(VALUE, CLOSE), references=references)).program
    first = compile_scenario(scenario(goals=(CLOSE, EARLY, VALUE), references=references)).program
    expected = [
        "share|OP|2026", "commit|OP|COM|2026", "commit|OP|REG|2026",
        "above|OP|COM|2026", "above|OP|REG|2026", "below|OP|COM|2026", "below|OP|REG|2026",
    ]  # fmt: skip
    assert last.column_ids() == first.column_ids() == expected
    assert last.row_ids() == first.row_ids() == ["coverage|OP|2026", "reference|OP|COM|2026", "reference|OP|REG|2026"]


def test_without_goals_there_is_no_objective() -> None:
    assert compile_scenario(scenario(goals=())).objectives == ()


@pytest.mark.parametrize("seed", range(25))
def test_the_order_of_rows_changes_no_coefficient(seed: int) -> None:
    document = committee(seed, 300, 3000)
    expected = compile_scenario(document)
    for other in range(3):
        assert same(compile_scenario(shuffled(document, other)), expected)


@pytest.mark.parametrize("seed", range(25))
def test_names_are_unique(seed: int) -> None:
    program = compile_scenario(committee(seed, 300, 3000)).program
    assert len(set(program.row_ids())) == program.shape[0]
    assert len(set(program.column_ids())) == program.shape[1]


def test_a_committee_of_three_hundred_operations_in_any_order() -> None:
    document = synthetic(300, seed=4, whole=0.2)
    assert same(compile_scenario(shuffled(document, 1)), compile_scenario(document))


def test_the_largest_amounts_a_document_accepts_stay_exact() -> None:
    # 50 billion euros, a rate of denominator one million: 5e18, just under 2^63.
    top = 5_000_000_000_000
    document = scenario(
        goals=(COST,), operations=(operation(cost_excl_vat=top, divisible=True),),
        rules=(rule("rate_ceiling", partner="COM", rate="999999/1000000", base="cost"),), eligibilities=(),
    )  # fmt: skip
    program = compile_scenario(document).program
    assert list(program.terms(1)) == [(1, 1_000_000), (0, -999_999 * top)]
    assert allocate(document).commitments == ()


@pytest.mark.parametrize("seed", range(25))
def test_exact_plans_of_the_oracle_meet_every_row(seed: int) -> None:
    """The best plan found without the program breaks none of its rows, the one that defines distances included."""
    document = committee(seed, 300, 3000)
    document = document.model_copy(update={"goals": (COST,)})
    best = best_plan(document)
    if best is None:
        return
    compilation = compile_scenario(document)
    program, frame = compilation.program, compilation.layout.frame
    columns = {name: column for column, name in enumerate(program.column_ids())}
    values: list[object] = [0] * len(columns)
    for (code, partner, start), amount in best.commitments.items():
        values[columns[f"commit|{code}|{partner}|{start}"]] = amount
        if f"present|{code}|{partner}|{start}" in columns:
            values[columns[f"present|{code}|{partner}|{start}"]] = 1
        for counted in (f"brings|{code}|{partner}", f"launched|{code}"):
            if counted in columns:
                values[columns[counted]] = 1
        to_fund = int(frame.to_fund[frame.operation_index[code]])
        values[columns[f"share|{code}|{start}"]] += amount / to_fund  # type: ignore[operator]
    assert program.broken_rows(values) == []  # type: ignore[arg-type]
