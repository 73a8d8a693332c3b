"""All-or-nothing operations in an archive: what their trees of cases prove, and what false ones do not."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from allocator.proof.verifier import OK, REFUTED, UNKNOWN
from scenarios.synthetic import committee
from tests.allocator.proof.test_verifier import Files, changed, proven, said, states, verdicts


@pytest.fixture(scope="module")
def in_whole() -> Files:
    """Return the files of a proven committee half of whose operations are all or nothing."""
    return proven(committee(12, partners=6, years=4, seed=3, whole=0.7))


def test_whole_decisions_are_proven_by_cases(in_whole: Files, tmp_path: Path) -> None:
    found = verdicts(in_whole, tmp_path)
    assert states(found) == [OK, OK, OK]
    assert "cas examinés" in said(found)
    assert said(found).endswith("ce plan est le seul")


def test_without_its_tree_the_choice_of_whole_decisions_is_not_proven(in_whole: Files, tmp_path: Path) -> None:
    found = verdicts(changed(in_whole, "proof", lambda proof: proof.update(trees=[])), tmp_path)
    assert states(found) == [OK, OK, UNKNOWN]
    assert "de plus de" in said(found)
    assert said(found).endswith("ce plan est le seul parmi ceux qui prennent les mêmes décisions entières")


def _drop_a_leaf(nodes: list[Any]) -> None:
    del nodes[-1]


def _swap_the_first_two_cases(nodes: list[Any]) -> None:
    leaves = [rank for rank, node in enumerate(nodes) if "empty" in node]
    first, last = leaves[0], leaves[-1]
    nodes[first], nodes[last] = nodes[last], nodes[first]


def _call_every_case_empty(nodes: list[Any]) -> None:
    for node in nodes:
        if "empty" in node:
            node["empty"] = True


def _forget_the_multipliers(nodes: list[Any]) -> None:
    for node in nodes:
        if "empty" in node:
            node["rows"] = {"row": [], "multiplier": []}


@pytest.mark.parametrize(
    "cheat", [_drop_a_leaf, _swap_the_first_two_cases, _call_every_case_empty, _forget_the_multipliers]
)
def test_a_false_tree_proves_nothing(in_whole: Files, tmp_path: Path, cheat: Callable[[list[Any]], None]) -> None:
    def change(proof: Any) -> None:
        for tree in proof["trees"]:
            cheat(tree["nodes"])

    found = verdicts(changed(in_whole, "proof", change), tmp_path)
    assert states(found)[2] in {REFUTED, UNKNOWN}
