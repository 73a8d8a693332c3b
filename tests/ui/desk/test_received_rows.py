"""Rows received: titles or technical names, any order, tabs or semicolons; everything unreadable is told at once."""

import pytest

from scenarios import library
from scenarios.changes import CellChanged, RowAdded, RowRemoved, rows_after
from scenarios.dictionary import tables
from scenarios.formats import read
from scenarios.formats.problems import ScenarioError
from ui.desk.received_rows import decoded, from_lines

SCENARIO = read(library.find("tutoriel"))
TABLE = tables()["budgets"]
ROWS = rows_after(SCENARIO, "budgets", ())
NAMES = ("holder", "year", "commitment", "provenance")


@pytest.mark.parametrize("mark", ["\t", ";"])
def test_lines_without_titles_follow_the_columns_shown(mark: str) -> None:
    lines = [
        ["ETAT", "2027", "1 500 000", "illustratif"],
        ["ETAT", "2028", "1,5", "voté"],
        [],
        ["CDC", "2027", "7", ""],
    ]
    found = from_lines(TABLE, NAMES, ROWS, "\n".join(map(mark.join, lines)), whole=False)
    assert (found.lines, found.same) == (3, 1)
    assert found.changes == (
        CellChanged("budgets", ("ETAT", "2028"), "commitment", "433333.30", "1.50"),
        CellChanged("budgets", ("ETAT", "2028"), "provenance", "illustratif", "voté"),
        RowAdded("budgets", ("CDC", "2027"), (("holder", "CDC"), ("year", "2027"), ("commitment", "7"))),
    )


def test_titles_in_any_order_change_only_their_columns() -> None:
    text = "year,Partenaire ou fonds commun,commitment\n2027,ETAT,10\n"
    (change,) = from_lines(TABLE, NAMES, ROWS, text, whole=False).changes
    assert change == CellChanged("budgets", ("ETAT", "2027"), "commitment", "1500000", "10")


def test_rows_that_are_not_received_are_removed_only_when_asked() -> None:
    text = "holder\tyear\nETAT\t2027\n"
    assert from_lines(TABLE, NAMES, ROWS, text, whole=False).changes == ()
    found = from_lines(TABLE, NAMES, ROWS, text, whole=True).changes
    assert {type(change) for change in found} == {RowRemoved}
    assert len(found) == len(ROWS) - 1


def test_everything_unreadable_is_told_with_its_line() -> None:
    text = "holder\tyear\tcommitment\nETAT\t2027\n\t\t5\nETAT\t2028\t1\nETAT\t2028\t2\n"
    with pytest.raises(ScenarioError) as refused:
        from_lines(TABLE, NAMES, ROWS, text, whole=False)
    assert [(one.row, one.table) for one in refused.value.problems] == [(2, "budgets"), (3, "budgets"), (5, "budgets")]


def test_an_unknown_title_is_told_with_the_nearest() -> None:
    with pytest.raises(ScenarioError) as refused:
        from_lines(TABLE, NAMES, ROWS, "holder\tyear\tcomitment\nETAT\t2027\t1\n", whole=False)
    assert "commitment" in refused.value.problems[0].advice


def test_a_table_whose_names_repeat_adds_what_is_not_there() -> None:
    table = tables()["decommitments"]
    row = {"holder": "ETAT", "year": "2027", "amount": "5", "reason": "Reprise"}
    names = ("holder", "year", "amount", "reason")
    text = "ETAT\t2027\t5\tReprise\nETAT\t2027\t6\tAutre\n"
    found = from_lines(table, names, [row], text, whole=True)
    assert (found.lines, found.same) == (2, 1)
    assert [type(change) for change in found.changes] == [RowAdded]


def test_a_text_that_a_spreadsheet_would_run_is_read_without_its_apostrophe() -> None:
    text = "holder\tyear\tprovenance\nETAT\t2027\t'=SOMME\n"
    (change,) = from_lines(TABLE, NAMES, ROWS, text, whole=False).changes
    assert isinstance(change, CellChanged)
    assert change.after == "=SOMME"


def test_a_file_that_is_not_in_utf8_is_refused() -> None:
    with pytest.raises(ScenarioError, match="CSV UTF-8"):
        decoded("été.csv", "Opération;Coût\n".encode("cp1252"))
    assert decoded("été.csv", "Opération".encode("utf-8-sig")) == "Opération"
