"""Names that the scenario workbook gives to its sheets and to the two columns of its header."""

from scenarios.dictionary import tables
from scenarios.language import _

README = _("Lisez-moi")
LISTS = _("Listes")
FIELD, VALUE = "field", "value"
"""Technical names of the columns of the header sheet: a field by line."""

LONGEST = 31
"""Longest name of a sheet."""

SHEET_NAMES = {name: table.title[:LONGEST] for name, table in tables().items()}
"""Sheet of each table, the header included; the technical name of a table is read too."""
