"""Other people's replay: each MPS file, given to another solver, has the optimum the archive claims for its stage."""

import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import highspy
import pulp
import pytest

from allocator.archive.evidence import evidence
from allocator.archive.models import models
from allocator.engines import engine_named
from allocator.solve.allocate import decide
from scenarios import library
from scenarios.document import Scenario
from scenarios.formats import read
from scenarios.rulebooks import in_force

Solver = Callable[[Path], float]


def by_highs(path: Path) -> float:
    """Solve a file as HiGHS's own command does: read it, run, with its tightest tolerances."""
    highs = highspy.Highs()
    highs.silent()
    for name in ("mip_feasibility_tolerance", "primal_feasibility_tolerance", "dual_feasibility_tolerance"):
        highs.setOptionValue(name, 1e-9)
    highs.setOptionValue("mip_rel_gap", 0.0)
    assert highs.readModel(str(path)) == highspy.HighsStatus.kOk
    highs.run()
    assert highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return float(highs.getObjectiveValue())


def by_cbc(path: Path) -> float:
    """Solve a file with the CBC that PuLP brings."""
    _, problem = pulp.LpProblem.fromMPS(str(path))
    solver = pulp.COIN_CMD(
        path=pulp.PULP_CBC_CMD.pulp_cbc_path, msg=False, threads=1, options=["ratioGap 0", "primalT 1e-9"]
    )
    problem.solve(solver)
    assert pulp.LpStatus[problem.status] == "Optimal"
    return float(pulp.value(problem.objective))


def stages_of(scenario: Scenario, folder: Path) -> dict[Path, Fraction]:
    """Write the files of a scenario, and give the value each must reach, in the sense of a minimum."""
    files = evidence(decide(scenario, engine_named("highs")))
    program, proof = (json.loads(files[name]) for name in ("program.json", "proof.json"))
    claims = [stage for stage in proof["stages"] if stage["goal"] != "tie_break"]
    found = {}
    for (name, content), stage in zip(models(program, proof).items(), claims, strict=True):
        path = folder / Path(name).name
        path.write_bytes(content)
        assert stage["goal"] in path.name
        shift = int(path.name.split(".e")[-1].removesuffix(".mps"))
        found[path] = Fraction(stage["best"]) * (-1 if stage["sense"] == "max" else 1) / 10**shift
    return found


@pytest.mark.parametrize("solver", [by_highs, by_cbc])
@pytest.mark.parametrize("name", ["tutoriel", "droit-demo", "region-demo"])
def test_another_solver_reaches_every_stage(name: str, solver: Solver, tmp_path: Path) -> None:
    stages = stages_of(in_force(read(library.find(name))), tmp_path)
    assert len(stages) > 1
    for path, expected in stages.items():
        assert solver(path) == pytest.approx(float(expected), rel=1e-6, abs=1e-9), path.name


def test_a_number_too_large_is_not_written(tmp_path: Path) -> None:
    files = evidence(decide(read(library.find("tutoriel")), engine_named("highs")))
    program, proof = (json.loads(files[name]) for name in ("program.json", "proof.json"))
    row = program["rows"]["limit"].index(max(program["rows"]["limit"]))
    for limit, written in ((10**13 - 1, True), (10**13, False)):
        program["rows"]["limit"][row] = limit
        assert bool(models(program, proof)) is written
    assert list(tmp_path.iterdir()) == []
