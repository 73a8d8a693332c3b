"""The rulebooks shipped with the program, by code, and their entries by identifier."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import cache
from pathlib import Path

from scenarios.formats.problems import Problem, ScenarioError
from scenarios.language import _
from scenarios.rulebooks.book import Entry, Rulebook
from scenarios.rulebooks.reading import read_rulebook
from scenarios.rulebooks.versions import Version, version_on
from scenarios.wording import closest, quoted

BOOKS = Path(__file__).parent / "books"
TEMPLATE = Path(__file__).parent / "template.yaml"
"""The empty rulebook a région or a département copies to write its own rules."""


_taken: ContextVar[dict[str, Rulebook] | None] = ContextVar("_taken", default=None)


def books() -> dict[str, Rulebook]:
    """Return every rulebook of the shelf in use by code, in alphabetical order: the shipped one, unless ``taken_from``.

    Raises ScenarioError when a file is wrong, or when two files share a code or an identifier.
    """
    taken = _taken.get()
    return _shipped() if taken is None else taken


@contextmanager
def taken_from(folder: Path) -> Iterator[None]:
    """Take the rulebooks from another folder, such as the law an archive carries. Raises ScenarioError as ``books``."""
    token = _taken.set(shelf(folder))
    try:
        yield
    finally:
        _taken.reset(token)


@cache
def _shipped() -> dict[str, Rulebook]:
    return shelf(BOOKS)


def shelf(folder: Path) -> dict[str, Rulebook]:
    """Read every rulebook of a folder, by code. Raises ScenarioError with everything wrong in them."""
    problems: list[Problem] = []
    found: dict[str, Rulebook] = {}
    owners: dict[str, str] = {}
    for path in sorted(folder.glob("*.yaml")):
        try:
            book = read_rulebook(path)
        except ScenarioError as error:
            problems.extend(error.problems)
            continue
        if book.code != path.stem:
            problems.append(
                Problem(
                    path.name, None, "code", quoted([book.code]), _("le nom du fichier"), _("Renommez l'un des deux.")
                )
            )
        problems.extend(
            Problem(
                path.name, None, "id", _("« {name} », déjà dans « {book} »").format(name=name, book=owners[name]),
                _("un identifiant écrit une fois"), _("Donnez un autre identifiant."),
            )
            for name in identifiers(book)
            if owners.setdefault(name, book.code) != book.code
        )  # fmt: skip
        found[book.code] = book
    if problems:
        raise ScenarioError(problems)
    return found


def identifiers(book: Rulebook) -> tuple[str, ...]:
    """Return the identifiers of the entries of a rulebook, and of their values that have their own."""
    return tuple(
        name for entry in book.entries for name in (entry.id, *(value.id for value in entry.values if value.id))
    )


def find_entry(name: str) -> tuple[Rulebook, Entry]:
    """Return an entry by its identifier, or by that of one of its values. Raises ScenarioError when there is none."""
    known: dict[str, tuple[Rulebook, Entry]] = {}
    for book in books().values():
        for entry in book.entries:
            for own in (entry.id, *(value.id for value in entry.values if value.id)):
                known[own] = (book, entry)
    if name in known:
        return known[name]
    near = closest(name, known)
    advice = _("Essayez « {near} ».").format(near=near) if near else _("Voyez les entrées de chaque recueil.")
    raise ScenarioError([Problem("", None, None, quoted([name]), _("l'identifiant d'une entrée"), advice)])


def find_book(code: str) -> Rulebook:
    """Return a rulebook by its code. Raises ScenarioError, with the codes that are known, when there is none."""
    if code in books():
        return books()[code]
    near = closest(code, books())
    advice = _("Essayez « {near} ».").format(near=near) if near else _("Choisissez l'un de ces codes.")
    expected = _("l'un des recueils {names}").format(names=quoted(books()))
    raise ScenarioError([Problem("", None, None, quoted([code]), expected, advice)])


def version(name: str, day: date, anru_class: int | None = None) -> Version:
    """Return the version of an entry in force on a day.

    Raises ScenarioError for an unknown entry, NotInForceError for an entry to fill or a day outside its horizon.
    """
    book, entry = find_entry(name)
    return version_on(book, entry, day, anru_class)
