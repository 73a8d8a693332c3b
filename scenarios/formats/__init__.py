"""Reading and writing scenario documents: YAML, JSON, workbook or folder of CSV tables, one document in four forms."""

from collections.abc import Callable
from pathlib import Path

from scenarios.checks import findings
from scenarios.document import Scenario
from scenarios.formats import disk, folder, json_text, workbook, yaml_text
from scenarios.formats.problems import Problem, ScenarioError
from scenarios.formats.text import document
from scenarios.formats.tree import Places, Tree, shape
from scenarios.formats.understand import in_order, understand
from scenarios.language import _

__all__ = ["Problem", "ScenarioError", "check", "files", "read", "write"]

_TEXTS = {".yaml": yaml_text, ".yml": yaml_text, ".json": json_text}
_WORKBOOK = ".xlsx"
_MACRO_WORKBOOK = ".xlsm"


def read(path: str | Path, remark: Callable[[str], None] | None = None) -> Scenario:
    """Read a scenario from a ``.yaml``, ``.yml``, ``.json`` or ``.xlsx`` file, or from a folder, and check it.

    ``remark`` is told, in sentences, what is read otherwise than written (a table with semicolons). Raises
    ScenarioError with everything that is wrong, never a scenario that is only partly understood.
    """
    path = Path(path)
    tree = folder.parse(path) if path.is_dir() else _parse_file(path)
    scenario = understand(tree)
    if scenario is None:
        raise ScenarioError(in_order(tree.problems))
    if remark is not None:
        for sentence in tree.remarks:
            remark(sentence)
    return scenario


def files(path: str | Path) -> tuple[Path, ...]:
    """Return the files that ``read`` reads at a path that exists: the file itself, or those of the folder."""
    path = Path(path)
    return folder.files(path) if path.is_dir() else (path,)


def check(scenario: Scenario) -> None:
    """Check a scenario built or changed in memory, as ``read`` does for files.

    Raises ScenarioError, whose problems name tables and positions of rows (from 1) instead of lines of files.
    """
    problems = [Places({}).of(finding) for finding in findings(scenario)]
    if problems:
        raise ScenarioError(in_order(problems))


def write(scenario: Scenario, path: str | Path) -> None:
    """Write a scenario so that ``read`` gives it back unchanged; an existing document is replaced all at once.

    The format follows the suffix; a path without suffix, or an existing folder, is written as a folder.
    Raises ScenarioError for another suffix, or for a folder that holds something else than a scenario.
    """
    path = Path(path)
    if path.is_dir() or not path.suffix:
        folder.write(scenario, path)
    elif path.suffix.lower() in _TEXTS:
        disk.replace_file(path, _TEXTS[path.suffix.lower()].render(document(scenario)))
    elif path.suffix.lower() == _WORKBOOK:
        disk.replace_file(path, workbook.render(scenario))
    else:
        raise ScenarioError([_unsupported(path)])


def _parse_file(path: Path) -> Tree:
    if not path.is_file():
        advice = _("Vérifiez le chemin.")
        found = _("aucun fichier à cet endroit")
        raise ScenarioError([Problem(str(path), None, None, found, _("un document de scénario"), advice)])
    if path.suffix.lower() in {_WORKBOOK, _MACRO_WORKBOOK}:
        return workbook.parse(path)
    if path.suffix.lower() not in _TEXTS:
        raise ScenarioError([_unsupported(path)])
    problems: list[Problem] = []
    text = disk.read_text(path, path.name, problems)
    root = None if text is None else _TEXTS[path.suffix.lower()].parse(text, path.name, problems)
    if root is None and problems:
        raise ScenarioError(problems)
    return shape(root, path.name, problems)


def _unsupported(path: Path) -> Problem:
    return Problem(
        str(path), None, None, _("un fichier « {suffix} »").format(suffix=path.suffix),
        _("un fichier .yaml, .json ou .xlsx, ou un dossier"), _("Convertissez le document dans l'un de ces formats."),
    )  # fmt: skip
