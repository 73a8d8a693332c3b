"""The shape of the house: imports one way, short files, short functions, one test beside each piece."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = ("scenarios", "allocator", "reports", "ui")
MAX_FILE = 400
MAX_FUNCTION = 40
"""Lines of a body, from its first statement to its last, without the docstring."""

ONE_TEST_EACH = ("allocator/rules", "allocator/goals", "allocator/engines", "reports")
"""Folders where every module has its test at the same path under ``tests``, without exception."""


def modules(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def test_imports_go_one_way() -> None:
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout
    assert "2 kept, 0 broken" in done.stdout


def test_files_are_short() -> None:
    paths = [*modules(*SOURCES, "tests", "benchmarks"), ROOT / "app.py"]
    long = {str(path.relative_to(ROOT)): lines for path in paths if (lines := line_count(path)) > MAX_FILE}
    assert long == {}


def test_functions_are_short() -> None:
    paths = [*modules(*SOURCES), ROOT / "app.py"]
    long = {
        f"{path.relative_to(ROOT)}:{function.name}": length
        for path in paths
        for function in functions(path)
        if (length := body_length(function)) > MAX_FUNCTION
    }
    assert long == {}


def test_no_module_is_a_drawer() -> None:
    drawers = {"utils", "util", "helpers", "helper", "misc", "common"}
    assert [path for path in modules(*SOURCES, "tests", "benchmarks") if path.stem in drawers] == []


@pytest.mark.parametrize("folder", ONE_TEST_EACH)
def test_every_module_has_its_test_at_the_same_path(folder: str) -> None:
    paths = [path for path in sorted((ROOT / folder).glob("*.py")) if path.name != "__init__.py"]
    assert paths
    missing = [path.name for path in paths if not (ROOT / "tests" / folder / f"test_{path.name}").is_file()]
    assert missing == []


def test_lengths_are_counted_without_the_docstring() -> None:
    tree = ast.parse('def f():\n    """One.\n\n    Two.\n    """\n    a = 1\n\n    return a\n')
    (function,) = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
    assert body_length(function) == 3


def line_count(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def body_length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    body = function.body[ast.get_docstring(function) is not None :]
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0
