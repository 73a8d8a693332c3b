"""A test that cannot run is named, with the command that would let it run: never left out in silence."""

import shutil
import subprocess
import sys
from pathlib import Path

CONFTEST = Path(__file__).parent / "conftest.py"
SETTINGS = "[pytest]\nmarkers =\n office: needs LibreOffice\n browser: needs chromium\n"
OFFICE = "@pytest.mark.office\ndef test_workbook():\n    pass\n\n"
BROWSER = "@pytest.mark.browser\ndef test_page():\n    pass\n\n"
TEST = f"import pytest\n\n{OFFICE}{BROWSER}def test_other():\n    pass\n"


def run_without_programs(folder: Path, *arguments: str) -> str:
    shutil.copy(CONFTEST, folder)
    (folder / "pytest.ini").write_text(SETTINGS, encoding="utf-8")
    (folder / "test_example.py").write_text(TEST, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *arguments]
    done = subprocess.run(command, cwd=folder, env={"PATH": ""}, capture_output=True, encoding="utf-8", check=True)
    return done.stdout


def test_tests_not_run_are_named_before_the_closing_line(tmp_path: Path) -> None:
    lines = run_without_programs(tmp_path).splitlines()
    heading = next(rank for rank, line in enumerate(lines) if "TESTS NON EXÉCUTÉS : 2" in line)
    assert lines[heading + 1 : heading + 3] == ["  test_example.py::test_page", "  test_example.py::test_workbook"]
    assert "apt-get install libreoffice-calc" in lines[heading + 3]
    assert "1 passed, 2 skipped" in lines[-1]


def test_they_are_named_as_well_when_tests_run_on_two_processes(tmp_path: Path) -> None:
    assert "  test_example.py::test_workbook\n" in run_without_programs(tmp_path, "-n", "2")
