"""Texts about several aids or several funders become rules that the allocation applies, to the cent."""

from typing import Any

import pytest

from scenarios.checks import findings
from scenarios.document import DeMinimis, RegionOrDepartement, RulebookUse, Scenario
from scenarios.rulebooks import in_force
from tests.allocator.rules.tiny import committed, eligibility, operation, scenario, wanted

COST = 60_000_000


def shop(day: str, wish: int) -> Scenario:
    return scenario(
        reference_date=day, rulebooks=(RulebookUse(rulebook="ue-de-minimis"),),
        operations=(operation(owner="PRIV", cost_excl_vat=COST), operation("B")),
        references=wanted(REG=wish, PRIV=COST - wish),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("day", "amount", "code"), [("2023-12-31", 20_000_000, "DEMIN-2014"), ("2024-01-01", 30_000_000, "DEMIN-2024")]
)
def test_de_minimis_binds_private_owners_by_the_value_of_the_day(day: str, amount: int, code: str) -> None:
    document = shop(day, 1)
    assert findings(document) == []
    (rule,) = in_force(document).rules
    assert isinstance(rule, DeMinimis)
    assert (rule.code, rule.amount, rule.operations) == (code, amount, ("OP",))


@pytest.mark.parametrize(
    ("wish", "brought"), [(29_999_999, 29_999_999), (30_000_000, 30_000_000), (30_000_001, 30_000_000)]
)
def test_below_at_and_above_the_de_minimis_ceiling(wish: int, brought: int) -> None:
    assert committed(in_force(shop("2026-01-01", wish)))["OP|REG|2026"] == brought


def lead(**fields: Any) -> Scenario:
    use = RulebookUse(rulebook="cgct-part-propre", entry="REG-OU-DEP", operations=("OP",))
    return scenario(
        rulebooks=(use,), operations=(operation(**fields),), references=wanted(REG=400, DEP=300, COM=500),
        eligibilities=(eligibility("REG"), eligibility("DEP")),
    )  # fmt: skip


def test_region_or_departement_for_the_operations_that_the_scenario_names() -> None:
    document = in_force(lead())
    (rule,) = document.rules
    assert isinstance(rule, RegionOrDepartement)
    assert (rule.code, rule.reference, rule.operations) == ("REG-OU-DEP", "CGCT, art. L.1111-9 I 3°", ("OP",))
    assert "OP|DEP|2026" not in committed(document)
    assert "OP|DEP|2026" in committed(in_force(lead(concerted=True)))


def test_operations_of_a_lead_competence_must_be_named() -> None:
    use = RulebookUse(rulebook="cgct-part-propre", entry="REG-OU-DEP")
    (finding,) = findings(lead().model_copy(update={"rulebooks": (use,)}))
    assert (finding.table, finding.column) == ("rulebooks", "operations")
