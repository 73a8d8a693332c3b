"""The data dictionary: every table and every column of a scenario, derived from the document models.

Messages, the order of columns in files, and the page ``docs/format.md`` all come from here, so that none
of them can say something else than the models. ``python -m scenarios.dictionary`` prints the page.
"""

import re
import types
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from scenarios.document import FORMAT_VERSION, Scenario
from scenarios.document.quantities import Quantity
from scenarios.document.record import Record
from scenarios.language import N_, _
from scenarios.wording import quoted

CHOICE = Quantity(N_("choix"), "", "")
VERSION = Quantity(N_("entier"), "", str(FORMAT_VERSION))

_LONGEST_TITLE = 52
_PAUSE = re.compile(r"[,;:(…]")
_WAITING = frozenset({
    "à", "de", "des", "du", "d'un", "dont", "en", "la", "le", "les", "par", "pour", "que", "qui",
    "by", "for", "from", "in", "of", "per", "that", "the", "to", "which", "whose",
})  # fmt: skip
"""Words that cannot end a title, in every language."""

HEADER = ""
"""Name under which the header fields of a scenario (code, title, years...) are kept, beside the tables."""


@dataclass(frozen=True)
class Column:
    """One column of one table, as a user may fill it.

    ``values`` lists the words of a closed choice; ``listed`` tells a list of several values. For a column that
    only some kinds of rule own, ``kinds`` names them and ``needed_by`` those that cannot do without it;
    ``meanings`` then holds the sentences of each. ``required`` tells that every line, or every kind that owns the
    column, must fill it.
    """

    name: str
    quantity: Quantity
    values: tuple[str, ...]
    listed: bool
    required: bool
    default: str
    meanings: tuple[str, ...]
    kinds: tuple[str, ...] = ()
    needed_by: tuple[str, ...] = ()

    @property
    def meaning(self) -> str:
        """Say what the column holds."""
        return _(" ; ").join(map(_, self.meanings))

    @property
    def title(self) -> str:
        """Name the column in a few words, for the head of a table."""
        return _shared_start([_short(_(meaning)) for meaning in self.meanings]) or _(self.quantity.name).capitalize()

    @property
    def expected_value(self) -> str:
        """Say in French what one value of the column must be."""
        if self.values:
            return _("l'un des mots {words}").format(words=quoted(self.values))
        return _(self.quantity.expected)

    @property
    def expected(self) -> str:
        """Say in French what a cell of the column must hold."""
        if not self.listed:
            return self.expected_value
        return _("une liste, « a|b » dans un CSV et « [a, b] » ailleurs, dont chaque élément est {one}").format(
            one=self.expected_value
        )


@dataclass(frozen=True)
class Table:
    """One table of a scenario, or its header (``HEADER``). ``required`` tables must be present, even empty."""

    name: str
    meaning: str
    required: bool
    columns: tuple[Column, ...]

    @property
    def title(self) -> str:
        """Name the table in a few French words."""
        return _PAUSE.split(_(self.meaning), maxsplit=1)[0].strip()

    @property
    def titles(self) -> tuple[str, ...]:
        """Name every column in a few words; columns that would share a title add their technical name."""
        titles = [column.title for column in self.columns]
        return tuple(
            title if titles.count(title) == 1 else f"{title} ({column.name})"
            for title, column in zip(titles, self.columns, strict=True)
        )

    def column(self, name: str) -> Column | None:
        """Return the column called ``name``, or None."""
        return _by_name(self).get(name)


@cache
def tables() -> dict[str, Table]:
    """Return the header then every table, by name, in the order of the document."""
    found = {HEADER: Table(HEADER, N_("En-tête du scénario"), required=True, columns=_header_columns())}
    for name, field in Scenario.model_fields.items():
        if _is_table(field):
            found[name] = Table(name, field.description or "", field.is_required(), _columns(_row_models(field)))
    return found


@cache
def _by_name(table: Table) -> dict[str, Column]:
    return {column.name: column for column in table.columns}


def _short(meaning: str) -> str:
    """Keep the beginning of a long sentence, up to its first pause."""
    if len(meaning) <= _LONGEST_TITLE:
        return meaning
    return _PAUSE.split(meaning, maxsplit=1)[0].strip()


def _shared_start(titles: list[str]) -> str:
    """Return the words with which all titles begin, without a last word that would wait for another."""
    words: list[str] = []
    for group in zip(*(title.split() for title in titles), strict=False):
        if len(set(group)) > 1:
            break
        words.append(group[0])
    while words and words[-1] in _WAITING:
        words.pop()
    return " ".join(words)


def _is_table(field: FieldInfo) -> bool:
    return get_origin(field.annotation) is tuple


def _header_columns() -> tuple[Column, ...]:
    return tuple(_column(name, field) for name, field in Scenario.model_fields.items() if not _is_table(field))


def _row_models(field: FieldInfo) -> tuple[type[Record], ...]:
    """Return the models a line of the table may follow: one, or one per kind of rule."""
    row = get_args(field.annotation)[0]
    if get_origin(row) is Annotated:
        row = get_args(row)[0]
    return get_args(row) if get_origin(row) in {Union, types.UnionType} else (row,)


def _columns(models: tuple[type[Record], ...]) -> tuple[Column, ...]:
    """Gather the columns of the models; those owned by some kinds only come third, where a reader looks for them."""
    shared = {name for name in models[0].model_fields if all(name in model.model_fields for model in models)}
    common: dict[str, Column] = {}
    special: dict[str, Column] = {}
    for model in models:
        for name, field in model.model_fields.items():
            if name in shared:
                common.setdefault(name, _column(name, field))
            else:
                column = _column(name, field, kinds=(kind_of(model),))
                special[name] = _merged(special[name], column) if name in special else column
    if len(models) == 1:
        return tuple(common.values())
    kinds = tuple(kind_of(model) for model in models)
    meanings = (N_("Genre de règle"),)
    common["kind"] = Column("kind", CHOICE, kinds, listed=False, required=True, default="", meanings=meanings)
    first = ("code", "label", "kind")
    rest = [column for name, column in common.items() if name not in first]
    return (*(common[name] for name in first), *special.values(), *rest)


def _merged(first: Column, second: Column) -> Column:
    """Describe once a column that several kinds of rule own, each with its own sentence."""
    return replace(
        first,
        required=first.required and second.required,
        meanings=tuple(dict.fromkeys([*first.meanings, *second.meanings])),
        kinds=(*first.kinds, *second.kinds),
        needed_by=(*first.needed_by, *second.needed_by),
    )


def kind_of(model: type[Record]) -> str:
    """Return the word that names a kind of rule in its ``kind`` column."""
    return str(get_args(model.model_fields["kind"].annotation)[0])


def _column(name: str, field: FieldInfo, kinds: tuple[str, ...] = ()) -> Column:
    annotation, listed = field.annotation, False
    notes = list(field.metadata)
    for kind, argument in _unwrapped(annotation):
        listed = listed or kind is tuple
        notes.extend(get_args(argument)[1:] if get_origin(argument) is Annotated else ())
        annotation = argument
    base = get_args(annotation)[0] if get_origin(annotation) is Annotated else annotation
    return Column(
        name=name,
        quantity=_quantity(notes, base),
        values=_choice(base),
        listed=listed,
        required=field.is_required(),
        default="" if field.is_required() or field.default in (None, "", ()) else str(field.default),
        meanings=(field.description or "",),
        kinds=kinds,
        needed_by=kinds if field.is_required() else (),
    )


def _unwrapped(annotation: Any) -> Iterator[tuple[Any, Any]]:
    """Yield what stands inside ``X | None`` and ``tuple[X, ...]``, outermost first, with the wrapper met."""
    while get_origin(annotation) in {Union, types.UnionType, tuple}:
        wrapper, annotation = get_origin(annotation), get_args(annotation)[0]
        yield wrapper, annotation


def _quantity(notes: list[Any], base: Any) -> Quantity:
    for note in notes:
        if isinstance(note, Quantity):
            return note
    return VERSION if base is int else CHOICE


def _choice(base: Any) -> tuple[str, ...]:
    if isinstance(base, type) and issubclass(base, StrEnum):
        return tuple(str(word) for word in base)
    return tuple(get_args(base)) if get_origin(base) is Literal else ()


if __name__ == "__main__":
    from scenarios.dictionary_page import page

    print(page())
