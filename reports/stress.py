"""A stress test as a workbook: what was drawn, what stays funded, whom the plan depends on, a safer budget."""

from pathlib import Path

from reports.controls.control import Family
from reports.controls.stress import COUNTS, StressCells, stress_controls
from reports.layout.page import Page
from reports.layout.stressed import StressTest
from reports.layout.workbook import Book, new_workbook
from reports.sheets import (
    archived,
    controls,
    robust_budget,
    stress_draws,
    stress_laws,
    stress_losses,
    stress_odds,
    stress_readme,
)
from scenarios.language import N_, _

SHEETS: tuple[tuple[str, str], ...] = (
    (stress_readme.NAME, N_("Identité du plan, verdict, mode d'emploi")),
    (stress_odds.NAME, N_("Combien de fois chaque opération reste financée, et l'intervalle de sa probabilité")),
    (stress_losses.NAME, N_("Ce que coûterait le retrait de chaque partenaire, à lui seul")),
    (robust_budget.NAME, N_("De combien augmenter les budgets d'un partenaire pour que le plan tienne")),
    (stress_draws.NAME, N_("Graine, nombre de tirages, tirages recalculés à partir de rien")),
    (stress_laws.NAME, N_("Ce qui peut arriver et avec quelle probabilité : les hypothèses")),
    (controls.NAME, N_("Verdict, et chaque contrôle avec son écart")),
    (archived.NAME, N_("Totaux de la mise à l'épreuve, en constantes")),
)


def write(test: StressTest, path: Path) -> None:
    """Write the workbook of a stress test at ``path``, in one piece: the file is complete or absent. Raises OSError."""
    figures = test.figures
    subject = _("Mise à l'épreuve du plan : {committee}").format(committee=figures.scenario.committee)
    sheets = [sheet for sheet in SHEETS if test.safer is not None or sheet[0] != robust_budget.NAME]
    with new_workbook(path, figures.scenario, [figures.allocation], subject) as book:
        pages = {name: book.page(_(name)) for name, _content in sheets}
        verdict = _fill(book, pages, test)
        contents = [(_(name), _(content)) for name, content in sheets if name != stress_readme.NAME]
        stress_readme.write(pages[stress_readme.NAME], test, subject, contents, verdict)


def _fill(book: Book, pages: dict[str, Page], test: StressTest) -> tuple[str, str]:
    """Fill the sheets in the order in which they read one another; return the verdict."""
    draws = stress_draws.write(pages[stress_draws.NAME], test)
    stress_laws.write(pages[stress_laws.NAME], test)
    odds = stress_odds.write(pages[stress_odds.NAME], test, draws)
    losses = stress_losses.write(pages[stress_losses.NAME], test, odds)
    safer = robust_budget.write(pages[robust_budget.NAME], test, test.safer) if test.safer else None
    constants = archived.write(
        pages[archived.NAME], _added(test), test.figures.allocation.fingerprint, counts=_counts(test)
    )
    order = list(Family)
    found = sorted(
        stress_controls(StressCells(draws, odds, losses, safer), constants),
        key=lambda control: order.index(control.family),
    )
    return controls.write(pages[controls.NAME], book, found)


def _counts(test: StressTest) -> list[tuple[str, str, str, int]]:
    """Return the archived counts: draws by state over all operations, what each withdrawal loses."""
    found = test.found
    whole, part = sum(one.whole for one in found.odds), sum(one.part for one in found.odds)
    sums = whole, part, found.draws * len(found.odds) - whole - part
    return [
        *(
            (f"draws:{name}", _("Tirages où une opération est financée {part}").format(part=_(name)), "", count)
            for name, count in zip(COUNTS, sums, strict=True)
        ),
        *((f"operations:{one.partner}", _("Opérations perdues sans lui"), one.partner, len(one.lost))
          for one in found.critical),
        *((f"points:{one.partner}", _("Points perdus sans lui"), one.partner, one.value) for one in found.critical),
    ]  # fmt: skip


def _added(test: StressTest) -> list[tuple[str, str, str, int]]:
    """Return the archived amounts: what the safer budget adds, by kind of budget."""
    if test.safer is None:
        return []
    lines = ((kind, _(name), robust_budget.added_in_all(test.safer, kind)) for kind, name in robust_budget.KINDS)
    return [(f"added:{kind}", name, test.safer.holder, cents) for kind, name, cents in lines if cents is not None]
