"""Limits one cent apart on a large operation: invisible to an engine at first, told apart by looking closer."""

from dataclasses import replace
from fractions import Fraction
from math import floor
from random import Random

import numpy as np
import pytest

from allocator.allocation import totals
from allocator.compilation import compile_scenario
from allocator.engines import engine_named
from allocator.engines.engine import Engine
from allocator.program.scaling import scale
from allocator.solve.allocate import allocate
from allocator.solve.face import Face
from allocator.solve.ordered_goals import exact_costs, run, scaled_cost
from allocator.solve.refinement import GRID, residuals
from allocator.solve.stage_prices import priced
from scenarios.document import AmountCeiling, Mark, ReferenceLine, Scenario
from scenarios.formats import read
from scenarios.library import find
from scenarios.synthetic import committee

BILLION = 100_000_000_000


@pytest.fixture
def scenario() -> Scenario:
    """One operation of a billion euros; ETAT is capped one cent above its reference."""
    tutorial = read(find("tutoriel"))
    operation = next(o for o in tutorial.operations if o.code == "ECOLE")
    large = operation.model_copy(update={"cost_excl_vat": BILLION, "receipts": 0, "cost_incl_vat": None})
    cap = AmountCeiling(
        kind="amount_ceiling", code="CENT", label="r", partner="ETAT", amount=33_333_333_334, negotiable=True,
        reference="essai", mark=Mark.ILLUSTRATIVE,
    )  # fmt: skip
    partners = tuple(
        partner.model_copy(update={"commitment_limited": False, "payment_limited": False})
        for partner in tutorial.partners
    )
    return tutorial.model_copy(
        update={
            "operations": (large,), "partners": partners, "rules": (cap,), "budgets": (), "envelopes": (), "locks": (),
            "derogations": (), "loans": (),
            "eligibilities": tuple(e for e in tutorial.eligibilities if e.operation == "ECOLE"),
            "references": (
                ReferenceLine(operation="ECOLE", partner="ETAT", amount=33_333_333_333),
                ReferenceLine(operation="ECOLE", partner="REGION", amount=33_333_333_333),
                ReferenceLine(operation="ECOLE", partner=operation.owner, amount=33_333_333_334),
            ),
        }
    )  # fmt: skip


@pytest.mark.parametrize("name", ["highs", "ortools", "pulp"])
def test_a_cent_on_a_billion_is_given_to_the_right_partner(scenario: Scenario, name: str) -> None:
    amounts = totals(allocate(scenario, name).commitments, lambda line: line.partner)
    assert amounts["ETAT"] == amounts["REGION"] == 33_333_333_333
    assert sum(amounts.values()) == BILLION


def test_looking_closer_moves_the_answer_towards_the_exact_one(scenario: Scenario) -> None:
    compilation = compile_scenario(scenario)
    scaled = scale(compilation.program)
    engine: Engine = engine_named("pulp")
    cost, _ = scaled_cost(scaled, compilation.objectives[0])
    whole = Face.whole(compilation.program)
    answer = run(engine, scaled, whole, cost)
    face = whole.restricted(answer, priced(scaled, whole, exact_costs(compilation.objectives[0]), answer))
    cost, _ = scaled_cost(scaled, compilation.objectives[1])

    def distance(*, closer: bool) -> Fraction:
        answer = run(engine, scaled, face, cost, closer=closer)
        values = [
            Fraction(x) * s for x, s in zip(answer.values.tolist(), compilation.program.scale.tolist(), strict=True)
        ]
        return abs(compilation.objectives[1].value(values))

    assert distance(closer=True) <= distance(closer=False)
    assert distance(closer=True) < 1


def test_residuals_are_those_of_exact_arithmetic() -> None:
    """Terms of 2^40 times thousands of billions are beyond 64 bits, and a limit differs from them by a cent."""
    program = compile_scenario(committee(12, partners=5, years=3)).program
    random = Random(5)
    centre = np.array([random.randint(0, GRID) / GRID for _ in program.upper])
    values = [Fraction(x) * unit for x, unit in zip(centre.tolist(), program.scale.tolist(), strict=True)]
    near = replace(program, limit=np.array([floor(program.activity(row, values)) for row in range(len(program.limit))]))
    scaled = scale(near)
    assert max(float(abs(value)) for value in values) * GRID > 1 << 63
    for row, found in enumerate(residuals(scaled, centre).tolist()):
        exact = (int(near.limit[row]) - near.activity(row, values)) / Fraction(float(scaled.divisor[row]))
        assert found == pytest.approx(float(exact), rel=1e-12, abs=1e-300)
