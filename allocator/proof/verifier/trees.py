"""Whole decisions: trees of cases, each of which is bounded, that together leave nothing out.

A tree is a list of nodes in preorder. A node with a ``column`` splits its case in two: the column is at most
``at_most``, or at least one more. Any other node is a leaf, whose multipliers bound every plan of its case; in a leaf
that is ``empty``, they show instead that the case has no plan.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import gcd, lcm
from typing import Any

from allocator.proof.verifier.bounds import Bounds, Stage
from allocator.proof.verifier.exact import Number, Program, added
from allocator.proof.verifier.verdict import REFUTED, Refusal


def tree_gap(
    program: Program, stages: Sequence[Stage], rank: int, nodes: Any, values: Sequence[Number]
) -> tuple[Fraction, bool]:
    """Return by how much a plan could do better than the best, and whether one of other whole decisions does as well.

    The best is what is announced or, at the tie-break, what the plan reaches.
    """
    stage, box = stages[rank], [(0, upper) for upper in program.upper]
    best = reached = stage.reached(values) if stage.is_last else stage.best
    cases, rivals = [box], False
    for node in nodes:
        case = cases.pop()
        if "column" in node:
            column, cut = node["column"], node["at_most"]
            low, high = case[column] if column >= 0 else (0, 0)
            if type(cut) is not int or not program.integer[column] or not low <= cut < high:
                raise Refusal(REFUTED, "arbre : cas mal séparés", "tree: cases badly split")
            cases.append([*case[:column], (cut + 1, high), *case[column + 1 :]])
            cases.append([*case[:column], (low, cut), *case[column + 1 :]])
            continue
        bound = leaf_bound(program, stages, rank, node, case)
        if not node["empty"]:
            most = attainable(program, stage, bound)
            best = max(best, most)
            rivals |= most >= reached and any(
                case[column] != (values[column], values[column])
                for column, integer in enumerate(program.integer)
                if integer
            )
        elif bound >= 0:
            raise Refusal(REFUTED, "arbre : cas non vide", "tree: a case that is not empty")
    if cases:
        raise Refusal(REFUTED, "arbre : cas oubliés", "tree: cases left out")
    return best - reached, rivals


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
    """Return the largest value under a bound: a whole multiple of a step when only whole columns count."""
    if not stage.gain or not all(program.integer[column] for column in stage.gain):
        return bound
    bottom = lcm(*(number.denominator for number in stage.gain.values()))
    step = Fraction(gcd(*(int(number * bottom) for number in stage.gain.values())), bottom)
    return bound // step * step
