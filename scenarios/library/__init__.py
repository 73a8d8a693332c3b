"""The scenarios shipped with the program, and the way to find one by its name."""

from pathlib import Path

from scenarios.formats.problems import Problem, ScenarioError
from scenarios.language import _
from scenarios.wording import closest, quoted

_ROOT = Path(__file__).parent
_MAIN = "scenario.yaml"


def names() -> tuple[str, ...]:
    """Return the names of the shipped scenarios, in alphabetical order."""
    return tuple(sorted(_shipped()))


def find(name_or_path: str) -> Path:
    """Return the path of a scenario: a path that exists, else the shipped scenario of that name.

    Raises ScenarioError, with the names that are known, when there is neither.
    """
    path = Path(name_or_path)
    if path.is_file() or (path / _MAIN).is_file():
        return path
    shipped = _shipped()
    if name_or_path in shipped:
        return shipped[name_or_path]
    if path.is_dir():
        return path
    near = closest(name_or_path, shipped)
    expected = _("le chemin d'un scénario, ou l'un des noms {names}").format(names=quoted(sorted(shipped)))
    advice = _("Essayez « {near} ».").format(near=near) if near else _("Vérifiez le chemin ou le nom.")
    raise ScenarioError([Problem("", None, None, quoted([name_or_path]), expected, advice)])


def _shipped() -> dict[str, Path]:
    folders = {entry.name: entry for entry in _ROOT.iterdir() if (entry / _MAIN).is_file()}
    files = {entry.stem: entry for entry in _ROOT.iterdir() if entry.suffix in {".yaml", ".json"}}
    return {**files, **folders}
