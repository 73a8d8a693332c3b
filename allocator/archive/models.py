"""The stages of a plan as MPS files any solver opens, rewritten from the canonical program and the stages proven.

File k asks for the optimum of stage k when every former stage keeps what it must: its optimum within a goal of
equality, what its tolerance leaves between goals. To be minimised: a stage to maximise is written with its sign
changed. Every number is exact, and shifted by powers of ten only, without which solvers were seen to call optimal
what is not: each unknown is counted in the largest power of ten that its bound reaches, each row is divided by that
of its largest number, and so is the objective, by 10^n for a file called ``.en.mps``. ``|`` is written ``#`` and ``-``
is written ``~`` in names. A former stage whose value is a fraction too long to be written is kept to its thirteenth
digit, on the loose side: its row is called ``nearly``, not ``kept``. The tie-break has no file.
"""

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, gcd, lcm
from pathlib import Path
from typing import Any

import numpy as np

from allocator.engines.engine import LinearModel

MODELS = "models/"
LARGEST_FILES = 4_000_000
"""Coefficients, over all files, beyond which only the first stage is written."""

_DIGITS = 13
"""PuLP writes thirteen significant digits; a longer number would be rounded."""

_KEPT, _NEARLY = "kept", "nearly"
_TIE_BREAK = "tie_break"
_NAMES = str.maketrans("|-", "#~")


@dataclass(frozen=True)
class _Row:
    """One row in whole numbers without common factor; ``nearly``: its limit is rounded to thirteen digits instead."""

    name: str
    terms: Mapping[int, int]
    limit: Fraction
    equality: bool


def models(program: Mapping[str, Any], proof: Mapping[str, Any]) -> dict[str, bytes]:
    """Return the MPS file of each stage, by path under ``data/``, from the documents of a program and its proof.

    A stage with any other number of fourteen digits or more has no file, since it would not be written exactly.
    """
    rows = list(_rows(program))
    stages = [stage for stage in proof["stages"] if stage["goal"] != _TIE_BREAK]
    if len(stages) * sum(len(row.terms) for row in rows) > LARGEST_FILES:
        stages = stages[:1]
    files = {}
    for rank, stage in enumerate(stages):
        kept = [_kept(former, number, stage) for number, former in enumerate(stages[:rank], start=1)]
        cost = _row("cost", stage["objective"], "coefficient", 0, sign=_sign(stage))
        if _exact([*rows, *kept, cost]):
            level = f".{stage['level']}" if stage["level"] else ""
            shift = _shift(_shifted(cost, _units(program)).values())
            name = f"{MODELS}{rank + 1:02}_{stage['goal']}{level}.e{shift}.mps"
            files[name] = _written(program, [*rows, *kept], cost)
    return files


def _rows(program: Mapping[str, Any]) -> Iterator[_Row]:
    """Yield the rows of a program; it has none that keeps former goals, since each stage has its own."""
    rows = program["rows"]
    for place, name in enumerate(rows["id"]):
        span = slice(rows["start"][place], rows["start"][place + 1])
        terms = dict(zip(rows["column"][span], rows["coefficient"][span], strict=True))
        yield _reduced(name, terms, Fraction(rows["limit"][place]), equality=rows["sense"][place] == "=")


def _kept(former: Mapping[str, Any], number: int, stage: Mapping[str, Any]) -> _Row:
    """Return the row by which a stage keeps a former one, in the sense of a minimum."""
    sign = _sign(former)
    limit = sign * Fraction(former["best" if former["goal"] == stage["goal"] else "kept"])
    row = _row(f"{_KEPT}|{number}", former["objective"], "coefficient", limit, sign=sign)
    if _exact([row]):
        return row
    short = _row(f"{_NEARLY}|{number}", former["objective"], "coefficient", 0, sign=sign)
    unit = Fraction(10) ** (_DIGITS - len(str(ceil(abs(limit)))))
    return replace(short, limit=ceil(limit * unit) / unit)


def _sign(stage: Mapping[str, Any]) -> int:
    return -1 if stage["sense"] == "max" else 1


def _row(name: str, terms: Mapping[str, Any], key: str, limit: Fraction | int, *, sign: int) -> _Row:
    pairs = zip(terms["column"], map(Fraction, terms[key]), strict=True)
    return _reduced(name, {column: sign * number for column, number in pairs}, Fraction(limit), equality=False)


def _reduced(name: str, terms: Mapping[int, Fraction | int], limit: Fraction, *, equality: bool) -> _Row:
    """Multiply a row by what makes it whole, then divide it by its greatest common divisor, but for a cost."""
    whole = lcm(limit.denominator, *(Fraction(number).denominator for number in terms.values()))
    found = {column: int(number * whole) for column, number in terms.items()}
    divisor = 1 if name == "cost" else gcd(int(limit * whole), *found.values()) or 1
    divided = {column: number // divisor for column, number in found.items()}
    return _Row(name, divided, limit * whole / divisor, equality)


def _exact(rows: Sequence[_Row]) -> bool:
    """Tell whether thirteen digits write every number; a limit rounded on purpose has no more."""
    limits = (row.limit for row in rows if not row.name.startswith(_NEARLY))
    return all(abs(number) < 10**_DIGITS for number in (*limits, *(n for row in rows for n in row.terms.values())))


def _units(program: Mapping[str, Any]) -> list[int]:
    """Return the power of ten in which each unknown is counted."""
    return [10 ** _shift([upper]) for upper in program["columns"]["upper"]]


def _shift(numbers: Iterable[int]) -> int:
    """Return the exponent of the largest power of ten that the largest number reaches."""
    return len(str(max(map(abs, numbers), default=0))) - 1


def _shifted(row: _Row, units: Sequence[int]) -> dict[int, int]:
    return {column: number * units[column] for column, number in row.terms.items()}


def _decimal(number: Fraction | int, shift: int) -> float:
    """Divide a number by a power of ten: thirteen digits are written back exactly."""
    return float(Fraction(number) / 10**shift)


def _written(program: Mapping[str, Any], rows: Sequence[_Row], cost: _Row) -> bytes:
    columns, units = program["columns"], _units(program)
    terms = [_shifted(row, units) for row in rows]
    shifts = [_shift(found.values()) for found in terms]
    limits = np.array([_decimal(row.limit, shift) for row, shift in zip(rows, shifts, strict=True)])
    values = [[_decimal(n, shift) for n in found.values()] for found, shift in zip(terms, shifts, strict=True)]
    costs = np.zeros(len(units))
    objective = _shifted(cost, units)
    for column, number in objective.items():
        costs[column] = _decimal(number, _shift(objective.values()))
    model = LinearModel(
        start=np.cumsum([0, *map(len, terms)]),
        column=np.array([column for found in terms for column in found], dtype=np.int64),
        value=np.array([number for found in values for number in found], dtype=np.float64),
        row_lower=np.where([row.equality for row in rows], limits, -np.inf),
        row_upper=limits,
        lower=np.zeros(len(units)),
        upper=np.array([_decimal(n, _shift([n])) for n in columns["upper"]]),
        cost=costs,
        integer=np.array(columns["integer"], dtype=np.bool_),
    )
    names = [name.translate(_NAMES) for name in columns["id"]]
    from allocator.engines.pulp import as_pulp  # only files wait for PuLP

    problem, _ = as_pulp(model, names, [row.name.translate(_NAMES) for row in rows])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.mps"
        problem.writeMPS(str(path))
        return path.read_bytes()
