"""The files of a table: an import of the CSV changes nothing, in both languages; the workbook holds numbers."""

import io
from pathlib import Path

import openpyxl
import pytest

from scenarios import library
from scenarios.dictionary import HEADER, tables
from scenarios.formats import read
from scenarios.language import speaking
from scenarios.store import open_store
from ui.desk.desk import Desk
from ui.desk.edits import draft
from ui.desk.received_rows import decoded, from_lines
from ui.desk.staged import rows
from ui.desk.versions import Current, current
from ui.pages.editor.files import file_of
from ui.pages.editor.view import columns_shown
from ui.roles import Role, User
from ui.solving.queue import Queue

SHIPPED = ("region-demo", "tutoriel", "droit-demo")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    folder: Path = tmp_path_factory.mktemp("store")
    store = open_store(f"sqlite:///{folder / 'store.sqlite'}")
    for name in SHIPPED:
        store.create(name, read(library.find(name)), "Camille", "Exemple")
    queue: Queue = None  # type: ignore[assignment]  # nothing is calculated here
    return Desk(store, queue, User("Camille", frozenset(Role)), "tab")


def of(desk: Desk, name: str, table: str) -> tuple[Current, tuple[str, ...], tuple[dict[str, str], ...]]:
    found = rows(desk, draft(desk, name), table)
    return current(desk, name), columns_shown(tables()[table], found, everything=False), found


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", SHIPPED)
def test_the_csv_of_every_table_is_read_back_as_it_was(desk: Desk, name: str, language: str) -> None:
    with speaking(language):
        for table in tables().values():
            opened, names, found = of(desk, name, table.name)
            if table.name == HEADER or not found:
                continue
            text = decoded("table.csv", file_of(opened, table, names, found).csv())
            read_back = from_lines(table, names, found, text, whole=True)
            assert read_back.changes == (), table.name
            assert read_back.same == len(found)


def test_a_third_is_written_as_a_third(desk: Desk) -> None:
    table = tables()["profiles"]
    opened, names, found = of(desk, "tutoriel", "profiles")
    third = tuple({**row, "share": "1/3"} for row in found)
    assert ";1/3;" in file_of(opened, table, names, third).csv().decode("utf-8-sig")


def test_amounts_of_the_workbook_are_numbers(desk: Desk) -> None:
    opened, names, found = of(desk, "tutoriel", "budgets")
    content = file_of(opened, tables()["budgets"], names, found).xlsx()
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    values = {cell.value for row in sheet.iter_rows() for cell in row}
    assert {433333.30, 1500000} <= values
