"""Faults of the machine: a full disk, a kill at any moment, an engine that fails, a clock that goes back."""

import errno
import os
import signal
import subprocess
import sys
import time
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from allocator.archive import seal
from allocator.archive.journal import read_journal
from allocator.engines.engine import EngineError
from scenarios.formats import disk
from tests.hostile.fuzzing import command
from ui.cli import scenario_argument

WRITERS: dict[str, tuple[str, ...]] = {
    "export csv": ("export", "tutoriel", "--format", "csv", "--out", "sortie"),
    "export xlsx": ("export", "tutoriel", "--format", "xlsx", "--out", "sortie.xlsx"),
    "solve": ("solve", "tutoriel", "--out", "sortie"),
    "agreements": ("agreements", "tutoriel", "--out", "sortie"),
    "archive": ("archive", "tutoriel", "--out", "a.zip", "--journal", "journal.txt"),
}


def left(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def require_whole(path: Path) -> None:
    """Fail unless a file is complete: a temporary file beside it is none of those a reader opens."""
    if path.suffix == ".xlsx":
        load_workbook(path).close()
    elif path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            assert archive.testzip() is None
    else:
        assert path.read_bytes().endswith(b"\n")


class FullDisk:
    """A disk that has room for some bytes, then none: every file written through ``replace_file`` meets it."""

    def __init__(self, room: int) -> None:
        self.room = room

    def fsync(self, descriptor: int) -> None:
        size = os.fstat(descriptor).st_size
        if size > self.room:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self.room -= size


@pytest.mark.parametrize("room", [0, 1_000, 20_000])
@pytest.mark.parametrize("name", WRITERS)
def test_a_full_disk_leaves_no_half_file_and_work_resumes(
    name: str, room: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = FullDisk(room)
    with monkeypatch.context() as patched:
        patched.setattr(disk.os, "fsync", full.fsync)
        ended = command(tmp_path, *WRITERS[name])
    if ended.code != 0:
        assert ended.code == 2, ended.said
        assert "Lecture ou écriture impossible : le disque est plein : libérez de la place" in ended.said
        assert "Traceback" not in ended.said
    for path in left(tmp_path):
        assert not path.name.startswith("."), "nothing temporary is left"
        require_whole(path)
    if name == "archive" and (tmp_path / "a.zip").exists() and not (tmp_path / "journal.txt").exists():
        (tmp_path / "a.zip").rename(tmp_path / "a.interrompu")
    assert command(tmp_path, *WRITERS[name]).code == 0


def test_a_disk_is_really_full(tmp_path: Path) -> None:
    """The limit of the size of files stands for a disk without room: the system itself refuses the write."""
    script = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000));"
        "from ui.cli.main import run; sys.exit(run(sys.argv[1:]))"
    )
    arguments = [sys.executable, "-c", script, "agreements", "tutoriel", "--out", str(tmp_path / "classeurs")]
    done = subprocess.run(arguments, capture_output=True, encoding="utf-8", cwd=Path.cwd(), check=False)
    assert done.returncode == 2, done.stderr
    assert "Lecture ou écriture impossible" in done.stderr
    assert "Traceback" not in done.stderr
    assert left(tmp_path) == []


KILLS = 3
"""Kills of each command, at moments spread over its run."""


@pytest.mark.parametrize("name", ["export csv", "agreements", "archive"])
def test_a_kill_leaves_no_half_file_and_work_resumes(name: str, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(Path.cwd()), *filter(None, sys.path)])}
    whole = time.monotonic()
    subprocess.run(
        [sys.executable, "-m", "allocator", *WRITERS[name]], cwd=_empty(tmp_path / "entier"), env=environment,
        capture_output=True, check=True,
    )  # fmt: skip
    whole = time.monotonic() - whole
    expected = {path.relative_to(tmp_path / "entier") for path in left(tmp_path / "entier")}
    for rank in range(KILLS):
        folder = _empty(tmp_path / f"tue-{rank}")
        process = subprocess.Popen(
            [sys.executable, "-m", "allocator", *WRITERS[name]], cwd=folder, env=environment,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        time.sleep(whole * (0.4 + 0.6 * rank / KILLS))
        process.send_signal(signal.SIGKILL)
        process.wait()
        for path in left(folder):
            relative = path.relative_to(folder)
            if not any(part.startswith(".") for part in relative.parts):
                assert relative in expected
                require_whole(path)
        if name == "archive":
            assert not (folder / "journal.txt").exists() or (folder / "a.zip").exists()
            (folder / "a.zip").unlink(missing_ok=True)
            (folder / "journal.txt").unlink(missing_ok=True)
        assert command(folder, *WRITERS[name]).code == 0


@pytest.mark.parametrize(("seconds", "code"), [(-1, 2), (0, 0), (1, 0)])
def test_a_clock_behind_the_last_archive_of_the_journal(
    seconds: int, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = int(datetime(2026, 11, 24, 12, tzinfo=UTC).timestamp())
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(now))
    assert command(tmp_path, *WRITERS["archive"]).code == 0
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(now + seconds))
    ended = command(tmp_path, "archive", "tutoriel", "--out", "b.zip", "--journal", "journal.txt")
    assert ended.code == code
    assert (tmp_path / "b.zip").exists() is (code == 0)
    if code:
        assert "L'horloge de cette machine (2026-11-24T11:59:59Z) retarde sur la dernière archive" in ended.said
        assert ended.written == frozenset()
    assert len(read_journal(tmp_path / "journal.txt").entries) == 2 - (code != 0)


@pytest.mark.parametrize("epoch", ["hier", "", "1e9", "9" * 30])
def test_a_time_of_the_environment_that_is_none(epoch: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``SOURCE_DATE_EPOCH=hier`` ended with a traceback."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    ended = command(tmp_path, *WRITERS["archive"])
    assert (ended.code, ended.faults()) == (2, [])
    assert "SOURCE_DATE_EPOCH" in ended.said


CALCULATED = {"solve": scenario_argument, "agreements": scenario_argument, "archive": seal}
"""Where each command asks for a plan."""


@pytest.mark.parametrize("fault", [EngineError("HiGHS: Unknown"), MemoryError()])
@pytest.mark.parametrize("name", CALCULATED)
def test_an_engine_that_fails_is_said_in_words(
    name: str, fault: Exception, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: Any, **_options: Any) -> Any:
        raise fault

    with monkeypatch.context() as patched:
        patched.setattr(CALCULATED[name], "decide" if name == "archive" else "allocate", fail)
        ended = command(tmp_path, *WRITERS[name])
    assert (ended.code, ended.written) == (3, frozenset())
    assert "Traceback" not in ended.said
    assert "Rien n'est écrit" in ended.said
    assert command(tmp_path, *WRITERS[name]).code == 0


def test_a_journal_that_is_not_text_is_refused(tmp_path: Path) -> None:
    """A journal in another encoding ended with a traceback."""
    (tmp_path / "journal.txt").write_bytes(b"\xff\xfe#\x00 \x00")
    ended = command(tmp_path, *WRITERS["archive"])
    assert (ended.code, ended.faults()) == (2, [])
    assert "journal.txt, ligne 1" in ended.said


@pytest.mark.parametrize("content", [b"[" * 100_000, b"\xff\xfe", b"{}", b"9" * 5_000])
def test_a_plan_that_is_none_is_refused(content: bytes, tmp_path: Path) -> None:
    """Endlessly nested lists in ``allocation.json`` ended with a traceback."""
    assert command(tmp_path, *WRITERS["solve"]).code == 0
    (tmp_path / "sortie" / "allocation.json").write_bytes(content)
    ended = command(tmp_path, "compare", "sortie", "tutoriel")
    assert (ended.code, ended.faults()) == (2, [])


def _empty(folder: Path) -> Path:
    folder.mkdir()
    return folder
