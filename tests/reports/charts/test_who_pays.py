"""Who pays what: every cent committed leaves a partner and reaches a project or a nature."""

from dataclasses import replace

import pytest

from allocator.allocation import Allocation, Commitment
from reports.charts.who_pays import MOST, Towards, chart
from reports.layout.figures import Figures
from scenarios.document import Scenario


@pytest.mark.parametrize("towards", list(Towards))
def test_every_cent_committed_is_in_the_table_and_in_the_figure(figures: Figures, towards: Towards) -> None:
    drawn = chart(figures, towards)
    committed = sum(line.amount for line in figures.allocation.commitments)
    assert drawn.table.total("Engagé") == committed
    (sankey,) = drawn.figure.data
    assert sum(round(value * 100) for value in sankey.link.value) == committed


def test_amounts_by_nature_are_those_a_person_adds(figures: Figures) -> None:
    rows = {(row[0], row[2]): row[4] for row in chart(figures, Towards.NATURE).table.rows}
    assert rows["ANRU", "DEM"] == 70_000_000
    assert rows["REGION", "AME"] == 10_000_000 + 12_345_678 + 20_000_000  # A-AME twice, A-PLA
    assert rows["REGION", "EQP"] == 40_000_000 + 30_000_000
    assert ("BANQUE", "EQP") not in rows


def test_each_node_says_its_name_and_amount(figures: Figures) -> None:
    (sankey,) = chart(figures, Towards.PROJECT).figure.data
    named = [label.replace("\u202f", " ") for label in sankey.node.label]
    assert "Quartier du Port · 800 000 €" in named
    assert not any("<" in label for label in named)


def test_small_partners_are_drawn_together_and_the_table_has_them_all(
    scenario: Scenario, allocation: Allocation
) -> None:
    model = next(partner for partner in scenario.partners if partner.code == "REGION")
    more = [model.model_copy(update={"code": f"F{rank:02d}", "label": f"Petit {rank}"}) for rank in range(20)]
    many = scenario.model_copy(update={"partners": (*scenario.partners, *more)})
    lines = tuple(Commitment("A-DEM", partner.code, 2026, 1) for partner in more)
    figures = Figures(many, replace(allocation, commitments=(*allocation.commitments, *lines)))
    drawn = chart(figures, Towards.NATURE)
    (sankey,) = drawn.figure.data
    payers = {row[0] for row in drawn.table.rows}
    assert {partner.code for partner in more} <= payers
    together = [label for label in sankey.node.label if label.startswith(f"{len(payers) - MOST} autres")]
    assert len(together) == 1
    assert sum(round(value * 100) for value in sankey.link.value) == drawn.table.total("Engagé")


def test_two_projects_of_the_same_name_stay_apart(scenario: Scenario, allocation: Allocation) -> None:
    twins = tuple(line.model_copy(update={"label": "Centre"}) for line in scenario.projects)
    (sankey,) = chart(Figures(scenario.model_copy(update={"projects": twins}), allocation), Towards.PROJECT).figure.data
    assert [label.split(" · ")[0] for label in sankey.node.label[-2:]] == ["Centre (P1)", "Centre (P2)"]
