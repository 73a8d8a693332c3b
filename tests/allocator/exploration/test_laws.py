"""The laws of the draws: the same numbers everywhere, with the law and the correlation they say."""

from fractions import Fraction
from statistics import correlation, fmean

import pytest

from allocator.exploration.laws import shared, triangular, uniform

LOW, LIKELY, HIGH = Fraction(95, 100), Fraction(105, 100), Fraction(130, 100)


def test_numbers_are_those_of_the_published_hash() -> None:
    """``printf '7|3|delay|ECOLE' | sha256sum`` begins with 75e8e0b96c5d65b6, of which the first 53 bits are kept."""
    assert uniform(7, 3, "delay", "ECOLE") == (0x75E8E0B96C5D65B6 >> 11) / 2**53


def test_numbers_are_even() -> None:
    drawn = [uniform(1, rank, "x") for rank in range(4000)]
    assert fmean(drawn) == pytest.approx(1 / 2, abs=0.015)
    tenths = [sum(1 for one in drawn if int(one * 10) == tenth) for tenth in range(10)]
    chi_square = sum((count - 400) ** 2 / 400 for count in tenths)
    assert chi_square < 27.9  # 0.1 % of chi-square with 9 degrees of freedom


@pytest.mark.parametrize(
    ("level", "factor"),
    [(0.0, LOW), (1.0, HIGH), (2 / 7, LIKELY), (0.5, Fraction(10908, 10000))],
)
def test_quantiles_of_the_triangular_law(level: float, factor: Fraction) -> None:
    """Below the mode lies (1.05 - 0.95) / (1.30 - 0.95) = 2/7; the median is 1.30 - sqrt(0.35 * 0.25 / 2)."""
    assert triangular(LOW, LIKELY, HIGH, level) == factor


def test_mean_of_the_triangular_law() -> None:
    drawn = [triangular(LOW, LIKELY, HIGH, uniform(1, rank, "y")) for rank in range(4000)]
    assert float(fmean(map(float, drawn))) == pytest.approx(float(LOW + LIKELY + HIGH) / 3, abs=0.004)
    assert triangular(LIKELY, LIKELY, LIKELY, 0.3) == LIKELY


@pytest.mark.parametrize("wanted", [0, Fraction(3, 10), 1])
def test_the_correlation_is_the_one_asked(wanted: Fraction) -> None:
    def level(rank: int, name: str) -> float:
        choice = uniform(1, rank, name, "common")
        return shared(Fraction(wanted), uniform(1, rank, name), uniform(1, rank), choice)

    one, other = ([level(rank, name) for rank in range(4000)] for name in "ab")
    assert correlation(one, other) == pytest.approx(float(wanted), abs=0.04)
    assert fmean(one) == pytest.approx(1 / 2, abs=0.015)
