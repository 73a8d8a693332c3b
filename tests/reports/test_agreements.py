"""All the workbooks of a plan."""

from dataclasses import replace
from time import perf_counter

import pytest
from openpyxl import load_workbook

from allocator.allocation import Allocation, Commitment, EngineRecord, Launch, Payment
from reports import agreement, agreements
from scenarios.synthetic import committee


def test_one_agreement_per_project_then_one_summary_per_partner(scenario, allocation, tmp_path):
    said: list[str] = []
    paths = agreements.write_all(scenario, allocation, tmp_path / "sortie", said.append)
    mark = allocation.fingerprint[:12]
    partners = ["VILLE-A", "VILLE-B", "AGGLO", "DEPT", "REGION", "OPH", "ANAH", "ANRU"]
    assert [path.name for path in paths] == [
        f"convention_P1_{mark}.xlsx",
        f"convention_P2_{mark}.xlsx",
        *(f"financeur_{partner}_{mark}.xlsx" for partner in partners),
        f"releve_{mark}.xlsx",
    ]
    assert sorted(path.name for path in (tmp_path / "sortie").iterdir()) == sorted(path.name for path in paths)
    assert said[0] == "Convention du projet P1"
    assert len(said) == len(paths)
    for path in paths:
        assert load_workbook(path, data_only=True)["Contrôles"]["C4"].value == "CONFORME"


def test_a_project_left_out_is_said(scenario, allocation, tmp_path):
    kept = {
        name: tuple(line for line in getattr(allocation, name) if line.operation != "B-EQP")
        for name in ("launches", "commitments", "payments")
    }
    said: list[str] = []
    paths = agreements.write_all(scenario, replace(allocation, **kept), tmp_path, said.append)
    assert "Projet P2 : rien n'est financé, pas de convention" in said
    assert not any("_P2_" in path.name or "_VILLE-B_" in path.name for path in paths)


@pytest.mark.long
def test_a_thousand_operations_in_one_agreement(tmp_path):
    """The widest agreement: every operation of the scenario in one project, 12 partners, 6 years."""
    scenario = committee(1000)
    scenario = scenario.model_copy(
        update={"operations": tuple(o.model_copy(update={"project": "PRJ1"}) for o in scenario.operations)}
    )
    allocation = _even_shares(scenario)
    start = perf_counter()
    agreement.write(scenario, allocation, "PRJ1", tmp_path / "grand.xlsx")
    seconds = perf_counter() - start
    size = (tmp_path / "grand.xlsx").stat().st_size
    print(f"\n{len(allocation.commitments)} commitments: {seconds:.1f} s, {size / 1e6:.1f} MB")
    assert seconds < 120


def _even_shares(scenario) -> Allocation:
    """Make a plan that breaks rules on purpose, so that no control is short: a twentieth per eligible partner."""
    eligible: dict[str, list[str]] = {}
    for line in scenario.eligibilities:
        eligible.setdefault(line.operation, []).append(line.partner)
    launches, commitments = [], []
    for operation in scenario.operations:
        year, part = operation.earliest_start, operation.to_fund // 20
        launches.append(Launch(operation.code, year, operation.to_fund))
        partners = eligible.get(operation.code, [])
        commitments += [Commitment(operation.code, partner, year, part) for partner in partners]
        rest = operation.to_fund - part * len(partners)
        commitments.append(Commitment(operation.code, operation.owner, year, rest))
    payments = [Payment(line.operation, line.partner, line.start, line.start, line.amount) for line in commitments]
    return Allocation(
        scenario.code, "0" * 64, tuple(launches), tuple(sorted(commitments)), tuple(sorted(payments)), (), "aucun",
        unique=True, engine=EngineRecord("aucun", "0"),
    )  # fmt: skip
