"""Financing tables of others (``.xlsx``), whose columns a mapping explains: read into scenarios."""

from scenarios.formats.financing_table.lines import Left, LeftOut
from scenarios.formats.financing_table.reading import ImportedTable, read_table

__all__ = ["ImportedTable", "Left", "LeftOut", "read_table"]
