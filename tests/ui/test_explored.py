"""What is told of a stress test, and what a loss may be."""

from fractions import Fraction

import pytest

from ui.explored import counted, loss_rate


def test_draws_are_told_a_few_times_then_what_follows() -> None:
    told: list[str] = []
    progress = counted(told.append, 1000)
    for done in range(0, 1001, 10):
        progress(done, 1000)
    assert told[0] == "Tirage 0 sur 1000"
    assert told[-2:] == ["Tirage 1000 sur 1000", "Retrait de chaque partenaire, et tirages recalculés en entier"]
    assert len(told) == 22


def test_a_loss_is_a_rate() -> None:
    assert loss_rate("2,5 %") == loss_rate("2.5 %") == Fraction(1, 40)
    with pytest.raises(ValueError, match="n'est pas un taux de 0 à 1"):
        loss_rate("150 %")
