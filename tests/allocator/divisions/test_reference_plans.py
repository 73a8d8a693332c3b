"""The same totals, shared by every division: the tutorial by hand, real sizes, pools and purses without limit."""

import pytest

from allocator.allocation import Allocation, Commitment, EngineRecord, Launch
from allocator.divisions import Division
from allocator.divisions.reference_plans import by_capacity, by_need
from allocator.solve.allocate import allocate
from scenarios import library
from scenarios.document import Budget, Decommitment, Pool, Scenario
from scenarios.formats import read
from tests.allocator.rules import tiny


def plan(*commitments: Commitment, launches: tuple[Launch, ...] = ()) -> Allocation:
    return Allocation("essai", "", launches, commitments, (), (), "1.0", unique=True, engine=EngineRecord("main", "1"))


def purses() -> Scenario:
    """Three limited purses of 100, 200 and 300 cents, one of them a pool; the commune declares no limit."""
    pool = Pool(code="FONDS", label="Fonds", commitment_limited=True, payment_limited=False, carry_over=True)
    limits = {"commitment_limited": True}
    partners = tiny.partners(ANRU={"pool": "FONDS"}, LAND={"pool": "FONDS"}, REG=limits, DEP=limits)
    return tiny.scenario(
        pools=(pool,),
        partners=partners,
        budgets=(
            *tiny.budgets("FONDS", amounts=[100, 50, 50]),
            *tiny.budgets("REG", amounts=[100, 100, 100]),
            *tiny.budgets("DEP", amounts=[40, 40, 0]),
        ),
        decommitments=(Decommitment(holder="DEP", year=2027, amount=20, reason="Ancienne opération"),),
    )


def test_the_three_wives_of_the_talmud_as_purses() -> None:
    found, apart = by_capacity(
        purses(),
        plan(
            Commitment("OP", "REG", 2026, 150), Commitment("OP", "ANRU", 2026, 20), Commitment("OP", "LAND", 2027, 30),
            Commitment("OP", "COM", 2026, 7),
        ),
    )  # fmt: skip
    assert found.estate == 200
    assert {line.code: (line.claim, line.planned) for line in found.lines} == {
        "DEP": (100, 0), "FONDS": (200, 50), "REG": (300, 150),
    }  # fmt: skip
    shares = {division: [line.divided[division] for line in found.lines] for division in Division}
    assert shares == {
        Division.PROPORTIONAL: [33, 67, 100],
        Division.EQUAL_AWARDS: [67, 67, 66],
        Division.EQUAL_LOSSES: [0, 50, 150],
        Division.TALMUD: [50, 75, 75],
    }
    assert [line.gap(Division.TALMUD) for line in found.lines] == [-50, -25, 75]
    assert found.distance(Division.TALMUD) == 75
    assert found.distance(Division.EQUAL_LOSSES) == 0
    assert [(line.code, line.planned) for line in apart] == [("COM", 7)]


def test_a_pool_without_limit_leaves_its_members_their_own_budgets() -> None:
    scenario = tiny.scenario(
        pools=(Pool(code="FONDS", label="F", commitment_limited=False, payment_limited=True, carry_over=True),),
        partners=tiny.partners(REG={"commitment_limited": True, "pool": "FONDS"}),
        budgets=(*tiny.budgets("REG", amounts=[5, 0, 0]), Budget(holder="FONDS", year=2026, payment=1)),
    )
    found, _apart = by_capacity(scenario, plan(Commitment("OP", "REG", 2026, 5)))
    assert [(line.code, line.claim) for line in found.lines] == [("REG", 5)]


def test_by_need_every_operation_claims_its_amount_to_fund() -> None:
    scenario = tiny.scenario(operations=(tiny.operation("A"), tiny.operation("B", cost_excl_vat=600, receipts=200)))
    found = by_need(scenario, plan(launches=(Launch("A", 2026, 1000),)))
    assert found.estate == 1000
    assert [(line.code, line.claim, line.planned) for line in found.lines] == [("A", 1200, 1000), ("B", 400, 0)]
    assert [line.divided[Division.TALMUD] for line in found.lines] == [800, 200]
    assert [line.divided[Division.EQUAL_LOSSES] for line in found.lines] == [900, 100]


def test_more_committed_than_the_budgets_is_no_claims_problem() -> None:
    with pytest.raises(ValueError, match="estate"):
        by_capacity(purses(), plan(Commitment("OP", "REG", 2026, 601)))


@pytest.mark.parametrize("name", ["tutoriel", "region-demo"])
def test_shipped_plans_are_shared_to_the_cent(name: str) -> None:
    scenario = read(library.find(name))
    allocation = allocate(scenario)
    found, apart = by_capacity(scenario, allocation)
    committed = sum(line.amount for line in allocation.commitments)
    assert found.estate + sum(line.planned for line in apart) == committed
    assert by_need(scenario, allocation).estate == committed
    for reference in (found, by_need(scenario, allocation)):
        for division in Division:
            assert sum(line.divided[division] for line in reference.lines) == reference.estate
            assert all(0 <= line.divided[division] <= line.claim for line in reference.lines)
