"""The document of a stress test: what it may hold, and every error with its line."""

from fractions import Fraction
from pathlib import Path

import pytest

from allocator.exploration.spec import ILLUSTRATIVE, spec_hash
from allocator.exploration.spec_file import faults, read_spec
from scenarios.document import Scenario
from scenarios.formats.problems import ScenarioError

GOOD = """\
title: Aléas du centre
description: illustratif
draws: 500
seed: 7
overruns:
- {natures: [EQP], low: 0.95, likely: 1.05, high: 1.3, correlation: 30 %}
- {low: 1, likely: 1, high: 1.1}
withdrawals:
- {partner: REGION, probability: 10 %, cut: 1/2, from_year: 2028}
- {partner: ANAH, probability: 5 %, cut: 1}
- {probability: 5 %, cut: 0.3}
delays:
- {operations: [ECOLE], probability: 0.2, years: 1}
"""


def read(tmp_path: Path, text: str, scenario: Scenario) -> object:
    path = tmp_path / "aleas.yaml"
    path.write_text(text, encoding="utf-8")
    return read_spec(path, scenario)


def test_a_whole_document(tmp_path: Path, tutorial: Scenario) -> None:
    spec = read(tmp_path, GOOD, tutorial)
    assert (spec.draws, spec.seed) == (500, 7)
    assert spec.overruns[0].correlation == Fraction(3, 10)
    assert spec.withdrawals[0].from_year == 2028
    assert spec.withdrawals[2].partner is None
    assert spec.delays[0].operations == ("ECOLE",)


@pytest.mark.parametrize(
    ("before", "after", "line", "column", "expected"),
    [
        ("draws: 500", "draws: 0", 3, "draws", "au moins un tirage"),
        ("draws: 500", "draws: beaucoup", 3, "draws", "un nombre entier"),
        ("seed: 7\n", "", 1, "seed", "« seed »"),
        ("seed: 7", "sead: 7", 4, "sead", "un champ connu"),
        ("[EQP]", "[EQX]", 6, "natures", "un code que le scénario emploie"),
        ("[ECOLE]", "[ECOL]", 13, "operations", "un code que le scénario emploie"),
        ("likely: 1.05", "likely: 1.5", 6, "likely", "« low » ≤ « likely » ≤ « high »"),
        ("likely: 1.05", "likely: 0.9", 6, "likely", "« low » ≤ « likely » ≤ « high »"),
        ("low: 0.95", "low: 0", 6, "low", "au-dessus des recettes de « ECOLE »"),
        ("partner: REGION", "partner: REGIONS", 9, "partner", "un partenaire ou un fonds commun"),
        ("from_year: 2028", "from_year: 2031", 9, "from_year", "une année de 2027 à 2029"),
        ("probability: 5 %, cut: 1}", "probability: 5 %, cut: 0.5}", 10, "partner", "dont un budget est limité"),
        ("probability: 10 %", "probability: 110 %", 9, "probability", "un taux de 0 à 1"),
        ("title: Aléas du centre", "title: ''", 1, "title", "« title »"),
        ("title:", "format_version: 2\ntitle:", 1, "format_version", "la version 1"),
    ],
)
def test_every_error_has_its_place(
    tmp_path: Path, tutorial: Scenario, before: str, after: str, line: int, column: str, expected: str
) -> None:
    assert before in GOOD
    with pytest.raises(ScenarioError) as error:
        read(tmp_path, GOOD.replace(before, after), tutorial)
    places = {(problem.file, problem.row, problem.column): problem.expected for problem in error.value.problems}
    assert expected in places["aleas.yaml", line, column]


def test_what_is_no_document(tmp_path: Path, tutorial: Scenario) -> None:
    for text in ("- 1", "", "title: [", "a: *b"):
        with pytest.raises(ScenarioError):
            read(tmp_path, text, tutorial)


def test_all_errors_at_once(tmp_path: Path, tutorial: Scenario) -> None:
    text = GOOD.replace("[EQP]", "[EQX]").replace("[ECOLE]", "[ECOL]").replace("REGION", "R")
    with pytest.raises(ScenarioError) as error:
        read(tmp_path, text, tutorial)
    assert [problem.row for problem in error.value.problems] == [6, 9, 13]


def test_the_illustrative_laws_suit_any_scenario(tutorial: Scenario) -> None:
    assert list(faults(ILLUSTRATIVE, tutorial)) == []
    assert "illustratif" in ILLUSTRATIVE.description


def test_the_hash_is_that_of_what_is_drawn() -> None:
    same = ILLUSTRATIVE.model_copy(update={"title": "Autre", "draws": 3})
    assert spec_hash(same) == spec_hash(ILLUSTRATIVE)
    assert spec_hash(ILLUSTRATIVE.model_copy(update={"seed": 2})) != spec_hash(ILLUSTRATIVE)
    assert spec_hash(ILLUSTRATIVE.model_copy(update={"delays": ()})) != spec_hash(ILLUSTRATIVE)
