"""An allocation on disk: ``allocation.json``, the whole of it, and three CSV tables to open in a spreadsheet.

In the JSON document amounts are integer cents, exact fractions are written ``"n/d"``, keys are sorted and lists keep
the order of the allocation. In the CSV tables amounts are in euros, as in scenario folders (``639325.80``).
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from fractions import Fraction
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from allocator.allocation import Allocation
from scenarios.document.quantities import cents_to_text
from scenarios.formats.disk import replace_file
from scenarios.language import _
from scenarios.limits import ARCHIVE

FORMAT_VERSION = 2
DOCUMENT = "allocation.json"
_VERSION = "format_version"
_ADAPTER = TypeAdapter(Allocation)


class AllocationUnreadable(ValueError):  # noqa: N818 - named as what is wrong, like the other refusals
    """A file that is not an allocation this program wrote; ``str()`` says it in French."""


def document(allocation: Allocation) -> dict[str, Any]:
    """Return the allocation as plain JSON values: integer cents, fractions as ``"n/d"`` texts."""
    values = {_VERSION: FORMAT_VERSION, **asdict(allocation)}
    return {name: _plain(value) for name, value in values.items()}


def tables(allocation: Allocation) -> dict[str, str]:
    """Return the CSV tables by file name."""
    return {
        "launches.csv": _table(("operation", "start", "funded"), map(vars, allocation.launches)),
        "commitments.csv": _table(("operation", "partner", "start", "amount"), map(vars, allocation.commitments)),
        "payments.csv": _table(("operation", "partner", "start", "year", "amount"), map(vars, allocation.payments)),
    }


def write(allocation: Allocation, folder: Path) -> tuple[Path, ...]:
    """Write the four files in ``folder``, made when absent, and return their paths.

    Each file is replaced all at once; the document comes last. Raises OSError when the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(document(allocation), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    files = {**tables(allocation), DOCUMENT: text}
    for name, content in files.items():
        replace_file(folder / name, content)
    return tuple(folder / name for name in files)


def read(path: Path) -> Allocation:
    """Read an allocation back, unchanged, from its JSON document or from the folder that holds it.

    Raises AllocationUnreadable unless the file holds exactly what ``write`` writes, and OSError when it cannot be
    opened. Whether the allocation is right is for ``allocator.check`` to say.
    """
    source = path / DOCUMENT if path.is_dir() else path
    mega = ARCHIVE.exceeded(source)
    if mega is not None:
        sentence = _("{source} est un fichier de {mega} Mo ; attendu : {most} Mo au plus. {advice}")
        raise AllocationUnreadable(sentence.format(source=source, mega=mega, most=ARCHIVE.mega, advice=ARCHIVE.advice))
    try:
        values = json.loads(source.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        raise _refusal(str(source)) from error
    return understood(values, str(source))


def understood(values: Any, source: str) -> Allocation:
    """Return the allocation whose ``document`` these JSON values are; ``source`` names where they come from.

    Raises AllocationUnreadable as ``read`` does.
    """
    try:
        content = {name: value for name, value in values.items() if name != _VERSION}
        allocation = _ADAPTER.validate_json(json.dumps(content), strict=True)
    except (ValidationError, ValueError, AttributeError) as error:
        raise _refusal(source) from error
    if document(allocation) != values:
        raise _refusal(source)
    return allocation


def _refusal(source: str) -> AllocationUnreadable:
    return AllocationUnreadable(
        _("{path} ne contient pas une répartition écrite par ce programme.").format(path=source)
    )


def _plain(value: Any) -> Any:
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value


def _table(columns: tuple[str, ...], rows: Iterable[Mapping[str, Any]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    *codes, amount = columns
    writer.writerows([*(row[name] for name in codes), cents_to_text(row[amount])] for row in rows)
    return text.getvalue()
