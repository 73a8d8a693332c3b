"""YAML documents: every scalar is text, and nothing stands for something else (no alias, no tag, no repeated key)."""

from collections.abc import Iterator
from typing import Any

import yaml

from scenarios.dictionary import HEADER, VERSION, Column, tables
from scenarios.document.quantities import AMOUNT, DATE, RATE, RATIO, WHOLE, YEAR
from scenarios.formats.problems import Problem
from scenarios.formats.tree import Items, Mapping, Told
from scenarios.language import _
from scenarios.wording import shown

_DEEPEST = 10
"""No scenario is nested as deep; deeper text is refused before it exhausts the memory."""

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The loader that splits the text into events; libyaml's where PyYAML was built with it."""


def parse(text: str, file: str, problems: list[Problem]) -> Any:
    """Return mappings, lists and strings; append to ``problems`` what is refused, with its line.

    Returns None when the text is not YAML at all.
    """
    builder = _Builder(file, problems)
    try:
        return builder.document(yaml.parse(text, Loader=_Loader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        builder.refuse(_line(mark) if mark else None, _excerpt(text, mark), _("un document YAML bien formé"))
    except yaml.reader.ReaderError:
        refused = yaml.reader.Reader.NON_PRINTABLE.search(text)
        line = text.count("\n", 0, refused.start()) + 1 if refused else None
        found = shown(refused[0]) if refused else _("un caractère interdit")
        advice = _("Supprimez ce caractère invisible.")
        builder.refuse(line, found, _("un document YAML sans caractère de commande"), advice)
    return None


def _line(mark: Any) -> int:
    return int(mark.line) + 1


def _excerpt(text: str, mark: Any) -> str:
    lines = text.split("\n")
    return shown(lines[mark.line].strip()) if mark and mark.line < len(lines) else _("la fin du document")


class _Builder:
    """Builds the tree of one document from its events."""

    def __init__(self, file: str, problems: list[Problem]) -> None:
        self.file = file
        self.problems = problems

    def refuse(self, line: int | None, found: str, expected: str, advice: str | None = None) -> None:
        advice = advice or _("Corrigez l'écriture à cet endroit : retraits, tirets, deux-points, guillemets.")
        self.problems.append(Problem(self.file, line, None, found, expected, advice))

    def document(self, events: Iterator[Any]) -> Any:
        """Read the single document of the text."""
        root: Any = None
        count = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                count += 1
                if count > 1:
                    self.refuse(
                        _line(event.start_mark), _("un deuxième document"), _("un seul document par fichier"),
                        _("Supprimez la ligne « --- » et ce qui la suit, ou faites-en un autre fichier."),
                    )  # fmt: skip
                    return root
            elif not isinstance(event, yaml.StreamStartEvent | yaml.StreamEndEvent | yaml.DocumentEndEvent):
                root = self._node(event, events, 0)
        return root

    def _node(self, event: Any, events: Iterator[Any], depth: int) -> Any:
        if type(event) is _SCALAR and event.anchor is None and event.tag is None:
            return event.value
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        if event.anchor is not None or event.tag is not None:
            self._decorated(event)
        if depth > _DEEPEST:
            raise yaml.MarkedYAMLError(problem_mark=event.start_mark)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(event, events, depth)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, depth)
        return event.value

    def _sequence(self, events: Iterator[Any], depth: int) -> Items:
        found = Items()
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            found.lines.append(_line(event.start_mark))
            found.append(self._node(event, events, depth + 1))
        return found

    def _mapping(self, start: Any, events: Iterator[Any], depth: int) -> Mapping:
        found = Mapping(_line(start.start_mark))
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            line = _line(event.start_mark)
            name = self._node(event, events, depth + 1)
            value = self._node(next(events), events, depth + 1)
            if not isinstance(name, str):
                self.refuse(line, shown(name), _("un nom de champ"))
            elif name in found:
                self.refuse(
                    line, _("« {name} » écrit deux fois").format(name=name), _("un champ écrit une seule fois"),
                    _("Gardez l'une des deux valeurs et supprimez l'autre."),
                )  # fmt: skip
            else:
                found[name] = value
                found.lines[name] = line
        return found

    def _alias(self, event: Any) -> Told:
        self.refuse(
            _line(event.start_mark), _("le renvoi « *{name} »").format(name=event.anchor),
            _("des valeurs écrites en toutes lettres"), _("Recopiez la valeur à la place du renvoi."),
        )  # fmt: skip
        return Told(event.anchor)

    def _decorated(self, event: Any) -> None:
        mark = f"&{event.anchor}" if event.anchor is not None else event.tag.replace("tag:yaml.org,2002:", "!!")
        self.refuse(
            _line(event.start_mark), _("la marque « {mark} »").format(mark=mark),
            _("des valeurs sans marque YAML"), _("Supprimez cette marque et gardez la valeur."),
        )  # fmt: skip


_SCALAR: Any = yaml.ScalarEvent


def render(values: dict[str, Any]) -> str:
    """Write header fields and tables as YAML: lists of mappings, codes kept as text, numbers and dates bare."""
    known = tables()
    bare: dict[str, Any] = {}
    for name, value in values.items():
        if name in known:
            bare[name] = [{key: _bare(known[name].column(key), cell) for key, cell in row.items()} for row in value]
        else:
            bare[name] = _bare(known[HEADER].column(name), value)
    return str(yaml.dump(bare, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=120))


class _Bare(str):
    """A number or a date: written without quotation marks, as a person would."""

    __slots__ = ()


class _Short(list[str]):
    """A list of codes: written on one line between brackets."""


def _bare(column: Column | None, value: Any) -> Any:
    if isinstance(value, list):
        return _Short(value)
    return _Bare(value) if column is not None and column.quantity in _NUMBERS else value


_NUMBERS = (AMOUNT, RATE, RATIO, YEAR, WHOLE, DATE, VERSION)


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """The safe writer, without aliases and with the two styles above."""

    def ignore_aliases(self, _data: Any) -> bool:
        return True


def _write_bare(dumper: Any, value: _Bare) -> Any:
    return dumper.represent_scalar(dumper.resolve(yaml.ScalarNode, value, (True, False)), str(value))


def _write_short(dumper: Any, value: _Short) -> Any:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=True)


_Dumper.add_representer(_Bare, _write_bare)
_Dumper.add_representer(_Short, _write_short)
