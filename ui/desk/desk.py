"""Who works, on which store, with which queue of calculations."""

from dataclasses import dataclass

from scenarios.store import Store
from ui.roles import Action, User, require
from ui.solving.queue import Queue


@dataclass(frozen=True)
class Desk:
    """One person at work. ``session`` is what the queue shares fairly between: one per open browser tab."""

    store: Store
    queue: Queue
    user: User
    session: str

    def require(self, action: Action) -> None:
        """Raise NotAllowedError unless the user may do this."""
        require(self.user, action)
