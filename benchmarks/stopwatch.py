"""Clocks for the benches: processor seconds of each stage, and of the engine within each stage.

Processor time is what is compared, because it depends little on what else the machine is doing; everything
measured here runs in one thread of one process.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from time import process_time

from allocator.allocation import EngineRecord
from allocator.engines import Answer, Engine, LinearModel
from allocator.engines.engine import session_of

Announce = Callable[[str], None]
"""Told the name of each stage as it starts."""


class Stopwatch:
    """Processor seconds by stage: ``spent`` in all, and ``solving`` for the part spent in the engine."""

    def __init__(self, announce: Announce) -> None:
        self.spent: dict[str, float] = defaultdict(float)
        self.solving: dict[str, float] = defaultdict(float)
        self._announce = announce
        self._stage: str | None = None
        self._since = 0.0

    def start(self, stage: str) -> None:
        """End the current stage and start another; a stage may come several times."""
        self.stop()
        self._announce(stage)
        self._stage = stage
        self._since = process_time()

    def stop(self) -> None:
        """End the current stage, if any."""
        if self._stage is not None:
            self.spent[self._stage] += process_time() - self._since
            self._stage = None

    def solve(self, engine: Engine, model: LinearModel) -> Answer:
        """Solve a model and count the time against the current stage. Raises ValueError outside any stage."""
        if self._stage is None:
            raise ValueError("the engine was called outside any stage")
        since = process_time()
        answer = engine.solve(model)
        self.solving[self._stage] += process_time() - since
        return answer


@dataclass(frozen=True)
class TimedEngine:
    """An engine whose every solve is timed apart from the stage it belongs to."""

    engine: Engine
    watch: Stopwatch

    def record(self) -> EngineRecord:
        """Name, version and options of the engine."""
        return self.engine.record()

    def session(self) -> "TimedEngine":
        """Time a session of the engine, too; see Warm."""
        return TimedEngine(session_of(self.engine), self.watch)

    def solve(self, model: LinearModel) -> Answer:
        """Solve the model; see Engine."""
        return self.watch.solve(self.engine, model)
