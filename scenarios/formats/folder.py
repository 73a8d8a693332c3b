"""Folders: ``scenario.yaml`` with the header and the goals, and one CSV file per table."""

from pathlib import Path

from scenarios.dictionary import HEADER, Table, tables
from scenarios.document import Scenario
from scenarios.formats import csv_table, disk, yaml_text
from scenarios.formats.problems import Problem, ScenarioError
from scenarios.formats.text import document, names_used
from scenarios.formats.tree import Places, Tree, shape
from scenarios.language import _
from scenarios.wording import closest, quoted

MAIN = "scenario.yaml"
_IN_MAIN = frozenset({HEADER, "goals"})
"""What the main file holds: a folder keeps every other table in a file of its own."""


def parse(folder: Path) -> Tree:
    """Read every file of the folder into one raw document."""
    tree = _main(folder)
    names = {_file(table): table for table in tables().values() if table.name not in _IN_MAIN}
    for path in sorted(folder.iterdir()):
        if path.name in names:
            _read_table(path, names[path.name], tree)
        elif path.suffix.lower() == ".csv":
            _refuse_file(path.name, tuple(names), tree)
    for name, table in names.items():
        if table.required and table.name not in tree.values:
            _missing(name, table, tree)
    return tree


def files(folder: Path) -> tuple[Path, ...]:
    """Return the files of a folder that ``parse`` reads, or refuses, in alphabetical order."""
    return tuple(path for path in sorted(folder.iterdir()) if path.name == MAIN or path.suffix.lower() == ".csv")


def write(scenario: Scenario, folder: Path) -> None:
    """Replace the folder by the files of the scenario, keeping what it holds beside them.

    Raises ScenarioError when the folder holds files but no scenario: it is somebody else's.
    """
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MAIN).is_file():
        raise ScenarioError(
            [
                Problem(
                    str(folder), None, None, _("un dossier sans « {main} »").format(main=MAIN),
                    _("un dossier vide, ou celui d'un scénario"), _("Choisissez un autre dossier."),
                )
            ]
        )  # fmt: skip
    values = document(scenario)
    files = {MAIN: yaml_text.render({name: value for name, value in values.items() if _stays(name)})}
    for name, table in tables().items():
        if name not in _IN_MAIN and (name in values or table.required):
            rows = values.get(name, [])
            names = names_used(table, rows)
            files[_file(table)] = csv_table.render(names, rows)
    disk.replace_folder(folder, files, lambda name: name == MAIN or name.lower().endswith(".csv"))


def _stays(name: str) -> bool:
    return name in _IN_MAIN or name not in tables()


def _file(table: Table) -> str:
    return f"{table.name}.csv"


def _main(folder: Path) -> Tree:
    problems: list[Problem] = []
    unreadable = Tree({}, Places({HEADER: MAIN}), problems, {(HEADER, -1, ""), ("goals", -1, "")})
    if not (folder / MAIN).is_file():
        problems.append(
            Problem(
                MAIN, None, None, _("aucun fichier de ce nom dans « {folder} »").format(folder=folder),
                _("les champs de l'en-tête et les objectifs du scénario"),
                _("Créez ce fichier, ou donnez le chemin d'un dossier de scénario."),
            )
        )  # fmt: skip
        return unreadable
    text = disk.read_text(folder / MAIN, MAIN, problems)
    root = None if text is None else yaml_text.parse(text, MAIN, problems)
    if root is None and problems:
        return unreadable
    tree = shape(root, MAIN, problems)
    for name in [name for name in tree.values if not _stays(name)]:
        del tree.values[name]
        del tree.places.rows[name]
        tree.reported.add((name, -1, ""))
        problems.append(
            Problem(
                MAIN, tree.places.cells[HEADER, 0, name], None, _("la table « {name} »").format(name=name),
                _("seulement l'en-tête et les objectifs"),
                _("Mettez les lignes de cette table dans « {name}.csv ».").format(name=name), name,
            )
        )  # fmt: skip
    return tree


def _read_table(path: Path, table: Table, tree: Tree) -> None:
    text = disk.read_text(path, path.name, tree.problems)
    if text is None:
        tree.reported.add((table.name, -1, ""))
    else:
        csv_table.parse(text, path.name, table, tree)


def _refuse_file(name: str, known: tuple[str, ...], tree: Tree) -> None:
    near = closest(Path(name).stem, [Path(other).stem for other in known])
    if near is None:
        advice = _("Renommez ce fichier, ou sortez-le du dossier ; tables connues : {names}.").format(
            names=quoted(known)
        )
    else:
        advice = _("Renommez ce fichier en « {near}.csv », ou sortez-le du dossier.").format(near=near)
    found = _("un fichier qui n'est pas une table")
    tree.problems.append(Problem(name, None, None, found, _("un fichier au nom d'une table"), advice))


def _missing(name: str, table: Table, tree: Tree) -> None:
    if (table.name, -1, "") in tree.reported:
        return
    tree.reported.add((table.name, -1, ""))
    tree.problems.append(
        Problem(
            name, None, None, _("aucun fichier de ce nom"), _("la table « {name} »").format(name=table.name),
            _("Créez ce fichier avec les colonnes obligatoires de la table ; voyez docs/format.md."),
        )
    )  # fmt: skip
