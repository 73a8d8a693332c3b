"""The program and its proof as files: canonical JSON that ``verifier.py`` reads with nothing but Python.

Columns and rows are sorted by their stable names, so that the bytes do not depend on the order of the scenario.
The layout is described in ``docs/archive.md``.
"""

import json
from collections.abc import Mapping, Sequence
from fractions import Fraction
from hashlib import sha256
from typing import Any

import numpy as np

from allocator.program.frame import Frame, Ints
from allocator.program.program import Holds, Program
from allocator.proof.proof import Bound, Claim, Leaf, Node, Proof
from allocator.rules.purse import purses
from allocator.solve.elimination import Number
from scenarios.fingerprint import fingerprint

PROGRAM, PROOF = "program.json", "proof.json"

VERSION = 1


def documents(proof: Proof, frame: Frame) -> dict[str, bytes]:
    """Return the bytes of the program and of the proof, by name under ``data/``."""
    order = _Order(proof.program)
    program = canonical(_program(proof.program, frame, order))
    return {PROGRAM: program, PROOF: canonical(_proof(proof, frame, order, sha256(program).hexdigest()))}


def program_document(program: Program, frame: Frame) -> dict[str, Any]:
    """Return the program as plain values, columns and rows in the order of their names."""
    return _program(program, frame, _Order(program))


def canonical(value: Mapping[str, Any]) -> bytes:
    """Return the one way of writing plain values: sorted keys, no blank, one line feed at the end."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def exact(number: Number) -> int | str:
    """Return a number as an integer, or as ``"p/q"``."""
    return number.numerator if number.denominator == 1 else f"{number.numerator}/{number.denominator}"


class _Order:
    """Where each column and row of a program is written: ``column[j]`` is the place of column j."""

    def __init__(self, program: Program) -> None:
        self.column_ids, self.row_ids = program.column_ids(), program.row_ids()
        self.columns = sorted(range(len(self.column_ids)), key=self.column_ids.__getitem__)
        self.rows = sorted(range(len(self.row_ids)), key=self.row_ids.__getitem__)
        self.column, self.row = _places(self.columns), _places(self.rows)


def _places(order: Sequence[int]) -> list[int]:
    places = [0] * len(order)
    for place, one in enumerate(order):
        places[one] = place
    return places


def _heading(kind: str, frame: Frame) -> dict[str, Any]:
    scenario = frame.scenario
    return {
        "format": kind,
        "format_version": VERSION,
        "scenario": scenario.code,
        "fingerprint": fingerprint(scenario),
    }


def _program(program: Program, frame: Frame, order: _Order) -> dict[str, Any]:
    columns = {
        "id": [order.column_ids[column] for column in order.columns],
        "upper": program.upper[order.columns].tolist(),
        "integer": program.integer[order.columns].astype(int).tolist(),
    }
    return {
        **_heading("program", frame),
        "columns": columns,
        "rows": _rows(program, order),
        "operations": _operations(frame),
        "payments": _payments(frame),
    }


def _operations(frame: Frame) -> dict[str, Any]:
    """Return what each operation has to fund, and the share of a commitment paid each year after the start."""
    lines: list[tuple[str, int, list[list[int | str]] | None]] = []
    for rank, operation in enumerate(frame.operations):
        shares = None if frame.planned[rank] else sorted(frame.profiles[str(operation.profile)].items())
        profile = None if shares is None else [[offset, exact(Fraction(*share))] for offset, share in shares]
        lines.append((operation.code, int(frame.to_fund[rank]), profile))
    lines.sort(key=lambda line: line[0])
    return {name: [line[rank] for line in lines] for rank, name in enumerate(("code", "to_fund", "profile"))}


def _rows(program: Program, order: _Order) -> dict[str, Any]:
    families = [group.family for group in program.row_groups for _ in range(len(group))]
    holds: list[Holds] = [group.holds for group in program.row_groups for _ in range(len(group))]
    start, column, coefficient = [0], [], []
    for row in order.rows:
        terms = sorted((order.column[j], number) for j, number in program.terms(row))
        column += [place for place, _ in terms]
        coefficient += [number for _, number in terms]
        start.append(len(column))
    return {
        "id": [order.row_ids[row] for row in order.rows],
        "family": [families[row] for row in order.rows],
        "sense": ["=" if program.equality[row] else "<=" for row in order.rows],
        "limit": program.limit[order.rows].tolist(),
        "holds": [holds[row].value for row in order.rows],
        "start": start,
        "column": column,
        "coefficient": coefficient,
    }


def _payments(frame: Frame) -> dict[str, Any]:
    limits = [
        (purse.code, year, sorted(summed), _codes(frame, np.flatnonzero(purse.members)), limit)
        for purse in purses(frame, "payment")
        for year, summed, limit in purse.limits
    ]
    names = "purse", "year", "years", "partners", "limit"
    return {name: [limit[rank] for limit in limits] for rank, name in enumerate(names)}


def _codes(frame: Frame, partners: Ints) -> list[str]:
    return sorted(str(code) for code in frame.partner_codes[partners].tolist())


def _proof(proof: Proof, frame: Frame, order: _Order, program: str) -> dict[str, Any]:
    selection = proof.selection
    return {
        **_heading("proof", frame),
        "program": program,
        "values": _sparse("column", "value", _columns(dict(enumerate(proof.values)), order)),
        "stages": [_stage(claim, proof, order) for claim in proof.claims],
        "bounds": [_bound(bound, order) for bound in proof.bounds],
        "selection": None if selection is None else [_bound(bound, order) for bound in selection],
        "unique": _unique(proof, order),
        "trees": [{"stage": stage, "nodes": _nodes(nodes, order)} for stage, nodes in proof.trees.items()],
    }


def _columns(terms: Mapping[int, Number], order: _Order) -> dict[int, Number]:
    return {order.column[column]: number for column, number in terms.items()}


def _sparse(key: str, value: str, terms: Mapping[int, Number]) -> dict[str, Any]:
    places = sorted(place for place, number in terms.items() if number)
    return {key: places, value: [exact(terms[place]) for place in places]}


def _stage(claim: Claim, proof: Proof, order: _Order) -> dict[str, Any]:
    return {
        "goal": claim.goal,
        "level": claim.level,
        "sense": "max" if claim.maximise else "min",
        "objective": _sparse("column", "coefficient", _columns(claim.objective, order)),
        "best": None if claim.best is None else exact(claim.best),
        "kept": None if claim.kept is None else exact(claim.kept),
        "value": None if claim.kept is None else exact(claim.value(proof.values)),
    }


def _bound(bound: Bound, order: _Order) -> dict[str, Any]:
    return {**_multipliers(bound, order), "gap": exact(bound.gap)}


def _multipliers(found: Bound | Leaf, order: _Order) -> dict[str, Any]:
    return {
        "rows": _sparse("row", "multiplier", {order.row[row]: number for row, number in found.rows.items()}),
        "stages": _sparse("stage", "multiplier", found.stages),
    }


def _nodes(nodes: Sequence[Node], order: _Order) -> list[dict[str, Any]]:
    return [
        {**_multipliers(node, order), "empty": node.empty}
        if isinstance(node, Leaf)
        else {"column": order.column[node.column], "at_most": 0}
        for node in nodes
    ]


def _unique(proof: Proof, order: _Order) -> dict[str, Any] | None:
    if proof.unique is None:
        return None
    rows = len(order.row)
    return {
        "row": [order.row[row] if row < rows else row for row, _ in proof.unique],
        "column": [order.column[column] for _, column in proof.unique],
    }
