"""What a page holds of a calculation it asked: where it stands, in words, and what it gave."""

from dataclasses import dataclass, field
from enum import StrEnum
from threading import Condition
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from allocator.solve.preview import Preview
from scenarios.language import _
from ui.solving.messages import Failure
from ui.solving.tasks import Task

if TYPE_CHECKING:
    from ui.solving.queue import Queue

T = TypeVar("T")


class State(StrEnum):
    """Where a calculation stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(eq=False)
class Job:
    """One calculation, for whoever asked it: made once when several ask the same. Changed by the queue only."""

    task: Task[object]
    language: str
    state: State = State.WAITING
    stage: str = ""
    preview: Preview | None = None
    result: object = None
    failure: Failure | None = None
    tickets: list["Ticket[object]"] = field(default_factory=list)

    @property
    def over(self) -> bool:
        """Tell whether nothing more will come."""
        return self.state not in (State.WAITING, State.RUNNING)


class Ticket(Generic[T]):
    """One request of one owner. Read it at each refresh of a page; nothing here blocks but ``wait``."""

    def __init__(self, owner: str, job: Job, queue: "Queue", changed: Condition) -> None:
        self.owner = owner
        self.withdrawn = False
        self.job = job
        self._queue = queue
        self._changed = changed

    @property
    def state(self) -> State:
        """Where the calculation stands, for this owner."""
        return State.CANCELLED if self.withdrawn else self.job.state

    @property
    def over(self) -> bool:
        """Tell whether nothing more will come."""
        return self.withdrawn or self.job.over

    @property
    def position(self) -> int:
        """Rank among the calculations that wait, 1 being the next to start; 0 once it has started."""
        return self._queue.position(self.job)

    @property
    def words(self) -> str:
        """Say what is being done, or how many go first."""
        if self.state is State.RUNNING:
            return self.job.stage or _("Calcul en cours")
        if self.state is State.WAITING:
            return _("En attente : rang {rank} dans la file").format(rank=max(1, self.position))
        if self.state is State.CANCELLED:
            return _("Calcul arrêté à votre demande.")
        return self.failure.sentence if self.failure else _("Calcul terminé")

    @property
    def preview(self) -> Preview | None:
        """About what the plan will be; None when there is none, or not yet."""
        return self.job.preview

    @property
    def failure(self) -> Failure | None:
        """Why the calculation gives nothing; None unless it failed."""
        return None if self.withdrawn else self.job.failure

    @property
    def result(self) -> T:
        """What the task gave. Raises ValueError before it is done, or when it failed or was cancelled."""
        if self.state is not State.DONE:
            raise ValueError(f"no result: {self.state}")
        return cast("T", self.job.result)

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until the calculation is over, at most some seconds, and tell whether it is."""
        with self._changed:
            return self._changed.wait_for(lambda: self.over, seconds)

    def cancel(self) -> None:
        """Give up; the calculation is killed unless somebody else waits for it."""
        self._queue.cancel(self)
