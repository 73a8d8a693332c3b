"""Sealing a version: its archive is written in a worker, in the folder of its committee, then entered in the journal.

An archive is named after the version it seals, so that one whose program stopped too early is entered later.
"""

import os
import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from allocator.allocation import Allocation
from allocator.archive.bag import sha256 as digest_of
from allocator.archive.opened import opened as opened_archive
from allocator.archive.payload import Sealing
from allocator.archive.refusal import ArchiveUnusableError
from allocator.archive.seal import Place, compute, now, seal
from scenarios.document import Scenario
from scenarios.formats import write
from scenarios.language import _
from scenarios.store import Archived, RefusedError, UnknownError, Version
from ui.cli.archive import workbooks
from ui.configuration import ARCHIVES
from ui.desk.desk import Desk
from ui.desk.versions import Current
from ui.plan import Plan
from ui.roles import Action
from ui.solving.tasks import Call
from ui.solving.ticket import Ticket
from ui.words import stage

DEFAULT = Path("~/.local/share/comite-des-financeurs/archives")
JOURNAL = "journal.txt"


@dataclass(frozen=True)
class Kept:
    """One line of the journal: which dossier and version, who sealed and when, and whether the file is there."""

    dossier: str
    version: Version
    archived: Archived
    path: Path

    @property
    def present(self) -> bool:
        """Tell whether the archive is in its place."""
        return self.path.is_file()


def ask_seal(desk: Desk, opened: Current, plan: Plan, reason: str) -> Ticket[str]:
    """Ask for the archive of a version whose plan is known. Raises RefusedError without a reason or when it is sealed.

    The plan is calculated again and must be the one shown, to the cent; the result is the SHA-256 of the archive.
    """
    desk.require(Action.SEAL)
    if not reason.strip():
        raise RefusedError(_("Écrivez pourquoi vous scellez cette version."))
    path = _path(opened.version, opened.document.committee)
    if path.exists():
        raise RefusedError(_("La version {number} est déjà scellée.").format(number=opened.version.number))
    sealing = Sealing(desk.user.name, " ".join(reason.split()))
    arguments = (opened.document, opened.dossier, plan.allocation, sealing, path)
    return desk.queue.submit(desk.session, Call(sealed, arguments, tells=True))


def sealed(
    document: Scenario, name: str, shown: Allocation, sealing: Sealing, out: Path, tell: Callable[[str], None]
) -> str:
    """Write the archive, in a worker. Raises ArchiveUnusableError when the plan is not the one shown."""
    with tempfile.TemporaryDirectory() as folder:
        received = Path(folder) / f"{_plain(name)}.json"
        write(document, received)
        computed = compute(received, lambda step: tell(stage(step)))
        if (computed.decision.allocation.commitments, computed.decision.allocation.payments) != (
            shown.commitments,
            shown.payments,
        ):
            raise ArchiveUnusableError(_("Le calcul refait ne donne pas le plan affiché : rien n'est scellé."))
        tell(_("Classeurs"))
        exports = workbooks(computed.understood, computed.decision.allocation)
        tell(_("Scellement"))
        out.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        return seal(computed, exports, sealing, Place(out, out.parent / JOURNAL), now())


def enter(desk: Desk, dossier: str) -> None:
    """Enter in the journal the archives of a dossier that are in their place and not there yet."""
    desk.require(Action.SEAL, dossier)
    known = {one.name for one in desk.store.archives(dossier)}
    for version in desk.store.history(dossier):
        path = _path(version, desk.store.scenario_of(version.id).committee)
        if path.name not in known and path.is_file():
            author = opened_archive(path).info.get("Contact-Name") or desk.user.name
            try:
                desk.store.record_archive(version.id, digest_of(path.read_bytes()), path.name, author)
            except RefusedError:  # another tab has just entered it
                continue


def journal(desk: Desk) -> tuple[Kept, ...]:
    """Return every archive of the store, the last one first."""
    desk.require(Action.READ)
    found = []
    for dossier in desk.dossiers():
        versions = {version.id: version for version in desk.store.history(dossier.name)}
        for line in desk.store.archives(dossier.name):
            committee = desk.store.scenario_of(line.version).committee
            found.append(Kept(dossier.name, versions[line.version], line, _folder(committee) / line.name))
    return tuple(sorted(found, key=lambda one: one.archived.number, reverse=True))


def content_of(desk: Desk, digest: str) -> tuple[Kept, bytes]:
    """Return an archive of the journal as it stands in its place. Raises UnknownError when it is not there."""
    desk.require(Action.VERIFY)
    for one in journal(desk):
        if one.archived.digest == digest and one.present:
            return one, one.path.read_bytes()
    raise UnknownError(_("Cette archive n'est pas dans son dossier."))


def _path(version: Version, committee: str) -> Path:
    return _folder(committee) / f"archive_{_plain(version.dossier)}_v{version.number}_{version.id[:12]}.zip"


def _folder(committee: str) -> Path:
    """Return the folder of a committee, whose journal follows one archive after the other."""
    root = Path(os.environ.get(ARCHIVES) or DEFAULT).expanduser()
    return root / f"{_plain(committee)}_{sha256(committee.encode()).hexdigest()[:8]}"


def _plain(text: str) -> str:
    """Return a text as a part of a file name."""
    return re.sub(r"[^A-Za-z0-9-]+", "-", text).strip("-")[:40] or "x"
