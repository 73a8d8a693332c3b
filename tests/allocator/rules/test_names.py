"""Every row of every family can be said in the committee's words."""

import pytest

from allocator.compilation import compile_scenario
from allocator.rules.names import in_words
from tests.allocator.messy import messy


@pytest.mark.parametrize("seed", range(20))
def test_every_row_has_words(seed: int) -> None:
    program = compile_scenario(messy(seed)).program
    for name in program.row_ids():
        if not name.startswith("reference|"):
            assert "|" not in in_words(name)


def test_words_and_codes() -> None:
    assert in_words("rate_ceiling|R1|ECOLE|ETAT|2027") == "taux maximal (R1, ECOLE, ETAT, 2027)"
    assert in_words("lock|at_least|COPRO|ANAH") == "montant arrêté (au moins, COPRO, ANAH)"
