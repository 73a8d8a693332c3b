"""The example of the page on payments is a scenario, and gives the plans that the page tells."""

import re
from pathlib import Path

from allocator.allocation import Allocation
from allocator.solve.allocate import allocate
from scenarios.formats import read

PAGE = Path(__file__).parents[2] / "docs" / "paiements.md"


def planned(folder: Path, rhythm: str) -> Allocation:
    (example,) = re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    path = folder / "exemple.yaml"
    path.write_text(example.replace("payments: free", f"payments: {rhythm}"), encoding="utf-8")
    return allocate(read(path))


def test_the_example_gives_the_payments_that_the_page_tells(tmp_path: Path) -> None:
    assert {(line.partner, line.year): line.amount for line in planned(tmp_path, "free").payments} == {
        ("REGION", 2026): 2_000_000, ("REGION", 2027): 2_000_000, ("REGION", 2028): 2_000_000,
        ("VILLE", 2026): 2_000_000, ("VILLE", 2027): 2_000_000,
    }  # fmt: skip


def test_the_profile_would_reduce_the_commitment(tmp_path: Path) -> None:
    amounts = {line.partner: line.amount for line in planned(tmp_path, "profile").commitments}
    assert amounts == {"REGION": 4_000_000, "VILLE": 6_000_000}
