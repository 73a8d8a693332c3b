"""How able a commune is to bear its share: an index whose weights the committee votes.

``index = w1 * PFm / PF + w2 * EF / EFm + w3 * Rm / R`` where PF is the potentiel financier per inhabitant, EF the
effort fiscal, R the income per inhabitant, and m marks the average: the larger, the poorer or the more taxed. The
DSU of the State has another formula, given here as a reference only:
``0.30 * PFm/PF + 0.15 * LS/LSm + 0.30 * APL/APLm + 0.25 * Rm/R`` (weights of 2019, read in the public LexImpact
model, to be confirmed). Nothing is recomputed silently: indicators come with their year and their source.
"""

from dataclasses import dataclass
from fractions import Fraction

from scenarios.document import Commune
from scenarios.language import _


@dataclass(frozen=True)
class Indicators:
    """Indicators of a commune, or of the average it is compared with. Money in cents, tax effort as a ratio."""

    financial_potential: int
    tax_effort: Fraction
    income: int
    year: int
    provenance: str


@dataclass(frozen=True)
class Weights:
    """Weights of the three indicators, and the vote that set them."""

    financial_potential: Fraction
    tax_effort: Fraction
    income: Fraction
    decision: str

    @property
    def total(self) -> Fraction:
        """Sum of the weights, which must be one."""
        return self.financial_potential + self.tax_effort + self.income


def indicators_of(commune: Commune) -> Indicators:
    """Return the indicators a scenario gives for a commune. Raises ValueError, in French, naming what is missing."""
    potential, effort = commune.financial_potential_per_capita, commune.tax_effort
    income, year = commune.income_per_capita, commune.indicator_year
    if potential is None or effort is None or income is None or year is None:
        raise ValueError(
            _("commune « {code} » : il manque un indicateur ou son année ; attendu : {columns}").format(
                code=commune.code,
                columns="financial_potential_per_capita, tax_effort, income_per_capita, indicator_year",
            )
        )
    return Indicators(potential, effort, income, year, commune.provenance)


def capacity_index(indicators: Indicators, averages: Indicators, weights: Weights) -> Fraction:
    """Return the exact index of a commune; the average commune has 1.

    Raises ValueError, in French, when the weights do not sum to one, are negative or name no vote, when an
    indicator is not positive or has no source, and when the years differ.
    """
    _check(indicators, averages, weights)
    return (
        weights.financial_potential * Fraction(averages.financial_potential, indicators.financial_potential)
        + weights.tax_effort * indicators.tax_effort / averages.tax_effort
        + weights.income * Fraction(averages.income, indicators.income)
    )


def _check(indicators: Indicators, averages: Indicators, weights: Weights) -> None:
    parts = (weights.financial_potential, weights.tax_effort, weights.income)
    if weights.total != 1 or min(parts) < 0:
        raise ValueError(
            _("les poids votés font {total} ; attendu : 1, sans poids négatif").format(total=weights.total)
        )
    if not weights.decision.strip():
        raise ValueError(_("les poids n'ont pas de délibération ; attendu : la décision qui les a votés"))
    for line in (indicators, averages):
        if min(line.financial_potential, line.income) <= 0 or line.tax_effort <= 0:
            raise ValueError(_("un indicateur nul ou négatif ; attendu : des indicateurs positifs"))
        if not line.provenance.strip():
            raise ValueError(_("des indicateurs sans source ; attendu : d'où ils viennent"))
    if indicators.year != averages.year:
        raise ValueError(
            _("des indicateurs de {year} et des moyennes de {other} ; attendu : la même année").format(
                year=indicators.year, other=averages.year
            )
        )
