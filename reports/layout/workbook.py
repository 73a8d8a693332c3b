"""A workbook being written: same bytes for the same inputs, and never half a file.

Reproducible: the only date inside is the scenario's reference date. Atomic: the file is written under a
temporary name beside its place, then renamed.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook

from allocator.allocation import Allocation
from reports.layout.page import Page
from reports.layout.styles import make_styles, unit_of
from scenarios.document import Scenario
from scenarios.formats.disk import replace_file
from scenarios.language import _

SHORT_HASH = 12
"""Digits of the fingerprint shown in file names and footers."""


def _options() -> dict[str, Any]:
    """Give the options of a new workbook: fresh each time, since XlsxWriter completes the dictionary it is given."""
    return {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_format_properties": {"font_name": "Arial", "font_size": 10},
    }


class Book:
    """An open workbook; pages appear in the order in which they are asked for."""

    def __init__(self, workbook: Workbook, currency: str, stamp: str) -> None:
        self._workbook = workbook
        self._styles = make_styles(workbook, currency)
        self._unit = unit_of(currency)
        self._footer = f"&L&8{stamp.replace('&', '&&')}&C&8&A&R&8" + _("page {page} sur {pages}").format(
            page="&P", pages="&N"
        )

    def page(self, name: str) -> Page:
        """Add a sheet at the end."""
        return Page(self._workbook, self._styles, name, self._unit, self._footer)

    def define(self, name: str, address: str) -> None:
        """Name one cell for the whole workbook; ``address`` is the full address of the cell."""
        sheet, _mark, cell = address.rpartition("!")
        column = cell.rstrip("0123456789")
        self._workbook.define_name(name, f"={sheet}!${column}${cell[len(column) :]}")


@contextmanager
def new_workbook(path: Path, scenario: Scenario, plans: Sequence[Allocation], subject: str) -> Iterator[Book]:
    """Open a workbook about one plan, or the one before and the one after; it takes its place once complete.

    Raises OSError when the folder cannot be written.
    """
    properties = {
        "title": subject,
        "subject": scenario.title,
        "author": scenario.committee,
        "comments": " → ".join(plan.fingerprint for plan in plans),
    }
    versions = " → ".join(plan.fingerprint[:SHORT_HASH] for plan in plans)
    stamp = f"{scenario.code} · {versions}"
    with any_workbook(path, properties, scenario.reference_date, stamp, scenario.currency) as book:
        yield book


@contextmanager
def any_workbook(
    path: Path, properties: Mapping[str, str], day: date, stamp: str, currency: str = "EUR"
) -> Iterator[Book]:
    """Open a workbook that takes its place at ``path`` once complete, and leaves nothing behind if it fails.

    ``properties``: title, subject, author, comments of the file. ``day``: the only date inside. ``stamp``: what the
    footer of each page says. Raises OSError when the folder cannot be written.
    """
    content = io.BytesIO()
    workbook = Workbook(content, _options())
    created = datetime.combine(day, time(), UTC).replace(tzinfo=None)
    workbook.set_properties({**properties, "created": created})
    yield Book(workbook, currency, stamp)
    workbook.close()
    replace_file(path, content.getvalue())


def file_name(*parts: str, plans: Sequence[Allocation]) -> str:
    """File name of a report, with the first digits of the fingerprint of each plan it shows."""
    return "_".join([*parts, *(plan.fingerprint[:SHORT_HASH] for plan in plans)]) + ".xlsx"
