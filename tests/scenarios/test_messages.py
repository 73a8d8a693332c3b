"""The message as its reader sees it: a whole file with five errors, and a scenario that comes from no file."""

from pathlib import Path

import pytest

from scenarios.document import Goal, GoalKind
from scenarios.formats import Problem, ScenarioError, check, read
from scenarios.library import find, names

HERE = Path(__file__).parent


def test_five_errors_are_told_at_once() -> None:
    with pytest.raises(ScenarioError) as refusal:
        read(HERE / "five_errors.yaml")
    assert str(refusal.value) + "\n" == (HERE / "five_errors.txt").read_text(encoding="utf-8")


def test_a_scenario_without_file_is_told_by_table_and_row(complete: Path) -> None:
    scenario = read(complete)
    changed = scenario.model_copy(
        update={"goals": (Goal(kind=GoalKind.FUNDED_COST),) * 2, "last_year": 2025, "profiles": scenario.profiles[1:]}
    )
    with pytest.raises(ScenarioError) as refusal:
        check(changed)
    assert refusal.value.problems == (
        Problem(
            "", None, "last_year", "2025", "2026 ou une année suivante, car la première est 2026",
            "Corrigez la première ou la dernière année.",
        ),
        Problem(
            "", 2, "kind", "« funded_cost », déjà écrit à la ligne 1",
            "une seule ligne pour les mêmes valeurs de « kind »",
            "Supprimez l'une des deux lignes, ou corrigez ce qui devait les distinguer.", "goals",
        ),
        Problem(
            "", 4, "profile", "« UN »", "un profil de la table « profiles »",
            "Ajoutez la ligne qui manque, ou corrigez ce code.", "operations",
        ),
    )  # fmt: skip
    assert "\ntable « operations », ligne 4, colonne « profile »\n" in str(refusal.value)


def test_a_problem_of_nowhere_still_has_a_place() -> None:
    assert Problem("", None, None, "a", "b", "C.").place == "scénario"


@pytest.mark.parametrize("name", names())
def test_shipped_scenarios_are_accepted(name: str) -> None:
    check(read(find(name)))


def test_the_complete_scenario_is_accepted(complete: Path) -> None:
    check(read(complete))
