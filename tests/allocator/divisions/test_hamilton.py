"""Hamilton's largest remainders: the first apportionment of the United States, the Alabama paradox, ties."""

from collections.abc import Mapping
from fractions import Fraction

import pytest
from hypothesis import given

from allocator.divisions import proportional
from allocator.divisions.hamilton import round_quotas

from .drawn import Problem, problems

POPULATIONS_1790 = {
    "CT": 236_841, "DE": 55_540, "GA": 70_835, "KY": 68_705, "MD": 278_514, "MA": 475_327, "NH": 141_822, "NJ": 179_570,
    "NY": 331_589, "NC": 353_523, "PA": 432_879, "RI": 68_446, "SC": 206_236, "VT": 85_533, "VA": 630_560,
}  # fmt: skip
"""Representative populations of the census of 1790: 3 615 920 in all (Balinski and Young 1982, appendix B)."""

HAMILTON_1792 = {
    "CT": 8, "DE": 2, "GA": 2, "KY": 2, "MD": 9, "MA": 16, "NH": 5, "NJ": 6, "NY": 11, "NC": 12, "PA": 14, "RI": 2,
    "SC": 7, "VT": 3, "VA": 21,
}  # fmt: skip
"""The 120 seats of the bill that President Washington vetoed in 1792 (Balinski and Young 1982, chapter 3)."""


def seats(populations: Mapping[str, int], house: int) -> dict[str, int]:
    total = sum(populations.values())
    return round_quotas({state: Fraction(people * house, total) for state, people in populations.items()})


def test_the_first_apportionment_of_the_united_states() -> None:
    assert sum(POPULATIONS_1790.values()) == 3_615_920
    assert seats(POPULATIONS_1790, 120) == HAMILTON_1792


def test_the_alabama_paradox() -> None:
    """The usual small example: of populations 6, 6 and 2, the third loses a seat when the house gains one."""
    populations = {"A": 6, "B": 6, "C": 2}
    assert seats(populations, 10) == {"A": 4, "B": 4, "C": 2}
    assert seats(populations, 11) == {"A": 5, "B": 5, "C": 1}


def test_equal_remainders_go_by_code() -> None:
    third = Fraction(1, 3)
    assert round_quotas({"B": third, "C": third, "A": third}) == {"B": 0, "C": 0, "A": 1}
    assert round_quotas({"B": 2 * third, "C": 2 * third, "A": 2 * third}) == {"B": 1, "C": 0, "A": 1}


@given(problem=problems())
def test_each_quota_moves_by_less_than_one_unit(problem: Problem) -> None:
    claims, estate = problem
    quotas = proportional.divide(claims, Fraction(int(estate)))
    whole = round_quotas(quotas)
    assert sum(whole.values()) == int(estate)
    assert all(abs(whole[code] - quota) < 1 for code, quota in quotas.items())


@pytest.mark.parametrize("quotas", [{"A": Fraction(1, 2)}, {"A": Fraction(-1), "B": Fraction(2)}])
def test_quotas_that_cannot_be_rounded_are_refused(quotas: dict[str, Fraction]) -> None:
    with pytest.raises(ValueError, match="sum a whole number"):
        round_quotas(quotas)
