"""K09: the région or one département, unless the operation is concerted."""

from typing import Any

import pytest

from tests.allocator.rules.tiny import (
    committed,
    derogation,
    eligibility,
    formulation,
    operation,
    partner,
    partners,
    rule,
    scenario,
    wanted,
)

BOTH = (eligibility("DEP", presence="optional"), eligibility("REG"))
RULE = rule("region_or_departement")
WISHES = wanted(DEP=200, REG=300, COM=700)


def test_formulation() -> None:
    document = scenario(eligibilities=BOTH, rules=(RULE,))
    assert formulation(document, "region_or_departement") == [
        "region_or_departement|R|OP: +1 brings|OP|DEP +1 brings|OP|REG <= 1"
    ]


@pytest.mark.parametrize(
    ("wishes", "kept"),
    [
        (wanted(REG=300, COM=900), {"COM", "REG"}),
        (wanted(DEP=200, COM=1000), {"COM", "DEP"}),
        (wanted(DEP=200, REG=300, COM=700), {"COM", "REG"}),
        (wanted(DEP=300, REG=299, COM=601), {"COM", "DEP"}),
        (wanted(DEP=1, REG=1, COM=1198), {"COM"}),
    ],
)
def test_one_of_the_two_at_most(wishes: Any, kept: set[str]) -> None:
    found = {name.split("|")[1] for name in committed(scenario(eligibilities=BOTH, rules=(RULE,), references=wishes))}
    assert found - {"DEP", "REG"} == kept - {"DEP", "REG"}
    assert len(found & {"DEP", "REG"}) <= 1
    if len(kept) > 1:
        assert found == kept


@pytest.mark.parametrize(
    "tables",
    [
        {"operations": (operation(concerted=True),)},
        {"derogations": (derogation(operation="OP"),)},
        {
            "rules": (rule("region_or_departement", natures=("DEM",)),),
            "operations": (operation(), operation("B", nature="DEM")),
        },
        {"rules": ()},
    ],
)  # fmt: skip
def test_lifted_by_contract_derogation_or_filter(tables: dict[str, Any]) -> None:
    document = scenario(**{"eligibilities": BOTH, "rules": (RULE,), "references": WISHES, **tables})
    found = committed(document)
    assert (found["OP|DEP|2026"], found["OP|REG|2026"]) == (200, 300)


def test_two_departements_are_one_too_many() -> None:
    document = scenario(
        partners=(*partners(), partner("DEP2", "departement")),
        eligibilities=(eligibility("DEP"), eligibility("DEP2")), rules=(RULE,),
        references=wanted(DEP=200, DEP2=100, COM=900),
    )  # fmt: skip
    found = committed(document)
    assert "OP|DEP2|2026" not in found
    assert found["OP|DEP|2026"] >= 200


def test_an_owner_contributes_without_granting() -> None:
    document = scenario(
        operations=(operation(owner="DEP"),), eligibilities=(eligibility("REG"),), rules=(RULE,),
        references=wanted(DEP=700, REG=500),
    )  # fmt: skip
    assert formulation(document, "region_or_departement") == []
    assert committed(document) == {"OP|DEP|2026": 700, "OP|REG|2026": 500}
