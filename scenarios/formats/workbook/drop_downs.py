"""What a cell of the scenario workbook offers and refuses while it is being filled.

Words of closed lists are refused when unknown; codes of other sheets and figures out of bounds are only warned of, as
lines may be filled in any order: the import checks everything.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from scenarios.checks.references import REFERENCES, SOURCES, known_codes
from scenarios.choices import CHOICES
from scenarios.dictionary import Column, Table, tables
from scenarios.document import Scenario
from scenarios.document.quantities import (
    AMOUNT,
    DATE,
    FIRST_YEAR,
    FLAG,
    HIGHEST_RATIO,
    LAST_YEAR,
    MAX_CENTS,
    MOST_WHOLE,
    RATE,
    RATIO,
    WHOLE,
    YEAR,
)
from scenarios.formats.workbook.cell_text import FIRST_DAY
from scenarios.formats.workbook.faces import Faces
from scenarios.formats.workbook.names import LISTS, sheet_names
from scenarios.language import _

FIRST_ROW = 2
"""Row, from 0, of the first line of a table: titles and technical names come before."""

SPARE_ROWS = 500
"""Lines below the last one that are ready to be filled."""

FLAGS = ("oui", "non")
_LONGEST_MESSAGE = 255

_BOUNDS: dict[Any, dict[str, Any]] = {
    AMOUNT: {"validate": "decimal", "minimum": 0, "maximum": MAX_CENTS // 100},
    RATE: {"validate": "decimal", "minimum": 0, "maximum": 1},
    RATIO: {"validate": "decimal", "minimum": 0, "maximum": HIGHEST_RATIO},
    WHOLE: {"validate": "integer", "minimum": 0, "maximum": MOST_WHOLE},
    YEAR: {"validate": "integer", "minimum": FIRST_YEAR, "maximum": LAST_YEAR},
    DATE: {"validate": "date", "minimum": FIRST_DAY, "maximum": date(2200, 1, 1)},
}


@dataclass(frozen=True)
class _List:
    """One list of the sheet of lists: its title, its words and, where there are some, what they mean."""

    title: str
    words: tuple[str, ...]
    explained: bool


class DropDowns:
    """The lists of one workbook: written on their sheet, and offered in the cells of the tables."""

    def __init__(self, scenario: Scenario) -> None:
        self._lengths = {name: len(getattr(scenario, name)) for name in tables() if name}
        self._targets = {(table, column): target for table, column, target in REFERENCES}
        self._lists: dict[Any, _List] = {FLAGS: _List(_("oui ou non"), FLAGS, explained=False)}
        for table in tables().values():
            for column in table.columns:
                if column.values:
                    self._lists.setdefault(column.values, _List(column.title, column.values, explained=True))
        codes = known_codes(scenario)
        for target, sources in SOURCES.items():
            if len(sources) > 1 or sources[0][1] != "code":
                titles = dict.fromkeys(sheet_names()[table] for table, _column in sources)
                self._lists[target] = _List(", ".join(titles), tuple(codes[target]), explained=False)

    def write_lists(self, sheet: Worksheet, faces: Faces) -> None:
        """Write the words of every list, and what those of closed lists mean."""
        for key, column in self._places().items():
            words = self._lists[key]
            sheet.set_column(column, column, 22)
            sheet.write_string(0, column, words.title, faces.title())
            if words.explained:
                sheet.set_column(column + 1, column + 1, 36)
                sheet.write_string(0, column + 1, _("sens"), faces.title())
            for row, word in enumerate(words.words, start=1):
                sheet.write_string(row, column, word, faces.paragraph())
                if words.explained:
                    sheet.write_string(row, column + 1, _(CHOICES[word]), faces.paragraph())

    def offer(self, sheet: Worksheet, area: tuple[int, int, int, int], table: Table, column: Column) -> None:
        """Attach to cells what they offer and refuse; ``area`` is first row and column, last row and column."""
        rule = self._rule(table, column)
        if rule is not None:
            texts = {"error_title": column.title[:32], "error_message": column.expected[:_LONGEST_MESSAGE]}
            sheet.data_validation(*area, {**texts, **rule})

    def _rule(self, table: Table, column: Column) -> dict[str, Any] | None:
        target = self._targets.get((table.name, column.name))
        closed = column.values or (FLAGS if column.quantity == FLAG else None)
        if target is not None:
            return {"validate": "list", "source": self._source(target), **self._kindly(column)}
        if closed:
            strict = {"error_type": "stop"} if not column.listed else self._kindly(column)
            return {"validate": "list", "source": self._listed(closed), **strict}
        if column.quantity in _BOUNDS:
            return {"criteria": "between", "error_type": "warning", **_BOUNDS[column.quantity]}
        return None

    def _kindly(self, column: Column) -> dict[str, Any]:
        """Never refuse: several codes may be written in one cell of a list, and lines come in any order."""
        if not column.listed:
            return {"error_type": "warning"}
        message = _("Plusieurs valeurs se séparent par une barre : « a|b ».")
        return {"show_error": False, "input_title": column.title[:32], "input_message": message}

    def _source(self, target: str) -> str:
        if target in self._lists:
            return self._listed(target)
        table, name = SOURCES[target][0]
        letter = xl_col_to_name([column.name for column in tables()[table].columns].index(name))
        last = FIRST_ROW + self._lengths[table] + SPARE_ROWS
        return f"='{_quoted(sheet_names()[table])}'!${letter}${FIRST_ROW + 1}:${letter}${last}"

    def _listed(self, key: Any) -> str:
        letter, count = xl_col_to_name(self._places()[key]), max(1, len(self._lists[key].words))
        return f"='{_(LISTS)}'!${letter}$2:${letter}${count + 1}"

    def _places(self) -> dict[Any, int]:
        """Return the column of each list: a list with meanings takes two."""
        places, column = {}, 0
        for key, words in self._lists.items():
            places[key] = column
            column += 3 if words.explained else 2
        return places


def _quoted(name: str) -> str:
    return name.replace("'", "''")
