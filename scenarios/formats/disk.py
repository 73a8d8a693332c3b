"""Files on disk: reading UTF-8 text, and replacing a file or a folder all at once."""

import os
import secrets
import shutil
from collections.abc import Callable
from pathlib import Path

from scenarios.formats.problems import Problem
from scenarios.language import _
from scenarios.limits import DOCUMENT
from scenarios.wording import shown


def read_text(path: Path, name: str, problems: list[Problem]) -> str | None:
    """Return the text of a UTF-8 file, without its byte-order mark.

    None, and a problem, when it is too large to be read or is not UTF-8. Raises OSError.
    """
    problem = too_large(path, name)
    if problem is not None:
        problems.append(problem)
        return None
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        problems.append(_not_utf8(content, name, error))
        return None
    if "\0" in text[:_BEGINNING]:
        problems.append(_wide(name))
        return None
    return text


def too_large(path: Path, name: str) -> Problem | None:
    """Return the problem of a document too large to be read, None for any other. Raises OSError."""
    mega = DOCUMENT.exceeded(path)
    if mega is None:
        return None
    return Problem(
        name, None, None, _("un fichier de {mega} Mo").format(mega=mega),
        _("un fichier de {mega} Mo au plus").format(mega=DOCUMENT.mega), DOCUMENT.advice,
    )  # fmt: skip


_BEGINNING = 100
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")


def _not_utf8(content: bytes, name: str, error: UnicodeDecodeError) -> Problem:
    if content.startswith(_WIDE_MARKS) or b"\0" in content[:_BEGINNING]:
        return _wide(name)
    line = content.count(b"\n", 0, error.start) + 1
    start = content.rfind(b"\n", 0, error.start) + 1
    return Problem(
        name, line, None, shown(content[start : error.end].decode("cp1252", "replace")), _("du texte UTF-8"),
        _("Enregistrez le fichier avec le codage UTF-8."),
    )  # fmt: skip


def _wide(name: str) -> Problem:
    return Problem(
        name, 1, None, _("du texte UTF-16, ou un fichier qui n'est pas du texte"), _("du texte UTF-8"),
        _("Enregistrez le fichier avec le codage UTF-8 (« CSV UTF-8 » dans un tableur)."),
    )  # fmt: skip


def replace_file(path: Path, content: str | bytes) -> None:
    """Write ``content`` beside ``path`` then rename it there, so that a reader sees the old file or the new one.

    Text is written in UTF-8.
    """
    partial = _beside(path)
    try:
        with partial.open("xb") as target:
            target.write(content.encode() if isinstance(content, str) else content)
            target.flush()
            os.fsync(target.fileno())
        partial.replace(path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


def replace_folder(folder: Path, files: dict[str, str], owned: Callable[[str], bool]) -> None:
    """Write ``files`` in a new folder then put it at the place of ``folder``.

    Files of the old folder that are not ``owned`` (a README, sources) are kept. An interruption between the
    two renames leaves the old folder under a hidden name beside the new one; a failed rename is undone.
    """
    partial, former = _beside(folder), _beside(folder)
    partial.mkdir()
    try:
        for name, text in files.items():
            replace_file(partial / name, text)
        if not folder.exists():
            partial.rename(folder)
            return
        for entry in folder.iterdir():
            if not owned(entry.name):
                _copy(entry, partial / entry.name)
        folder.rename(former)
        try:
            partial.rename(folder)
        except OSError:
            former.rename(folder)
            raise
        shutil.rmtree(former)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.{secrets.token_hex(4)}")


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target)
    else:
        shutil.copy2(source, target)
