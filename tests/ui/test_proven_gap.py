"""When the work allowed does not prove the best selection, the gap is said wherever the plan is shown."""

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook
from rich.console import Console

from allocator.allocation import Allocation
from allocator.solve.allocate import allocate
from allocator.solve.whole import stage
from allocator.words import money
from reports.agreements import write_all
from scenarios.document import Scenario
from scenarios.synthetic import committee
from ui.cli.plan_tables import print_plan
from ui.plan import Plan


@pytest.fixture(scope="module")
def document() -> Scenario:
    return committee(16, whole=1.0)


@pytest.fixture(scope="module")
def unproven(document: Scenario) -> Allocation:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stage, "WORK", 0)
        return allocate(document)


def gap(allocation: Allocation, currency: str) -> str:
    """Say the gap of the second goal, counted in cents."""
    goal = allocation.goals[1]
    assert goal.proven is not None
    cents = goal.value - goal.proven
    assert cents > 1
    return money(round(cents), currency)


def test_the_command_line_says_the_gap(document: Scenario, unproven: Allocation) -> None:
    stream = io.StringIO()
    print_plan(Console(file=stream, width=400, markup=False, emoji=False, highlight=False), Plan(document, unproven))
    text = stream.getvalue()
    assert f"{gap(unproven, document.currency)}, les objectifs précédents étant gardés." in text
    assert "il est prouvé qu'aucun plan ne descend sous" in text


def test_the_workbooks_say_the_gap(document: Scenario, unproven: Allocation, tmp_path: Path) -> None:
    path = next(path for path in write_all(document, unproven, tmp_path, lambda _text: None) if path.suffix == ".xlsx")
    cells = [str(cell.value) for row in load_workbook(path)["Lisez-moi"].iter_rows() for cell in row]
    said = [cell for cell in cells if "borne prouvée" in cell]
    assert any(gap(unproven, document.currency) in cell for cell in said)
