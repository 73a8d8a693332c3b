"""What is funded, and when it starts."""

from typing import Any

import pytest

from .builder import cells, conforms, families, only, operation, plain, plan, scenario


def test_a_whole_operation_and_nothing_at_all_conform() -> None:
    document = scenario()
    assert conforms(document, plan(document, cells(ANRU=30_000, VILLE=70_000)))
    assert conforms(document, plan(document, {}))


def test_a_divisible_operation_may_be_funded_in_part_and_in_two_launches() -> None:
    document = scenario(operations=(operation(divisible=True),))
    assert conforms(document, plan(document, cells(VILLE=1)))
    two = cells(VILLE=33_333) | cells(start=2027, VILLE=66_667)
    assert conforms(document, plan(document, two))


@pytest.mark.parametrize(
    ("changes", "amount", "sentence"),
    [
        (
            {"divisible": True},
            100_001,
            "L'opération OP est financée pour 1 000,01 €, au lieu de 1 000 € au plus.",
        ),
        (
            {"divisible": True, "mandatory": True},
            99_999,
            "L'opération obligatoire OP est financée pour 999,99 €, au lieu de 1 000 €.",
        ),
        ({"mandatory": True}, 0, "L'opération obligatoire OP est financée pour 0 €, au lieu de 1 000 €."),
        ({}, 99_999, "L'opération non divisible OP est financée pour 999,99 €, au lieu de 1 000 € ou rien."),
        ({}, 1, "L'opération non divisible OP est financée pour 0,01 €, au lieu de 1 000 € ou rien."),
    ],
)
def test_one_cent_too_much_or_too_little(changes: dict[str, Any], amount: int, sentence: str) -> None:
    document = scenario(operations=(operation(**changes),))
    violation = only(document, plan(document, cells(VILLE=amount)))
    assert (violation.family, violation.subject) == ("selection", ("OP",))
    assert (violation.found, violation.limit) == (amount, 100_000)
    assert plain(violation.sentence) == sentence


def test_an_indivisible_operation_has_one_launch() -> None:
    document = scenario()
    violation = only(document, plan(document, cells(VILLE=40_000) | cells(start=2027, VILLE=60_000)))
    assert (violation.found, violation.limit) == (2, 1)
    assert violation.sentence == "L'opération non divisible OP est lancée en plusieurs fois : 2026, 2027."


@pytest.mark.parametrize(("start", "limit"), [(2026, 2027), (2029, 2028)])
def test_starts_outside_the_allowed_years(start: int, limit: int) -> None:
    document = scenario(operations=(operation(earliest_start=2027, latest_start=2028),), last_year=2030)
    assert conforms(document, plan(document, cells(start=2027, VILLE=100_000)))
    assert conforms(document, plan(document, cells(start=2028, VILLE=100_000)))
    violation = only(document, plan(document, cells(start=start, VILLE=100_000)))
    assert (violation.family, violation.found, violation.limit) == ("selection", start, limit)
    assert violation.sentence == f"L'opération OP est lancée en {start}, hors des années permises (2027 à 2028)."


def test_an_operation_with_nothing_to_fund_cannot_be_launched() -> None:
    document = scenario(operations=(operation(receipts=100_000, mandatory=True),))
    assert conforms(document, plan(document, {}))
    assert families(document, plan(document, cells(VILLE=1))) == {"selection"}


def test_receipts_above_the_cost_are_an_error_of_the_data() -> None:
    document = scenario(operations=(operation(receipts=100_001),))
    with pytest.raises(ValueError, match="OP: receipts exceed the cost by 1 cents"):
        conforms(document, plan(document, {}))
