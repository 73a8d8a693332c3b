"""The example of the page on presence and dates is a scenario, and gives the plan that the page tells."""

import re
from pathlib import Path

from allocator.solve.allocate import allocate
from scenarios.formats import read

PAGE = Path(__file__).parents[2] / "docs" / "presence-et-dates.md"


def test_the_example_gives_the_plan_that_the_page_tells(tmp_path: Path) -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    path = tmp_path / "exemple.yaml"
    path.write_text(example, encoding="utf-8")
    plan = allocate(read(path))
    found = {(line.operation, line.partner, line.start): line.amount for line in plan.commitments}
    assert {operation: start for operation, _partner, start in found} == {
        "ECOLE": 2027,
        "PLACE": 2027,
        "BOUTIQUE": 2026,
    }
    assert {partner for operation, partner, _start in found if operation == "ECOLE"} == {"REGION", "VILLE"}
    assert found["ECOLE", "REGION", 2027] >= 40_000_000
    assert found["BOUTIQUE", "COMMERCE", 2026] == 50_000_000
    assert found["PLACE", "VILLE", 2027] == 40_000_000
