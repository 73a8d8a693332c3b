"""Scenarios on disk, and the command as a shell would run it."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from scenarios import library
from scenarios.formats import read, write
from ui.cli.main import run


class Ended(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str

    def document(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def allocator(capfd: pytest.CaptureFixture[str]) -> Callable[..., Ended]:
    """Give the command, in this process; whatever a library writes on the standard output is seen too."""

    def call(*arguments: str | Path) -> Ended:
        code = run([str(argument) for argument in arguments])
        captured = capfd.readouterr()
        return Ended(code, captured.out.replace("\u202f", " "), captured.err.replace("\u202f", " "))

    return call


@pytest.fixture
def allocator_process() -> Callable[..., Ended]:
    """Give the command, in a process of its own, with nothing on the standard input."""

    def call(*arguments: str | Path) -> Ended:
        command = [sys.executable, "-m", "allocator", *map(str, arguments)]
        environment = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", env=environment, check=False
        )
        return Ended(done.returncode, done.stdout, done.stderr)

    return call


@pytest.fixture
def infeasible(tmp_path: Path) -> Path:
    """Write the tutorial with every operation mandatory: its budgets cannot fund them all."""
    scenario = read(library.find("tutoriel"))
    operations = tuple(operation.model_copy(update={"mandatory": True}) for operation in scenario.operations)
    path = tmp_path / "obligatoire.yaml"
    write(scenario.model_copy(update={"operations": operations}), path)
    return path


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """Write the tutorial with an amount that is not one."""
    path = tmp_path / "faux"
    write(read(library.find("tutoriel")), path)
    table = path / "budgets.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("1500000", "beaucoup"), encoding="utf-8")
    return path
