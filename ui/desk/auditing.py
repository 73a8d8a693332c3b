"""Verifying an archive without trusting who made it, then calculating it again: verdicts in words, and their report.

An archive received is written under a name of ours in a folder of its own, and is never unpacked on disk.
"""

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from allocator.allocation_files import AllocationUnreadable
from allocator.archive.bag import sha256
from allocator.archive.differences import part_name
from allocator.archive.opened import Opened, opened
from allocator.archive.refusal import ArchiveUnusableError
from allocator.archive.replay import replay
from allocator.archive.report import text
from allocator.archive.verdict import Question, State, Verdict
from allocator.archive.verify import verify
from allocator.archive.worded import worded
from allocator.proof.verifier import single_file
from reports import audit_report
from scenarios.formats.problems import ScenarioError
from scenarios.language import _
from scenarios.limits import ARCHIVE, MEGA
from ui.cli.archive import workbooks
from ui.desk.desk import Desk
from ui.plan import Plan
from ui.roles import Action
from ui.solving.tasks import Call
from ui.solving.ticket import Ticket
from ui.words import stage

_NAME = "archive.zip"
_SPOILT = (
    ScenarioError, ArchiveUnusableError, AllocationUnreadable, TypeError, ValueError, KeyError, IndexError,
    AttributeError, ZeroDivisionError, RecursionError,
)  # fmt: skip
"""What reading a forged archive raises; the verdicts have told why."""


@dataclass(frozen=True)
class Audited:
    """An archive, what it says of itself, the verdicts; ``plan`` is None when it does not let itself be read."""

    name: str
    digest: str
    info: Mapping[str, str]
    verdicts: tuple[Verdict, ...]
    plan: Plan | None


@dataclass(frozen=True)
class Replayed:
    """The verdict of the calculation made again, and in words everything that is no longer the same."""

    verdict: Verdict
    differences: tuple[str, ...]


def ask_audit(desk: Desk, name: str, content: bytes, journal: Path | None = None) -> Ticket[Audited]:
    """Ask what an archive is worth; ``journal``: that of its committee, when it is known.

    Raises ArchiveUnusableError for a file too large.
    """
    desk.require(Action.VERIFY)
    if len(content) > ARCHIVE.bytes:
        sentence = _("Ce fichier fait {mega} Mo ; attendu : {most} Mo au plus. {advice}")
        mega = -(-len(content) // MEGA)
        raise ArchiveUnusableError(sentence.format(mega=mega, most=ARCHIVE.mega, advice=ARCHIVE.advice))
    return desk.queue.submit(desk.session, Call(audited, (name, content, journal), tells=True))


def ask_replay(desk: Desk, name: str, content: bytes) -> Ticket[Replayed]:
    """Ask for the calculation of an archive to be made again, under the law it holds."""
    desk.require(Action.VERIFY)
    return desk.queue.submit(desk.session, Call(replayed, (name, content), tells=True))


def audited(name: str, content: bytes, journal: Path | None, tell: Callable[[str], None]) -> Audited:
    """Verify an archive, in a worker."""
    tell(_("Vérification"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / _NAME
        path.write_bytes(content)
        archive, verdicts = verify(path, workbooks, journal, None)
        said = tuple(_named(line, path, name) for line in worded(verdicts))
        plan = None if archive is None else _plan(archive)
    return Audited(name, sha256(content), {} if archive is None else archive.info, said, plan)


def replayed(name: str, content: bytes, tell: Callable[[str], None]) -> Replayed:
    """Calculate an archive again, in a worker."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / _NAME
        path.write_bytes(content)
        try:
            found = replay(opened(path), lambda step: tell(stage(step)))
        except ArchiveUnusableError as error:
            line = Verdict(Question.REPLAY, State.UNVERIFIABLE, (str(error).rstrip("."),))
            return Replayed(_named(line, path, name), ())
        sentence = _("Depuis le scellement, {part} : {what}, {sealed} puis {now}")
        told = tuple(
            sentence.format(part=part_name(line.part), what=line.what, sealed=line.sealed, now=line.now)
            for line in found.differences
        )
        return Replayed(_named(found.verdict, path, name), told)


def all_verdicts(found: Audited, again: Replayed | None) -> tuple[Verdict, ...]:
    """Return the verdicts in the order of the report: that of the replay, unanswered until it is made, comes fourth."""
    unmade = Verdict(Question.REPLAY, State.UNVERIFIABLE, (_("le calcul n'a pas encore été refait"),))
    line = unmade if again is None else again.verdict
    order = list(Question)
    return tuple(sorted((*found.verdicts, line), key=lambda one: order.index(one.question)))


def report_text(desk: Desk, found: Audited, again: Replayed | None) -> bytes:
    """Return the one-page report as text."""
    desk.require(Action.VERIFY)
    return text(found.name, found.info, all_verdicts(found, again)).encode()


def report_workbook(desk: Desk, found: Audited, again: Replayed | None) -> bytes:
    """Return the one-page report as a workbook."""
    desk.require(Action.VERIFY)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rapport.xlsx"
        audit_report.compose(found.name, found.info, all_verdicts(found, again), path)
        return path.read_bytes()


def verifier(desk: Desk) -> bytes:
    """Return the verifier, one file that needs Python and nothing else."""
    desk.require(Action.VERIFY)
    return single_file().encode()


def _plan(archive: Opened) -> Plan | None:
    try:
        understood = archive.understood()
        return Plan(understood.scenario, archive.allocation(), understood.law)
    except _SPOILT:
        return None


def _named(line: Verdict, path: Path, name: str) -> Verdict:
    """Say the name the reader knows instead of ours."""
    return replace(line, reasons=tuple(reason.replace(str(path), name) for reason in line.reasons))
