"""A sheet read back holds the cents, rates and words of the workbook, under names that are all different."""

from dataclasses import replace
from pathlib import Path

import pytest

from allocator.solve.allocate import allocate
from reports import agreement
from reports.charts.sheet_table import sheet_table
from reports.charts.table import Table, Unit
from reports.layout.figures import Figures
from reports.sheets import financing
from scenarios import library
from scenarios.formats import read


@pytest.fixture(scope="module")
def figures() -> Figures:
    scenario = read(library.find("tutoriel"))
    return Figures(scenario, allocate(scenario))


@pytest.fixture(scope="module")
def table(figures: Figures, tmp_path_factory: pytest.TempPathFactory) -> Table:
    path = tmp_path_factory.mktemp("agreement") / "convention.xlsx"
    agreement.compose(figures, "CENTRE", path)
    return sheet_table(path.read_bytes(), financing.NAME, financing.HEAD, figures, financing.HEAD - 1)


def test_amounts_are_those_of_the_plan_to_the_cent(table: Table, figures: Figures) -> None:
    names = [column.name for column in table.columns]
    place = next(rank for rank, name in enumerate(names) if name.endswith("(REGION)") and "%" not in name)
    assert table.columns[place].unit is Unit.AMOUNT
    for row in table.rows[:-1]:
        assert (row[place] or 0) == figures.amount(str(row[0]), "REGION")
    assert table.rows[-1][0] == "Total"
    assert table.rows[-1][place] == sum(
        cents for (_operation, partner), cents in figures.committed.items() if partner == "REGION"
    )


def test_columns_bear_the_codes_of_partners_and_never_the_same_name(table: Table) -> None:
    names = [column.name for column in table.columns]
    assert len(set(names)) == len(names)
    assert "% (REGION)" in names
    assert table.columns[names.index("% (REGION)")].unit is Unit.SHARE
    assert table.columns[names.index("Année de lancement")].unit is Unit.YEAR


def test_there_is_a_line_per_operation_and_the_total(table: Table, figures: Figures) -> None:
    codes = sorted(line.code for line in figures.scenario.operations if line.project == "CENTRE")
    assert [row[0] for row in table.rows] == [*codes, "Total"]


def test_a_sheet_that_is_not_there_is_an_error(figures: Figures, tmp_path: Path) -> None:
    path = tmp_path / "convention.xlsx"
    agreement.compose(figures, "CENTRE", path)
    with pytest.raises(KeyError):
        sheet_table(path.read_bytes(), "Autre", 0, figures)


def test_a_column_of_years_and_lists_of_years_is_written_in_words(figures: Figures, tmp_path: Path) -> None:
    first = figures.allocation.launches[0]
    second = replace(first, start=first.start + 1, funded=0)
    twice = replace(figures.allocation, launches=tuple(sorted({*figures.allocation.launches, second})))
    path = tmp_path / "convention.xlsx"
    agreement.compose(Figures(figures.scenario, twice), "CENTRE", path)
    found = sheet_table(path.read_bytes(), financing.NAME, financing.HEAD, figures, financing.HEAD - 1)
    names = [column.name for column in found.columns]
    place = names.index("Année de lancement")
    assert found.columns[place].unit is Unit.TEXT
    assert f"{first.start}, {second.start}" in {row[place] for row in found.rows}
    assert all(isinstance(row[place], str) for row in found.rows)
