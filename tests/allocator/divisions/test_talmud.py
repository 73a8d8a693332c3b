"""The Talmud's division: the table of Aumann and Maschler (1985), the contested garment, the nucleolus."""

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given

from allocator.divisions import talmud

from .drawn import Problem, claims_of, grid, problems


@pytest.mark.parametrize(
    ("estate", "expected"),
    [
        (100, claims_of(Fraction(100, 3), Fraction(100, 3), Fraction(100, 3))),
        (200, claims_of(50, 75, 75)),
        (300, claims_of(50, 100, 150)),
    ],
)
def test_the_three_wives(estate: int, expected: dict[str, Fraction]) -> None:
    """Aumann and Maschler (1985), table I (Mishna, Ketubot 93a): debts of 100, 200 and 300."""
    assert talmud.divide(claims_of(100, 200, 300), Fraction(estate)) == expected


def test_the_contested_garment() -> None:
    """Aumann and Maschler (1985), section 1 (Baba Metzia 2a): one claims it all, the other half; ¾ and ¼."""
    assert talmud.divide(claims_of(1, Fraction(1, 2)), Fraction(1)) == claims_of(Fraction(3, 4), Fraction(1, 4))


@given(problem=problems())
def test_any_two_claimants_share_their_awards_as_the_garment(problem: Problem) -> None:
    """The characterisation of theorem A: each receives what the other concedes, and half of what is contested."""
    claims, estate = problem
    awards = talmud.divide(claims, estate)
    for one, other in combinations(claims, 2):
        shared = awards[one] + awards[other]
        conceded = max(Fraction(0), shared - claims[other])
        contested = shared - conceded - max(Fraction(0), shared - claims[one])
        assert awards[one] == conceded + contested / 2


@pytest.mark.parametrize("claims", [(1, 2, 3), (2, 2, 5), (0, 3, 4)])
def test_it_is_the_nucleolus(claims: tuple[int, ...]) -> None:
    """Theorem C, by enumeration in twelfths of a unit: no division lowers the largest complaints of coalitions."""
    large = [12 * claim for claim in claims]
    players = range(len(large))
    coalitions = [group for size in (1, 2) for group in combinations(players, size)]

    def complaints(awards: tuple[int, ...], estate: int) -> list[int]:
        worth = {group: max(0, estate - sum(large[i] for i in players if i not in group)) for group in coalitions}
        return sorted((worth[group] - sum(awards[i] for i in group) for group in coalitions), reverse=True)

    for estate in range(0, sum(large) + 1, 12):
        found = tuple(talmud.divide(claims_of(*large), Fraction(estate)).values())
        best = min(grid(large, estate), key=lambda awards, estate=estate: complaints(awards, estate))  # type: ignore[misc]
        assert found == best
