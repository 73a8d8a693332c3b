"""The page ``docs/droit.md``: every rule of every rulebook, its formula, its value over time and its source."""

from collections.abc import Iterable, Iterator

from scenarios.language import _
from scenarios.rulebooks.book import DatedValue, Entry, Rulebook, SourceReference
from scenarios.rulebooks.formula import properties, value_text
from scenarios.rulebooks.shelf import books
from scenarios.rulebooks.versions import book_horizon_text, horizon_text
from scenarios.rulebooks.words import word

INTRODUCTION = """\
<!-- Page produite par « python -m scenarios.rulebooks.page » : ne pas la modifier à la main. -->

# Le droit : recueils de règles

Chaque recueil tient les règles d'un texte ou d'un financeur. Un scénario dit dans sa table `rulebooks` lesquels il
emploie ; la valeur en vigueur à la date de décision de chaque opération (sinon à la date de référence du scénario)
devient une règle, avec sa version et sa source. Demander une date hors de l'horizon d'une règle est une erreur qui la
nomme.

- **Appliquée par la répartition** : la règle borne les montants calculés.
- **Valeur de référence, non appliquée par la répartition** : elle est datée et sourcée, mais rien ne la fait respecter.
- **À remplir** : aucune source lue n'en donne la valeur ; un scénario qui en a besoin est refusé, et le message
  la nomme.

`allocator rulebook list`, `show` et `diff` montrent les mêmes valeurs (voir
[la ligne de commande](ligne-de-commande.md)) ; [la question de la réforme](reforme.md) compare un scénario sous deux
droits.
"""


def page() -> str:
    """Return the whole page in Markdown."""
    shelf = books().values()
    return "\n".join([INTRODUCTION, *_summary(shelf), "", *(line for book in shelf for line in _book(book))]).rstrip()


def _summary(shelf: Iterable[Rulebook]) -> Iterator[str]:
    heads = (_("recueil"), _("titre"), _("financeur"), _("horizon"), _("entrées"), _("à remplir"))
    yield f"| {' | '.join(heads)} |"
    yield "|---|---|---|---|---|---|"
    for book in shelf:
        to_fill = sum(entry.to_fill for entry in book.entries)
        cells = (
            f"[`{book.code}`](#{book.code})", _cell(book.title), book.funder, book_horizon_text(book.horizon),
            str(len(book.entries)), str(to_fill),
        )  # fmt: skip
        yield f"| {' | '.join(cells)} |"


def _book(book: Rulebook) -> Iterator[str]:
    yield f'<a id="{book.code}"></a>\n'
    yield f"## {book.title}\n"
    yield _("`{code}`. Financeur : {funder}. Horizon de validité : {days}.").format(
        code=book.code, funder=book.funder, days=book_horizon_text(book.horizon)
    )
    yield ""
    if book.note:
        yield f"{book.note}\n"
    for entry in book.entries:
        yield from _entry(book, entry)


def _entry(book: Rulebook, entry: Entry) -> Iterator[str]:
    yield f"### {entry.id}\n"
    yield f"{entry.sentence}.\n"
    yield from (f"- {line}" for line in properties(entry))
    yield ""
    if entry.to_fill:
        yield "**" + _("À remplir : aucune source n'en donne la valeur.") + "**\n"
        return
    yield _("Valeurs : {days}.").format(days=horizon_text(book, entry)) + "\n"
    yield f"| {_('du')} | {_('au')} | {_('valeur')} | {_('source')} | {_('confiance')} | {_('à savoir')} |"
    yield "|---|---|---|---|---|---|"
    yield from (_value(entry, value) for value in entry.values)
    yield ""


def _value(entry: Entry, value: DatedValue) -> str:
    end = "" if value.end is None else str(value.end)
    cells = (str(value.start), end, value_text(entry, value), _source(value.reference), word(value.mark), value.note)
    return f"| {' | '.join(map(_cell, cells))} |"


def _source(reference: SourceReference) -> str:
    words = [str(reference)]
    if reference.read_in:
        words.append(_("lu dans : {page}").format(page=reference.read_in))
    if reference.link:
        words.append(f"[{_('lien')}]({reference.link})")
    if reference.consulted is not None:
        words.append(_("consulté le {day}").format(day=reference.consulted))
    return "<br>".join(words)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    print(page())
