"""All the workbooks of a plan."""

from dataclasses import replace

import pytest
from openpyxl import load_workbook

from benchmarks import workbooks
from reports import agreements


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
def test_a_thousand_operations_in_one_agreement():
    """The widest agreement: 12 partners, 6 years, in 10 seconds of processor and 500 MB."""
    measured = workbooks.measure(1_000, lambda _text: None)
    print(f"\n{measured}")
    assert measured.ours.seconds < workbooks.MOST_SECONDS
    assert measured.ours.megabytes < workbooks.MOST_MEGABYTES
