"""The comparison of two plans, as a workbook: what changes for whom, with the lines and the data responsible."""

from pathlib import Path

from allocator.comparison.documents import compare_documents
from reports.controls.changes import change_controls
from reports.controls.control import Family
from reports.layout.page import Page
from reports.layout.pair import Pair, versions
from reports.layout.workbook import Book, new_workbook
from reports.sheets import archived, change_figures, change_lines, changed_inputs, controls, pair_readme
from reports.sheets.change_figures import COMMUNES, PROJECTS, TERRITORIES
from reports.sheets.change_totals import OPERATIONS, PARTNERS, YEARS
from scenarios.language import N_, _

SHEETS: tuple[tuple[str, str], ...] = (
    (pair_readme.NAME, N_("Identité des deux plans, verdict, mode d'emploi")),
    (OPERATIONS, N_("Par opération : financé, part propre, aides ; qui gagne, qui perd")),
    (PARTNERS, N_("Par financeur : engagé, part propre, aides ; qui apporte moins, qui apporte plus")),
    (COMMUNES, N_("Les mêmes totaux par commune")),
    (TERRITORIES, N_("Les mêmes totaux par territoire")),
    (PROJECTS, N_("Les mêmes totaux par projet")),
    (YEARS, N_("Engagements et paiements par année")),
    (change_lines.NAME, N_("Une ligne par opération, financeur et année qui change")),
    (changed_inputs.NAME, N_("Ce qui diffère dans les deux scénarios, cellule par cellule")),
    (controls.NAME, N_("Verdict, et chaque contrôle avec son écart")),
    (archived.NAME, N_("Totaux des deux plans, en constantes")),
)


def write(pair: Pair, path: Path) -> None:
    """Write the comparison at ``path``, in one piece: the file is complete or absent.

    Raises ValueError when no amount changes; CurrencyMismatchError for two currencies; OSError when the file cannot be
    written.
    """
    if not pair.lines:
        raise ValueError("no amount changes, there is nothing to compare")
    subject = _("Comparaison : {before} et {after}").format(
        before=pair.before.scenario.code, after=pair.after.scenario.code
    )
    plans = [side.allocation for side in pair.sides]
    with new_workbook(path, pair.after.scenario, plans, subject) as book:
        pages = {name: book.page(_(name)) for name, _content in SHEETS}
        _fill(book, pages, pair, subject)


def _fill(book: Book, pages: dict[str, Page], pair: Pair, subject: str) -> None:
    """Fill the sheets in the order in which they read one another."""
    cells = change_figures.write(pages, pair)
    cells.places = change_figures.write_places(pages, pair)
    changed_inputs.write(pages[changed_inputs.NAME], compare_documents(pair.before.scenario, pair.after.scenario))
    constants = archived.write(pages[archived.NAME], change_figures.archived(pair), versions(pair))
    order = list(Family)
    found = sorted(change_controls(cells, constants), key=lambda control: order.index(control.family))
    verdict = controls.write(pages[controls.NAME], book, found)
    contents = [(_(name), _(content)) for name, content in SHEETS if name != pair_readme.NAME]
    pair_readme.write(pages[pair_readme.NAME], pair, subject, [], contents, verdict)
