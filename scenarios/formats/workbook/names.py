"""Names that the scenario workbook gives to its sheets and to the two columns of its header."""

from scenarios.dictionary import tables
from scenarios.language import LANGUAGES, N_, every_language, speaking

README = N_("Lisez-moi")
LISTS = N_("Listes")
FIELD, VALUE = "field", "value"
"""Technical names of the columns of the header sheet: a field by line."""

LONGEST = 31
"""Longest name of a sheet."""


def sheet_names() -> dict[str, str]:
    """Return the sheet of each table, the header included, in the language spoken."""
    return {name: table.title[:LONGEST].rstrip() for name, table in tables().items()}


def table_of(sheet: str) -> str | None:
    """Return the table of a sheet, known by its name in any language or by the technical name of the table."""
    written = sheet.strip().casefold()
    known = {name: name for name in tables() if name}
    for language in LANGUAGES:
        with speaking(language):
            known |= {title.casefold(): name for name, title in sheet_names().items()}
    return known.get(written)


def is_explanation(sheet: str) -> bool:
    """Say whether a sheet only explains the others: it is not read."""
    known = (*every_language(README), *every_language(LISTS))
    return sheet.strip().casefold() in {name.casefold() for name in known}
