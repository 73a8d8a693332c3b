"""A rule whose class no family knows was left out in silence, by the program and by the checker alike."""

from types import SimpleNamespace

import pytest

from allocator.check import verify
from allocator.compilation import compile_scenario
from allocator.solve.allocate import allocate
from scenarios.formats import read
from scenarios.library import find


def test_a_rule_of_another_class_is_refused_by_both() -> None:
    scenario = read(find("tutoriel"))
    plan = allocate(scenario)
    stranger = SimpleNamespace(code="ETRANGERE", **{k: v for k, v in dict(scenario.rules[0]).items() if k != "code"})
    spoiled = scenario.model_copy(update={"rules": (*scenario.rules, stranger)})
    with pytest.raises(TypeError, match="ETRANGERE"):
        compile_scenario(spoiled)
    with pytest.raises(TypeError, match="ETRANGERE"):
        verify(spoiled, plan)
