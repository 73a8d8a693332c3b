"""The heat map: each line is the whole of what an operation has to fund, to the cent."""

from fractions import Fraction

import pytest

from reports.charts import heat_map
from reports.charts.heat_map import _written, chart
from reports.layout.figures import Figures


def test_each_line_adds_up_to_what_is_to_fund(figures: Figures) -> None:
    table = chart(figures).table
    for row in table.rows:
        assert sum(cell for cell in row[3:] if isinstance(cell, int)) == row[2]
    assert table.total("Reste à financer") == sum(line.to_fund for line in figures.scenario.operations) - sum(
        line.amount for line in figures.allocation.commitments
    )


def test_operations_not_funded_come_first(figures: Figures) -> None:
    assert [row[0] for row in chart(figures).table.rows] == [
        "A-COM", "A-AME", "A-RLG", "A-DEM", "A-EQP", "A-OPA", "A-PLA", "B-EQP"
    ]  # fmt: skip


def test_cells_hold_shares_and_say_them(figures: Figures) -> None:
    drawn = chart(figures)
    (heat,) = drawn.figure.data
    place = [name.split(" · ")[0] for name in drawn.figure.layout.yaxis.ticktext].index("B-EQP")
    region = list(drawn.figure.layout.xaxis.ticktext).index("Région d'exemple")
    assert heat.z[place][region] == float(Fraction(30, 80))
    assert heat.text[place][region].replace("\u202f", " ") == "38 %"
    assert "300 000 €" in heat.customdata[place][region].replace("\u202f", " ")


def test_an_absent_share_is_empty_not_zero(figures: Figures) -> None:
    (heat,) = chart(figures).figure.data
    assert heat.z[0][0] is None
    assert heat.text[0][0] == ""


def test_a_label_of_a_user_is_no_layout(figures: Figures) -> None:
    drawn = chart(figures)
    assert any(name.startswith("A-DEM · =HYPERLINK(") for name in drawn.figure.layout.yaxis.ticktext)


def test_only_the_largest_are_drawn_and_it_is_said(figures: Figures, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heat_map, "MOST", 3)
    drawn = chart(figures)
    codes = {name.split(" · ")[0] for name in drawn.figure.layout.yaxis.ticktext}
    assert codes == {"A-DEM", "A-EQP", "A-AME"}
    assert "Les 3 plus coûteuses sont dessinées" in drawn.note
    assert len(drawn.table.rows) == len(figures.scenario.operations)


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (Fraction(0), ""),
        (Fraction(1, 10**9), "< 1 %"),
        (Fraction(1, 200), "< 1 %"),
        (Fraction(1, 100), "1 %"),
        (Fraction(989, 1000), "99 %"),
        (Fraction(199, 200), "> 99 %"),
        (Fraction(999, 1000), "> 99 %"),
        (Fraction(1), "100 %"),
    ],
)
def test_a_share_never_reads_as_none_nor_as_the_whole(share: Fraction, text: str) -> None:
    assert _written(share).replace("\u202f", " ") == text
