"""Equal coverage: the territory least covered first."""

from fractions import Fraction

from allocator.allocation import Settled
from scenarios.document import Goal, GoalKind
from tests.allocator.rules.tiny import VALUE, budgets, checked_allocation, limited, operation, scenario

COVERAGE = Goal(kind=GoalKind.EQUAL_COVERAGE)


def two_territories(**fields: object) -> dict[str, object]:
    """List A, in NORD, for 1 200 cents, and B, in SUD, for 600 cents; their owner has 900 cents."""
    tables: dict[str, object] = {
        "goals": (COVERAGE,),
        "operations": (
            operation("A", divisible=True),
            operation("B", divisible=True, commune="C2", cost_excl_vat=600),
        ),
        "eligibilities": (),
        "partners": limited("COM"),
        "budgets": budgets("COM", amounts=(900, 0, 0)),
    }
    return {**tables, **fields}


def test_territories_are_covered_at_the_same_rate() -> None:
    reached = checked_allocation(scenario(**two_territories())).goals[0]
    assert reached.settled == (Settled("NORD", Fraction(1, 2)), Settled("SUD", Fraction(1, 2)))


def test_what_one_territory_cannot_use_goes_to_the_other() -> None:
    """B cannot start before 2028, where there is no budget but 100 cents."""
    late = operation("B", divisible=True, commune="C2", cost_excl_vat=600, earliest_start=2028, latest_start=2028)
    document = scenario(
        **two_territories(
            operations=(operation("A", divisible=True), late), budgets=budgets("COM", amounts=(900, 0, 100))
        )
    )
    reached = checked_allocation(document).goals[0]
    assert reached.settled == (Settled("SUD", Fraction(1, 6)), Settled("NORD", Fraction(3, 4)))


def test_a_territory_without_anything_to_fund_is_not_compared() -> None:
    document = scenario(**two_territories(operations=(operation("A", divisible=True),)))
    reached = checked_allocation(document).goals[0]
    assert [line.member for line in reached.settled] == ["NORD"]


def test_it_does_not_take_from_the_goals_before_it() -> None:
    """B gives 20 points for 600, A 10 for 1 200: B is funded first, in whole."""
    worth = (
        operation("A", divisible=True),
        operation("B", divisible=True, commune="C2", cost_excl_vat=600, value=20),
    )
    reached = checked_allocation(scenario(**two_territories(goals=(VALUE, COVERAGE), operations=worth))).goals[1]
    assert reached.settled == (Settled("NORD", Fraction(1, 4)), Settled("SUD", Fraction(1)))


def test_whole_operations_are_covered_in_whole_or_not_at_all() -> None:
    """900 cents fund B alone: NORD has nothing either way, and SUD is covered."""
    whole = (operation("A"), operation("B", commune="C2", cost_excl_vat=600))
    reached = checked_allocation(scenario(**two_territories(operations=whole))).goals[0]
    assert reached.settled == (Settled("NORD", Fraction(0)), Settled("SUD", Fraction(1)))
