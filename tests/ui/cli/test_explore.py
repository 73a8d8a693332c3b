"""``allocator explore`` alternatives and frontier, on the tutorial."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Allocator = Callable[..., Any]


def test_alternatives(allocator: Allocator) -> None:
    ended = allocator("explore", "tutoriel", "alternatives", "--loss", "25 %")
    assert ended.code == 0
    lines = ended.out.splitlines()
    assert lines[0] == "Plan : le plus proche du vote précédent, le plus tôt."
    assert "│ Reçoivent plus                │ GYMNASE             │" in lines
    assert "Le plan lui-même est déjà : la couverture la plus égale des territoires." in lines
    assert any(line.startswith("Sans objet, l'effort le plus égal entre partenaires :") for line in lines)


def test_alternatives_to_a_former_vote_in_json(allocator: Allocator, tmp_path: Path) -> None:
    assert allocator("solve", "tutoriel", "--out", tmp_path).code == 0
    ended = allocator("explore", "tutoriel", "alternatives", "--previous", tmp_path, "--json")
    assert "closest" in ended.document()["same"]


def test_frontier(allocator: Allocator) -> None:
    ended = allocator("explore", "tutoriel", "frontier", "--json")
    assert ended.document()["goals"] == ["priority_value", "reference_closeness"]
    assert ended.document()["points"][0] == {"first": "49833333/500000", "second": "16000004"}
    shown = allocator("explore", "tutoriel", "frontier", "--goals", "priority_value,funded_cost", "--points", "3")
    assert "Chaque point est exact" in shown.out or "Un même plan" in shown.out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("alternatives", "--loss", "trop"), "« trop » n'est pas un taux"),
        (("frontier", "--goals", "priority_value"), "Donnez deux objectifs différents"),
        (("frontier", "--goals", "priority_value,equal_effort"), "Donnez deux objectifs différents"),
        (("frontier", "--goals", "priority_value,spare_partner"), "quel partenaire ménager"),
        (("nimporte",), "La commande « nimporte » n'existe pas"),
    ],
)
def test_what_cannot_be_explored_is_said(allocator: Allocator, arguments: tuple[str, ...], sentence: str) -> None:
    ended = allocator("explore", "tutoriel", *arguments)
    assert ended.code == 2
    assert sentence in ended.err
