"""Settings of the environment: each documented, checked at start, below, at and above its bounds."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from scenarios.store import VARIABLE
from tests.hostile.fuzzing import command
from ui import configuration
from ui.configuration import SETTINGS, ConfigurationError, problems, require_sound

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "deploiement.md").read_text(encoding="utf-8")


def test_every_setting_has_its_line_with_its_default() -> None:
    lines = dict(re.findall(r"^\| `(\w+)` \| (.*?) \|", PAGE, re.MULTILINE))
    assert lines.keys() == {setting.name for setting in SETTINGS}
    assert [
        setting.name for setting in SETTINGS if setting.default and setting.default not in lines[setting.name]
    ] == []


def test_no_other_variable_is_read() -> None:
    """Whoever reads a variable of ours declares it."""
    sources = [path for folder in ("scenarios", "allocator", "reports", "ui") for path in (ROOT / folder).rglob("*.py")]
    named = {name for path in sources for name in re.findall(r"\bALLOCATOR_[A-Z_]+", path.read_text(encoding="utf-8"))}
    assert named - {"ALLOCATOR_"} == {setting.name for setting in SETTINGS} - {"SOURCE_DATE_EPOCH"}


@pytest.mark.parametrize(
    ("name", "text", "fine"),
    [
        ("ALLOCATOR_LANG", "fr", True), ("ALLOCATOR_LANG", "de", False), ("ALLOCATOR_WORKERS", "0", False),
        ("ALLOCATOR_WORKERS", "1", True), ("ALLOCATOR_WORKERS", "64", True), ("ALLOCATOR_WORKERS", "65", False),
        ("ALLOCATOR_WORKERS", "deux", False), ("ALLOCATOR_WORKERS", "٣", False), ("ALLOCATOR_LOG_LEVEL", "info", True),
        ("ALLOCATOR_LOG_LEVEL", "tout", False), ("ALLOCATOR_LARGEST_DOCUMENT_MB", "0", False),
        ("ALLOCATOR_LARGEST_DOCUMENT_MB", "1", True), ("ALLOCATOR_LARGEST_DOCUMENT_MB", "100000", True),
        ("ALLOCATOR_LARGEST_DOCUMENT_MB", "100001", False), ("ALLOCATOR_LARGEST_ARCHIVE_MB", "-1", False),
        ("ALLOCATOR_LARGEST_ARCHIVE_MB", "9" * 5_000, False), ("ALLOCATOR_STORE", "/srv/magasin.sqlite", True),
        ("ALLOCATOR_STORE", "postgresql://comite@serveur/comite", True), ("ALLOCATOR_STORE", "mysql://h/b", False),
        ("SOURCE_DATE_EPOCH", "1700000000", True), ("SOURCE_DATE_EPOCH", "hier", False), ("ALLOCATOR_LANG", "", True),
        ("ALLOCATOR_LONGEST_CALCULATION_SECONDS", "0", False), ("ALLOCATOR_LONGEST_CALCULATION_SECONDS", "1", True),
        ("ALLOCATOR_LONGEST_CALCULATION_SECONDS", "604800", True),
        ("ALLOCATOR_LONGEST_CALCULATION_SECONDS", "604801", False),
        ("ALLOCATOR_LONGEST_CALCULATION_SECONDS", "9" * 5_000, False),
        ("ALLOCATOR_MOST_WAITING_CALCULATIONS", "0", False), ("ALLOCATOR_MOST_WAITING_CALCULATIONS", "1", True),
        ("ALLOCATOR_MOST_WAITING_CALCULATIONS", "1000", True), ("ALLOCATOR_MOST_WAITING_CALCULATIONS", "1001", False),
        ("ALLOCATOR_WORKER", "2", False), ("ALLOCATOR_CHOSE", "2", False), ("AUTRE", "2", True),
    ],
)  # fmt: skip
def test_a_value_is_used_or_told(name: str, text: str, fine: bool) -> None:
    found = list(problems({name: text}))
    assert found == [] if fine else len(found) == 1
    assert all(sentence.startswith(f"{name} : ") for sentence in found)


def test_everything_wrong_is_told_at_once_and_a_misspelt_name_too() -> None:
    with pytest.raises(ConfigurationError) as refusal:
        require_sound({"ALLOCATOR_WORKER": "2", "ALLOCATOR_LANG": "de"})
    assert str(refusal.value).splitlines()[1:] == [
        "ALLOCATOR_LANG : trouvé « de » ; attendu : l'un des mots fr, en.",
        "ALLOCATOR_WORKER : variable inconnue ; vouliez-vous dire ALLOCATOR_WORKERS ?",
    ]


def test_a_command_says_it_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALLOCATOR_WORKERS", "beaucoup")
    ended = command(tmp_path, "check", "tutoriel")
    assert (ended.code, ended.faults()) == (2, [])
    assert "ALLOCATOR_WORKERS : trouvé « beaucoup »" in ended.said


def test_the_store_is_where_its_setting_says() -> None:
    assert configuration.STORE == VARIABLE


def test_a_secret_is_never_shown() -> None:
    assert "motdepasse" not in "".join(problems({"ALLOCATOR_STORE": "mysql://comite:motdepasse@serveur/comite"}))


def test_the_application_does_not_start_with_a_wrong_setting() -> None:
    environment = {**os.environ, "ALLOCATOR_WORKERS": "beaucoup", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "app.py"], cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode != 0
    assert "ALLOCATOR_WORKERS : trouvé « beaucoup » ; attendu : un nombre entier de 1 à 64." in done.stderr


def test_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALLOCATOR_WORKERS", "3")
    assert configuration.workers() == 3
    monkeypatch.delenv("ALLOCATOR_WORKERS")
    assert configuration.workers() == len(os.sched_getaffinity(0))
