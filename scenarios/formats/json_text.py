"""JSON documents: numbers stay text, a repeated name is refused, and objects remember their line."""

import json
from bisect import bisect_right
from json import decoder, scanner
from typing import Any

from scenarios.dictionary import tables
from scenarios.formats.problems import Problem
from scenarios.formats.tree import Mapping, Refused
from scenarios.language import _
from scenarios.wording import shown


def parse(text: str, file: str, problems: list[Problem]) -> Any:
    """Return mappings, lists and strings; append to ``problems`` what is refused, with its line.

    Returns None when the text is not JSON at all.
    """
    advice = _("Corrigez l'écriture à cet endroit : accolades, virgules, guillemets.")
    try:
        return _Decoder(text, file, problems).decode(text)
    except json.JSONDecodeError as error:
        lines = text.split("\n")
        found = shown(lines[error.lineno - 1].strip()) if error.pos < len(text) else _("la fin du document")
        problems.append(Problem(file, error.lineno, None, found, _("un document JSON bien formé"), advice))
    except RecursionError:
        found = _("des listes ou des groupes emboîtés sans fin")
        problems.append(Problem(file, None, None, found, _("un document JSON bien formé"), advice))
    return None


_read_object: Any = vars(decoder)["JSONObject"]
_make_scanner: Any = vars(scanner)["py_make_scanner"]
"""Parts of the standard decoder made to be replaced one by one, which its type stubs leave out."""


class _Decoder(json.JSONDecoder):
    """The standard decoder, made to remember where objects start.

    The scanner written in Python is the only one that calls ``parse_object``; strings still go through C.
    """

    def __init__(self, text: str, file: str, problems: list[Problem]) -> None:
        super().__init__(parse_float=str, parse_int=str, parse_constant=Refused)
        self._file = file
        self._problems = problems
        self._starts = [0, *(place + 1 for place, character in enumerate(text) if character == "\n")]
        self.parse_object = self._object
        self.scan_once = _make_scanner(self)

    def _object(
        self, start: tuple[str, int], strict: bool, scan_once: Any, _hook: Any, _pairs_hook: Any, memo: Any
    ) -> tuple[Mapping, int]:
        pairs, end = _read_object(start, strict, scan_once, None, list, memo)
        found = Mapping(bisect_right(self._starts, start[1] - 1))
        for name, value in pairs:
            if name in found:
                self._repeated(name, found.line)
            else:
                found[name] = value
        return found, end

    def _repeated(self, name: str, line: int) -> None:
        self._problems.append(
            Problem(
                self._file, line, None, _("{name} écrit deux fois").format(name=shown(name)),
                _("un champ écrit une seule fois"), _("Gardez l'une des deux valeurs et supprimez l'autre."),
            )
        )  # fmt: skip


def render(values: dict[str, Any]) -> str:
    """Write header fields and tables as JSON, one line per header field and per row."""
    parts = []
    for name, value in values.items():
        if name in tables():
            rows = ",\n".join(f"  {_compact(row)}" for row in value)
            parts.append(f" {_compact(name)}: [\n{rows}\n ]" if value else f" {_compact(name)}: []")
        else:
            parts.append(f" {_compact(name)}: {_compact(value)}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
