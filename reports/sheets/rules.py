"""Sheet « Règles appliquées »: each rule with its values, its source and how sure they are."""

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
    page.day(row, len(texts), rule.valid_from)
    page.day(row, len(texts) + 1, rule.valid_to)
