"""What the store gives out: plain immutable values."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from scenarios.changes import Change
from scenarios.document.keys import Key


class Status(StrEnum):
    """How far a dossier has gone. Only a draft takes new versions."""

    DRAFT = "draft"
    SETTLED = "settled"
    ARCHIVED = "archived"


class Act(StrEnum):
    """How a version came to be."""

    CREATED = "created"
    COMMITTED = "committed"
    UNDONE = "undone"
    REDONE = "redone"


@dataclass(frozen=True)
class Version:
    """One state of a scenario, never changed once written.

    ``id`` is the SHA-256 of everything else. ``parent`` is the version just before, ``changes`` lead from it to this
    one. ``base`` is the version its author started from. ``target`` is the version that is undone or redone, whose
    reason this one repeats. ``fingerprint`` is that of the scenario, ``number`` counts from 1 in the dossier.
    """

    id: str
    dossier: str
    number: int
    parent: str | None
    base: str | None
    act: Act
    target: str | None
    fingerprint: str
    author: str
    time: datetime
    reason: str
    changes: tuple[Change, ...]

    @property
    def merged(self) -> bool:
        """Tell whether it was put together with what others had committed meanwhile."""
        return self.base != self.parent


@dataclass(frozen=True)
class Dossier:
    """A scenario under its name, with its last version, whose title it bears."""

    name: str
    title: str
    status: Status
    head: Version


Step = tuple[Change, ...]


@dataclass(frozen=True)
class Draft:
    """What one user is changing in a dossier and has not committed: steps, each made on what the ones before left.

    ``base`` is the version the draft started from, ``undone`` the steps taken back that can be staged again, from the
    first taken back to the last.
    """

    dossier: str
    user: str
    base: str
    steps: tuple[Step, ...] = ()
    undone: tuple[Step, ...] = ()

    @property
    def changes(self) -> tuple[Change, ...]:
        """Every change staged, in order."""
        return tuple(change for step in self.steps for change in step)


@dataclass(frozen=True)
class Comment:
    """What somebody said of a version, of a table, or of one row of it."""

    number: int
    version: str
    table: str | None
    key: Key | None
    author: str
    time: datetime
    text: str


@dataclass(frozen=True)
class Archived:
    """One line of the archives' journal: the SHA-256 and the name of the archive of a version."""

    number: int
    version: str
    digest: str
    name: str
    author: str
    time: datetime


@dataclass(frozen=True)
class Person:
    """Somebody known by ``identity``: names of roles, which may be none, and code of the partner spoken for."""

    identity: str
    roles: frozenset[str]
    partner: str | None = None


@dataclass(frozen=True)
class LogEntry:
    """Who did what. ``hash`` is the SHA-256 of everything else, ``previous`` that of the entry before."""

    number: int
    time: datetime
    author: str
    act: str
    dossier: str
    details: str
    previous: str
    hash: str
