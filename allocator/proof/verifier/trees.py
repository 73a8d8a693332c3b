"""Whole decisions: trees of cases, each of which is bounded, that together leave nothing out.

A tree is a list of nodes in preorder. A node with a ``column`` splits its case in two: the column is at most
``at_most``, or at least one more. Any other node is a leaf, whose multipliers bound every plan of its case; in a leaf
that is ``empty``, they show instead that the case has no plan.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from allocator.proof.verifier.bounds import Bounds, Stage
from allocator.proof.verifier.exact import Program, added
from allocator.proof.verifier.verdict import REFUTED, Refusal


def tree_gap(program: Program, stages: Sequence[Stage], rank: int, nodes: Any) -> Fraction:
    """Return by how much a plan could do better than the best announced, whatever its whole decisions."""
    stage, box = stages[rank], [(0, upper) for upper in program.upper]
    cases, best = [box], stage.best
    for node in nodes:
        case = cases.pop()
        if "column" in node:
            column, cut = node["column"], node["at_most"]
            low, high = case[column] if column >= 0 else (0, 0)
            if not program.integer[column] or not low <= cut < high:
                raise Refusal(REFUTED, "arbre : cas mal séparés", "tree: cases badly split")
            cases.append([*case[:column], (cut + 1, high), *case[column + 1 :]])
            cases.append([*case[:column], (low, cut), *case[column + 1 :]])
            continue
        bound = leaf_bound(program, stages, rank, node, case)
        if not node["empty"]:
            best = max(best, attainable(program, stage, bound))
        elif bound >= 0:
            raise Refusal(REFUTED, "arbre : cas non vide", "tree: a case that is not empty")
    if cases:
        raise Refusal(REFUTED, "arbre : cas oubliés", "tree: cases left out")
    return best - stage.best


def leaf_bound(
    program: Program, stages: Sequence[Stage], rank: int, node: Any, case: Sequence[tuple[int, int]]
) -> Fraction:
    """Return what no plan of a case exceeds."""
    bounds = Bounds(program, stages, rank, node, nothing=node["empty"])
    terms = [(y, program.limit[row]) for row, y in bounds.rows.items()]
    terms += [(-y, stages[s].floor(stages[rank])) for s, y in bounds.stages.items()]
    terms += [(left, case[column][left > 0]) for column, left in enumerate(bounds.left) if left]
    return added(terms)


def attainable(program: Program, stage: Stage, bound: Fraction) -> Fraction:
    """Return the largest value under a bound: a whole one when only whole columns count, with whole coefficients."""
    whole = all(program.integer[column] and number.denominator == 1 for column, number in stage.gain.items())
    return Fraction(bound.numerator // bound.denominator) if whole else bound
