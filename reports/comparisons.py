"""Every workbook that compares two plans: the comparison, and one amendment per project whose agreement changes."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from reports import amendment, comparison
from reports.layout.pair import Pair
from reports.layout.workbook import file_name
from scenarios.language import _


def write_all(pair: Pair, folder: Path, progress: Callable[[str], None], effect: date | None = None) -> list[Path]:
    """Write all the workbooks in ``folder``, created if need be, and return their paths; none when no amount changes.

    ``effect`` is the day from which the amendments hold. ``progress`` receives one French sentence before each
    workbook. Raises CurrencyMismatchError for two currencies, and OSError when a file cannot be written; the files
    already complete stay.
    """
    if not pair.lines:
        return []
    folder.mkdir(parents=True, exist_ok=True)
    plans = [side.allocation for side in pair.sides]
    progress(_("Comparaison des deux plans"))
    path = folder / file_name("comparaison", plans=plans)
    comparison.write(pair, path)
    written = [path]
    for project in amendment.amended_projects(pair):
        progress(_("Avenant du projet {code}").format(code=project))
        path = folder / file_name("avenant", project, plans=plans)
        amendment.write(pair, project, path, effect)
        written.append(path)
    return written
