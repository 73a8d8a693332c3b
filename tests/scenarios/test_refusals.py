"""Every way to be refused, with the whole message: file, line, column, found, expected, what to do."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from scenarios.formats import ScenarioError, read

TABLES = sorted((Path(__file__).parent / "refusals").glob("*.yaml"))
CASES = [
    pytest.param(case, id=f"{table.stem}: {case['name']}")
    for table in TABLES
    for case in yaml.safe_load(table.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("case", CASES)
def test_says_what_is_wrong(case: dict[str, Any], spoil: Any) -> None:
    path = spoil(case["edits"])
    with pytest.raises(ScenarioError) as refusal:
        read(path)
    head, _, blocks = str(refusal.value).partition("\n\n")
    assert blocks.replace(str(path), "<dossier>") + "\n" == case["message"]
    problems = refusal.value.problems
    assert head.endswith("1 problème." if len(problems) == 1 else f"{len(problems)} problèmes.")
    assert len(problems) == blocks.count("  attendu : ")
    assert all(problem.file and problem.advice.endswith(".") for problem in problems)
