"""``allocator agreements``."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.workbook.defined_name import DefinedName


def test_the_plan_is_printed_then_the_workbooks_are_named(allocator: Callable[..., Any], tmp_path: Path) -> None:
    ended = allocator("agreements", "tutoriel", "--out", tmp_path / "classeurs")
    assert ended.code == 0
    names = sorted(path.name for path in (tmp_path / "classeurs").iterdir())
    assert any(name.startswith("convention_CENTRE_") for name in names)
    plan, listed = ended.out.split("classeurs écrits dans")
    assert "Toutes les règles sont respectées au centime" in plan
    assert all(f"  {name}\n" in listed for name in names)


def test_json_names_the_files(allocator: Callable[..., Any], tmp_path: Path) -> None:
    document = allocator("agreements", "tutoriel", "--out", tmp_path, "--json").document()
    assert document["status"] == "done"
    assert sorted(document["files"]) == sorted(map(str, tmp_path.iterdir()))


def test_nothing_is_written_when_there_is_no_plan(
    allocator: Callable[..., Any], tmp_path: Path, infeasible: Path
) -> None:
    assert allocator("agreements", infeasible, "--out", tmp_path / "classeurs").code == 1
    assert not (tmp_path / "classeurs").exists()


def test_a_template_is_filled_beside_the_workbooks(allocator: Callable[..., Any], tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = "Feuil1"
    book.defined_names["plan.engagement"] = DefinedName("plan.engagement", attr_text="Feuil1!$B$2")
    book.save(tmp_path / "ville.xlsx")
    ended = allocator(
        "agreements", "tutoriel", "--out", tmp_path / "a", "--template", tmp_path / "ville.xlsx", "--json"
    )
    assert ended.code == 0
    (path,) = (tmp_path / "a").glob("modele_ville_*.xlsx")
    assert str(path) in ended.document()["files"]
    assert round(load_workbook(path)["Feuil1"]["B2"].value * 100) == ended.document()["totals"]["funded"]


def test_a_faulty_template_is_refused_before_anything_is_written(allocator: Callable[..., Any], tmp_path: Path) -> None:
    Workbook().save(tmp_path / "ville.xlsx")
    ended = allocator("agreements", "tutoriel", "--out", tmp_path / "a", "--template", tmp_path / "ville.xlsx")
    assert ended.code == 2
    assert "aucune cellule à remplir" in ended.err
    assert not (tmp_path / "a").exists()


def test_two_templates_of_one_name_are_refused(allocator: Callable[..., Any], tmp_path: Path) -> None:
    options = ("--template", tmp_path / "un" / "ville.xlsx", "--template", tmp_path / "deux" / "ville.xlsx")
    ended = allocator("agreements", "tutoriel", "--out", tmp_path / "a", *options)
    assert ended.code == 2
    assert "« ville »" in ended.err
