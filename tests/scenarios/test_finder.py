"""A scenario is found by its path or by the name of a shipped one."""

from pathlib import Path

import pytest

from scenarios import library
from scenarios.formats import ScenarioError
from scenarios.library import find, names


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Replace the shipped scenarios by three, and work in an empty folder."""
    root = tmp_path / "library"
    for name in ("alpha", "beta", "not-a-scenario"):
        (root / name).mkdir(parents=True)
    (root / "alpha" / "scenario.yaml").touch()
    (root / "beta" / "scenario.yaml").touch()
    (root / "gamma.yaml").touch()
    (root / "notes.md").touch()
    monkeypatch.setattr(library, "_ROOT", root)
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    return root


def test_names_are_sorted_and_only_scenarios(shelf: Path) -> None:
    assert names() == ("alpha", "beta", "gamma")
    assert find("alpha") == shelf / "alpha"
    assert find("gamma") == shelf / "gamma.yaml"


def test_a_path_that_exists_wins(shelf: Path) -> None:
    Path("mine.yaml").touch()
    Path("alpha").mkdir()
    assert find("mine.yaml") == Path("mine.yaml")
    assert find("alpha") == shelf / "alpha", "a folder that holds no scenario hides nothing"
    Path("alpha/scenario.yaml").touch()
    assert find("alpha") == Path("alpha")
    Path("empty").mkdir()
    assert find("empty") == Path("empty")


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize(("name", "advice"), [("alfa", "Essayez « alpha »."), ("zzz", "Vérifiez le chemin ou le nom.")])
def test_an_unknown_name_lists_the_known_ones(name: str, advice: str) -> None:
    with pytest.raises(ScenarioError) as refusal:
        find(name)
    assert str(refusal.value) == (
        "Le document ne peut pas être employé : 1 problème.\n\n"
        "scénario\n"
        f"  trouvé : « {name} »\n"
        "  attendu : le chemin d'un scénario, ou l'un des noms « alpha », « beta », « gamma »\n"
        f"  à faire : {advice}"
    )


def test_the_shipped_scenarios_are_found() -> None:
    assert all((find(name) / "scenario.yaml").is_file() or find(name).is_file() for name in names())
    assert names()
