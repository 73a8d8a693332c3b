"""Sheet « Règles appliquées »: each rule with its values, its source, how sure they are, and what is not applied."""

from fractions import Fraction

from reports.layout.figures import Extract
from reports.layout.live import Live
from reports.layout.page import Page
from reports.layout.words import chosen, yes_no
from scenarios.document import Rule
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
    ("base_max", N_("Plafond de l'assiette"), 15),
    ("base_max_per_unit", N_("Plafond de l'assiette par unité"), 15),
    ("base_max_per_building", N_("Plafond de l'assiette par bâtiment"), 15),
    ("amount", N_("Montant maximal"), 15),
    ("amount_per_unit", N_("Montant par unité"), 14),
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
            else:
                cells[rule.code, field] = page.amount(row, column, value)
        page.count(row, len(columns) - 1, len(operations))
    _unapplied(page, _HEAD + len(extract.rules) + 2, extract)
    page.finish(_HEAD, frozen_columns=2, groups=(len(_TEXTS), len(used) + 1))
    return cells


def _texts(page: Page, row: int, extract: Extract, rule: Rule) -> None:
    partner = (
        _("maître d'ouvrage") if rule.kind == "owner_floor" else extract.figures.index.partners[rule.partner].label
    )
    base = chosen(rule.base) if rule.kind in {"rate_ceiling", "rate_floor", "public_aid_cap"} else ""
    counts = rule.counts if rule.kind in {"public_aid_cap", "owner_floor"} else ()
    texts = (
        rule.code, rule.label, chosen(rule.kind), partner, base, ", ".join(chosen(kind) for kind in counts),
        rule.reference, chosen(rule.mark), yes_no(rule.negotiable),
    )  # fmt: skip
    for column, text in enumerate(texts):
        page.text(row, column, text, "wrapped")
    law = extract.figures.law.by_rule.get(rule.code)
    page.day(row, len(texts), law.version if law else rule.valid_from)
    page.day(row, len(texts) + 1, law.until if law else rule.valid_to)


def _unapplied(page: Page, row: int, extract: Extract) -> None:
    """Write under the table what the rulebooks say and the allocation does not apply; nothing when there is none."""
    if not extract.unapplied_law:
        return
    page.text(row, 0, _("Recueils : ce que la répartition n'applique pas"), "section")
    page.heads(row + 1, [_(head) for head in _UNAPPLIED], {8})
    for at, line in enumerate(extract.unapplied_law, start=row + 2):
        read_in = _("lu dans {page}").format(page=line.read_in) if line.read_in else ""
        source = " ; ".join(filter(None, [line.reference, read_in]))
        texts = (
            line.entry, line.sentence, line.status, line.partner, line.value, line.rulebook, source, line.mark,
        )  # fmt: skip
        for column, text in enumerate(texts):
            page.text(at, column, text, "wrapped")
        page.count(at, len(texts), len(extract.codes.intersection(line.operations)))
        page.day(at, len(texts) + 1, line.version)
        page.day(at, len(texts) + 2, line.until)
