"""The inequality behind verdict (c): what multipliers prove of every plan."""

from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from allocator.proof.verifier.exact import Number, Program, added, number, pairs
from allocator.proof.verifier.verdict import REFUTED, Refusal


class Stage:
    """One stage, as something to maximise: `gain` by column, `best`, `kept` by the next stages, `value` of the plan."""

    def __init__(self, document: Any, size: int) -> None:
        sign = 1 if document["sense"] == "max" else -1
        self.name = f"{document['goal']} {document['level'] or ''}".strip()
        self.goal, self.level, self.sign = document["goal"], document["level"], sign
        terms = pairs(document["objective"], "column", "coefficient", size)
        self.gain = {column: sign * coefficient for column, coefficient in terms.items()}
        self.is_last = document["kept"] is None
        self.best, self.kept, self.value = (
            Fraction(sign * number(document[name] or 0)) for name in ("best", "kept", "value")
        )

    def floor(self, later: "Stage") -> Fraction:
        """Return what a later stage keeps: the optimum for the levels of the same goal."""
        return self.best if later.goal == self.goal else self.kept

    def reached(self, values: Sequence[Number]) -> Fraction:
        """Return what a plan gains at this stage."""
        return added((coefficient, values[column]) for column, coefficient in self.gain.items() if values[column])


class Bounds:
    """The multipliers of a stage: what they leave of each column, and how far from the plan they bound every plan."""

    def __init__(
        self, program: Program, stages: Sequence[Stage], rank: int, document: Any, *, nothing: bool = False
    ) -> None:
        self.stage = stages[rank]
        self.rows = pairs(document["rows"], "row", "multiplier", len(program.rows))
        self.stages = pairs(document["stages"], "stage", "multiplier", rank)
        if any(y < 0 and program.sense[row] == "<=" for row, y in self.rows.items()):
            raise Refusal(REFUTED, "multiplicateur négatif sur une limite", "negative multiplier on a limit")
        if any(y < 0 for y in self.stages.values()):
            raise Refusal(REFUTED, "multiplicateur négatif sur un étage", "negative multiplier on a stage")
        left: list[dict[int, int]] = [defaultdict(int) for _ in program.ids]
        gains: list[tuple[Number, Stage]] = [(factor, stages[s]) for s, factor in self.stages.items()]
        for factor, stage in gains if nothing else [(1, stages[rank]), *gains]:
            for column, coefficient in stage.gain.items():
                left[column][coefficient.denominator * factor.denominator] += coefficient.numerator * factor.numerator
        for row, y in self.rows.items():
            for column, coefficient in program.terms(row):
                left[column][y.denominator] -= coefficient * y.numerator
        self.left = [added((Fraction(1, bottom), top) for bottom, top in sums.items()) for sums in left]

    def gap(self, program: Program, stages: Sequence[Stage], values: Sequence[Number], held: set[int]) -> Fraction:
        """Return the bound less what the plan reaches; every term is positive or zero."""
        terms: list[tuple[Number, Number]] = [
            (y, -program.over(row, values)) for row, y in self.rows.items() if program.sense[row] == "<="
        ]
        terms += [(y, stages[s].reached(values) - stages[s].floor(self.stage)) for s, y in self.stages.items()]
        for column, (left, value) in enumerate(zip(self.left, values, strict=True)):
            if left and column not in held:
                terms.append((left, program.upper[column] - value) if left > 0 else (-left, value))
        return added(terms)
