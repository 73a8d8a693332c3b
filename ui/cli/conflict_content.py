"""A conflict as the commands write it in JSON."""

from typing import Any

from allocator.explanation.conflict import Conflict
from allocator.explanation.requirement import Requirement


def conflict_content(conflict: Conflict | None) -> dict[str, Any] | None:
    """Return a conflict, None when there is none."""
    if conflict is None:
        return None
    return {"proven": conflict.proven, "requirements": requirements_content(conflict.requirements)}


def requirements_content(requirements: tuple[Requirement, ...]) -> list[dict[str, Any]]:
    """Return what names each requirement, and whether the committee can change it."""
    return [{"kind": one.kind, "codes": one.codes, "negotiable": one.negotiable} for one in requirements]
