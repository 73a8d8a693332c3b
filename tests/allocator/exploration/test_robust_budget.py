"""The increase that makes the tutorial hold when the State brings half, found by hand.

2027 must pay ECOLE (2.4 M€) and ETUDE (84 000.50); the region may bring 480 000, the city 950 000, the State 750 000.
"""

from fractions import Fraction

import pytest

from allocator.exploration.draws import draw
from allocator.exploration.robust_budget import raised, robust_budget
from allocator.exploration.spec import StressSpec, Withdrawal
from allocator.exploration.workers import Workers
from scenarios.document import Scenario

HALVED = StressSpec(
    title="L'État à moitié", draws=4, seed=1,
    withdrawals=(Withdrawal(partner="ETAT", probability=Fraction(1), cut=Fraction(1, 2)),),
)  # fmt: skip
HERE = Workers(None, 1)
PLANNED = "22201"


@pytest.mark.parametrize(
    ("holder", "rate"),
    [
        ("ETAT", Fraction(406, 1000)),  # 750 000 * (1 + r) >= 1 054 000.50: r >= 0.405334
        ("VILLE", Fraction(321, 1000)),  # 950 000 * (1 + r) >= 1 254 000.50: 0.32 lacks half a euro
        ("REGION", None),  # its ceiling of 20 % stops it at 480 000 €, which its budget already holds
    ],
)
def test_by_hand(tutorial: Scenario, holder: str, rate: Fraction | None) -> None:
    found = robust_budget(tutorial, PLANNED, HALVED, HERE, holder=holder, target=Fraction(9, 10))
    assert found.rate == rate
    tried = dict(found.tried)
    assert not tried[Fraction(0)]
    if rate is not None:
        assert tried[rate]
        assert not tried[rate - Fraction(1, 1000)]
        commitments = {line.year: line.commitment for line in tutorial.budgets if line.holder == holder}
        assert {line.year: line.commitment for line in found.added} == {
            year: int(cents * rate) for year, cents in commitments.items() if cents is not None
        }


@pytest.mark.parametrize(("slack", "rate"), [(0, Fraction(0)), (1, Fraction(321, 1000))])
def test_the_target_is_reached_exactly_or_missed_by_one_draw(tutorial: Scenario, slack: int, rate: Fraction) -> None:
    spec = HALVED.model_copy(
        update={
            "draws": 8,
            "withdrawals": (HALVED.withdrawals[0].model_copy(update={"probability": Fraction(1, 4)}),),
        }
    )
    held = sum(not draw(spec, tutorial, rank).cuts for rank in range(8))
    assert 0 < held < 8
    target = Fraction(held + slack, 8)
    assert robust_budget(tutorial, PLANNED, spec, HERE, holder="VILLE", target=target).rate == rate


def test_budgets_are_raised_to_the_cent_below(tutorial: Scenario) -> None:
    richer = raised(tutorial, "ETAT", Fraction(1, 3))
    assert [line.commitment for line in richer.budgets if line.holder == "ETAT"] == [
        200_000_000, 57_777_773, 146_666_666,
    ]  # fmt: skip
    assert [line for line in richer.budgets if line.holder != "ETAT"] == [
        line for line in tutorial.budgets if line.holder != "ETAT"
    ]


def test_a_partner_without_a_limit_is_refused(tutorial: Scenario) -> None:
    with pytest.raises(ValueError, match="ANAH"):
        robust_budget(tutorial, PLANNED, HALVED, HERE, holder="ANAH", target=Fraction(9, 10))
