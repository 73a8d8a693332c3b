"""``allocator agreements``."""

from collections.abc import Callable
from pathlib import Path
from typing import Any


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
