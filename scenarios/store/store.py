"""The store: scenarios under a name, every version of each, and what people do with them."""

from collections.abc import Collection, Sequence
from types import TracebackType
from typing import Self

from sqlalchemy import insert, update

from scenarios.changes import Change, Conflict
from scenarios.document import Scenario
from scenarios.document.keys import Key
from scenarios.formats import check
from scenarios.language import _
from scenarios.store import (
    allocations,
    archives,
    comments,
    committing,
    drafts,
    log,
    people,
    schema,
    verifying,
    versions,
)
from scenarios.store.contents import scenario_named
from scenarios.store.database import Database
from scenarios.store.records import Archived, Comment, Dossier, Draft, LogEntry, Person, Status, Version
from scenarios.store.refusals import RefusedError, UnknownError
from scenarios.store.writing import LONGEST_NAME, line, prose


class Store:
    """Scenarios shared by several people. Every method is one transaction: all of it happens, or nothing.

    Safe between threads and processes. Every method may raise UnusableStoreError; those that name a dossier or a
    version raise UnknownError when there is none; those that write raise RefusedError for a text that is empty or
    too long. An ``author`` or ``user`` is the name of whoever acts.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the connections back."""
        self._database.close()

    def create(self, name: str, scenario: Scenario, author: str, reason: str) -> Version:
        """Open a dossier with its first version. Raises RefusedError when the name is taken, ScenarioError."""
        name, author, reason = line(name, _("Nom du dossier"), LONGEST_NAME), _author(author), _reason(reason)
        check(scenario)
        with self._database.writing() as connection:
            if name in {dossier.name for dossier in versions.dossiers(connection)}:
                raise RefusedError(_("Le dossier « {name} » existe déjà.").format(name=name))
            connection.execute(insert(schema.dossiers).values(name=name, status=str(Status.DRAFT)))
            return committing.create(connection, name, scenario, author, self._database.clock(), reason)

    def dossiers(self) -> tuple[Dossier, ...]:
        """Return every dossier, by name."""
        with self._database.reading() as connection:
            return versions.dossiers(connection)

    def head(self, name: str) -> Version:
        """Return the last version of a dossier."""
        with self._database.reading() as connection:
            return versions.head(connection, name)

    def version(self, version_id: str) -> Version:
        """Return a version by its id."""
        with self._database.reading() as connection:
            return versions.version(connection, version_id)

    def history(self, name: str) -> tuple[Version, ...]:
        """Return the versions of a dossier, from the first to the last."""
        with self._database.reading() as connection:
            return versions.history(connection, name)

    def scenario_of(self, version_id: str) -> Scenario:
        """Return the scenario of a version."""
        with self._database.reading() as connection:
            return scenario_named(connection, versions.version(connection, version_id).fingerprint)

    def set_status(self, name: str, status: Status, author: str, reason: str) -> Dossier:
        """Settle, archive or open again a dossier."""
        author, reason = _author(author), _reason(reason)
        with self._database.writing() as connection:
            before = versions.status_of(connection, name)
            connection.execute(update(schema.dossiers).filter_by(name=name).values(status=str(status)))
            what = {"before": str(before), "after": str(status), "reason": reason}
            log.append(connection, self._database.clock(), author, log.STATUS, name, **what)
            return next(dossier for dossier in versions.dossiers(connection) if dossier.name == name)

    def commit(self, name: str, parent: str, changes: Sequence[Change], author: str, reason: str) -> Version:
        """Write the version that ``changes`` make of the version ``parent``, and return it.

        When ``parent`` is no longer the last version, changes that touch other places are put together with what the
        others committed (``Version.merged``). Raises ConflictError when they touch the same, ScenarioError when they do
        not fit ``parent`` or leave it wrong, RefusedError when nothing changes or the dossier is not a draft.
        """
        author, reason = _author(author), _reason(reason)
        with self._database.writing() as connection:
            start = versions.version(connection, parent)
            if start.dossier != name:
                raise UnknownError(_("Aucune version {name}.").format(name=parent))
            return committing.commit(connection, start, changes, author, self._database.clock(), reason)

    def undo(self, name: str, author: str, seen: str | None = None) -> Version:
        """Take back the last commit not yet undone, by a version that holds the inverse changes.

        ``seen``: the last version the author saw. Raises RefusedError when others committed since, or when nothing is
        left to undo.
        """
        author = _author(author)
        with self._database.writing() as connection:
            return committing.undo(connection, name, seen, author, self._database.clock())

    def redo(self, name: str, author: str, seen: str | None = None) -> Version:
        """Make again the last commit undone, as ``undo`` does; a new commit forgets what was undone."""
        author = _author(author)
        with self._database.writing() as connection:
            return committing.redo(connection, name, seen, author, self._database.clock())

    def draft(self, name: str, user: str) -> Draft:
        """Return what a user is changing in a dossier: empty, and on the last version, when nothing is."""
        with self._database.reading() as connection:
            return drafts.draft(connection, name, user)

    def stage(self, name: str, user: str, changes: Sequence[Change]) -> Draft:
        """Add a step to the draft of a user, which need not make a valid scenario yet.

        Raises ScenarioError when a change does not fit what the draft holds.
        """
        user = _author(user)
        with self._database.writing() as connection:
            return drafts.staged(connection, drafts.draft(connection, name, user), tuple(changes))

    def unstage_last(self, name: str, user: str) -> Draft:
        """Take back the last step of a draft. Raises RefusedError when there is none."""
        with self._database.writing() as connection:
            return drafts.unstaged(connection, drafts.draft(connection, name, user))

    def restage(self, name: str, user: str) -> Draft:
        """Stage again the last step taken back. Raises RefusedError when there is none."""
        with self._database.writing() as connection:
            return drafts.restaged(connection, drafts.draft(connection, name, user))

    def settle_draft(self, name: str, user: str, mine: Collection[Conflict]) -> Draft:
        """Start the draft of a user again from the last version, with what others committed meanwhile.

        Of the places that both changed (``ConflictError.conflicts``), those in ``mine`` keep what the draft says, the
        others what was committed. Nothing is committed. Raises ScenarioError, and the draft stays as it was, when it
        does not make a valid scenario.
        """
        with self._database.writing() as connection:
            return drafts.settled(connection, drafts.draft(connection, name, user), mine)

    def discard(self, name: str, user: str) -> Draft:
        """Forget the draft of a user; return the empty one, on the last version."""
        with self._database.writing() as connection:
            return drafts.discarded(connection, drafts.draft(connection, name, user))

    def commit_draft(self, name: str, user: str, reason: str) -> Version:
        """Commit the draft of a user and forget it, both or neither. Raises what ``commit`` raises."""
        user, reason = _author(user), _reason(reason)
        with self._database.writing() as connection:
            draft = drafts.draft(connection, name, user)
            start = versions.version(connection, draft.base)
            made = committing.commit(connection, start, draft.changes, user, self._database.clock(), reason)
            drafts.discarded(connection, draft)
            return made

    def keep_allocation(self, fingerprint: str, document: str) -> None:
        """Keep the allocation of a scenario, as JSON text; those already kept stay."""
        with self._database.writing() as connection:
            allocations.keep_allocation(connection, fingerprint, document, self._database.clock())

    def allocation(self, fingerprint: str) -> str | None:
        """Return the last allocation kept for a scenario, as JSON text, or None."""
        with self._database.reading() as connection:
            return allocations.allocation(connection, fingerprint)

    def comment(
        self, version_id: str, author: str, text: str, table: str | None = None, key: Key | None = None
    ) -> Comment:
        """Say something of a version, of one of its tables, or of a row that ``key`` names."""
        author, text = _author(author), prose(text, _("Commentaire"))
        with self._database.writing() as connection:
            version = versions.version(connection, version_id)
            return comments.comment(connection, version, (table, key), author, self._database.clock(), text)

    def comments(self, name: str) -> tuple[Comment, ...]:
        """Return the comments on every version of a dossier, from the first to the last."""
        with self._database.reading() as connection:
            versions.status_of(connection, name)
            return comments.comments(connection, name)

    def record_archive(self, version_id: str, digest: str, archive: str, author: str) -> Archived:
        """Write in the journal that a version was sealed: SHA-256 and name of an archive that is in its place.

        Raises RefusedError when that archive is in the journal already.
        """
        author, archive = _author(author), line(archive, _("Nom de l'archive"))
        with self._database.writing() as connection:
            version = versions.version(connection, version_id)
            return archives.record_archive(connection, version, (digest, archive), author, self._database.clock())

    def archives(self, name: str) -> tuple[Archived, ...]:
        """Return the archives of a dossier, from the first to the last."""
        with self._database.reading() as connection:
            versions.status_of(connection, name)
            return archives.archives(connection, name)

    def people(self) -> tuple[Person, ...]:
        """Return everybody whose roles are kept, by identity."""
        with self._database.reading() as connection:
            return people.people(connection)

    def person(self, identity: str) -> Person | None:
        """Return somebody by identity; None for who is not known."""
        with self._database.reading() as connection:
            return people.person(connection, identity)

    def keep_person(self, person: Person, author: str) -> Person:
        """Write the roles and the partner of somebody, in place of those known. Raises RefusedError when none changes.

        Nobody known under an identity and somebody known without a role are two things: the second is refused even
        where everybody is welcome.
        """
        author = _author(author)
        partner = None if person.partner is None else line(person.partner, _("Partenaire"), LONGEST_NAME)
        one = Person(line(person.identity, _("Identité")), person.roles, partner)
        with self._database.writing() as connection:
            people.keep(connection, one, author, self._database.clock())
            return one

    def forget_person(self, identity: str, author: str) -> None:
        """Take somebody away from the people known. Raises RefusedError for who is not."""
        author = _author(author)
        with self._database.writing() as connection:
            people.forget(connection, identity, author, self._database.clock())

    def log(self) -> tuple[LogEntry, ...]:
        """Return who did what, from the first entry to the last."""
        with self._database.reading() as connection:
            return log.entries(connection)

    def verify_log(self) -> tuple[str, ...]:
        """Return, in French, everything that is no longer as it was written; nothing when all is intact."""
        with self._database.reading() as connection:
            return tuple(verifying.faults(connection))


def _author(author: str) -> str:
    return line(author, _("Auteur"))


def _reason(reason: str) -> str:
    return prose(reason, _("Motif"))
