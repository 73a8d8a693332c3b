"""Sheet « Articles » of an amendment: what is agreed, article by article, each amount read from its own sheet.

The wording is a draft that the parties complete; the amounts are not.
"""

from collections.abc import Sequence
from datetime import date

from reports.controls.changes import ChangeCells
from reports.layout.live import Live
from reports.layout.page import Page
from reports.layout.pair import Pair, versions
from reports.sheets.change_figures import state
from reports.sheets.change_totals import TotalCells
from scenarios.language import N_, _

NAME = N_("Articles")
_WIDTHS = (14.0, 84.0, 17.0, 17.0, 17.0)
_HEAD = 3
_AMOUNTS = 2


class _Writer:
    """Writes articles one under another."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._row = _HEAD
        self._rank = 0

    def article(self, title: str, text: str = "") -> None:
        """Open an article: its number, its title, its text."""
        self._rank += 1
        self._row += 2
        self._page.text(self._row, 0, _("Article {rank}").format(rank=self._rank), "section")
        self._page.text(self._row, 1, title, "section")
        if text:
            self.paragraph(text)

    def paragraph(self, text: str) -> None:
        """Write a paragraph of the article."""
        self._row += 1
        self._page.text(self._row, 1, text, "paragraph")

    def amounts(self, text: str, cells: Sequence[Live], style: str = "amount_live") -> None:
        """Write a line with what was, what is, and the gap."""
        self._row += 1
        total = style == "amount_total"
        self._page.text(self._row, 1, text, "text_total" if total else "wrapped")
        for column, cell in enumerate(cells, start=_AMOUNTS):
            last = column == _AMOUNTS + len(cells) - 1
            self._page.live(self._row, column, cell, "gap" if last and not total else style)

    def to_fill(self) -> None:
        """Leave a place to write."""
        self._row += 1
        self._page.text(self._row, 1, "", "to_fill")


def write(page: Page, pair: Pair, project: str, cells: ChangeCells, effect: date | None) -> None:
    """Write the articles. ``effect`` is the day from which the amendment holds, to be filled when there is none."""
    page.columns(_WIDTHS)
    page.top(_("Articles"), _("Projet à compléter par les parties. Chaque montant est lu dans sa feuille."))
    page.heads(_HEAD, ("", "", _("Avant"), _("Après"), _("Écart")), range(_AMOUNTS, len(_WIDTHS)))
    writer = _Writer(page)
    label = pair.after.index.projects[project].label
    writer.article(
        _("Objet"),
        _("Le présent avenant modifie la convention du projet {label} ({code}) : plan {versions}.").format(
            label=label, code=project, versions=versions(pair)
        ),
    )
    _operations(writer, pair, cells.operations)
    _partners(writer, pair, cells.partners)
    _years(writer, cells.years)
    writer.article(_("Date d'effet"))
    if effect is None:
        writer.paragraph(_("Le présent avenant prend effet le :"))
        writer.to_fill()
    else:
        writer.paragraph(_("Le présent avenant prend effet le {day}.").format(day=effect.strftime("%d/%m/%Y")))
    writer.article(
        _("Autres dispositions"),
        _("Les lignes qui ne figurent pas dans « Lignes qui changent » restent celles de la convention."),
    )
    page.finish(_HEAD)


def _operations(writer: _Writer, pair: Pair, table: TotalCells) -> None:
    writer.article(_("Opérations et plan de financement"))
    starts = {change.operation: change for change in pair.changes.starts if change.differs}
    changed = {line.operation for line in pair.lines}
    for code in table.codes:
        if code not in changed:
            continue
        text = _("{code} – {label} : {state}").format(
            code=code, label=pair.operation(code).label, state=state(pair, code)
        )
        if code in starts:
            sides = (", ".join(map(str, years)) or "–" for years in (starts[code].before, starts[code].after))
            text = _("{text} ; lancement {years}").format(text=text, years=" → ".join(sides))
        writer.amounts(text, table.cells[code, 0])
    writer.amounts(_("Total de la convention"), table.totals[0], "amount_total")


def _partners(writer: _Writer, pair: Pair, table: TotalCells) -> None:
    writer.article(_("Engagements des financeurs"))
    for code in table.codes:
        before, after, gap = table.cells[code, 0]
        label = pair.partner(code).label
        if not before.value and after.value:
            text = _("{label} ({code}), qui devient partie à la convention")
        elif before.value and not after.value:
            text = _("{label} ({code}), qui n'engage plus rien")
        else:
            text = _("{label} ({code})")
        writer.amounts(text.format(label=label, code=code), (before, after, gap))
    writer.amounts(_("Total de la convention"), table.totals[0], "amount_total")


def _years(writer: _Writer, table: TotalCells) -> None:
    writer.article(_("Échéancier"))
    for measure, text in ((0, _("Engagements de {year}")), (1, _("Paiements de {year}"))):
        for code in table.codes:
            cells = table.cells[code, measure]
            if any(cell.value for cell in cells):
                writer.amounts(text.format(year=code), cells)
