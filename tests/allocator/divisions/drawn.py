"""Claims problems: small ones drawn for the properties, and every division of one on a grid."""

from collections.abc import Iterator
from fractions import Fraction

from hypothesis import strategies as st

Problem = tuple[dict[str, Fraction], Fraction]


def claims_of(*amounts: int | Fraction) -> dict[str, Fraction]:
    """Name claims A, B, C… in order."""
    return {chr(ord("A") + rank): Fraction(amount) for rank, amount in enumerate(amounts)}


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Draw up to six claims and an estate between zero and their sum."""
    claims = claims_of(*draw(st.lists(st.integers(0, 1000), min_size=1, max_size=6)))
    part = draw(st.fractions(0, 1, max_denominator=60))
    return claims, part * sum(claims.values(), Fraction(0))


def grid(claims: list[int], estate: int) -> Iterator[tuple[int, ...]]:
    """Give every division of an estate in whole units, no award over its claim."""
    if len(claims) == 1:
        if estate <= claims[0]:
            yield (estate,)
        return
    for award in range(min(claims[0], estate) + 1):
        for others in grid(claims[1:], estate - award):
            yield (award, *others)
