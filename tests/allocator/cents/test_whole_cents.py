"""Whole cents: nothing lost, nothing exceeded, residues where the rule says."""

from collections.abc import Callable
from fractions import Fraction

import pytest

from allocator.allocation import Allocation, totals
from allocator.cents.adjustment import Adjustment
from allocator.cents.draft import broken_rows, exact_columns, first_draft
from allocator.compilation import compile_scenario
from allocator.engines.highs import HighsEngine
from allocator.program.scaling import scale
from allocator.solve.allocate import allocate
from allocator.solve.face import Face
from allocator.solve.ordered_goals import solve_in_order
from scenarios.document import Base, Mark, Operation, OwnerFloor, PartnerKind, RateCeiling, Scenario
from scenarios.formats import read
from scenarios.library import find
from scenarios.synthetic import committee

from .conftest import operation

Builder = Callable[..., Scenario]
FIRST, OTHER = "B", "A"
COMMON = {"negotiable": True, "reference": "essai", "mark": Mark.ILLUSTRATIVE}


def ceiling(rate: str) -> RateCeiling:
    return RateCeiling(
        kind="rate_ceiling", code="TAUX", label="Taux", partner="REGION", rate=rate, base=Base.EXCL_VAT, **COMMON
    )


def floor_of(rate: str) -> OwnerFloor:
    return OwnerFloor(kind="owner_floor", code="PART", label="Part", rate=rate, counts=(PartnerKind.REGION,), **COMMON)


def amounts(allocation: Allocation) -> dict[tuple[str, str], int]:
    return totals(allocation.commitments, lambda line: (line.operation, line.partner))


def paid(allocation: Allocation) -> dict[tuple[str, int], int]:
    return totals(allocation.payments, lambda line: (line.partner, line.year))  # type: ignore[union-attr]


def test_the_ceiling_is_rounded_down_and_the_owner_takes_the_cent(build: Builder) -> None:
    plan = allocate(build((operation("A", 100),), rules=(ceiling("1/3"), floor_of("2/3"))))
    assert amounts(plan) == {("A", "REGION"): 33, ("A", "VILLE"): 67}
    assert [(step.partner, step.exact, step.amount) for step in plan.rounding] == [
        ("REGION", Fraction(100, 3), 33),
        ("VILLE", Fraction(200, 3), 67),
    ]


def test_a_plan_already_in_whole_cents_is_not_touched(build: Builder) -> None:
    plan = allocate(build((operation("A", 300),), rules=(ceiling("1/3"), floor_of("2/3"))))
    assert amounts(plan) == {("A", "REGION"): 100, ("A", "VILLE"): 200}
    assert plan.rounding == ()


def test_payments_of_a_cent_that_does_not_divide_stay_within_one_cent(build: Builder) -> None:
    plan = allocate(build((operation("A", 100),), rules=(ceiling("0"),)))
    assert [(line.year, line.amount) for line in plan.payments] == [(2026, 34), (2027, 33), (2028, 33)]


def test_payments_are_rounded_together_when_a_budget_is_exactly_met(build: Builder) -> None:
    """Three commitments of 100 cents in thirds under budgets of exactly 100 cents a year."""
    operations = tuple(operation(code, 100) for code in "ABC")
    plan = allocate(build(operations, region=(0, 0, 0), ville=(100, 100, 100)))
    assert sum(launch.funded for launch in plan.launches) == 300
    assert paid(plan) == {("VILLE", 2026): 100, ("VILLE", 2027): 100, ("VILLE", 2028): 100}
    assert {line.amount for line in plan.payments} == {33, 34}


def test_payments_are_rounded_together_with_carry_over(build: Builder) -> None:
    operations = tuple(operation(code, 100) for code in "ABC")
    plan = allocate(build(operations, region=(0, 0, 0), ville=(100, 100, 100), carry_over=True))
    spent = [paid(plan)["VILLE", year] for year in (2026, 2027, 2028)]
    assert sum(spent) == 300
    assert spent[0] <= 100
    assert spent[0] + spent[1] <= 200


def test_a_purse_that_cannot_take_the_residue_passes_it_to_another(build: Builder) -> None:
    """The owner has exactly 200 cents for three operations of which it must bear 66 and two thirds each.

    Rounding down gives it 67 three times, one cent too many: a partner with room takes it.
    """
    operations = tuple(operation(code, 100) for code in "ABC")
    plan = allocate(build(operations, ville=(70, 70, 60), carry_over=True, rules=(ceiling("0.4"),)))
    assert sum(launch.funded for launch in plan.launches) == 300
    assert sum(amount for (_, partner), amount in amounts(plan).items() if partner == "VILLE") <= 200


def test_an_operation_in_part_gives_up_the_cents_that_lack() -> None:
    """A tight owner and a tight ceiling leave no room for the residue: less than a euro is given up in all."""
    scenario = committee(60, partners=6, years=5, seed=11)
    plan = allocate(scenario)
    exact = plan.goals[0].value
    points = {o.code: Fraction(o.value, o.to_fund) for o in scenario.operations}
    kept = sum(points[launch.operation] * launch.funded for launch in plan.launches)
    assert exact - Fraction(1, 100) < kept <= exact


def test_whole_operations_keep_every_cent(build: Builder) -> None:
    operations: tuple[Operation, ...] = tuple(operation(code, 101, divisible=False) for code in "AB")
    plan = allocate(build(operations, ville=(500, 500, 500), rules=(ceiling("0.5"), floor_of("0.5"))))
    assert [launch.funded for launch in plan.launches] == [101, 101]
    assert amounts(plan)["A", "REGION"] == 50


def test_moved_cents_meet_the_row_they_were_moved_for(build: Builder) -> None:
    """REGION has 100 cents, at most a third of the first operation; VILLE has the other 100.

    The exact plan is 33 1/3 and 66 2/3 for REGION (the tie-break prefers the first operation). Rounding down
    gives VILLE 101 cents; only one cent can mend that, the one REGION has left, on the other operation.
    """
    operations = operation(FIRST, 100), operation(OTHER, 100)
    rule = ceiling("1/3").model_copy(update={"operations": (FIRST,)})
    scenario = build(operations, region=(40, 30, 30), ville=(40, 30, 30), carry_over=True, rules=(rule,))
    compilation = compile_scenario(scenario)
    plan = solve_in_order(
        compilation,
        scale(compilation.program),
        HighsEngine(),
        Face.whole(compilation.program),
        objectives=compilation.objectives,
        progress=lambda _: None,
    )
    draft = first_draft(compilation.program, compilation.layout, plan.values)
    columns = exact_columns(compilation.layout, draft, plan.values)
    broken = broken_rows(compilation.program, columns)
    assert [compilation.program.row_ids()[row] for row in broken] == ["payment_budget|VILLE|2028"]
    adjustment = Adjustment(compilation.program, compilation.layout, draft, columns, reach=3)
    assert adjustment.solve(broken, most=3) is None
    moved = adjustment.solve(broken, most=100)
    assert moved is not None
    after = exact_columns(compilation.layout, moved, plan.values)
    assert broken_rows(compilation.program, after) == []
    by_partner = totals(allocate(scenario).commitments, lambda line: line.partner)
    assert by_partner == {"REGION": 100, "VILLE": 100}


@pytest.mark.parametrize("seed", range(8))
def test_generated_committees_keep_every_total(seed: int) -> None:
    scenario = committee(40, partners=7, years=5, seed=seed)
    plan = allocate(scenario)
    committed = totals(plan.commitments, lambda line: line.operation)
    funded = {launch.operation: 0 for launch in plan.launches}
    for launch in plan.launches:
        funded[launch.operation] += launch.funded
    assert committed == funded
    assert totals(plan.payments, lambda line: line.operation) == funded


def test_an_operation_funded_in_whole_never_lacks_a_cent() -> None:
    """Several launches of one operation were each rounded down: eleven operations of region-demo lacked a cent."""
    scenario = read(find("region-demo"))
    funded = totals(allocate(scenario).commitments, lambda line: line.operation)
    missing = {o.code: o.to_fund - funded.get(o.code, 0) for o in scenario.operations}
    assert [code for code, cents in missing.items() if 0 < cents < 100_00] == []
