"""``allocator export``."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pulp
import pytest

from scenarios import library
from scenarios.fingerprint import fingerprint
from scenarios.formats import read


def test_csv_is_the_same_scenario(allocator: Callable[..., Any], tmp_path: Path) -> None:
    folder = tmp_path / "nouveau" / "scenario"
    ended = allocator("export", "tutoriel", "--format", "csv", "--out", folder)
    assert ended.code == 0
    assert str(folder) in ended.out.replace("\n", "")
    assert (folder / "operations.csv").is_file()
    assert fingerprint(read(folder)) == fingerprint(read(library.find("tutoriel")))


def test_mps_is_a_program_another_solver_reads(allocator: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "tutoriel.mps"
    assert allocator("export", "tutoriel", "--format", "mps", "--out", path).code == 0
    variables, problem = pulp.LpProblem.fromMPS(str(path))
    assert len(variables) > 0
    assert problem.numConstraints() > 0


@pytest.mark.parametrize("name", ["mps", "lp"])
def test_the_file_names_its_rows_by_code(allocator: Callable[..., Any], tmp_path: Path, name: str) -> None:
    path = tmp_path / f"tutoriel.{name}"
    assert allocator("export", "tutoriel", "--format", name, "--out", path).code == 0
    assert "GYMNASE" in path.read_text(encoding="utf-8")
