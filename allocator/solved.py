"""A solved folder: the scenario as computed and its allocation, side by side, so that a signed plan is never re-solved.

``scenario.json`` is the scenario with the rules in force, the very document whose fingerprint the allocation carries;
the other files are those of ``allocator.allocation_files``. What is read back is verified again: a folder whose files
do not belong together, or whose plan breaks a rule, is refused.
"""

from dataclasses import dataclass
from pathlib import Path

from allocator import allocation_files
from allocator.allocation import Allocation
from allocator.check import verify
from scenarios import formats
from scenarios.document import Scenario
from scenarios.fingerprint import fingerprint
from scenarios.language import _

SCENARIO = "scenario.json"


@dataclass(frozen=True)
class Solved:
    """A scenario with the rules in force, and its allocation."""

    scenario: Scenario
    allocation: Allocation


class SolvedFolderUnusable(ValueError):  # noqa: N818 - named as what is wrong, like the other refusals
    """A folder that does not hold a plan and its scenario; ``str()`` says it in French."""


def is_solved(path: Path) -> bool:
    """Tell whether a path is a folder that holds an allocation."""
    return (path / allocation_files.DOCUMENT).is_file()


def write(solved: Solved, folder: Path) -> tuple[Path, ...]:
    """Write the scenario and its allocation in ``folder``, made when absent, and return the paths.

    Raises OSError when the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    formats.write(solved.scenario, folder / SCENARIO)
    return (folder / SCENARIO, *allocation_files.write(solved.allocation, folder))


def read(folder: Path) -> Solved:
    """Read a solved folder back and verify its plan.

    Raises SolvedFolderUnusable when the scenario is missing or is another one, or when the plan breaks a rule;
    AllocationUnreadable, ScenarioError and OSError as the readers of each file do.
    """
    if not (folder / SCENARIO).is_file():
        sentence = _(
            "{folder} contient une répartition sans son scénario : {file} manque. "
            "Recalculez-la avec « allocator solve SCENARIO --out {folder} »."
        )
        raise SolvedFolderUnusable(sentence.format(folder=folder, file=SCENARIO))
    allocation = allocation_files.read(folder)
    scenario = formats.read(folder / SCENARIO)
    found = fingerprint(scenario)
    if found != allocation.fingerprint:
        sentence = _(
            "{folder} : {file} a l'empreinte {found}, la répartition est celle du scénario d'empreinte {expected}. "
            "L'un des deux fichiers a été remplacé ou modifié : reprenez les deux ensemble."
        )
        raise SolvedFolderUnusable(
            sentence.format(folder=folder, file=SCENARIO, found=found, expected=allocation.fingerprint)
        )
    violations = verify(scenario, allocation)
    if violations:
        sentence = _("{folder} : la répartition ne respecte pas toutes les règles. {first}")
        raise SolvedFolderUnusable(sentence.format(folder=folder, first=violations[0].sentence))
    return Solved(scenario, allocation)
