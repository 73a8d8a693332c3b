"""Why an operation gets what it gets: the tutorial, whose plan is solved by hand in the guide."""

import pytest

from allocator.engines.highs import HighsEngine
from allocator.solve.allocate import Decision, decide
from scenarios import library
from scenarios.formats import read
from ui.desk.reasons import hindrance, reasons


@pytest.fixture(scope="module")
def decision() -> Decision:
    return decide(read(library.find("tutoriel")), HighsEngine())


def test_an_operation_without_funding_says_so_and_what_stops_those_who_could_pay(decision: Decision) -> None:
    found = reasons(decision, HighsEngine(), "GYMNASE")
    assert not found.funded
    assert found.summary[0].endswith("(GYMNASE) n'est pas financée.")
    assert {share.amount.replace("\u202f", " ") for share in found.shares} == {"0 €"}


def test_a_funded_operation_is_explained_by_its_widest_share(decision: Decision) -> None:
    funded = next(line for line in decision.allocation.launches if line.operation != "GYMNASE")
    found = reasons(decision, HighsEngine(), funded.operation)
    amounts = {
        line.partner: line.amount for line in decision.allocation.commitments if line.operation == found.operation
    }
    assert f"({found.operation})" in found.summary[0]
    assert found.summary[1]
    assert len(found.shares) >= len(amounts)


def test_what_keeps_an_operation_from_being_funded_is_said_in_words(decision: Decision) -> None:
    said = hindrance(decision, HighsEngine(), "GYMNASE")
    assert said.startswith(("Ces exigences ne peuvent pas être tenues ensemble", "Rien ne l'interdit"))


def test_an_unknown_operation_is_an_error(decision: Decision) -> None:
    with pytest.raises(KeyError):
        reasons(decision, HighsEngine(), "INCONNUE")
