"""What a template asks: its named cells that begin with ``plan.``, and the lines of its sheet of requests."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from openpyxl import Workbook
from openpyxl.utils.cell import coordinate_to_tuple, get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from reports.templates.figures import FIGURES, Figure, Scope
from scenarios.document import Scenario
from scenarios.formats.financing_table.titles import folded
from scenarios.formats.problems import Problem
from scenarios.language import N_, _, every_language
from scenarios.wording import closest, quoted, shown

PREFIX = "plan."
SHEET = N_("Correspondance")
"""Sheet of requests; its name in any language is understood, its titles and its words are those of docs/modeles.md."""
COLUMNS = {
    "cellule": "cell", "donnee": "figure", "operation": "operation", "financeur": "partner", "projet": "project",
    "annee": "year", "liste": "over", "sens": "direction",
}  # fmt: skip
"""Titles of the sheet of requests, without accents, and what each holds."""

LISTS = {"operations": "operation", "financeurs": "partner", "projets": "project", "annees": "year"}
DIRECTIONS = {"": (1, 0), "bas": (1, 0), "droite": (0, 1)}
_SINGLE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")


@dataclass(frozen=True)
class Request:
    """One cell to fill, or the first of a list. ``source`` is where the template asks, for messages."""

    sheet: str
    row: int
    column: int
    figure: Figure
    scope: Scope
    over: str | None = None
    step: tuple[int, int] = (1, 0)
    source: tuple[str, str] = ("", "")

    @property
    def address(self) -> str:
        """Address of the cell on its sheet."""
        return f"{get_column_letter(self.column)}{self.row}"


@dataclass
class RequestReader:
    """Reads the requests of one template for one scenario; what is wrong goes to ``problems``."""

    book: Workbook
    file: str
    scenario: Scenario
    problems: list[Problem] = field(default_factory=list)

    def read(self) -> list[Request]:
        """Return every request, named cells first."""
        requests = [*self._named(), *self._listed()]
        if not requests and not self.problems:
            self._refuse(
                "", "", _("aucune cellule à remplir"),
                _("des cellules nommées « plan.… », ou une feuille « {sheet} »").format(sheet=_(SHEET)),
                _("Nommez les cellules à remplir ; voyez docs/modeles.md."),
            )  # fmt: skip
        return requests

    def _refuse(self, sheet: str, cell: str, found: str, expected: str, advice: str) -> None:
        self.problems.append(Problem(self.file, None, None, found, expected, advice, "", sheet, cell))

    def _named(self) -> Iterator[Request]:
        for name, definition in sorted(self.book.defined_names.items()):
            if not name.casefold().startswith(PREFIX):
                continue
            target = self._target(str(definition.attr_text or ""), "", name)
            words = self._words(name)
            if target is not None and words is not None:
                yield Request(*target, *words, source=("", name))

    def _words(self, name: str) -> tuple[Figure, Scope] | None:
        """Understand « plan.engagement.REGION.2027 »: a figure, then a code and a year where it needs them."""
        word, *parts = name.split(".")[1:]
        figure = self._figure(word.replace("_", " "), "", name)
        year = int(parts.pop()) if parts and re.fullmatch(r"(19|20)\d{2}", parts[-1]) else None
        scope = Scope(year=year)
        if figure is None:
            return None
        if parts:
            wanted = _as_name(".".join(parts))
            codes = [
                (kind, code) for kind, known in self._codes().items() for code in known if _as_name(code) == wanted
            ]
            if len(codes) != 1:
                found = _("le code « {code} », qui désigne {count} lignes du scénario").format(
                    code=".".join(parts), count=len(codes)
                )
                advice = _("Corrigez le nom {name}, ou servez-vous de la feuille « {sheet} ».").format(
                    name=name, sheet=_(SHEET)
                )
                self._refuse("", name, found, _("le code d'une opération, d'un financeur ou d'un projet"), advice)
                return None
            kind, code = codes[0]
            scope = Scope(**{kind: code}, year=year)
        return (figure, scope) if self._complete(figure, scope, None, "", name) else None

    def _codes(self) -> dict[str, list[str]]:
        return {
            "operation": [operation.code for operation in self.scenario.operations],
            "partner": [partner.code for partner in self.scenario.partners],
            "project": [project.code for project in self.scenario.projects],
        }

    def _listed(self) -> Iterator[Request]:
        known = {folded(name) for name in every_language(SHEET)}
        name = next((name for name in self.book.sheetnames if folded(name) in known), None)
        if name is None:
            return
        rows = self.book[name].iter_rows()
        heads = {COLUMNS.get(folded(str(cell.value or ""))): cell.column for cell in next(rows, ())}
        missing = [title for title, column in COLUMNS.items() if column in {"cell", "figure"} and column not in heads]
        if missing:
            advice = _("Écrivez ces titres sur la première ligne.")
            self._refuse(name, "", _("pas de colonne {names}").format(names=quoted(missing)), quoted(missing), advice)
            return
        for row in rows:
            texts = {key: _text(row[column - 1].value) for key, column in heads.items() if key}
            if any(texts.values()):
                request = self._line(texts, name, f"A{row[0].row}")
                if request is not None:
                    yield request

    def _line(self, texts: dict[str, str], sheet: str, cell: str) -> Request | None:
        before = len(self.problems)
        target = self._target(texts["cell"], sheet, cell)
        figure = self._figure(texts["figure"], sheet, cell)
        codes: dict[str, Any] = {}
        for kind, known in self._codes().items():
            code = texts.get(kind) or None
            codes[kind] = code
            if code is not None and code not in known:
                self._refuse(sheet, cell, shown(code), _("un code du scénario"), _near(code, known))
        year = texts.get("year", "")
        if year and not year.isdecimal():
            self._refuse(sheet, cell, shown(year), _("une année"), _("Écrivez l'année en quatre chiffres."))
        over = LISTS.get(folded(texts.get("over", "")))
        if texts.get("over") and over is None:
            self._refuse(sheet, cell, shown(texts["over"]), quoted(LISTS), _("Choisissez l'un de ces mots."))
        step = DIRECTIONS.get(folded(texts.get("direction", "")))
        if step is None:
            self._refuse(sheet, cell, shown(texts["direction"]), quoted(["bas", "droite"]), _("Choisissez un sens."))
        if len(self.problems) > before or target is None or figure is None or step is None:
            return None
        scope = Scope(**codes, year=int(year) if year else None)
        if not self._complete(figure, scope, over, sheet, cell):
            return None
        return Request(*target, figure, scope, over, step, (sheet, cell))

    def _figure(self, word: str, sheet: str, cell: str) -> Figure | None:
        known = {folded(word): figure for figure in FIGURES for word in every_language(figure.word)}
        figure = known.get(folded(word))
        if figure is None:
            words = [_(each.word) for each in FIGURES]
            expected = _("l'une des données {words}").format(words=quoted(words))
            self._refuse(sheet, cell, shown(word), expected, _near(word, words))
        return figure

    def _complete(self, figure: Figure, scope: Scope, over: str | None, sheet: str, cell: str) -> bool:
        """Check that a figure has the filters it needs, from its scope or from its list."""
        lacking = [name for name in figure.needs if getattr(scope, name) is None and over != name]
        if not lacking:
            return True
        titles = [title for title, name in COLUMNS.items() if name in lacking]
        expected = _("{names} avec la donnée « {word} »").format(names=quoted(titles), word=_(figure.word))
        self._refuse(sheet, cell, _("rien"), expected, _("Complétez cette demande."))
        return False

    def _target(self, text: str, sheet: str, cell: str) -> tuple[str, int, int] | None:
        """Find the one cell that a text like « Feuil1!C5 », or a name, designates."""
        definition = self.book.defined_names.get(text)
        name, mark, place = (str(definition.attr_text) if definition is not None else text).rpartition("!")
        title = name.strip("'").replace("''", "'")
        match = _SINGLE.fullmatch(place)
        if not mark or match is None or title not in self.book.sheetnames:
            advice = _("Désignez une seule cellule, comme Feuil1!C5.")
            self._refuse(sheet, cell, shown(text), _("une cellule du modèle"), advice)
            return None
        row, column = coordinate_to_tuple(f"{match[1].upper()}{match[2]}")
        page = self.book[title]
        if not isinstance(page, Worksheet):
            self._refuse(sheet, cell, shown(text), _("une feuille de calcul"), _("Choisissez une autre feuille."))
            return None
        return title, row, column


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()


def _as_name(code: str) -> str:
    """Write a code as a name of cell may hold it: anything but a letter or a digit becomes an underscore."""
    return re.sub("[^A-Za-z0-9]", "_", code).casefold()


def _near(word: str, known: list[str]) -> str:
    near = closest(word, known)
    if near is None:
        return _("Choisissez une valeur connue ; voyez docs/modeles.md.")
    return _("Écrivez « {near} », si c'est ce que vous vouliez dire.").format(near=near)
