"""A plan and its scenario on disk: read back unchanged and verified, refused when they do not belong together."""

import json
from pathlib import Path

import pytest

from allocator.solve.allocate import allocate
from allocator.solved import SCENARIO, Solved, SolvedFolderUnusable, is_solved, read, write
from scenarios import formats, library
from scenarios.rulebooks import in_force


def solved(name: str) -> Solved:
    scenario = in_force(formats.read(library.find(name)))
    return Solved(scenario, allocate(scenario))


@pytest.fixture(scope="module")
def tutorial() -> Solved:
    return solved("tutoriel")


@pytest.mark.parametrize("name", ["tutoriel", "droit-demo"])
def test_what_is_written_is_read_back(name: str, tmp_path: Path) -> None:
    one = solved(name)
    assert not is_solved(tmp_path)
    names = [path.name for path in write(one, tmp_path / "plan")]
    assert names == ["scenario.json", "launches.csv", "commitments.csv", "payments.csv", "allocation.json"]
    assert is_solved(tmp_path / "plan")
    assert read(tmp_path / "plan") == one


def test_a_plan_without_its_scenario_is_refused(tutorial: Solved, tmp_path: Path) -> None:
    write(tutorial, tmp_path)
    (tmp_path / SCENARIO).unlink()
    with pytest.raises(SolvedFolderUnusable, match=r"scenario\.json manque"):
        read(tmp_path)


def test_another_scenario_is_refused_by_its_fingerprint(tutorial: Solved, tmp_path: Path) -> None:
    write(tutorial, tmp_path)
    formats.write(tutorial.scenario.model_copy(update={"title": "Autre"}), tmp_path / SCENARIO)
    with pytest.raises(SolvedFolderUnusable, match=tutorial.allocation.fingerprint):
        read(tmp_path)


def test_a_plan_changed_by_hand_is_refused_with_the_rule_it_breaks(tutorial: Solved, tmp_path: Path) -> None:
    write(tutorial, tmp_path)
    path = tmp_path / "allocation.json"
    values = json.loads(path.read_text(encoding="utf-8"))
    values["commitments"][0]["amount"] += 1
    path.write_text(json.dumps(values, ensure_ascii=False, indent=1, sort_keys=True), encoding="utf-8")
    with pytest.raises(SolvedFolderUnusable, match="ne respecte pas toutes les règles"):
        read(tmp_path)


def test_a_plan_that_names_an_unknown_operation_is_refused(tutorial: Solved, tmp_path: Path) -> None:
    write(tutorial, tmp_path)
    path = tmp_path / "allocation.json"
    values = json.loads(path.read_text(encoding="utf-8"))
    values["commitments"][0]["operation"] = "INCONNUE"
    path.write_text(json.dumps(values, ensure_ascii=False, indent=1, sort_keys=True), encoding="utf-8")
    with pytest.raises(SolvedFolderUnusable, match="ne respecte pas toutes les règles"):
        read(tmp_path)
