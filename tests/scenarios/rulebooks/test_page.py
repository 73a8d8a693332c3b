"""The page of the law says what the rulebooks say."""

import subprocess
import sys
from pathlib import Path

import pytest

from scenarios.rulebooks import Rulebook, books
from scenarios.rulebooks.formula import formula
from scenarios.rulebooks.page import page

PAGE = Path(__file__).parents[3] / "docs" / "droit.md"


def section(name: str) -> str:
    return page().split(f"\n### {name}\n")[1].split("\n##")[0]


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page() + "\n", "python -m scenarios.rulebooks.page > docs/droit.md"


def test_the_command_prints_the_page() -> None:
    command = [sys.executable, "-m", "scenarios.rulebooks.page"]
    printed = subprocess.run(command, capture_output=True, check=True, encoding="utf-8")
    assert printed.stdout == page() + "\n"


@pytest.mark.parametrize("book", books().values(), ids=lambda book: book.code)
def test_every_value_of_every_entry_is_there_with_its_source(book: Rulebook) -> None:
    for entry in book.entries:
        text = section(entry.id)
        assert entry.sentence in text
        rows = [line for line in text.splitlines() if line.startswith("| ") and line[2:6].isdigit()]
        assert [row[2:12] for row in rows] == [str(value.start) for value in entry.values]
        for row, value in zip(rows, entry.values, strict=True):
            assert str(value.reference) in row
        assert ("À remplir" in text) == entry.to_fill


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("ANRU-ING-RATE", "subvention de l'ANRU : au plus valeur × coût hors taxes"),
        ("MO-20", "part du maître d'ouvrage, emprunts compris : au moins valeur × total apporté par les personnes"),
        ("MO-20-X", "MO-20 : ne s'applique pas aux opérations concernées"),
        ("ANAH-CD", "subvention de l'Anah au syndicat : au plus valeur × coût hors taxes, assiette plafonnée"),
        ("ANRU-CLASS", "au plus (taux de la classe de la commune + bonus ANRU-BONUS) × assiette propre au partenaire"),
        ("ANRU-RLG", "subvention de l'ANRU : exactement valeur × nombre d'unités"),
        (
            "ANRU-PRIR-CE",
            "engagement de l'ANRU dispensé de l'avis du comité d'engagement : strictement moins que valeur",
        ),
    ],
)
def test_formulas_in_words(name: str, expected: str) -> None:
    (entry,) = (entry for book in books().values() for entry in book.entries if entry.id == name)
    assert expected in formula(entry)
    assert expected in section(name)
