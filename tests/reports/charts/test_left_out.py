"""What is left out and why: every missing cent, and a reason only where one was found."""

import pytest

from allocator.explanation.conflict import Conflict
from allocator.explanation.requirement import Kind, Requirement
from reports.charts.left_out import Cause, cause_of, chart
from reports.layout.figures import Figures


def conflict(*requirements: tuple[Kind, tuple[str, ...]]) -> Conflict:
    return Conflict(tuple(Requirement(kind, codes, (), negotiable=True) for kind, codes in requirements), proven=True)


WANTED = (Kind.MANDATORY, ("A-COM",))
BUDGET = (Kind.COMMITMENT_BUDGET, ("REGION", "2027"))
RULE = (Kind.RULE, ("REG-MAX", "A-COM"))


def test_every_missing_cent_is_shown(figures: Figures) -> None:
    table = chart(figures, {}).table
    to_fund = sum(line.to_fund for line in figures.scenario.operations)
    assert table.total("Reste à financer") == to_fund - sum(line.amount for line in figures.allocation.commitments)
    assert [row[0] for row in table.rows] == ["A-COM", "A-AME", "A-RLG"]


def test_a_reason_that_is_not_calculated_is_said_so(figures: Figures) -> None:
    assert {row[3] for row in chart(figures, {}).table.rows} == {"Raison non calculée"}


def test_each_reason_is_named_on_its_bar_and_told_in_the_table(figures: Figures) -> None:
    drawn = chart(figures, {"A-COM": conflict(WANTED, BUDGET, RULE), "A-AME": None})
    rows = {row[0]: row for row in drawn.table.rows}
    assert rows["A-COM"][3] == "Un budget est épuisé"
    assert "le budget d'engagement 2027 de « Région d'exemple »" in str(rows["A-COM"][4])
    assert rows["A-AME"][3:] == ("L'ordre des objectifs", "")
    texts = {trace.name: trace.text[0].replace("\u202f", " ") for trace in drawn.figure.data}
    assert texts["Un budget est épuisé"] == "500 000,07 € · Un budget est épuisé"
    assert set(texts) == {"Un budget est épuisé", "L'ordre des objectifs", "Raison non calculée"}


@pytest.mark.parametrize(
    ("found", "cause"),
    [
        (conflict(WANTED, RULE), Cause.RULE),
        (conflict(WANTED), Cause.RULE),
        (conflict(WANTED, RULE, (Kind.ENVELOPE, ("REG-EQP",))), Cause.ENVELOPE),
        (conflict(RULE, (Kind.LOCK, ("at_most", "A-COM", "REGION"))), Cause.DECISION),
        (conflict((Kind.PAYMENT_BUDGET, ("REGION", "2026"))), Cause.BUDGET),
        (None, Cause.ORDER),
    ],
)
def test_the_first_cause(found: Conflict | None, cause: Cause) -> None:
    assert cause_of("A-COM", {"A-COM": found}) is cause
