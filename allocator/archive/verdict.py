"""A verdict on an archive: one line of its report, and the exit code all of them come to."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How one question is answered. NOT_ASKED: nothing was claimed, or nothing given to compare with."""

    CONFORMING = "conforme"
    NOT_CONFORMING = "non_conforme"
    UNVERIFIABLE = "non_verifiable"
    NOT_ASKED = "sans_objet"


class Question(StrEnum):
    """What is asked of an archive, in the order of the report."""

    BYTES = "a"
    RULES = "b"
    OPTIMAL = "c"
    REPLAY = "d"
    LINKS = "links"
    JOURNAL = "journal"
    SIGNATURE = "signature"


@dataclass(frozen=True)
class Verdict:
    """The answer to one question, and why, in sentences of the reader's language."""

    question: Question
    state: State
    reasons: tuple[str, ...] = ()

    @classmethod
    def unless(cls, question: Question, faults: Iterable[str], reasons: tuple[str, ...] = ()) -> "Verdict":
        """Conforming, for the given reasons, unless there are faults."""
        found = tuple(faults)
        return cls(question, State.NOT_CONFORMING, found) if found else cls(question, State.CONFORMING, reasons)


def overall(verdicts: Iterable[Verdict]) -> State:
    """Return the worst answer: one that is no, else one that could not be given, else yes."""
    states = {verdict.state for verdict in verdicts}
    for state in (State.NOT_CONFORMING, State.UNVERIFIABLE):
        if state in states:
            return state
    return State.CONFORMING


EXIT_CODES = {State.CONFORMING: 0, State.NOT_CONFORMING: 1, State.UNVERIFIABLE: 2}
