"""The workbooks to sign, in one zip: written in a worker, the same bytes for the same plan."""

import io
import tempfile
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

from allocator.allocation import Allocation
from reports.agreements import write_all
from scenarios.document import Scenario
from scenarios.language import _
from scenarios.rulebooks import Law
from ui.desk.desk import Desk
from ui.plan import Plan
from ui.roles import Action
from ui.solving.tasks import Call
from ui.solving.ticket import Ticket

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""Date of every file of a zip: the same workbooks make the same bytes."""


def ask_workbooks(desk: Desk, plan: Plan) -> Ticket[bytes]:
    """Ask for the zip of every workbook of a plan."""
    desk.require(Action.EXPORT)
    return desk.queue.submit(desk.session, Call(zipped, (plan.scenario, plan.allocation, plan.law), tells=True))


def zipped(scenario: Scenario, allocation: Allocation, law: Law, tell: Callable[[str], None]) -> bytes:
    """Return a zip of every workbook of a plan."""
    return zip_of(lambda folder, told: write_all(scenario, allocation, folder, told, law), tell)


def zip_of(write: Callable[[Path, Callable[[str], None]], Iterable[Path]], tell: Callable[[str], None]) -> bytes:
    """Return a zip of the files that ``write`` puts in a folder; it tells what it writes."""
    content = io.BytesIO()
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in write(Path(folder), lambda text: tell(_("Écriture : {text}").format(text=text))):
            archive.writestr(zipfile.ZipInfo(path.name, _EPOCH), path.read_bytes())
    return content.getvalue()
