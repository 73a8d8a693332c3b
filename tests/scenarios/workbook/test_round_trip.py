"""Scenario to workbook to scenario: the same document, whoever saved the workbook in between."""

import shutil
import subprocess
import tempfile
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from scenarios.document import Scenario
from scenarios.fingerprint import fingerprint
from scenarios.formats import read, write
from scenarios.library import find, names
from scenarios.synthetic import committee
from tests.allocator.messy import messy
from tests.scenarios.workbook.conftest import COMPLETE

CASES = sorted((Path(__file__).parents[2] / "cases" / "fr").glob("*.yaml"))


def again(scenario: Scenario) -> Scenario:
    with tempfile.TemporaryDirectory() as place, mock.patch("os.fsync"):
        write(scenario, Path(place) / "s.xlsx")
        return read(Path(place) / "s.xlsx")


@pytest.mark.parametrize("path", [*map(find, names()), *CASES, COMPLETE], ids=lambda path: path.stem)
def test_shipped_scenarios_come_back_the_same(path: Path) -> None:
    scenario = read(path)
    assert again(scenario) == scenario
    assert fingerprint(again(scenario)) == fingerprint(scenario)


@given(seed=st.integers(0, 2**32))
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
def test_messy_scenarios_come_back_the_same(seed: int) -> None:
    scenario = messy(seed)
    assert again(scenario) == scenario


@pytest.mark.parametrize("seed", range(3))
def test_synthetic_scenarios_come_back_the_same(seed: int) -> None:
    scenario = committee(operations=60, partners=6, years=4, seed=seed)
    assert again(scenario) == scenario


def test_columns_may_be_moved_sheets_renamed_and_lines_left_blank(exported: Path, tmp_path: Path) -> None:
    book = load_workbook(exported)
    sheet = book["Prêts"]
    for row in sheet.iter_rows(min_row=1, max_row=3):
        values = [cell.value for cell in row]
        for cell, value in zip(row, reversed(values), strict=True):
            cell.value = value
    book["Montants arrêtés"].insert_rows(4, 2)
    book["Projets"].insert_rows(1)
    book["Projets"]["A1"] = "Titre libre"
    book["Projets"].title = "projects"
    book["Objectifs"].sheet_state = "hidden"
    del book["Recueils de règles employés"]
    book.move_sheet("Prêts", -10)
    book.create_sheet("Feuille vide")
    book.save(tmp_path / "s.xlsx")
    assert read(tmp_path / "s.xlsx") == read(COMPLETE)


def test_values_typed_by_hand_are_understood(exported: Path, tmp_path: Path) -> None:
    book = load_workbook(exported)
    profiles, operations = book["Profils de paiement"], book["Opérations"]
    names_row = [cell.value for cell in operations[2]]
    profiles["C3"] = "100 %"
    operations.cell(3, names_row.index("cost_excl_vat") + 1).value = "639325.80"
    operations.cell(3, names_row.index("mandatory") + 1).value = (
        operations.cell(3, names_row.index("mandatory") + 1).value == "oui"
    )
    operations.cell(3, names_row.index("provenance") + 1).value = 2026
    book.save(tmp_path / "s.xlsx")
    scenario = read(COMPLETE)
    first = scenario.operations[0].model_copy(update={"provenance": "2026"})
    assert read(tmp_path / "s.xlsx") == scenario.model_copy(update={"operations": (first, *scenario.operations[1:])})


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice absent : soffice n'est pas installé")
def test_saved_by_libreoffice_it_is_the_same_scenario(tmp_path: Path) -> None:
    scenarios = {name: read(find(name)) for name in names()}
    scenarios |= {path.stem: read(path) for path in (*CASES, COMPLETE)}
    scenarios["messy"] = messy(7)
    for name, scenario in scenarios.items():
        write(scenario, tmp_path / f"{name}.xlsx")
    command = [
        "soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "xlsx",
        "--outdir", str(tmp_path / "saved"), *(str(tmp_path / f"{name}.xlsx") for name in scenarios),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    for name, scenario in scenarios.items():
        saved = tmp_path / "saved" / f"{name}.xlsx"
        assert saved.read_bytes() != (tmp_path / f"{name}.xlsx").read_bytes()
        assert fingerprint(read(saved)) == fingerprint(scenario), name
