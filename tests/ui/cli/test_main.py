"""The command as a whole: help, messages and exit codes."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from allocator.check import AllocationRefused
from ui.cli import solve
from ui.cli.failures import CRASH, INTERRUPTED, PIPE_CLOSED

COMMANDS = ("check", "solve", "agreements", "export", "compare")


def test_without_a_word_it_lists_the_commands(allocator: Callable[..., Any]) -> None:
    ended = allocator()
    assert ended.code == 0
    assert all(f"  {name} " in ended.out for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_help_is_in_french_on_the_standard_output(allocator: Callable[..., Any], name: str) -> None:
    ended = allocator(name, "--help")
    assert ended.code == 0
    assert ended.out.startswith(
        f"Utilisation : allocator {name} SCENARIO {'[AUTRE] ' if name == 'compare' else ''}[options]"
    )
    assert "Affiche cette aide." in ended.out
    assert not any(word in ended.out for word in ("Usage", "Options:", "Show", "required", "default"))


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ["chek"],
            "La commande « chek » n'existe pas. Commandes : check, solve, agreements, export, import, compare,",
        ),
        (["check"], "Il manque SCENARIO."),
        (["check", "tutoriel", "autre"], "La commande n'est pas comprise : un de ses mots est de trop ou mal placé."),
        (["check", "tutoriel", "--jsn"], "L'option --jsn n'existe pas. Vouliez-vous dire --json ?"),
        (["--jsn"], "L'option --jsn n'existe pas."),
        (["solve", "tutoriel", "--out"], "L'option --out attend une valeur."),
        (["solve", "tutoriel", "--engine", "z"], "Le moteur « z » n'existe pas. Moteurs : highs, ortools, pulp."),
        (["agreements", "tutoriel"], "Il manque l'option --out."),
        (
            ["export", "tutoriel", "--format", "pdf", "--out", "a"],
            "Le format « pdf » n'existe pas. Formats : mps, lp, csv, xlsx.",
        ),
        (["export", "tutoriel", "--format", "mps", "--out", "a.lp"], "Le nom du fichier doit finir par .mps."),
        (["export", "tutoriel", "--format", "csv", "--out", "a.csv"], "donnez à --out un nom sans extension."),
    ],
)
def test_a_command_badly_written_ends_with_2(
    allocator: Callable[..., Any], arguments: list[str], sentence: str
) -> None:
    ended = allocator(*arguments)
    assert ended.code == 2
    assert ended.out == ""
    assert sentence in ended.err


@pytest.mark.parametrize("name", ["check", "solve"])
def test_an_unknown_scenario_ends_with_2(allocator: Callable[..., Any], name: str) -> None:
    ended = allocator(name, "tutorie")
    assert ended.code == 2
    assert "Essayez « tutoriel »." in ended.err


def test_a_folder_that_cannot_be_written_ends_with_2(allocator: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "fichier").write_text("occupé", encoding="utf-8")
    ended = allocator("solve", "tutoriel", "--out", tmp_path / "fichier")
    assert ended.code == 2
    assert "Lecture ou écriture impossible" in ended.err


def test_a_refused_allocation_is_a_crash_never_the_answer_no(
    allocator: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise AllocationRefused("tutoriel", ())

    monkeypatch.setattr(solve, "find_plan", refused)
    ended = allocator("solve", "tutoriel")
    assert ended.code == CRASH
    assert ended.out == ""
    assert "Répartition refusée (scénario tutoriel)" in ended.err
    assert "rien de ce qu'il a calculé n'est à retenir" in ended.err


def test_interrupted(allocator: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(solve, "find_plan", interrupted)
    ended = allocator("solve", "tutoriel")
    assert ended.code == INTERRUPTED
    assert "Interrompu." in ended.err


def test_the_installed_command_and_the_module_are_the_same(allocator_process: Callable[..., Any]) -> None:
    installed = Path(sys.executable).with_name("allocator")
    done = subprocess.run([installed, "check", "tutoriel"], capture_output=True, encoding="utf-8", check=True)
    assert allocator_process("check", "tutoriel").out == done.stdout


@pytest.mark.parametrize("option", [[], ["--json"]])
def test_a_reader_that_stops_is_not_the_answer_no(option: list[str]) -> None:
    command = [sys.executable, "-m", "allocator", "solve", "tutoriel", *option]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.close()
        _out, errors = process.communicate()
    assert process.returncode == PIPE_CLOSED
    assert b"Traceback" not in errors
    assert b"BrokenPipe" not in errors
