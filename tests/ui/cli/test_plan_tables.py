"""The printed plan is readable at any usual width, on a terminal or in a pipe."""

import io

import pytest
from rich.console import Console

from ui.cli.plan_tables import print_plan
from ui.plan import Plan


def printed(plan: Plan, width: int) -> str:
    stream = io.StringIO()
    print_plan(Console(file=stream, width=width, markup=False, emoji=False, highlight=False), plan)
    return stream.getvalue().replace("\u202f", " ")


@pytest.mark.parametrize("width", [70, 80, 100, 160])
def test_no_line_is_wider_and_no_amount_is_cut(plan: Plan, width: int) -> None:
    text = printed(plan, width)
    tables = text.split("Objectifs")[0]
    assert max(map(len, tables.splitlines())) <= width
    for amount in ("1 234 567,00", "60 000,01", "30 000,01", "40 000,00", "9 999,99", "20 000,01", "15 000,01"):
        assert amount in tables


def test_what_is_not_funded_comes_before_the_projects(plan: Plan) -> None:
    lines = printed(plan, 100).splitlines()
    heading = next(rank for rank, line in enumerate(lines) if line.startswith("Opérations non financées, ou"))
    project = next(rank for rank, line in enumerate(lines) if line.startswith("Premier projet (P1)"))
    codes = [line.split()[0] for line in lines[heading:project] if "Travaux" in line]
    assert codes == ["C-RIEN", "B-PARTIE"]


def test_a_project_ends_with_the_share_of_the_owner(plan: Plan) -> None:
    text = printed(plan, 160)
    row = next(line for line in text.split("Premier projet")[1].splitlines() if "A-PLEINE" in line)
    assert row.split("   ")[-1].strip() == "20 000,00"
    assert "Second projet" not in text


def test_text_from_files_is_never_a_style(plan: Plan) -> None:
    assert "Travaux [C-RIEN]" in printed(plan, 100)


def test_the_heading_adds_up_and_names_the_version(plan: Plan) -> None:
    text = printed(plan, 100)
    assert "version 0123456789ab" in text
    for words in ("1 394 567,01 €", "10 000 €", "120 000 €", "1 264 567,01 €", "1 sur 3"):
        assert words in text


def test_a_plan_that_funds_everything_says_so(plan: Plan) -> None:
    funded = [line.operation for line in plan.lines if line.missing == 0]
    whole = Plan(plan.scenario.model_copy(update={"operations": tuple(funded), "budgets": (), "partners": tuple(
        partner.model_copy(update={"commitment_limited": False, "payment_limited": False})
        for partner in plan.scenario.partners
    ), "pools": ()}), plan.allocation)  # fmt: skip
    assert "Toutes les opérations sont entièrement financées." in printed(whole, 100)
    assert "Budgets" not in printed(whole, 100)
