"""A scenario as text: the rows of every table in the words of the files, ready to be written."""

from collections.abc import Sequence
from typing import Any

from scenarios.dictionary import HEADER, Table, tables
from scenarios.document import Scenario


def document(scenario: Scenario) -> dict[str, Any]:
    """Return the header fields then the tables that have lines, in the order of the dictionary.

    Cells are strings or lists of strings. Absent optional values are left out; rows keep their order.
    """
    values = scenario.model_dump(mode="json", exclude_defaults=True)
    values["format_version"] = str(scenario.format_version)
    ordered: dict[str, Any] = {
        column.name: values[column.name] for column in tables()[HEADER].columns if column.name in values
    }
    for name, table in tables().items():
        if values.get(name) or (table.required and name != HEADER):
            names = [column.name for column in table.columns]
            ordered[name] = [{key: row[key] for key in names if key in row} for row in values[name]]
    return ordered


def names_used(table: Table, rows: Sequence[dict[str, Any]]) -> list[str]:
    """Return the columns worth a place in a file: those required on every line, and those filled somewhere."""
    filled: set[str] = set()
    for row in rows:
        filled.update(row)
    return [column.name for column in table.columns if column.name in filled or (column.required and not column.kinds)]
