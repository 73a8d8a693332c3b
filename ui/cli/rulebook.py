"""``allocator rulebook``: list the rulebooks, show the values of one over time, say what differs between two."""

from datetime import date
from typing import Annotated

import typer

from scenarios.language import N_, _
from scenarios.rulebooks import Rulebook, books
from scenarios.rulebooks.differences import between_books, between_days
from ui.cli.console import results
from ui.cli.dates import day as read_day
from ui.cli.documents import emit
from ui.cli.failures import CommandError
from ui.cli.help_pages import SpokenCommand, SpokenGroup
from ui.cli.rulebook_documents import book_content, difference_content, entry_content
from ui.cli.rulebook_tables import print_book, print_differences, print_list
from ui.cli.scenario_argument import Json

NAME = "rulebook"
SUMMARY = N_("Montre les recueils de règles : leurs valeurs au fil du temps, leurs sources, ce qui change.")

app = typer.Typer(cls=SpokenGroup, help=SUMMARY, no_args_is_help=True)

Code = Annotated[
    str, typer.Argument(metavar="CODE", help=N_("Code d'un recueil ; « allocator rulebook list » les donne."))
]


@app.command("list", help=N_("Donne les recueils de règles fournis."), cls=SpokenCommand)
def list_books(in_json: Json = False) -> None:
    """Print the shipped rulebooks, with how many entries they have and how many are to fill."""
    shelf = tuple(books().values())
    if in_json:
        emit("done", rulebooks=[book_content(book) for book in shelf])
        return
    print_list(results(), shelf)


@app.command("show", help=N_("Montre chaque entrée d'un recueil, ses valeurs et leurs sources."), cls=SpokenCommand)
def show(
    code: Code,
    day: Annotated[
        str | None,
        typer.Option("--date", metavar=N_("DATE"), help=N_("Jour, comme 2018-10-01 : seules les valeurs de ce jour.")),
    ] = None,
    in_json: Json = False,
) -> None:
    """Print a rulebook. Raises CommandError for an unknown code and for a day that is none."""
    book, on = _book(code), None if day is None else read_day(day)
    if in_json:
        entries = [entry_content(book, entry, on) for entry in book.entries]
        emit("done", rulebook=book_content(book), date=None if on is None else str(on), entries=entries)
        return
    print_book(results(), book, on)


@app.command("diff", help=N_("Dit ce qui change d'un jour à l'autre, ou d'un recueil à l'autre."), cls=SpokenCommand)
def diff(
    code: Code,
    first: Annotated[
        str,
        typer.Argument(metavar="DATE1|CODE2", help=N_("Premier jour, comme 2018-09-30, ou code de l'autre recueil.")),
    ],
    second: Annotated[
        str | None, typer.Argument(metavar="[DATE2]", help=N_("Second jour ; rien entre deux recueils."))
    ] = None,
    in_json: Json = False,
) -> None:
    """Print the entries whose values differ, and the texts responsible. Raises as ``show`` does."""
    book = _book(code)
    titles: tuple[str, ...]
    if second is None:
        other = _other(first)
        titles, names, found = (book.title, other.title), (book.code, other.code), between_books(book, other)
    else:
        days = read_day(first), read_day(second)
        titles, names, found = (book.title,), (str(days[0]), str(days[1])), between_days(book, *days)
    if in_json:
        emit("done", rulebook=book.code, before=names[0], after=names[1], differences=[*map(difference_content, found)])
        return
    print_differences(results(), titles, names, found)


def _book(code: str) -> Rulebook:
    """Return a rulebook by its code. Raises CommandError, with the codes that exist, when there is none."""
    if code in books():
        return books()[code]
    sentence = _("Le recueil « {code} » n'existe pas. Recueils : {codes}.")
    raise CommandError(sentence.format(code=code, codes=", ".join(books())))


def _other(name: str) -> Rulebook:
    """Return the second rulebook. Raises CommandError when a day was given, which needs another one."""
    try:
        date.fromisoformat(name)
    except ValueError:
        return _book(name)
    raise CommandError(_("Il manque le second jour de la comparaison."))
