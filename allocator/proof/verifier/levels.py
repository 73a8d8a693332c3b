"""What else a proof shows of its stages: members settled at their level of equality, and what whole cents change."""

from collections.abc import Iterator, Sequence
from typing import Any

from allocator.proof.verifier.bounds import Stage
from allocator.proof.verifier.exact import Number, Program, added, number, pairs
from allocator.proof.verifier.verdict import REFUTED, Refusal, Verdict

AMOUNTS = ("share|", "commit|", "pay|")
"""Columns that the amounts of a plan tell."""


def say_settled(verdict: Verdict, program: Program, stages: Sequence[Stage], bounds: Any) -> None:
    """Say how many members are proven settled at the level where they are last compared.

    A member whose row has a positive multiplier in a bound without gap has that very rate in every plan as good so
    far: it has no better to hope from later levels.
    """
    goals = dict.fromkeys(stage.goal for stage in stages if stage.level and not stage.is_last)
    for goal in goals:
        proven, every = 0, 0
        for is_proven in settled(program, stages, bounds, goal):
            proven, every = proven + is_proven, every + 1
        french = f"{goal} : {proven} membre(s) sur {every} démontré(s) à leur meilleur taux"
        english = f"{goal}: {proven} member(s) out of {every} proven at their best rate"
        rest = (" ; les autres, selon le calcul seulement", "; the others, by the computation only")
        verdict.say(french + rest[0] * (proven < every), english + rest[1] * (proven < every))


def settled(program: Program, stages: Sequence[Stage], bounds: Any, goal: str) -> Iterator[bool]:
    """Tell of each member of a goal of equality whether it is proven settled where it is last compared."""
    ranks = [rank for rank, stage in enumerate(stages) if stage.goal == goal]
    compared = [members(program, goal, stages[rank].level) for rank in ranks]
    for rank, now, later in zip(ranks, compared, [*compared[1:], {}], strict=True):
        if later.keys() - now.keys():
            french = f"{goal} : un membre est comparé de nouveau après avoir été arrêté"
            raise Refusal(REFUTED, french, f"{goal}: a member is compared again after it was settled")
        prices = pairs(bounds[rank]["rows"], "row", "multiplier", len(program.rows))
        tight = number(bounds[rank]["gap"]) == 0
        for code in now.keys() - later.keys():
            yield tight and prices.get(now[code], 0) > 0


def members(program: Program, goal: str, level: int) -> dict[str, int]:
    """Return the row that compares each member at a level."""
    return {
        name.rpartition("|")[0]: row
        for row, name in enumerate(program.rows)
        if name.startswith(f"{goal}|") and name.endswith(f"|{level}") and program.holds[row] == "by definition"
    }


def say_cents(
    verdict: Verdict, program: Program, stages: Sequence[Stage], exact: Sequence[Number], cents: Sequence[Number]
) -> None:
    """Say what whole cents change of each stage that only counts amounts."""
    for stage in stages[:-1]:
        if not all(program.ids[column].startswith(AMOUNTS) for column in stage.gain):
            continue
        gained = added((number, cents[column] - exact[column]) for column, number in stage.gain.items())
        if gained:
            amount = f"{float(stage.sign * gained):+.6g}"
            verdict.say(f"{stage.name} : {amount} en centimes entiers", f"{stage.name}: {amount} in whole cents")
