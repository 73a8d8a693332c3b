"""A reduced rate or amount from a day on."""

from fractions import Fraction
from typing import Any

import pytest

from .builder import cells, conforms, only, operation, plain, plan, rule, scenario

RATE = {"partner": "REGION", "since": "2027-06-30", "rate": Fraction(1, 5), "base": "excl_vat"}
AMOUNT = {"partner": "REGION", "since": "2027-06-30", "amount": 20_000}


@pytest.mark.parametrize("fields", [RATE, AMOUNT])
@pytest.mark.parametrize(
    ("start", "amount", "kept"), [(2026, 20_001, True), (2027, 20_000, True), (2027, 20_001, False)]
)
def test_at_the_ceiling_and_one_cent_more(fields: dict[str, Any], start: int, amount: int, kept: bool) -> None:
    document = scenario(rules=(rule("sanction", **fields),))
    assert conforms(document, plan(document, cells(start=start, REGION=amount, VILLE=100_000 - amount))) == kept


def test_the_two_violations() -> None:
    document = scenario(rules=(rule("sanction", **RATE),))
    found = only(document, plan(document, cells(start=2027, REGION=20_001, VILLE=79_999)))
    assert (found.family, found.subject) == ("sanction", ("R1", "OP", "REGION", "2027"))
    assert plain(found.sentence) == (
        "Règle R1 : REGION apporte 200,01 € à l'opération OP lancée en 2027, au lieu de 200 € au plus depuis la "
        "sanction (20 % d'une assiette de 1 000 €, au prorata de la part financée)."
    )
    document = scenario(rules=(rule("sanction", **AMOUNT),))
    found = only(document, plan(document, cells(start=2027, REGION=20_001, VILLE=79_999)))
    assert (found.subject, found.found, found.limit) == (("R1", "OP", "REGION"), 20_001, 20_000)
    assert plain(found.sentence) == (
        "Règle R1 : à partir de 2027, REGION apporte 200,01 € à l'opération OP, au lieu de 200 € au plus depuis la "
        "sanction."
    )


def test_a_part_bears_its_part_of_the_rate_only() -> None:
    half = cells(start=2027, REGION=20_000, VILLE=30_000)
    rated = scenario(operations=(operation(divisible=True),), rules=(rule("sanction", **RATE),))
    assert only(rated, plan(rated, half)).limit == 10_000
    capped = scenario(operations=(operation(divisible=True),), rules=(rule("sanction", **AMOUNT),))
    assert conforms(capped, plan(capped, half))


def test_a_rule_without_figures_is_an_error() -> None:
    document = scenario(rules=(rule("sanction", partner="REGION", since="2027-01-01"),))
    with pytest.raises(ValueError, match="R1: neither a rate of a base nor an amount"):
        conforms(document, plan(document, {}))
