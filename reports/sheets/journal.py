"""Sheet « Journal »: what was decided outside the computation, and what rounding to the cent did."""

from collections.abc import Container, Sequence

from reports.layout.figures import Extract
from reports.layout.live import Live, euros
from reports.layout.page import Page
from reports.layout.words import chosen, named
from scenarios.language import N_, _

NAME = N_("Journal")
_WIDTHS = (16.0, 30.0, 16.0, 18.0, 30.0, 30.0, 50.0)


def write(page: Page, extract: Extract) -> list[Live]:
    """Write locks, derogations, recovered credits, decisions and roundings; return the cells of the locked amounts."""
    page.columns(_WIDTHS)
    page.top(_("Journal"), _("Décisions reprises du scénario, avec leur auteur et leur motif ; arrondis au centime."))
    locks, row = _locks(page, 3, extract)
    row = _derogations(page, row, extract)
    row = _decommitments(page, row, extract)
    row = _decisions(page, row, extract)
    _roundings(page, row, extract)
    page.finish()
    return locks


def _open(
    page: Page, row: int, title: str, heads: Sequence[str], empty: str, lines: int, figures: Container[int] = (3,)
) -> int:
    """Write the title of a section, and its heads or the sentence that says it is empty; return the next row."""
    page.text(row, 0, title, "section")
    if lines:
        page.heads(row + 1, heads, figures)
    else:
        page.text(row + 1, 0, empty, "note")
    return row + 2


def _locks(page: Page, row: int, extract: Extract) -> tuple[list[Live], int]:
    heads = (_("Opération"), _("Financeur"), _("Sens"), _("Montant"), _("Auteur"), _("Motif"))
    row = _open(page, row, _("Montants arrêtés"), heads, _("Aucun montant arrêté."), len(extract.locks))
    cells: list[Live] = []
    for lock in extract.locks:
        partner = named(extract.figures.index.partners[lock.partner])
        for column, text in ((0, lock.operation), (1, partner), (2, chosen(lock.sense)), (4, lock.author)):
            page.text(row, column, text, "wrapped")
        cells.append(page.amount(row, 3, lock.amount))
        page.text(row, 5, lock.reason, "wrapped")
        row += 1
    return cells, row + 1


def _derogations(page: Page, row: int, extract: Extract) -> int:
    projects = {operation.project for operation in extract.operations}
    lines = sorted(
        (line for line in extract.scenario.derogations if line.operation in extract.codes or line.project in projects),
        key=lambda line: (line.rule, line.operation or "", line.project or ""),
    )
    labels = {rule.code: rule.label for rule in extract.scenario.rules}
    heads = (
        _("Règle levée"), _("Règle"), _("Portée"), _("Opération ou projet"), _("Autorité"), _("Référence"), _("Motif"),
    )  # fmt: skip
    row = _open(page, row, _("Dérogations"), heads, _("Aucune dérogation."), len(lines), ())
    for line in lines:
        scope, where = (_("opération"), line.operation) if line.operation else (_("projet"), line.project or "")
        texts = (line.rule, labels[line.rule], scope, where, line.author, line.reference, line.reason)
        for column, text in enumerate(texts):
            page.text(row, column, text, "wrapped")
        row += 1
    return row + 1


def _decommitments(page: Page, row: int, extract: Extract) -> int:
    holders = {code for partner in extract.partners for code in (partner.code, partner.pool)}
    lines = sorted(
        (line for line in extract.scenario.decommitments if line.holder in holders),
        key=lambda line: (line.holder, line.year, line.reason, line.amount),
    )
    heads = (_("Bénéficiaire"), _("Nom"), _("Année"), _("Montant"), _("Opération d'origine et motif"))
    row = _open(page, row, _("Crédits dégagés"), heads, _("Aucun crédit dégagé."), len(lines), {2, 3})
    for line in lines:
        page.text(row, 0, line.holder, "wrapped")
        page.text(row, 1, extract.figures.index.holders[line.holder].label, "wrapped")
        page.count(row, 2, line.year, "year")
        page.amount(row, 3, line.amount)
        page.text(row, 4, line.reason, "wrapped")
        row += 1
    return row + 1


def _decisions(page: Page, row: int, extract: Extract) -> int:
    """Write the decisions on the operations shown, of the partners shown or on whole lines."""
    shown = {partner.code for partner in extract.partners}
    lines = sorted(
        (d for d in extract.scenario.decisions if d.operation in extract.codes and (d.partner or "") in {"", *shown}),
        key=lambda line: (line.day, line.operation, line.partner or ""),
    )
    heads = (
        _("Opération"), _("Financeur"), _("Date"), _("État"), _("Auteur et numéro"), _("Motif"),
        _("Retrait pour intérêt"),
    )  # fmt: skip
    row = _open(page, row, _("Décisions"), heads, _("Aucune décision enregistrée."), len(lines), ())
    for line in lines:
        partner = named(extract.figures.index.partners[line.partner]) if line.partner else _("toute la ligne")
        author = _(" ; ").join(filter(None, [line.author, line.reference]))
        page.text(row, 0, line.operation, "wrapped")
        page.text(row, 1, partner, "wrapped")
        page.day(row, 2, line.day)
        for column, text in enumerate((chosen(line.status), author, line.reason, line.recusal), start=3):
            page.text(row, column, text, "wrapped")
        row += 1
    return row + 1


def _roundings(page: Page, row: int, extract: Extract) -> None:
    shown = {partner.code for partner in extract.partners}
    steps = [
        step
        for step in sorted(extract.figures.allocation.rounding)
        if step.operation in extract.codes and step.partner in shown
    ]
    heads = (
        _("Opération"), _("Financeur"), _("Lancement"), _("Montant retenu"), _("Valeur exacte (fraction, en euros)"),
        _("Valeur exacte (décimale)"), _("Écart d'arrondi (euros)"),
    )  # fmt: skip
    row = _open(
        page,
        row,
        _("Arrondis au centime"),
        heads,
        _("Aucun arrondi : tous les montants tombent juste."),
        len(steps),
        {2, 3, 5, 6},
    )
    for step in steps:
        page.text(row, 0, step.operation, "wrapped")
        page.text(row, 1, named(extract.figures.index.partners[step.partner]), "wrapped")
        page.count(row, 2, step.start, "year")
        kept = page.amount(row, 3, step.amount)
        page.text(row, 4, str(step.exact / 100), "wrapped")
        exact = page.number(row, 5, step.exact * euros(1), "fine")
        page.live(row, 6, kept - exact, "fine_live")
        row += 1
