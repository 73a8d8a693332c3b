"""A foreign financing table and its mapping, read together into a scenario."""

from dataclasses import dataclass
from pathlib import Path

from scenarios.dictionary import tables
from scenarios.document import Scenario
from scenarios.document.quantities import AMOUNT
from scenarios.formats.financing_table.lines import Columns, Left, LeftOut, Totals, sort_lines
from scenarios.formats.financing_table.mapping import FromColumn, TableMapping, read_mapping
from scenarios.formats.financing_table.row import Line, RowReader
from scenarios.formats.financing_table.titles import Titles, UnknownTitleError
from scenarios.formats.problems import Problem, ScenarioError
from scenarios.formats.tree import Mapping, Origin, Tree, line_of, shape, unknown_advice
from scenarios.formats.understand import in_order, understand
from scenarios.formats.workbook.sheet import Place, Sheet, address, sheets
from scenarios.language import _
from scenarios.wording import quoted

OPERATIONS = "operations"


@dataclass(frozen=True)
class ImportedTable:
    """The scenario, the number of operations read, and the lines of the table that are no operations."""

    scenario: Scenario
    operations: int
    left_out: tuple[LeftOut, ...]


def read_table(path: Path, mapping_path: Path) -> ImportedTable:
    """Read a foreign financing table as its mapping says.

    Raises ScenarioError with everything wrong in the mapping, then in the table and the scenario they make; OSError.
    """
    mapping, root = read_mapping(mapping_path)
    return _Reader(path, mapping_path.name, mapping, root).read()


class _Reader:
    def __init__(self, path: Path, mapping_name: str, mapping: TableMapping, root: Mapping) -> None:
        self.path = path
        self.mapping_name = mapping_name
        self.mapping = mapping
        self.root = root
        self.problems: list[Problem] = []
        self.sheet_name = ""

    def read(self) -> ImportedTable:
        sheet = self._sheet()
        places = self._places(sheet)
        if self.problems:
            raise ScenarioError(self.problems)
        tree = shape(self.root["scenario"], self.mapping_name, self.problems)
        rows, left_out = self._lines(sheet, places, tree)
        scenario = understand(tree)
        if scenario is None:
            raise ScenarioError(in_order(self.problems))
        return ImportedTable(scenario, len(rows), tuple(left_out))

    def _sheet(self) -> Sheet:
        found = sheets(self.path, self.problems)
        if found is None:
            raise ScenarioError(self.problems)
        filled = [sheet for sheet in found if not sheet.empty]
        wanted = self.mapping.table.sheet
        named = [sheet for sheet in filled if wanted is None or sheet.name.strip() == wanted.strip()]
        if len(named) == 1:
            self.sheet_name = named[0].name
            return named[0]
        known = quoted(sheet.name for sheet in filled) or _("aucune")
        name = _("aucune feuille « {name} »").format(name=wanted) if wanted else _("plusieurs feuilles")
        advice = _("Donnez dans « sheet » l'une des feuilles remplies : {names}.").format(names=known)
        self._refuse_mapping(("table", "sheet"), name, _("une seule feuille"), advice)
        raise ScenarioError(self.problems)

    def _places(self, sheet: Sheet) -> dict[str, int]:
        """Find the column of every title of the mapping."""
        titles = Titles(sheet, *self.mapping.table.header_rows)
        found: dict[str, int] = {}
        for place, title in self._titles():
            try:
                found[title] = titles.column(title)
            except UnknownTitleError as error:
                self._refuse_mapping(place, error.found, _("le titre d'une colonne"), error.advice)
        self._check_names()
        return found

    def _titles(self) -> list[tuple[tuple[str | int, ...], str]]:
        found: list[tuple[tuple[str | int, ...], str]] = [
            ((OPERATIONS, name, "column"), source.column)
            for name, source in self.mapping.operations.items()
            if isinstance(source, FromColumn)
        ]
        for rank, partner in enumerate(self.mapping.partners):
            for name in ("grant", "rate", "loan"):
                title = getattr(partner, name)
                if title is not None:
                    found.append((("partners", rank, name), title))
            found += [(("partners", rank, "years", str(year)), title) for year, title in partner.years.items()]
        if self.mapping.total is not None:
            found.append((("total",), self.mapping.total))
        return found

    def _check_names(self) -> None:
        known = tuple(column.name for column in tables()[OPERATIONS].columns)
        for name in self.mapping.operations:
            if name not in known:
                advice = unknown_advice(name, known)
                expected = _("une colonne de la table « operations »")
                self._refuse_mapping((OPERATIONS, name), quoted([name]), expected, advice)
        if OPERATIONS in self.root["scenario"]:
            self._refuse_mapping(
                ("scenario", OPERATIONS), _("la table « operations »"), _("seulement ce que le tableau ne dit pas"),
                _("Supprimez cette table : les opérations viennent du tableau."),
            )  # fmt: skip

    def _lines(self, sheet: Sheet, places: dict[str, int], tree: Tree) -> tuple[list[int], list[LeftOut]]:
        columns = self._columns(places)
        rows, left_out = sort_lines(sheet, self.mapping.table.header_rows[1] + 1, columns, self.mapping.table.totals)
        reader = RowReader(sheet, self.mapping, places, self._refuse)
        sums = Totals(sheet, columns.amounts, self.mapping.table.scale)
        totals = {line.row for line in left_out if line.why is Left.TOTAL}
        tree.values.setdefault(OPERATIONS, [])
        tree.places.rows.setdefault(OPERATIONS, [])
        for row in sorted({*rows, *totals}):
            if row in totals:
                self._refuse_unsaved(sheet, row, columns)
                sums.check(row, self._refuse)
                continue
            sums.add(row)
            for line in reader.lines(row):
                self._append(tree, row, line)
        return rows, left_out

    def _append(self, tree: Tree, row: int, line: Line) -> None:
        """Add one line to its table, after those that the mapping holds."""
        table = tree.values.setdefault(line.table, [])
        places = tree.places.rows.setdefault(line.table, [])
        tree.reported.update((line.table, len(table), name) for name in line.refused)
        tree.places.origins[line.table, len(table)] = Origin(self.path.name, self.sheet_name, row, line.cells)
        table.append(line.values)
        places.append(row)

    def _columns(self, places: dict[str, int]) -> Columns:
        operations = self.mapping.operations

        def of(name: str) -> int | None:
            source = operations.get(name)
            return places[source.column] if isinstance(source, FromColumn) else None

        known = tables()[OPERATIONS].columns
        amounts = [of(column.name) for column in known if column.quantity == AMOUNT]
        for partner in self.mapping.partners:
            titles = (partner.grant, partner.loan, *partner.years.values())
            amounts += [places[title] for title in titles if title is not None]
        if self.mapping.total is not None:
            amounts.append(places[self.mapping.total])
        return Columns(of("code"), of("label"), tuple(dict.fromkeys(column for column in amounts if column)))

    def _refuse_unsaved(self, sheet: Sheet, row: int, columns: Columns) -> None:
        for column in columns.amounts:
            if (row, column) in sheet.unsaved:
                self._refuse(
                    (row, column), _("une formule dont le résultat n'est pas enregistré"), _("un total"),
                    _("Ouvrez le classeur dans un tableur et enregistrez-le, ou effacez ce total."),
                )  # fmt: skip

    def _refuse(self, place: Place, found: str, expected: str, advice: str) -> None:
        """Tell what is wrong in a cell of the table, once even when several columns of the scenario read it."""
        problem = Problem(
            self.path.name, place[0], None, found, expected, advice, OPERATIONS, self.sheet_name, address(place)
        )
        if problem not in self.problems:
            self.problems.append(problem)

    def _refuse_mapping(self, place: tuple[str | int, ...], found: str, expected: str, advice: str) -> None:
        names = [part for part in place if isinstance(part, str)]
        line = line_of(self.root, place)
        self.problems.append(Problem(self.mapping_name, line, names[-1], found, expected, advice))
