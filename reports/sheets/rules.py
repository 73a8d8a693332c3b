"""Sheet « Règles appliquées »: each rule with its values, its source, how sure they are, and what is not applied."""

from fractions import Fraction

from reports.layout.figures import Extract
from reports.layout.live import Live
from reports.layout.page import Page
from reports.layout.words import chosen, yes_no
from scenarios.document import (
    CommitmentDeadline,
    Contingency,
    GrantEquivalent,
    OperationNeed,
    OwnerFloor,
    PartnerLimit,
    Reciprocity,
    Rule,
    Sanction,
    TransferContribution,
)
from scenarios.language import N_, _

NAME = N_("Règles appliquées")
_HEAD = 3
_TEXTS: tuple[tuple[str, float], ...] = (
    (N_("Code"), 18), (N_("Règle"), 40), (N_("Forme"), 16), (N_("Financeur"), 18), (N_("Assiette"), 16),
    (N_("Familles comptées"), 18), (N_("Référence"), 31), (N_("Certitude"), 15), (N_("Négociable"), 11),
    (N_("En vigueur du"), 13), (N_("au"), 11),
)  # fmt: skip
_VALUES: tuple[tuple[str, str, float], ...] = (
    ("rate", N_("Taux"), 10),
    ("ratio", N_("Rapport"), 10),
    ("base_max", N_("Plafond de l'assiette"), 15),
    ("base_max_per_unit", N_("Plafond de l'assiette par unité"), 15),
    ("base_max_per_building", N_("Plafond de l'assiette par bâtiment"), 15),
    ("amount", N_("Montant"), 15),
    ("amount_per_unit", N_("Montant par unité"), 14),
    ("most", N_("Nombre maximal"), 10),
)

_UNAPPLIED: tuple[str, ...] = (
    N_("Code"), N_("Règle"), N_("Statut"), N_("Financeur"), N_("Valeur"), N_("Recueil"), N_("Référence"),
    N_("Certitude"), N_("Opérations"), N_("En vigueur du"), N_("au"),
)  # fmt: skip
"""Columns of what the allocation does not apply: reference, certainty and dates stand under those of the rules."""


def write(page: Page, extract: Extract) -> dict[tuple[str, str], Live]:
    """Write the rules that bind something in this workbook; return the cell of each value by rule and field.

    Only the columns of values that a rule uses are shown.
    """
    used = [
        (field, head, width)
        for field, head, width in _VALUES
        if any(getattr(rule, field, None) is not None for rule, _operations in extract.rules)
    ]
    columns = [*_TEXTS, *((head, width) for _field, head, width in used), (N_("Opérations concernées"), 13)]
    page.columns([width for _head, width in columns])
    page.top(
        _("Règles appliquées"),
        _("Chaque taux et chaque plafond des contrôles est lu ici. Seules figurent les règles qui jouent ici."),
    )
    page.heads(_HEAD, [_(head) for head, _width in columns], range(len(_TEXTS), len(columns)))
    cells: dict[tuple[str, str], Live] = {}
    for row, (rule, operations) in enumerate(extract.rules, start=_HEAD + 1):
        _texts(page, row, extract, rule)
        for column, (field, _name, _width) in enumerate(used, start=len(_TEXTS)):
            value = getattr(rule, field, None)
            if value is None:
                page.text(row, column, "")
            elif isinstance(value, Fraction):
                cells[rule.code, field] = page.rate(row, column, value)
            elif field == "most":
                cells[rule.code, field] = page.count(row, column, value)
            else:
                cells[rule.code, field] = page.amount(row, column, value)
        page.count(row, len(columns) - 1, len(operations))
    under = _HEAD + len(extract.rules) + 2
    cells.update(_past_aids(page, under, extract))
    _unapplied(page, under + (len(extract.past_aids) + 3 if extract.past_aids else 0), extract)
    page.finish(_HEAD, frozen_columns=2, groups=(len(_TEXTS), len(used) + 1))
    return cells


def _texts(page: Page, row: int, extract: Extract, rule: Rule) -> None:
    base = getattr(rule, "base", None)
    counts = getattr(rule, "counts", ())
    texts = (
        rule.code, rule.label, _form(rule), _named(extract, rule), "" if base is None else chosen(base),
        ", ".join(chosen(kind) for kind in counts), rule.reference, chosen(rule.mark), yes_no(rule.negotiable),
    )  # fmt: skip
    for column, text in enumerate(texts):
        page.text(row, column, text, "wrapped")
    law = extract.figures.law.by_rule.get(rule.code)
    page.day(row, len(texts), law.version if law else rule.valid_from)
    page.day(row, len(texts) + 1, law.until if law else rule.valid_to)


def _form(rule: Rule) -> str:
    """Say what kind of rule it is, with what no column of values shows: a date, another operation, who is counted."""
    form = chosen(rule.kind)
    if isinstance(rule, OperationNeed):
        return _("{label} : {value}").format(label=form, value=f"{rule.needed} ({chosen(rule.timing)})")
    if isinstance(rule, CommitmentDeadline):
        return _("{form} : {day}").format(form=form, day=rule.last_day)
    if isinstance(rule, Sanction):
        return _("{form} : {day}").format(form=form, day=rule.since)
    if isinstance(rule, PartnerLimit):
        owner = _("maître d'ouvrage compris") if rule.owner_counted else _("sans le maître d'ouvrage")
        return f"{form} ({owner})"
    return form


def _past_aids(page: Page, row: int, extract: Extract) -> dict[tuple[str, str], Live]:
    """Write under the rules the aids already received that each de minimis rule adds to those of each year."""
    lines = extract.past_aids
    if not lines:
        return {}
    page.text(row, 0, _("Aides déjà reçues, comptées sur trois années glissantes"), "section")
    page.heads(row + 1, [_("Règle"), _("Entreprise"), _("Année"), _("Aides déjà reçues")], {2, 3})
    cells: dict[tuple[str, str], Live] = {}
    for at, (rule, owner, year, amount) in enumerate(lines, start=row + 2):
        page.text(at, 0, rule)
        page.text(at, 1, owner)
        page.count(at, 2, year, "year")
        cells[rule, f"{owner}|{year}"] = page.amount(at, 3, amount)
    return cells


def _named(extract: Extract, rule: Rule) -> str:
    """Say whom a rule names."""
    index = extract.figures.index
    if isinstance(rule, OwnerFloor | TransferContribution):
        return _("maître d'ouvrage")
    if isinstance(rule, Contingency):
        return index.holders[rule.holder].label
    named = getattr(rule, "partner", None)
    codes = rule.partners if isinstance(rule, GrantEquivalent) else () if named is None else (named,)
    text = ", ".join(index.partners[code].label for code in codes)
    if isinstance(rule, Reciprocity):
        others = ", ".join(index.partners[code].label for code in rule.counterparts)
        return _("{partner}, d'après {others}").format(partner=text, others=others)
    return text


def _unapplied(page: Page, row: int, extract: Extract) -> None:
    """Write under the table what the rulebooks say and the allocation does not apply; nothing when there is none."""
    if not extract.unapplied_law:
        return
    page.text(row, 0, _("Recueils : ce que la répartition n'applique pas"), "section")
    page.heads(row + 1, [_(head) for head in _UNAPPLIED], {8})
    for at, line in enumerate(extract.unapplied_law, start=row + 2):
        read_in = _("lu dans {page}").format(page=line.read_in) if line.read_in else ""
        source = _(" ; ").join(filter(None, [line.reference, read_in]))
        texts = (
            line.entry, line.sentence, line.status, line.partner, line.value, line.rulebook, source, line.mark,
        )  # fmt: skip
        for column, text in enumerate(texts):
            page.text(at, column, text, "wrapped")
        page.count(at, len(texts), len(extract.codes.intersection(line.operations)))
        page.day(at, len(texts) + 1, line.version)
        page.day(at, len(texts) + 2, line.until)
