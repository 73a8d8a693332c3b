"""Commitments cover each launch exactly."""

import pytest

from allocator.check import verify

from .builder import cells, conforms, families, operation, plain, plan, scenario


@pytest.mark.parametrize("cent", [-1, 1])
def test_commitments_cover_the_funding_to_the_cent(cent: int) -> None:
    document = scenario()
    committed = cells(ANRU=30_000, VILLE=70_000)
    assert conforms(document, plan(document, committed))
    wrong = plan(document, committed | cells(ANRU=30_000 + cent), funded={("OP", 2026): 100_000})
    violation = verify(document, wrong)[0]
    assert (violation.family, violation.subject) == ("coverage", ("OP", "2026"))
    assert (violation.found, violation.limit) == (100_000 + cent, 100_000)
    amount = "1 000,01" if cent > 0 else "999,99"
    assert plain(violation.sentence) == (
        f"Opération OP lancée en 2026 : les engagements font {amount} €, le montant financé est de 1 000 €."
    )


def test_each_launch_is_covered_on_its_own() -> None:
    document = scenario(operations=(operation(divisible=True),))
    committed = cells(VILLE=40_000) | cells(start=2027, VILLE=60_000)
    wrong = plan(document, committed, funded={("OP", 2026): 40_001, ("OP", 2027): 59_999})
    assert families(document, wrong) == {"coverage", "totals"}
    assert [violation.subject for violation in verify(document, wrong)[:2]] == [("OP", "2026"), ("OP", "2027")]


def test_nothing_is_committed_without_a_launch() -> None:
    document = scenario()
    violation = verify(document, plan(document, cells(VILLE=1), funded={}))[0]
    assert (violation.family, violation.found, violation.limit) == ("coverage", 1, 0)
