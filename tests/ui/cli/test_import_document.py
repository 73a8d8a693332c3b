"""``allocator import`` and ``allocator export --format xlsx``."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from scenarios.formats import read, write
from scenarios.library import find
from tests.scenarios.financing_table.conftest import fill

Allocator = Callable[..., Any]


@pytest.fixture
def workbook(allocator: Allocator, tmp_path: Path) -> Path:
    path = tmp_path / "plan.xlsx"
    assert allocator("export", "tutoriel", "--format", "xlsx", "--out", path).code == 0
    return path


def put(path: Path, sheet: str, cell: str, value: object) -> None:
    book = load_workbook(path)
    book[sheet][cell] = value
    book.save(path)


@pytest.mark.parametrize("name", ["dossier", "s.yaml", "s.json", "sous/s.xlsx"])
def test_an_exported_workbook_is_imported_back(allocator: Allocator, workbook: Path, tmp_path: Path, name: str) -> None:
    out = tmp_path / name
    ended = allocator("import", workbook, "--out", out)
    assert (ended.code, read(out)) == (0, read(find("tutoriel")))
    assert str(out) in ended.out
    assert "Opérations 5" in ended.out


def test_a_workbook_is_a_scenario_for_every_command(allocator: Allocator, workbook: Path) -> None:
    assert allocator("check", workbook).code == 0
    ended = allocator("solve", workbook, "--json")
    assert ended.code == 0
    shipped = allocator("solve", "tutoriel", "--json").document()
    assert ended.document()["allocation"]["commitments"] == shipped["allocation"]["commitments"]


def test_errors_name_their_cells_and_nothing_is_written(allocator: Allocator, workbook: Path, tmp_path: Path) -> None:
    put(workbook, "Budgets annuels", "C3", "beaucoup")
    put(workbook, "Partenaires", "A4", 12)
    before = sorted(tmp_path.iterdir())
    ended = allocator("import", workbook, "--out", tmp_path / "s")
    assert ended.code == 2
    assert "plan.xlsx, feuille « Budgets annuels », cellule C3, colonne « commitment »" in ended.err
    assert "plan.xlsx, feuille « Partenaires », cellule A4, colonne « code »" in ended.err
    assert sorted(tmp_path.iterdir()) == before
    (problem, *_others) = allocator("import", workbook, "--out", tmp_path / "s", "--json").document()["problems"]
    assert (problem["sheet"], problem["cell"]) == ("Partenaires", "A4")


def test_a_preview_shows_what_changes_and_writes_nothing(allocator: Allocator, workbook: Path, tmp_path: Path) -> None:
    out = tmp_path / "s.yaml"
    write(read(find("tutoriel")), out)
    content = out.read_bytes()
    same = allocator("import", workbook, "--out", out, "--preview")
    assert (same.code, same.out) == (0, "Le classeur et le scénario sont identiques.\n")
    put(workbook, "Budgets annuels", "C3", 12.5)
    put(workbook, "Communes", "B3", "Autre nom")
    ended = allocator("import", workbook, "--out", out, "--preview")
    assert ended.code == 1
    assert "Budgets annuels (budgets)" in ended.out
    assert "commitment « 1500000 » → « 12.50 »" in ended.out
    assert "→ « Autre nom »" in ended.out
    assert out.read_bytes() == content
    document = allocator("import", workbook, "--out", out, "--preview", "--json").document()
    assert [row["table"] for row in document["inputs"]] == ["communes", "budgets"]
    assert document["files"] == []


def test_a_preview_where_nothing_exists(allocator: Allocator, workbook: Path, tmp_path: Path) -> None:
    ended = allocator("import", workbook, "--out", tmp_path / "neuf", "--preview")
    assert ended.code == 1
    assert "tout le scénario serait ajouté" in ended.out
    assert not (tmp_path / "neuf").exists()


def test_what_cannot_be_read_or_written_ends_with_2(allocator: Allocator, workbook: Path, tmp_path: Path) -> None:
    assert allocator("import", tmp_path / "absent.xlsx", "--out", tmp_path / "s").code == 2
    assert allocator("import", workbook, "--out", tmp_path / "s.txt").code == 2
    assert allocator("export", "tutoriel", "--format", "xlsx", "--out", tmp_path / "s.yaml").code == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["plan.xlsx"]


TABLE = Path(__file__).parents[2] / "scenarios" / "financing_table"


def test_a_foreign_table_is_imported_with_its_mapping(allocator: Allocator, tmp_path: Path) -> None:
    book = Workbook()
    fill(book.active)
    book.save(tmp_path / "tableau.xlsx")
    command = ("import", tmp_path / "tableau.xlsx", "--mapping", TABLE / "example.yaml", "--out", tmp_path / "s")
    ended = allocator(*command)
    assert ended.code == 0
    assert "3 opérations lues ; lignes laissées de côté : 4." in ended.out
    assert "ligne 11 : total vérifié, « TOTAL »" in ended.out
    assert [operation.code for operation in read(tmp_path / "s").operations] == ["1", "2", "3"]
    assert allocator(*command, "--preview").code == 0
    left = allocator(*command, "--preview", "--json").document()["left_out"]
    assert left[0] == {"row": 5, "text": "Axe 1 : habitat", "why": "comment"}
    book.active["K11"] = 1
    book.save(tmp_path / "tableau.xlsx")
    ended = allocator(*command[:-1], tmp_path / "t")
    assert ended.code == 2
    assert "tableau.xlsx, feuille « Maquette », cellule K11" in ended.err
    assert not (tmp_path / "t").exists()
