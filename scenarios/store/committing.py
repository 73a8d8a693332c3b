"""The next version of a dossier: on its head, merged with what others committed meanwhile, or refused."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from scenarios.changes import Change, apply, difference, inverse, merge
from scenarios.document import Scenario
from scenarios.formats.problems import ScenarioError
from scenarios.language import _
from scenarios.store import log, versions
from scenarios.store.contents import keep, scenario_named
from scenarios.store.records import Act, Status, Version
from scenarios.store.refusals import ConflictError, RefusedError


def create(
    connection: Connection, dossier: str, scenario: Scenario, author: str, time: datetime, reason: str
) -> Version:
    """Write the first version of a dossier."""
    first = Version(
        "", dossier, 1, None, None, Act.CREATED, None, keep(connection, scenario), author, time, reason, ()
    )  # fmt: skip
    return _written(connection, first)


def commit(
    connection: Connection, parent: Version, changes: Sequence[Change], author: str, time: datetime, reason: str
) -> Version:
    """Write the version that the changes make of ``parent``, put together with what the head has more.

    Raises ScenarioError when the changes cannot be made on ``parent`` or leave it wrong, ConflictError when others
    changed the same places or when both edits make no valid scenario, RefusedError when nothing changes.
    """
    head = _open_head(connection, parent.dossier)
    after = _merged(connection, parent, head, changes)
    made = difference(scenario_named(connection, head.fingerprint), after)
    if not made:
        raise RefusedError(_("Rien à enregistrer : le scénario est déjà celui-là."))
    return _next(connection, head, after, made, (Act.COMMITTED, parent.id, None), author, time, reason)


def undo(connection: Connection, dossier: str, seen: str | None, author: str, time: datetime) -> Version:
    """Write the version that takes back the last commit. Raises RefusedError when there is none."""
    head = _head_seen(connection, dossier, seen)
    done, _undone = versions.stacks(versions.history(connection, dossier))
    if not done:
        raise RefusedError(_("Rien à annuler dans le dossier « {name} ».").format(name=dossier))
    return _again(connection, head, inverse(done[-1].changes), (Act.UNDONE, done[-1]), author, time)


def redo(connection: Connection, dossier: str, seen: str | None, author: str, time: datetime) -> Version:
    """Write the version that makes again the last commit undone. Raises RefusedError when there is none."""
    head = _head_seen(connection, dossier, seen)
    _done, undone = versions.stacks(versions.history(connection, dossier))
    if not undone:
        raise RefusedError(_("Rien à rétablir dans le dossier « {name} ».").format(name=dossier))
    return _again(connection, head, undone[-1].changes, (Act.REDONE, undone[-1]), author, time)


def _open_head(connection: Connection, dossier: str) -> Version:
    head = versions.head(connection, dossier)
    if versions.status_of(connection, dossier) is not Status.DRAFT:
        sentence = _("Le dossier « {name} » est arrêté ou archivé : rouvrez-le avant de le modifier.")
        raise RefusedError(sentence.format(name=dossier))
    return head


def _head_seen(connection: Connection, dossier: str, seen: str | None) -> Version:
    head = _open_head(connection, dossier)
    if seen not in {None, head.id}:
        sentence = _(
            "{author} a enregistré la version {number} entre-temps : rechargez-la avant d'annuler ou de rétablir."
        )
        raise RefusedError(sentence.format(author=head.author, number=head.number))
    return head


def _merged(connection: Connection, parent: Version, head: Version, changes: Sequence[Change]) -> Scenario:
    base = scenario_named(connection, parent.fingerprint)
    ours = apply(base, changes)
    if parent.id == head.id:
        return ours
    merged = merge(base, ours, scenario_named(connection, head.fingerprint))
    if merged.conflicts:
        raise ConflictError(merged.conflicts, head)
    try:
        return apply(base, merged.changes)
    except ScenarioError as error:
        raise ConflictError((), head, error.problems) from error


def _again(
    connection: Connection, head: Version, changes: Sequence[Change], why: tuple[Act, Version], author: str,
    time: datetime,
) -> Version:  # fmt: skip
    before = scenario_named(connection, head.fingerprint)
    after = apply(before, changes)
    act, target = why
    origin = (act, head.id, target.id)
    return _next(connection, head, after, difference(before, after), origin, author, time, target.reason)


def _next(
    connection: Connection, head: Version, after: Scenario, changes: tuple[Change, ...],
    origin: tuple[Act, str, str | None], author: str, time: datetime, reason: str,
) -> Version:  # fmt: skip
    act, base, target = origin
    return _written(
        connection,
        Version(
            "", head.dossier, head.number + 1, head.id, base, act, target, keep(connection, after), author, time,
            reason, changes,
        ),
    )  # fmt: skip


def _written(connection: Connection, version: Version) -> Version:
    written = versions.write(connection, version)
    log.append(connection, version.time, version.author, str(version.act), version.dossier, version=written.id)
    return written
