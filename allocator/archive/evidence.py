"""The proof of a plan as files of an archive, and whether the program it is about is that of the scenario."""

from collections.abc import Iterator, Mapping
from typing import Any

from allocator.compilation import Compilation
from allocator.goals.goal import Members
from allocator.proof.claims import rules_of
from allocator.proof.files import canonical, documents, program_document
from allocator.proof.prove import certify
from allocator.solve.allocate import Decision

_DEFINITION = "by definition"
_LEVEL = "level|"


def evidence(decision: Decision) -> dict[str, bytes]:
    """Return ``program.json`` and ``proof.json``. Raises NotAPlanError, EngineError as ``certify`` does."""
    return documents(certify(decision), decision.compilation.layout.frame)


def program_of(decision: Decision) -> bytes:
    """Return ``program.json`` alone, without proving anything."""
    frame = decision.compilation.layout.frame
    return canonical(program_document(rules_of(decision.plan), frame))


def foreign(program: Mapping[str, Any], compilation: Compilation) -> list[str]:
    """Return the names by which a program is not that of a scenario: rows, columns, amounts to fund, payment budgets.

    Solving adds to the compiled program the levels of goals of equality: where the scenario has such goals, more rows
    that only define, and more levels, are left to the replay, which makes them again.
    """
    found = dict(_named(program))
    expected = dict(_named(program_document(compilation.program, compilation.layout.frame)))
    extends = any(isinstance(aim, Members) for aim in compilation.objectives)
    strange = {name for name in {*found, *expected} if found.get(name) != expected.get(name)}
    return sorted(name for name in strange if name in expected or not (extends and _defines(name, found[name])))


def _named(program: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield everything a program says, by name, whatever the places of its rows and columns."""
    columns, rows = program["columns"], program["rows"]
    yield from zip(columns["id"], zip(columns["upper"], columns["integer"], strict=True), strict=True)
    for place, name in enumerate(rows["id"]):
        span = slice(rows["start"][place], rows["start"][place + 1])
        names = [columns["id"][column] for column in rows["column"][span]]
        terms = sorted(zip(names, rows["coefficient"][span], strict=True))
        yield name, (*(rows[key][place] for key in ("holds", "family", "sense", "limit")), terms)
    for key, value in program.items():
        if key not in {"columns", "rows"}:
            yield key, value


def _defines(name: str, said: Any) -> bool:
    return name.startswith(_LEVEL) or (isinstance(said, tuple) and said[0] == _DEFINITION)
