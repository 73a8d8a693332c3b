"""What a worker keeps between tasks: the last plan of each dossier, and what a preview of an edit to it starts from."""

from dataclasses import dataclass

from allocator.engines.highs import HighsEngine
from allocator.solve.allocate import Decision, decide
from allocator.solve.ordered_goals import Progress
from allocator.solve.preview import Preview, Ready, preview, ready
from scenarios.document import Scenario
from scenarios.fingerprint import fingerprint
from ui.words import stage

KEPT = 6
"""Dossiers whose last plan a worker keeps; the one used least recently leaves first."""


@dataclass
class _Held:
    """The last plan of a dossier; ``start`` is what previews start from, once prepared (None: there is none)."""

    decision: Decision
    prepared: bool = False
    start: Ready | None = None


class Bench:
    """The plans one worker holds."""

    def __init__(self) -> None:
        self.engine = HighsEngine()
        self._held: dict[str, _Held] = {}

    @property
    def waiting(self) -> bool:
        """Tell whether something can be prepared while no task is asked."""
        return any(not held.prepared for held in self._held.values())

    def prepare(self) -> None:
        """Prepare the previews of one dossier, the last decided first."""
        for held in reversed(self._held.values()):
            if not held.prepared:
                held.prepared, held.start = True, ready(held.decision, HighsEngine())
                return

    def preview(self, dossier: str, scenario: Scenario) -> Preview | None:
        """Return about what the plan will be, None when only the decisive run can tell or when it is known already."""
        held = self._held.get(dossier)
        if held is None or held.start is None or self._is_of(held, scenario):
            return None
        return preview(held.start, scenario)

    def decide(self, dossier: str, scenario: Scenario, progress: Progress) -> Decision:
        """Return the decision of a scenario: the one held, else a new one, cold. Raises what ``decide`` raises."""
        held = self._held.pop(dossier, None)
        if held is None or not self._is_of(held, scenario):
            held = _Held(decide(scenario, HighsEngine(), lambda name: progress(stage(name))))
        self._held[dossier] = held
        while len(self._held) > KEPT:
            del self._held[next(iter(self._held))]
        return held.decision

    @staticmethod
    def _is_of(held: _Held, scenario: Scenario) -> bool:
        return held.decision.allocation.fingerprint == fingerprint(scenario)
