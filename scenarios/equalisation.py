"""Weighted potential of communes: their population times a wealth index the committee voted.

The index of a commune is ``sum_k weight_k * indicator_k / average_k``, where the average is weighted by population over
the communes of the scenario; for tax effort, where more effort leaves less room, it is ``average_k / indicator_k``.
Reference: synthetic resource and charge indices of the same form (FPIC, CGCT L.2336-5). The result is rounded down to
a whole thousandth of an inhabitant, so that everyone divides by the same integer.
"""

from fractions import Fraction
from math import floor

from scenarios.document import Commune, Indicator, Scenario

THOUSANDTHS = 1000


def indicator_of(commune: Commune, indicator: Indicator) -> Fraction | None:
    """Return an indicator of a commune, None when the scenario does not give it."""
    value: int | Fraction | None = getattr(commune, indicator.value)
    return None if value is None else Fraction(value)


def weighted_potentials(scenario: Scenario) -> dict[str, int]:
    """Return the weighted potential of every commune that gives the indicators, in thousandths of inhabitants."""
    complete = [commune for commune in scenario.communes if not lacking(scenario, commune)]
    people = sum(commune.population or 0 for commune in complete)
    index = {commune.code: Fraction(0) for commune in complete}
    for line in scenario.equalisation:
        values = {commune.code: indicator_of(commune, line.indicator) or Fraction(0) for commune in complete}
        total = sum((values[commune.code] * (commune.population or 0) for commune in complete), start=Fraction(0))
        for code, value in values.items():
            ratio = value * people / total
            index[code] += line.weight * (1 / ratio if line.indicator is Indicator.TAX_EFFORT else ratio)
    return {commune.code: floor(THOUSANDTHS * (commune.population or 0) * index[commune.code]) for commune in complete}


def lacking(scenario: Scenario, commune: Commune) -> list[str]:
    """Return the columns a commune must fill to be weighed, and does not (a zero weighs nothing: it lacks too)."""
    wanted = [line.indicator.value for line in scenario.equalisation]
    return [name for name in ("population", *wanted) if not getattr(commune, name)]
