"""Why the store does not do what is asked, in sentences for the user."""

from collections.abc import Sequence

from scenarios.changes import Conflict, conflict_sentence
from scenarios.formats.problems import Problem
from scenarios.language import _
from scenarios.store.records import Version


class StoreError(RuntimeError):
    """The store cannot do what is asked; the message is a French sentence."""


class UnusableStoreError(StoreError):
    """The database is absent, unreachable, full, busy for too long, or not a store that this program reads."""


class UnknownError(StoreError):
    """No such dossier, version, draft step or archive."""


class RefusedError(StoreError):
    """What is asked cannot be done as things stand: name taken, dossier settled, nothing to commit or to undo."""


class ConflictError(StoreError):
    """Others committed meanwhile, and both edits cannot be put together.

    ``conflicts``: the places that both changed. When there is none, ``problems`` tells what would be wrong in the
    scenario with both edits. ``head``: the version to start again from. Nothing was written.
    """

    def __init__(self, conflicts: Sequence[Conflict], head: Version, problems: Sequence[Problem] = ()) -> None:
        self.conflicts = tuple(conflicts)
        self.problems = tuple(problems)
        self.head = head
        start = _("{author} a enregistré la version {number} entre-temps. ").format(
            author=head.author, number=head.number
        )
        if self.conflicts:
            told = [_("Les deux modifications touchent les mêmes données :"), *map(conflict_sentence, conflicts)]
        else:
            told = [_("Ensemble, les deux modifications ne font pas un scénario valable :"), *map(str, problems)]
        super().__init__(start + "\n".join(told))
