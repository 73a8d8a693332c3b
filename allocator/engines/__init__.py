"""The engines: one file each behind one interface. Their answers are claims, confirmed elsewhere."""

from allocator.engines.engine import Answer, Engine, LinearModel, Status

__all__ = ["Answer", "Engine", "LinearModel", "Status", "engine_named"]

ENGINE_NAMES = ("highs", "ortools", "pulp")


def engine_named(name: str) -> Engine:
    """Return an engine by name, imported on demand. Raises ValueError for an unknown name."""
    if name == "highs":
        from allocator.engines.highs import HighsEngine

        return HighsEngine()
    if name == "ortools":
        from allocator.engines.ortools import OrToolsEngine

        return OrToolsEngine()
    if name == "pulp":
        from allocator.engines.pulp import PulpEngine

        return PulpEngine()
    raise ValueError(f"unknown engine {name!r}: expected one of {', '.join(ENGINE_NAMES)}")
