"""At most a number of partners."""

from .builder import cells, conforms, derogation, eligibility, only, operation, plain, plan, rule, scenario

THREE = cells(ANRU=1, REGION=1, VILLE=99_998)


def test_at_the_limit_and_one_partner_more() -> None:
    document = scenario(rules=(rule("partner_limit", most=2, owner_counted=False),))
    assert conforms(document, plan(document, THREE))
    violation = only(document, plan(document, cells(ANRU=1, REGION=1, PRIVE=1, VILLE=99_997)))
    assert (violation.family, violation.subject, violation.found, violation.limit) == (
        "partner_limit", ("R1", "OP"), 3, 2,
    )  # fmt: skip
    assert plain(violation.sentence) == (
        "Règle R1 : l'opération OP a 3 partenaires comptés (ANRU, PRIVE, REGION), au lieu de 2 au plus."
    )


def test_the_owner_counts_when_the_rule_says_so() -> None:
    document = scenario(rules=(rule("partner_limit", most=2, owner_counted=True),))
    assert only(document, plan(document, THREE)).found == 3
    assert conforms(document, plan(document, cells(ANRU=1, REGION=99_999)))


def test_only_the_kinds_named_count() -> None:
    document = scenario(rules=(rule("partner_limit", most=1, owner_counted=False, counts=("anru", "private")),))
    assert conforms(document, plan(document, THREE))
    assert only(document, plan(document, cells(ANRU=1, PRIVE=1, VILLE=99_998))).found == 2


def test_a_partner_in_two_years_counts_once() -> None:
    document = scenario(
        operations=(operation(divisible=True),), rules=(rule("partner_limit", most=1, owner_counted=False),)
    )
    assert conforms(document, plan(document, cells(ANRU=5) | cells(start=2027, ANRU=5)))
    assert only(document, plan(document, cells(ANRU=5) | cells(start=2027, REGION=5))).found == 2


def test_lifted() -> None:
    document = scenario(
        rules=(rule("partner_limit", most=0, owner_counted=False),), derogations=(derogation(operation="OP"),),
        eligibilities=(eligibility("ANRU"), eligibility("REGION")),
    )  # fmt: skip
    assert conforms(document, plan(document, THREE))
