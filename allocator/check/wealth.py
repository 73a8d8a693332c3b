"""What a commune weighs in the equalisation of burdens, computed again from the scenario, apart from the program.

Index of a commune: ``sum_k weight_k * v_k[c] * sum_d pop[d] / sum_d v_k[d] pop[d]`` over the voted indicators k, the
fraction being turned over for tax effort. Weight: population times index, rounded down to a thousandth of an
inhabitant. Reference: ``scenarios.equalisation``, of which this shares nothing. Missing data: a commune that lacks its
population or a voted indicator raises ValueError naming it.
"""

from fractions import Fraction

from scenarios.document import Commune, Indicator, Scenario


def thousandths(scenario: Scenario, code: str) -> int:
    """Return the weight of a commune, in thousandths of an inhabitant of average wealth."""
    voted = [line.indicator.value for line in scenario.equalisation]
    weighed = [one for one in scenario.communes if all(getattr(one, name) for name in ("population", *voted))]
    commune = next((one for one in weighed if one.code == code), None)
    if commune is None:
        raise ValueError(f"{code}: no indicator to weigh its burden with")
    inhabitants = sum(_people(one) for one in weighed)
    weight = Fraction(0)
    for line in scenario.equalisation:
        name = line.indicator.value
        everyone = sum((_people(one) * Fraction(getattr(one, name)) for one in weighed), start=Fraction(0))
        own = inhabitants * Fraction(getattr(commune, name))
        weight += line.weight * (everyone / own if line.indicator is Indicator.TAX_EFFORT else own / everyone)
    return int(1000 * _people(commune) * weight)


def _people(commune: Commune) -> int:
    return commune.population or 0
