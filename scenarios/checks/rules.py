"""Each rule is complete, and in force at the date of the scenario."""

from collections.abc import Iterator

from scenarios.checks.finding import Finding
from scenarios.document import (
    AmountCeiling,
    DeMinimis,
    MinimumTicket,
    MixedAid,
    OwnerFloor,
    PublicAidCap,
    Rule,
    Sanction,
)
from scenarios.document.index import Index
from scenarios.language import _


def check(index: Index) -> Iterator[Finding]:
    """Yield rules that are incomplete, contradictory, or out of force at the date of the scenario."""
    for row, rule in enumerate(index.scenario.rules):
        yield from _dates(index, row, rule)
        if isinstance(rule, AmountCeiling) and (rule.amount is None) == (rule.amount_per_unit is None):
            yield Finding(
                "rules", row, "amount",
                _("ni l'un ni l'autre montant") if rule.amount is None else _("un montant et un montant par unité"),
                _("un montant ou un montant par unité, l'un des deux"),
                _("Remplissez « amount » ou « amount_per_unit », pas les deux ; au besoin, écrivez deux règles."),
            )  # fmt: skip
        if isinstance(rule, OwnerFloor) and rule.rate == 1:
            yield Finding(
                "rules", row, "rate", "1", _("un taux plus petit que 1"),
                _("Corrigez le taux : à 1, aucune autre personne publique ne pourrait financer."),
            )  # fmt: skip
        if isinstance(rule, Sanction):
            yield from _sanction(row, rule)
        if isinstance(rule, MinimumTicket) and rule.amount == 0:
            yield Finding(
                "rules", row, "amount", "0", _("un montant d'un centime au moins"),
                _("Corrigez le montant, ou supprimez cette règle : elle ne demande rien."),
            )  # fmt: skip
        if isinstance(rule, OwnerFloor | PublicAidCap | MixedAid | DeMinimis) and not rule.counts:
            yield Finding(
                "rules", row, "counts", _("aucune famille de partenaires"), _("une famille au moins"),
                _("Nommez les familles de partenaires que le texte compte comme publiques."),
            )  # fmt: skip


def _sanction(row: int, rule: Sanction) -> Iterator[Finding]:
    rated = rule.rate is not None, rule.base is not None
    if rated[0] != rated[1]:
        yield Finding(
            "rules", row, "base" if rated[0] else "rate", _("rien"), _("un taux réduit et son assiette, ensemble"),
            _("Remplissez « rate » et « base », ou videz les deux et remplissez « amount »."),
        )  # fmt: skip
    elif (rule.amount is None) != rated[0]:
        yield Finding(
            "rules", row, "amount",
            _("ni taux ni montant") if rule.amount is None else _("un taux et un montant"),
            _("un taux réduit et son assiette, ou un montant réduit"),
            _("Remplissez « rate » et « base », ou « amount », pas les deux ; au besoin, écrivez deux règles."),
        )  # fmt: skip


def _dates(index: Index, row: int, rule: Rule) -> Iterator[Finding]:
    day = index.scenario.reference_date
    if rule.valid_from and rule.valid_to and rule.valid_to < rule.valid_from:
        yield Finding(
            "rules", row, "valid_to", str(rule.valid_to),
            _("le {day} ou un jour suivant, car la règle commence ce jour-là").format(day=rule.valid_from),
            _("Corrigez « valid_from » ou « valid_to »."),
        )  # fmt: skip
    elif rule.valid_from and day < rule.valid_from:
        yield _out_of_force(row, "valid_from", _("pas encore en vigueur le {day}").format(day=day))
    elif rule.valid_to and rule.valid_to < day:
        yield _out_of_force(row, "valid_to", _("plus en vigueur le {day}").format(day=day))


def _out_of_force(row: int, column: str, state: str) -> Finding:
    return Finding(
        "rules", row, column, _("une règle qui n'est {state}").format(state=state),
        _("une règle en vigueur à la date du scénario (« reference_date »)"),
        _("Retirez cette règle, remplacez-la par celle qui vaut à cette date, ou corrigez les dates."),
    )  # fmt: skip
