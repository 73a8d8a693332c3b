"""The example of the page on reciprocity and shares is a scenario, and gives the plan that the page tells."""

import re
from pathlib import Path

from allocator.solve.allocate import allocate
from scenarios.formats import read

PAGE = Path(__file__).parents[2] / "docs" / "reciprocite-et-parts.md"


def test_the_example_gives_the_plan_that_the_page_tells(tmp_path: Path) -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    path = tmp_path / "exemple.yaml"
    path.write_text(example, encoding="utf-8")
    plan = allocate(read(path))
    assert {(line.operation, line.partner): line.amount for line in plan.commitments} == {
        ("ECOLE", "METRO"): 40_000_000,
        ("ECOLE", "REGION"): 20_000_000,
        ("ECOLE", "VILLE"): 40_000_000,
        ("LOGIS", "BAILLEUR"): 70_000_000,
        ("LOGIS", "DEPT"): 45_000_000,
        ("LOGIS", "METRO"): 15_000_000,
        ("LOGIS", "REGION"): 70_000_000,
    }
