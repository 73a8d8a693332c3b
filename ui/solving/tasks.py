"""What can be asked of a worker. A task is sent whole: its functions are those of modules, its values can be copied.

``Decide``: the plan of a scenario, an approximate one first when the worker knows the plan before the edit.
``Ask``: a question about the plan of a scenario (why, unlock, explore): ``function(decision, engine, *arguments)``.
``Call``: anything else (seal, verify, write workbooks): ``function(*arguments)``.
With ``tells``, the function gets a callable as ``tell``: the sentence given to it is shown as what is being done.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from allocator.allocation import Allocation
from allocator.solve.allocate import Decision
from scenarios.document import Scenario
from scenarios.fingerprint import fingerprint
from ui.solving.bench import Bench
from ui.solving.messages import Message, Previewed, Stage

T_co = TypeVar("T_co", covariant=True)
Say = Callable[[Message], None]


class Task(Protocol[T_co]):
    """Something to compute."""

    @property
    def dossier(self) -> str | None:
        """Return what the task belongs to: it goes to the worker that holds its last plan, when that one is free."""

    @property
    def key(self) -> str | None:
        """Return what makes two tasks the same calculation, made once for whoever asks; None to make it each time."""

    def run(self, bench: Bench, say: Say) -> T_co:
        """Compute, in a worker."""


@dataclass(frozen=True)
class Decide:
    """The one verified plan of a scenario with its rules in force. Raises what ``allocate`` raises."""

    dossier: str
    scenario: Scenario

    @property
    def key(self) -> str:
        """The plan of a scenario is the same for everybody."""
        return f"decide {fingerprint(self.scenario)}"

    def run(self, bench: Bench, say: Say) -> Allocation:
        """Say about what the plan will be, when it can be had; then decide."""
        previewed = bench.preview(self.dossier, self.scenario)
        if previewed is not None:
            say(Previewed(previewed))
        return bench.decide(self.dossier, self.scenario, lambda name: say(Stage(name))).allocation


@dataclass(frozen=True)
class Ask(Generic[T_co]):
    """A question about the plan of a scenario, which is decided first unless the worker holds it."""

    dossier: str
    scenario: Scenario
    function: Callable[..., T_co]
    arguments: tuple[Any, ...] = ()
    tells: bool = False

    @property
    def key(self) -> None:
        """Each question is answered when it is asked."""

    def run(self, bench: Bench, say: Say) -> T_co:
        """Call ``function(decision, engine, *arguments)``."""
        decision: Decision = bench.decide(self.dossier, self.scenario, lambda name: say(Stage(name)))
        told = {"tell": _told(say)} if self.tells else {}
        return self.function(decision, bench.engine, *self.arguments, **told)


@dataclass(frozen=True)
class Call(Generic[T_co]):
    """Any function of a module, with its arguments."""

    function: Callable[..., T_co]
    arguments: tuple[Any, ...] = ()
    dossier: str | None = None
    tells: bool = False

    @property
    def key(self) -> None:
        """Each call is made when it is asked."""

    def run(self, bench: Bench, say: Say) -> T_co:  # noqa: ARG002 - a call needs no plan
        """Call ``function(*arguments)``."""
        told = {"tell": _told(say)} if self.tells else {}
        return self.function(*self.arguments, **told)


def _told(say: Say) -> Callable[[str], None]:
    return lambda text: say(Stage(text))
