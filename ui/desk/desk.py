"""Who works, on which store, with which queue of calculations."""

from collections.abc import Sequence
from dataclasses import dataclass

from scenarios.language import _
from scenarios.store import Dossier, Status, Store, UnknownError
from ui.configuration import own_drafts_only
from ui.identities import is_line_of
from ui.roles import Action, Role, User, require
from ui.solving.queue import Queue


@dataclass(frozen=True)
class Desk:
    """One person at work. ``session`` is what the queue shares fairly between: one per open browser tab."""

    store: Store
    queue: Queue
    user: User
    session: str

    def require(self, action: Action, dossier: str | None = None) -> None:
        """Raise NotAllowedError unless the user may do this, UnknownError for a dossier the user does not see."""
        require(self.user, action)
        if dossier is not None and self._hides() and dossier not in {one.name for one in self.dossiers()}:
            raise UnknownError(_("Aucun dossier « {name} ».").format(name=dossier))

    def dossiers(self) -> tuple[Dossier, ...]:
        """Return the dossiers that the user sees, by name.

        All of them, unless the committee keeps drafts apart: who speaks for a partner, and is neither auditor nor
        administrator, then sees the settled and archived ones, and the drafts opened by somebody of that partner.
        """
        found = self.store.dossiers()
        if not self._hides():
            return found
        own = [one.identity for one in self.store.people() if one.partner == self.user.partner]
        return tuple(one for one in found if one.status is not Status.DRAFT or self._opened_by(one.name, own))

    def _hides(self) -> bool:
        apart = self.user.partner is not None and self.user.roles.isdisjoint({Role.AUDITOR, Role.ADMINISTRATOR})
        return apart and own_drafts_only()

    def _opened_by(self, dossier: str, people: Sequence[str]) -> bool:
        author = self.store.history(dossier)[0].author
        return any(is_line_of(author, identity) for identity in people)
