"""What a worker process says while it computes: its stage, a preview, then what it found or why it found nothing."""

from dataclasses import dataclass
from enum import StrEnum

from allocator.solve.preview import Preview


@dataclass(frozen=True)
class Stage:
    """What is being done, in words."""

    text: str


@dataclass(frozen=True)
class Previewed:
    """About what the plan will be; the decisive run goes on."""

    preview: Preview


@dataclass(frozen=True)
class Done:
    """The result of a task."""

    result: object


class Kind(StrEnum):
    """Why a calculation gives nothing."""

    NO_PLAN = "no_plan"  # no plan meets every rule: an answer, not an accident
    UNUSABLE = "unusable"  # what was given cannot be used
    LIMIT = "limit"  # the server does not allow that much
    BROKEN = "broken"  # the calculation itself failed


@dataclass(frozen=True)
class Failure:
    """Why a calculation gives nothing: a sentence for the reader, and for the journal of the server its ``trace``."""

    kind: Kind
    sentence: str
    trace: str = ""


Message = Stage | Previewed | Done | Failure
