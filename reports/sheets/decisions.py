"""Sheet « Suivi des décisions »: every decision the scenario holds, from the oldest to the latest."""

from reports.layout.figures import Extract
from reports.layout.page import Page
from reports.layout.words import chosen, named
from scenarios.document import Decision
from scenarios.language import N_, _

NAME = N_("Suivi des décisions")
_HEAD = 3
_COLUMNS: tuple[tuple[str, float], ...] = (
    (N_("Date"), 12), (N_("Opération"), 14), (N_("Intitulé"), 34), (N_("Financeur"), 30), (N_("État"), 16),
    (N_("N° de la décision"), 18), (N_("Qui a décidé"), 26), (N_("Motif"), 36), (N_("Retrait pour intérêt"), 24),
)  # fmt: skip


def write(page: Page, extract: Extract) -> None:
    """Write one line per decision on an operation shown, and the sentence that says there is none."""
    page.columns([width for _head, width in _COLUMNS])
    page.top(_("Suivi des décisions"), _("Sans financeur, la décision porte sur toute la ligne."))
    page.heads(_HEAD, [_(head) for head, _width in _COLUMNS])
    lines = sorted(
        (line for line in extract.scenario.decisions if line.operation in extract.codes),
        key=lambda line: (line.day, line.operation, line.partner or ""),
    )
    if not lines:
        page.text(_HEAD + 1, 0, _("Aucune décision enregistrée : tout le plan est proposé."), "note")
    for row, line in enumerate(lines, start=_HEAD + 1):
        _line(page, row, extract, line)
    page.finish(_HEAD, frozen_columns=2)


def _line(page: Page, row: int, extract: Extract, line: Decision) -> None:
    index = extract.figures.index
    partner = named(index.partners[line.partner]) if line.partner else _("toute la ligne")
    page.day(row, 0, line.day)
    texts = (
        line.operation, index.operations[line.operation].label, partner, chosen(line.status), line.reference,
        line.author, line.reason, line.recusal,
    )  # fmt: skip
    for column, text in enumerate(texts, start=1):
        page.text(row, column, text, "wrapped")
