"""The published French cases, imported from tables that a finance office could have written: the same scenarios."""

from pathlib import Path

import pytest

from scenarios.fingerprint import fingerprint
from scenarios.formats import read
from scenarios.formats.financing_table import Left, read_table
from tests.scenarios.financing_table import foreign

CASES = sorted((Path(__file__).parents[2] / "cases" / "fr").glob("*.yaml"))


@pytest.mark.parametrize("style", foreign.STYLES, ids=lambda style: style.name)
@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_published_case_is_imported_whole(path: Path, style: foreign.Style, tmp_path: Path) -> None:
    scenario = read(path)
    foreign.table(scenario, tmp_path / "tableau.xlsx", style)
    foreign.mapping(scenario, tmp_path / "correspondance.yaml", style, tmp_path)
    found = read_table(tmp_path / "tableau.xlsx", tmp_path / "correspondance.yaml")
    assert fingerprint(found.scenario) == fingerprint(scenario)
    assert found.operations == len(scenario.operations)
    assert [line.why for line in found.left_out] == [Left.COMMENT, Left.TOTAL, Left.COMMENT]
