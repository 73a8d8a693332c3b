"""The queue of calculations: a few worker processes kept warm, shared fairly between those who ask.

Owners are served in turn, each in the order it asked. One thread stands for each worker: it takes a job, listens to the
process, kills it when the calculation is longer than the limits allow, and starts another when it is killed or lost.
"""

import logging
from collections.abc import Iterator
from itertools import count
from threading import Condition, Thread, Timer
from typing import TypeVar, cast

from scenarios.language import _, speaking, spoken
from ui.solving.limits import Limits
from ui.solving.messages import Done, Failure, Kind, Message, Previewed, Stage
from ui.solving.process import WorkerLostError, WorkerProcess
from ui.solving.tasks import Task
from ui.solving.ticket import Job, State, Ticket

T = TypeVar("T")
_LOG = logging.getLogger(__name__)


class Queue:
    """Calculations asked by owners (one per session or user), made by ``workers`` processes within ``limits``."""

    def __init__(self, workers: int, limits: Limits) -> None:
        self.limits = limits
        self._changed = Condition()
        self._turns: dict[str, list[Job]] = {}
        self._processes = [WorkerProcess() for _rank in range(workers)]
        self._running: dict[int, Job] = {}
        self._holders: dict[str, int] = {}
        self._closed = False
        self._threads = [
            Thread(target=self._serve, args=(rank,), name=f"solving-{rank}", daemon=True) for rank in range(workers)
        ]
        for thread in self._threads:
            thread.start()

    def submit(self, owner: str, task: Task[T]) -> Ticket[T]:
        """Ask for a calculation, and return at once; it speaks the language spoken here.

        When the same one (same ``key``, same language) waits or runs already, it is made once for everybody. When as
        many of this owner wait as the limits allow, the ticket has failed already, and says so.
        """
        with self._changed:
            job = self._same(task) or Job(task, spoken())
            waiting = self._turns.get(owner, [])
            queued = job.state is State.WAITING and job not in waiting
            if queued and len(waiting) >= self.limits.waiting:
                job = Job(task, spoken(), State.FAILED, failure=self.limits.too_many())
            elif queued:
                self._turns.setdefault(owner, []).append(job)
            ticket: Ticket[T] = Ticket(owner, job, self, self._changed)
            job.tickets.append(cast("Ticket[object]", ticket))
            self._changed.notify_all()
        return ticket

    def position(self, job: Job) -> int:
        """Return the rank of a job among those that wait, from 1; 0 when it does not wait."""
        with self._changed:
            return next((rank for rank, waiting in enumerate(self._order(), start=1) if waiting is job), 0)

    def cancel(self, ticket: Ticket[T]) -> None:
        """Withdraw one request; when nobody else made it, the job leaves the queue or its process is killed."""
        with self._changed:
            job = ticket.job
            if ticket.over:
                return
            ticket.withdrawn = True
            job.tickets.remove(cast("Ticket[object]", ticket))
            if not job.tickets:
                self._forget(job)
                job.state = State.CANCELLED
                for rank, running in self._running.items():
                    if running is job:
                        self._processes[rank].kill()
            self._changed.notify_all()

    def close(self) -> None:
        """End every process; what waits or runs is cancelled."""
        with self._changed:
            self._closed = True
            for job in (*self._order(), *self._running.values()):
                job.state = State.CANCELLED
            self._turns.clear()
            for process in self._processes:
                process.kill()
            self._changed.notify_all()
        for thread in self._threads:
            thread.join()
        for process in self._processes:
            process.close()

    def _same(self, task: Task[object]) -> Job | None:
        """Return the job that waits or runs for the same calculation."""
        if task.key is None:
            return None
        jobs = (*self._order(), *self._running.values())
        alive = (job for job in jobs if not job.over and job.language == spoken())
        return next((job for job in alive if job.task.key == task.key), None)

    def _order(self) -> Iterator[Job]:
        """Give the jobs that wait, in the order in which they will start: one of each owner, then another."""
        seen: list[Job] = []
        for turn in count():
            jobs = [waiting[turn] for waiting in self._turns.values() if len(waiting) > turn]
            if not jobs:
                return
            for job in jobs:
                if job not in seen:
                    seen.append(job)
                    yield job

    def _forget(self, job: Job) -> None:
        """Take a job out of the queue of each owner who waits for it; those owners are served last next time."""
        for owner in [owner for owner, waiting in self._turns.items() if job in waiting]:
            left = [waiting for waiting in self._turns.pop(owner) if waiting is not job]
            if left:
                self._turns[owner] = left

    def _take(self, rank: int) -> Job | None:
        """Return the next job of a worker, unless another worker that is free holds the plan it starts from."""
        for job in self._order():
            holder = self._holders.get(job.task.dossier or "", rank)
            if holder == rank or holder in self._running:
                return job
        return None

    def _serve(self, rank: int) -> None:
        """Answer jobs with one process, replaced when it is lost."""
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._closed or self._take(rank) is not None)
                if self._closed:
                    return
                job = self._started(rank)
            alarm = Timer(self.limits.seconds, self._stop, (rank, job))
            alarm.daemon = True
            alarm.start()
            try:
                for message in self._processes[rank].answers(job.task, job.language):
                    self._heard(rank, job, message)
            except WorkerLostError as error:
                self._interrupted(rank, job, error)
            finally:
                alarm.cancel()
            with self._changed:
                self._running.pop(rank, None)
                if job.state is not State.DONE:
                    self._replace_if_ended(rank)
                self._changed.notify_all()

    def _started(self, rank: int) -> Job:
        job = self._take(rank)
        if job is None:
            raise RuntimeError("a worker starts only when a job waits for it")
        self._replace_if_ended(rank)
        self._forget(job)
        job.state = State.RUNNING
        self._running[rank] = job
        if job.task.dossier is not None:
            self._holders[job.task.dossier] = rank
        self._changed.notify_all()  # what another worker left to this one is for any, now that this one is busy
        return job

    def _heard(self, rank: int, job: Job, message: Message) -> None:
        with self._changed:
            if job.state is not State.RUNNING:
                return
            if isinstance(message, Stage):
                job.stage = message.text
            elif isinstance(message, Previewed):
                job.preview = message.preview
            elif isinstance(message, Done):
                job.result, job.state = message.result, State.DONE
            else:
                job.failure, job.state = message, State.FAILED
                if message.trace:
                    _LOG.error("%s", message.trace)
            if job.over:
                del self._running[rank]  # free from now on: what follows in the same dossier is for this worker
            self._changed.notify_all()

    def _stop(self, rank: int, job: Job) -> None:
        """Kill a calculation that runs for longer than the limits allow, unless it has just ended."""
        with self._changed, speaking(job.language):
            if self._running.get(rank) is job and job.state is State.RUNNING:
                self._processes[rank].kill()
                self._heard(rank, job, self.limits.too_long())

    def _replace_if_ended(self, rank: int) -> None:
        """Start another process when that of a worker was killed or has ended: the plans it held are gone."""
        if self._closed or self._processes[rank].alive:
            return
        self._processes[rank].close()
        self._processes[rank] = WorkerProcess()
        self._holders = {dossier: holder for dossier, holder in self._holders.items() if holder != rank}

    def _interrupted(self, rank: int, job: Job, error: WorkerLostError) -> None:
        """Say that a process ended before it answered, unless it was killed by a cancellation."""
        with speaking(job.language):
            text = _(
                "Le calcul a été interrompu avant la fin (mémoire insuffisante, ou arrêt par le système). "
                "Rien n'a été modifié : relancez-le."
            )
        self._heard(rank, job, Failure(Kind.BROKEN, text, f"a worker ended before it answered ({error})"))
