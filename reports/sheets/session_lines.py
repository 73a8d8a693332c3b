"""Sheet « Lignes »: each operation and partner of the plan, the amount proposed, and the last decision on it."""

from dataclasses import dataclass

from reports.layout.figures import Extract
from reports.layout.live import Live, span, span_total
from reports.layout.page import Page
from reports.layout.words import chosen
from scenarios.document import Decision, DecisionStatus, Operation
from scenarios.language import N_, _

NAME = N_("Lignes")
_HEAD = 3
_COLUMNS: tuple[tuple[str, float], ...] = (
    (N_("Projet"), 12), (N_("Opération"), 12), (N_("Intitulé"), 30), (N_("Financeur"), 14),
    (N_("Nom du financeur"), 24), (N_("Lancement"), 10), (N_("Montant proposé"), 16), (N_("État"), 14),
    (N_("Date"), 11), (N_("N° de la décision"), 16), (N_("Qui a décidé"), 22), (N_("Motif"), 30),
    (N_("Retrait pour intérêt"), 20),
)  # fmt: skip
_PARTNER, _AMOUNT, _STATUS, _DAY = 3, 6, 7, 8
NOT_FUNDED = N_("non financé")


@dataclass(frozen=True)
class SessionLines:
    """Addresses of the columns of the sheet, and the total of its amounts."""

    partners: str
    statuses: str
    amounts: str
    total: Live


def write(page: Page, extract: Extract) -> SessionLines:
    """Write a line per pair of the plan, then per operation without funding; return where the figures stand."""
    page.columns([width for _head, width in _COLUMNS])
    page.top(
        _("Lignes du plan et décisions"),
        _("La dernière décision du financeur ou, à défaut, sur toute la ligne ; sans décision, la ligne est proposée."),
    )
    page.heads(_HEAD, [_(head) for head, _width in _COLUMNS], {_AMOUNT})
    amounts: list[Live] = []
    brought: dict[str, list[str]] = {operation.code: [] for operation in extract.operations}
    for code, partner in extract.pairs:
        brought[code].append(partner)
    for operation in extract.operations:
        partners: list[str | None] = [*brought[operation.code]]
        for funder in partners or [None]:
            amounts.append(_line(page, _HEAD + 1 + len(amounts), extract, operation, funder))
    last = _HEAD + len(amounts)
    for column in range(len(_COLUMNS)):
        page.text(last + 1, column, _("Total") if column == 0 else "", "text_total")
    whole = page.live(last + 1, _AMOUNT, span_total(amounts), "amount_total")
    page.sheet.autofilter(_HEAD, 0, last, len(_COLUMNS) - 1)
    page.finish(_HEAD, frozen_columns=2)
    partner_column, status_column = (page.area(_HEAD + 1, column, last) for column in (_PARTNER, _STATUS))
    return SessionLines(partner_column, status_column, span(amounts), whole)


def _line(page: Page, row: int, extract: Extract, operation: Operation, partner: str | None) -> Live:
    """Write one line and return the cell of its amount."""
    figures, code = extract.figures, operation.code
    starts = ", ".join(str(launch.start) for launch in figures.launches.get(code, ()))
    name = "" if partner is None else figures.index.partners[partner].label
    for column, text in enumerate((operation.project, code, operation.label, partner or "", name, starts)):
        page.text(row, column, text, "wrapped")
    amount = page.amount(row, _AMOUNT, 0 if partner is None else figures.amount(code, partner))
    decision = figures.decided(code, partner)
    page.text(row, _STATUS, chosen(decision.status) if decision else _unsaid(partner), "wrapped")
    _decision(page, row, decision)
    return amount


def _unsaid(partner: str | None) -> str:
    return _(NOT_FUNDED) if partner is None else chosen(DecisionStatus.PROPOSED)


def _decision(page: Page, row: int, decision: Decision | None) -> None:
    page.day(row, _DAY, decision.day if decision else None)
    texts = (decision.reference, decision.author, decision.reason, decision.recusal) if decision else ("",) * 4
    for column, text in enumerate(texts, start=_DAY + 1):
        page.text(row, column, text, "wrapped")
