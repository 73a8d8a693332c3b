"""The checker weighs communes as the scenario says, by hand, and as the program does on drawn committees."""

import pytest

from allocator.check.wealth import thousandths
from scenarios.document import Commune, Indicator, IndicatorWeight
from scenarios.equalisation import weighted_potentials
from tests.allocator.messy import messy
from tests.allocator.rules.tiny import scenario


def commune(code: str, population: int, income: int) -> Commune:
    return Commune(code=code, label=code, territory="T", population=population, income_per_capita=income)


def test_by_hand() -> None:
    """Incomes 100 and 200 for 3000 and 1000 inhabitants: average 125, hence indices 0.8 and 1.6."""
    line = IndicatorWeight(indicator=Indicator.INCOME, weight="1", year="2025")
    update = {"communes": (commune("A", 3000, 100), commune("B", 1000, 200)), "equalisation": (line,)}
    document = scenario().model_copy(update=update)
    assert thousandths(document, "A") == 2_400_000
    assert thousandths(document, "B") == 1_600_000


def test_as_the_program_weighs() -> None:
    drawn = [one for one in map(messy, range(60)) if one.equalisation]
    assert drawn
    for document in drawn:
        for code, weight in weighted_potentials(document).items():
            assert thousandths(document, code) == weight


def test_a_commune_without_its_population_is_named() -> None:
    document = next(drawn for drawn in map(messy, range(200)) if drawn.equalisation)
    bare = document.communes[0].model_copy(update={"population": None})
    with pytest.raises(ValueError, match=bare.code):
        thousandths(document.model_copy(update={"communes": (bare, *document.communes[1:])}), bare.code)
