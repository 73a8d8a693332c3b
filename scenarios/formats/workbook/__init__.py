"""The scenario workbook (``.xlsx``): the same document as the other forms, filled and corrected in a spreadsheet."""

from scenarios.formats.workbook.reading import parse
from scenarios.formats.workbook.writing import render

__all__ = ["parse", "render"]
