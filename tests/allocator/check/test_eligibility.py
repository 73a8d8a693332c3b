"""Only eligible partners, the owner, or the partners of a fixed plan."""

from allocator.check import verify

from .builder import cells, conforms, eligibility, only, operation, plain, plan, plan_line, scenario


def test_owner_and_eligible_partners_only() -> None:
    document = scenario(eligibilities=(eligibility("ANRU"),))
    assert conforms(document, plan(document, cells(ANRU=30_000, VILLE=70_000)))
    violation = only(document, plan(document, cells(ANRU=30_000, REGION=1, VILLE=69_999)))
    assert (violation.family, violation.subject) == ("eligibility", ("OP", "REGION", "2026"))
    assert (violation.found, violation.limit) == (1, 0)
    assert plain(violation.sentence) == (
        "REGION apporte 0,01 € à l'opération OP lancée en 2026, qu'il ne peut pas financer."
    )


def test_eligibility_is_by_operation() -> None:
    document = scenario(operations=(operation(), operation("OQ")), eligibilities=(eligibility("ANRU"),))
    violation = only(document, plan(document, cells("OQ", ANRU=1, VILLE=99_999)))
    assert violation.subject == ("OQ", "ANRU", "2026")


def test_a_fixed_plan_names_its_partners_whoever_is_eligible() -> None:
    document = scenario(
        operations=(operation(latest_start=2026, profile=None),),
        plans=(plan_line("REGION", 2026, 40_000), plan_line("VILLE", 2027, 60_000)),
        eligibilities=(eligibility("ANRU"),),
    )
    assert conforms(document, plan(document, cells(REGION=40_000, VILLE=60_000)))
    wrong = plan(document, cells(ANRU=1, REGION=40_000, VILLE=59_999))
    assert ("eligibility", ("OP", "ANRU", "2026")) in {
        (violation.family, violation.subject) for violation in verify(document, wrong)
    }
