"""What the scenario workbook says of itself: the read-me sheet, and the note of each column."""

from collections.abc import Iterator

from xlsxwriter.worksheet import Worksheet

from scenarios.choices import CHOICES
from scenarios.dictionary import HEADER, Column, tables
from scenarios.document import Scenario
from scenarios.fingerprint import fingerprint
from scenarios.formats.workbook.faces import Faces
from scenarios.formats.workbook.names import LISTS, README, sheet_names
from scenarios.formats.workbook.safe_text import safe_text
from scenarios.language import _
from scenarios.wording import quoted


def note(column: Column) -> str:
    """Say all that the data dictionary knows of a column."""
    return "\n".join(_note(column))


def _note(column: Column) -> Iterator[str]:
    yield column.meaning
    if column.kinds:
        yield _("Pour les règles {kinds}.").format(kinds=quoted(column.kinds))
    yield _("Attendu : {expected}.").format(expected=_expected(column))
    if column.needed_by and not column.required:
        yield _("Obligatoire pour {kinds}.").format(kinds=quoted(column.needed_by))
    else:
        yield _("Obligatoire.") if column.required else _("Facultatif.")
    if column.default:
        yield _("Si la cellule est vide : {default}.").format(default=column.default)
    yield from (_("{label} : {value}").format(label=word, value=_(CHOICES[word])) for word in column.values)


def _expected(column: Column) -> str:
    one = _("l'un des mots ci-dessous") if column.values else column.expected_value
    if not column.listed:
        return one
    return _("des valeurs séparées par une barre, « a|b », dont chacune est {one}").format(one=one)


def write(sheet: Worksheet, scenario: Scenario, faces: Faces) -> None:
    """Write the read-me sheet: what the workbook is, how it is filled and imported, what each sheet holds."""
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 16)
    sheet.set_column(2, 2, 84)
    sheet.write_string(0, 0, safe_text(scenario.title), faces.heading())
    row = 2
    for name, text in _identity(scenario):
        sheet.write_string(row, 0, name, faces.title())
        sheet.write_string(row, 1, safe_text(text), faces.plain())
        row += 1
    row = _instructions(sheet, row + 1, faces)
    for place, title in enumerate((_("Feuille"), _("Lignes"), _("Contenu"))):
        sheet.write_string(row, place, title, faces.title())
    for name, table in tables().items():
        row += 1
        sheet.write_url(row, 0, f"internal:'{sheet_names()[name]}'!A1", faces.link(), sheet_names()[name])
        if name != HEADER:
            sheet.write_number(row, 1, len(getattr(scenario, name)), faces.paragraph())
        needed = _("obligatoire") if table.required else _("facultative")
        sheet.write_string(row, 2, f"{_(table.meaning)} ({needed})", faces.paragraph())
    sheet.fit_to_pages(1, 1)


def _identity(scenario: Scenario) -> tuple[tuple[str, str], ...]:
    return (
        (_("Code"), scenario.code),
        (_("Comité"), scenario.committee),
        (_("Monnaie des montants"), scenario.currency),
        (_("Années"), f"{scenario.first_year}-{scenario.last_year}"),
        (_("Empreinte à l'export"), fingerprint(scenario)),
    )


def _instructions(sheet: Worksheet, row: int, faces: Faces) -> int:
    """Write how the workbook is filled; return the row where the table of sheets begins."""
    for text in (
        _("Ce classeur est le scénario entier : modifiez-le, puis relisez-le avec « allocator import CLASSEUR.xlsx "
          "--out SCENARIO ». Rien n'est importé tant que tout n'est pas valide ; chaque erreur donne sa cellule."),
        _("La deuxième ligne de chaque feuille porte les noms techniques des colonnes : c'est elle que le programme "
          "lit. Les colonnes peuvent changer d'ordre ; les titres de la première ligne sont libres."),
        _("La note de chaque titre dit ce que la colonne attend. Un titre souligné est obligatoire."),
        _("Montants en unités de la monnaie, deux décimales au plus. Taux en pourcentage ; un tiers s'écrit 1/3. "
          "Codes en texte : les zéros du début comptent. Plusieurs valeurs se séparent par une barre : « DEM|AME »."),
        _("Une cellule vide est une valeur absente, jamais un zéro. Les lignes vides sont sans effet."),
        _("« {lists} » donne les mots des listes fermées et leur sens ; « {readme} » et « {lists} » ne sont pas "
          "relues.").format(lists=_(LISTS), readme=_(README)),
    ):  # fmt: skip
        sheet.merge_range(row, 0, row, 2, "", faces.paragraph())
        sheet.write_string(row, 0, text, faces.paragraph())
        sheet.set_row(row, 26)
        row += 1
    return row + 1
