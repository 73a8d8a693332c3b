"""Every division: what a claims problem is, and the properties the literature proves of each."""

from fractions import Fraction

import pytest
from hypothesis import given

from allocator.divisions import DIVIDERS, Division, divide_cents
from allocator.divisions.bankruptcy import losses

from .drawn import Problem, claims_of, problems

ALL = pytest.mark.parametrize("division", Division)


@ALL
@given(problem=problems())
def test_awards_sum_to_the_estate_between_zero_and_the_claims(division: Division, problem: Problem) -> None:
    claims, estate = problem
    awards = DIVIDERS[division](claims, estate)
    assert sum(awards.values(), Fraction(0)) == estate
    assert all(0 <= awards[code] <= claim for code, claim in claims.items())


@ALL
@given(problem=problems())
def test_awards_and_losses_follow_the_order_of_claims(division: Division, problem: Problem) -> None:
    claims, estate = problem
    awards = DIVIDERS[division](claims, estate)
    missing = losses(claims, awards)
    for one in claims:
        for other in claims:
            if claims[one] <= claims[other]:
                assert awards[one] <= awards[other]
                assert missing[one] <= missing[other]


@ALL
@given(problem=problems())
def test_no_group_left_with_its_awards_divides_them_otherwise(division: Division, problem: Problem) -> None:
    """Consistency (Thomson 2003, section 5): those who have not left share what is left as before."""
    claims, estate = problem
    awards = DIVIDERS[division](claims, estate)
    for gone in claims:
        kept = {code: claim for code, claim in claims.items() if code != gone}
        assert DIVIDERS[division](kept, estate - awards[gone]) == {code: awards[code] for code in kept}


@pytest.mark.parametrize(
    ("division", "dual"),
    [
        (Division.EQUAL_AWARDS, Division.EQUAL_LOSSES),
        (Division.EQUAL_LOSSES, Division.EQUAL_AWARDS),
        (Division.PROPORTIONAL, Division.PROPORTIONAL),
        (Division.TALMUD, Division.TALMUD),
    ],
)
@given(problem=problems())
def test_duality(division: Division, dual: Division, problem: Problem) -> None:
    """Dividing what is missing by the dual leaves the same awards; the pro rata and the Talmud are self-dual."""
    claims, estate = problem
    missing = sum(claims.values(), Fraction(0)) - estate
    assert DIVIDERS[division](claims, estate) == losses(claims, DIVIDERS[dual](claims, missing))


@ALL
def test_the_order_of_the_claims_changes_nothing(division: Division) -> None:
    claims = {"B": 5, "A": 5, "C": 1}
    assert divide_cents(division, claims, 7) == divide_cents(division, dict(sorted(claims.items())), 7)


@ALL
def test_cents_are_whole_and_sum_to_the_estate_never_over_a_claim(division: Division) -> None:
    for estate in range(12):
        awards = divide_cents(division, {"A": 5, "B": 5, "C": 1}, estate)
        assert sum(awards.values()) == estate
        assert awards["C"] <= 1
        assert max(awards.values()) <= 5


@ALL
@pytest.mark.parametrize("estate", [-1, 61])
def test_an_estate_out_of_reach_is_refused(division: Division, estate: int) -> None:
    with pytest.raises(ValueError, match=f"estate of {estate} does not lie between 0 and the sum of the claims, 60"):
        DIVIDERS[division](claims_of(10, 20, 30), Fraction(estate))


@ALL
def test_a_negative_claim_is_refused_by_name(division: Division) -> None:
    with pytest.raises(ValueError, match="negative claims: B"):
        DIVIDERS[division](claims_of(10, -20, 30), Fraction(5))


@ALL
def test_nothing_to_share(division: Division) -> None:
    assert DIVIDERS[division]({}, Fraction(0)) == {}
    assert DIVIDERS[division](claims_of(0, 0), Fraction(0)) == claims_of(0, 0)
