"""Who computes the draws: this process, processes of this machine, or the workers of a Dask cluster.

The draws are the same whoever computes them and in whatever order: each comes from the seed and its rank, and is solved
from the same start. At most a few batches wait for each worker, so that memory does not grow with their number.
"""

import os
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from multiprocessing import get_context
from threading import get_ident
from typing import Any

from allocator.exploration.spec import StressSpec, spec_hash
from allocator.exploration.trial import Outcome, Trial
from scenarios.document import Scenario
from scenarios.fingerprint import fingerprint
from scenarios.language import _

BATCH = 10
"""Draws given to a worker at once."""

ANSWER_WITHIN = "10s"
"""How long a cluster is waited for."""

WAITING = 3
"""Batches in hand or waiting, for each worker."""


class ClusterError(Exception):
    """A Dask cluster that does not answer; ``str()`` says it in French."""

    def __init__(self, address: str) -> None:
        super().__init__(
            _(
                "Aucun ordonnanceur Dask ne répond à l'adresse {address}. Donnez la sienne, comme tcp://10.0.0.1:8786."
            ).format(address=address)
        )


@dataclass(frozen=True, eq=False)
class Job:
    """A scenario and a spec, as sent to workers; two jobs of the same ``key`` are the same."""

    key: str
    scenario: Scenario
    spec: StressSpec

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Job) and other.key == self.key

    def __hash__(self) -> int:
        return hash(self.key)


def job(scenario: Scenario, spec: StressSpec) -> Job:
    """Return what workers are sent."""
    return Job(f"{fingerprint(scenario)}|{spec_hash(spec)}", scenario, spec)


@dataclass(frozen=True)
class Workers:
    """Where draws are computed: ``executor`` is None for this process."""

    executor: Executor | None
    count: int

    def outcomes(self, wanted: Job, ranks: Iterator[int]) -> Generator[Outcome, None, None]:
        """Give the outcome of each draw, in the order in which they end. Stops asking when the caller stops."""
        batches = iter(lambda: tuple(islice(ranks, BATCH)), ())
        if self.executor is None:
            for batch in batches:
                yield from compute(wanted, batch)
            return
        running: set[Future[Sequence[Outcome]]] = set()
        try:
            while True:
                for batch in islice(batches, self.count * WAITING - len(running)):
                    running.add(self.executor.submit(compute, wanted, batch))
                if not running:
                    return
                done, running = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    yield from future.result()
        finally:
            for future in running:
                future.cancel()


@contextmanager
def workers(count: int | None = None, cluster: str | None = None) -> Iterator[Workers]:
    """Open the workers: a cluster when an address is given, else ``count`` processes (None: one per core).

    Raises ClusterError when no cluster answers at that address.
    """
    if cluster is not None:
        with _cluster(cluster) as found:
            yield found
        return
    count = count or len(os.sched_getaffinity(0))
    if count == 1:
        yield Workers(None, 1)
        return
    # A process forked from one where engines have started threads may never answer.
    with ProcessPoolExecutor(count, mp_context=get_context("spawn")) as executor:
        yield Workers(executor, count)


@contextmanager
def _cluster(address: str) -> Iterator[Workers]:
    from distributed import Client

    opened: Callable[..., Any] = Client  # its constructor carries no types
    try:
        client = opened(address, set_as_default=False, timeout=ANSWER_WITHIN)
    except (OSError, TimeoutError, ValueError) as error:
        raise ClusterError(address) from error
    with client:
        cores = sum(client.nthreads().values())
        yield Workers(client.get_executor(pure=False), max(1, cores))


def compute(wanted: Job, ranks: Sequence[int]) -> Sequence[Outcome]:
    """Compute some draws, in a worker."""
    trial = _trial(wanted, get_ident())
    return [trial.outcome(rank) for rank in ranks]


@lru_cache(maxsize=32)
def _trial(wanted: Job, _thread: int) -> Trial:
    """Return the trial of a job, made once in each thread of each worker: an engine serves one at a time."""
    return Trial(wanted.scenario, wanted.spec)
