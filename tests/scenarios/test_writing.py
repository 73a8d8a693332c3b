"""What is written: pleasant to read, all at once, and nothing of others' lost."""

import os
from pathlib import Path

import pytest

from scenarios.document import Scenario
from scenarios.formats import ScenarioError, disk, read, write


@pytest.fixture
def scenario(complete: Path) -> Scenario:
    return read(complete)


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def test_yaml_is_written_as_a_person_would(tmp_path: Path, scenario: Scenario) -> None:
    write(scenario, tmp_path / "s.yaml")
    text = (tmp_path / "s.yaml").read_text(encoding="utf-8")
    assert text.startswith("format_version: 1\ncode: complet\n")
    assert "\nreference_date: 2026-11-24\nfirst_year: 2026\n" in text
    assert "- code: '0010'\n  label: Démolition, 12 logements\n" in text
    assert "  cost_excl_vat: 639325.80\n" in text
    assert "  natures: [DEM, AME]\n" in text
    assert "  share: 1/3\n" in text
    assert "cost_unspecified" not in text.split("- code: AME-1")[0]


def test_csv_leaves_out_what_nobody_fills(tmp_path: Path, scenario: Scenario) -> None:
    emptied = {"district": "", "buildings": None}
    operations = tuple(operation.model_copy(update=emptied) for operation in scenario.operations)
    bare = scenario.model_copy(update={"loans": (), "operations": operations})
    write(bare, tmp_path / "s")
    assert "loans.csv" not in names(tmp_path / "s")
    header = (tmp_path / "s" / "operations.csv").read_text(encoding="utf-8").split("\n")[0]
    assert "district" not in header
    assert "buildings" not in header
    assert header.startswith("code,label,nature,project,commune,owner,cost_basis,cost_excl_vat,")
    rules = (tmp_path / "s" / "rules.csv").read_text(encoding="utf-8")
    assert rules.startswith("code,label,kind,partner,rate,base,")
    assert ",anru|state|region,DEM," in rules


def test_an_empty_required_table_keeps_its_file(tmp_path: Path, scenario: Scenario) -> None:
    nothing = dict.fromkeys(("eligibilities", "envelopes", "derogations", "locks", "plans", "references", "loans"), ())
    goals = tuple(goal for goal in scenario.goals if goal.kind != "reference_closeness")
    empty = scenario.model_copy(update={"operations": (), "rules": (), "goals": goals, **nothing})
    for name in ("s", "s.yaml", "s.json"):
        write(empty, tmp_path / name)
        assert read(tmp_path / name) == empty


def test_a_replaced_folder_loses_its_old_tables_and_keeps_other_files(tmp_path: Path, scenario: Scenario) -> None:
    folder = tmp_path / "s"
    write(scenario, folder)
    (folder / "README.md").write_text("à garder", encoding="utf-8")
    (folder / "sources").mkdir()
    (folder / "sources" / "lettre.txt").write_text("à garder aussi", encoding="utf-8")
    shorter = scenario.model_copy(update={"loans": (), "title": "Nouveau titre"})
    write(shorter, folder)
    assert read(folder) == shorter
    assert "loans.csv" not in names(folder)
    assert (folder / "README.md").read_text(encoding="utf-8") == "à garder"
    assert (folder / "sources" / "lettre.txt").read_text(encoding="utf-8") == "à garder aussi"
    assert names(tmp_path) == ["s"]


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path, scenario: Scenario) -> None:
    (tmp_path / "precious.csv").write_text("a", encoding="utf-8")
    with pytest.raises(ScenarioError, match="un dossier vide, ou celui d'un scénario"):
        write(scenario, tmp_path)
    assert names(tmp_path) == ["precious.csv"]


def test_an_empty_folder_may_be_filled(tmp_path: Path, scenario: Scenario) -> None:
    write(scenario, tmp_path)
    assert read(tmp_path) == scenario


@pytest.mark.parametrize("name", ["s.yaml", "s.json", "s"])
def test_an_interrupted_writing_leaves_the_old_document(
    tmp_path: Path, scenario: Scenario, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    write(scenario, tmp_path / name)

    def full(_descriptor: int) -> None:
        raise OSError("disque plein")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="disque plein"):
        write(scenario.model_copy(update={"title": "Nouveau"}), tmp_path / name)
    assert names(tmp_path) == [name]
    assert read(tmp_path / name) == scenario


def test_a_failed_rename_of_a_folder_is_undone(
    tmp_path: Path, scenario: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "s"
    write(scenario, folder)
    rename = Path.rename
    asked: list[Path] = []

    def refused_once(path: Path, target: Path) -> Path:
        asked.append(path)
        if len(asked) == 2:
            raise OSError("refusé")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", refused_once)
    with pytest.raises(OSError, match="refusé"):
        disk.replace_folder(folder, {"scenario.yaml": "code: autre\n"}, lambda _: True)
    assert names(tmp_path) == ["s"]
    assert read(folder) == scenario


def test_writing_twice_gives_the_same_bytes(tmp_path: Path, scenario: Scenario) -> None:
    for name in ("s.yaml", "s.json"):
        write(scenario, tmp_path / name)
        first = (tmp_path / name).read_bytes()
        write(read(tmp_path / name), tmp_path / name)
        assert (tmp_path / name).read_bytes() == first
