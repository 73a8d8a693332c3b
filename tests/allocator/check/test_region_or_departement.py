"""The région or one département."""

import pytest

from .builder import PARTNERS, cells, conforms, eligibility, only, operation, partner, plain, plan, rule, scenario

RULE = rule("region_or_departement")
TABLES = {
    "partners": (*PARTNERS, partner("DEP", "departement"), partner("DEP2", "departement")),
    "eligibilities": (eligibility("REGION"), eligibility("DEP"), eligibility("DEP2"), eligibility("VILLE")),
    "rules": (RULE,),
}
BOTH = cells(REGION=1, DEP=1, VILLE=99_998)


@pytest.mark.parametrize("alone", [cells(REGION=50_000, VILLE=50_000), cells(DEP=50_000, VILLE=50_000)])
def test_one_authority_is_enough(alone: dict[tuple[str, str, int], int]) -> None:
    document = scenario(**{**TABLES, "eligibilities": TABLES["eligibilities"][:3]})
    assert conforms(document, plan(document, alone))


def test_one_cent_from_both_is_refused() -> None:
    document = scenario(**{**TABLES, "eligibilities": TABLES["eligibilities"][:3]})
    violation = only(document, plan(document, BOTH))
    assert (violation.family, violation.subject) == ("region_or_departement", ("R1", "OP"))
    assert (violation.found, violation.limit) == (2, 1)
    assert plain(violation.sentence) == (
        "Règle R1 : l'opération OP reçoit des subventions de DEP, REGION, alors qu'une seule région ou un seul "
        "département peut la subventionner."
    )
    assert only(document, plan(document, cells(DEP=1, DEP2=1, VILLE=99_998))).found == 2


def test_in_two_years_it_is_still_both() -> None:
    document = scenario(
        **{**TABLES, "eligibilities": TABLES["eligibilities"][:3], "operations": (operation(divisible=True),)}
    )
    assert only(document, plan(document, cells(REGION=9) | cells(start=2027, DEP=9))).found == 2


def test_a_concerted_operation_and_an_owner_are_free() -> None:
    concerted = scenario(
        **{**TABLES, "eligibilities": TABLES["eligibilities"][:3], "operations": (operation(concerted=True),)}
    )
    assert conforms(concerted, plan(concerted, BOTH))
    owned = scenario(**{**TABLES, "eligibilities": (eligibility("REGION"),), "operations": (operation(owner="DEP"),)})
    assert conforms(owned, plan(owned, cells(REGION=50_000, DEP=50_000)))
