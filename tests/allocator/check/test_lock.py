"""Amounts already decided."""

import pytest

from allocator.allocation import Allocation
from scenarios.document import Lock, Scenario

from .builder import cells, conforms, only, operation, plain, plan, scenario


def locked(sense: str, amount: int = 30_000) -> Scenario:
    lock = Lock(operation="OP", partner="ANRU", sense=sense, amount=amount, author="le conseil", reason="Délibération")
    return scenario(locks=(lock,))


def bringing(document: Scenario, amount: int) -> Allocation:
    return plan(document, cells(ANRU=amount, VILLE=100_000 - amount))


@pytest.mark.parametrize(
    ("sense", "kept", "broken", "sentence"),
    [
        (
            "exactly",
            [30_000],
            [29_999, 30_001],
            "ANRU apporte {} € à l'opération OP, au lieu des 300 € exactement arrêtés par le conseil.",
        ),
        (
            "at_least",
            [30_000, 30_001],
            [29_999],
            "ANRU apporte {} € à l'opération OP, moins que les 300 € arrêtés par le conseil.",
        ),
        (
            "at_most",
            [30_000, 29_999, 0],
            [30_001],
            "ANRU apporte {} € à l'opération OP, plus que les 300 € arrêtés par le conseil.",
        ),
    ],
)
def test_at_the_lock_and_one_cent_away(sense: str, kept: list[int], broken: list[int], sentence: str) -> None:
    document = locked(sense)
    for amount in kept:
        assert conforms(document, bringing(document, amount)), amount
    for amount in broken:
        violation = only(document, bringing(document, amount))
        assert (violation.family, violation.subject) == ("lock", ("OP", "ANRU", sense))
        assert (violation.found, violation.limit) == (amount, 30_000)
        assert plain(violation.sentence) == sentence.format(f"{amount // 100},{amount % 100:02d}")


@pytest.mark.parametrize(("sense", "kept"), [("exactly", False), ("at_least", False), ("at_most", True)])
def test_an_operation_left_out_brings_nothing(sense: str, kept: bool) -> None:
    document = locked(sense)
    assert conforms(document, plan(document, {})) == kept


def test_a_refusal_is_a_lock_at_zero() -> None:
    document = locked("exactly", amount=0)
    assert conforms(document, plan(document, cells(VILLE=100_000)))
    assert only(document, bringing(document, 1)).found == 1


def test_launches_add_up() -> None:
    document = locked("exactly").model_copy(update={"operations": (operation(divisible=True),)})
    committed = cells(ANRU=12_345, VILLE=20_000) | cells(start=2027, ANRU=17_655, VILLE=10_000)
    assert conforms(document, plan(document, committed))
