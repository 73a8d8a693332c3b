"""Rules on several partners or operations are complete, and name partners on whom they can bear."""

from collections.abc import Iterator

from scenarios.checks.finding import Finding
from scenarios.checks.years import horizon
from scenarios.document import (
    Contingency,
    GrantEquivalent,
    MatchingTopUp,
    OwnerCapacity,
    Presence,
    PriorityShare,
    Reciprocity,
    ReservedShare,
    Rule,
    TransferContribution,
)
from scenarios.document.index import Index
from scenarios.language import _
from scenarios.wording import listed, quoted

MOST_PRECISE = 100_000
"""Largest denominator of the rate of a top-up: it is multiplied by twice the base, within 64-bit integers."""

_FILTERS = ("natures", "programmes", "projects", "operations", "owner_kinds")


def check(index: Index) -> Iterator[Finding]:
    """Yield rules that name nobody or bear on nothing, and loans whose grant-equivalent a rule needs."""
    for row, rule in enumerate(index.scenario.rules):
        if isinstance(rule, TransferContribution | MatchingTopUp) and not rule.counts:
            yield Finding(
                "rules", row, "counts", _("aucune famille de partenaires"), _("une famille au moins"),
                _("Nommez les familles de partenaires dont l'apport est compté."),
            )  # fmt: skip
        if isinstance(rule, TransferContribution) and rule.rate == 1:
            yield Finding(
                "rules", row, "rate", "1", _("un taux plus petit que 1"),
                _("Corrigez le taux : à 1, rien ne limiterait les fonds de concours."),
            )  # fmt: skip
        if isinstance(rule, MatchingTopUp) and rule.rate.denominator > MOST_PRECISE:
            yield Finding(
                "rules", row, "rate", str(rule.rate), _("un taux de cinq décimales au plus, ou une fraction simple"),
                _("Écrivez le taux avec moins de décimales."),
            )  # fmt: skip
        yield from _partners(row, rule)
        yield from _whole_purse(index, row, rule)
        yield from _owner(index, row, rule)


def _partners(row: int, rule: Rule) -> Iterator[Finding]:
    if isinstance(rule, ReservedShare) and not rule.reserved_natures and not rule.reserved_territories:
        yield Finding(
            "rules", row, "reserved_natures", _("ni nature ni territoire"),
            _("les natures ou les territoires auxquels la part est réservée"),
            _("Remplissez « reserved_natures », « reserved_territories », ou les deux."),
        )  # fmt: skip
    if isinstance(rule, Reciprocity):
        named = [code for code in rule.counterparts if code != rule.partner]
        if len(named) < max(1, len(rule.counterparts)):
            yield Finding(
                "rules", row, "counterparts", quoted(rule.counterparts) or _("aucun partenaire"),
                _("un partenaire au moins, et d'autres que « {partner} »").format(partner=rule.partner),
                _("Nommez les partenaires dont l'apport sert de mesure."),
            )  # fmt: skip
    if isinstance(rule, GrantEquivalent) and not rule.partners:
        yield Finding(
            "rules", row, "partners", _("aucun partenaire"), _("un partenaire au moins"),
            _("Nommez les partenaires dont les subventions et les prêts comptent."),
        )  # fmt: skip


def _whole_purse(index: Index, row: int, rule: Rule) -> Iterator[Finding]:
    """Check that a provision is kept on limited commitments, and on the whole purse."""
    if not isinstance(rule, Contingency):
        return
    holder = index.holders.get(rule.holder)
    if holder is not None and not holder.commitment_limited:
        yield Finding(
            "rules", row, "holder", _("« {code} », dont les engagements ne sont pas limités").format(code=rule.holder),
            _("un partenaire ou un fonds commun qui a des budgets d'engagement"),
            _("Écrivez « oui » dans « commitment_limited » et donnez ses budgets, ou retirez la règle."),
        )  # fmt: skip
    filled = [name for name in _FILTERS if getattr(rule, name)]
    if filled:
        yield Finding(
            "rules", row, filled[0], quoted(getattr(rule, filled[0])),
            _("rien : une provision se garde sur tout le budget"), _("Videz {columns}.").format(columns=quoted(filled)),
        )  # fmt: skip


def _owner(index: Index, row: int, rule: Rule) -> Iterator[Finding]:
    if not isinstance(rule, OwnerCapacity):
        return
    if rule.partner in index.partners and all(line.owner != rule.partner for line in index.scenario.operations):
        yield Finding(
            "rules", row, "partner",
            _("« {code} », qui n'est maître d'ouvrage d'aucune opération").format(code=rule.partner),
            _("un maître d'ouvrage"), _("Corrigez le code, ou retirez la règle."),
        )  # fmt: skip
    if rule.year is not None and rule.year not in index.scenario.years:
        yield Finding(
            "rules", row, "year", str(rule.year), horizon(index.scenario),
            _("Corrigez l'année, ou retirez la règle."),
        )  # fmt: skip


def on_operations(index: Index) -> Iterator[Finding]:
    """Yield what rules lack on the operations they concern. Every code must exist."""
    for row, rule in enumerate(index.scenario.rules):
        if isinstance(rule, GrantEquivalent):
            yield from _equivalents(index, rule)
        if isinstance(rule, PriorityShare):
            yield from _always_present(index, row, rule)


def _equivalents(index: Index, rule: GrantEquivalent) -> Iterator[Finding]:
    concerned = {operation.code for operation in index.concerned(rule)}
    for row, loan in enumerate(index.scenario.loans):
        if loan.partner in rule.partners and loan.operation in concerned and loan.grant_equivalent is None:
            yield Finding(
                "loans", row, "grant_equivalent", _("rien"),
                _("l'équivalent-subvention d'un euro prêté, dont se sert la règle « {rule} »").format(rule=rule.code),
                _("Écrivez le coefficient du prêt (comme 0.15), ou écartez l'opération par les filtres de la règle."),
            )  # fmt: skip


def _always_present(index: Index, row: int, rule: PriorityShare) -> Iterator[Finding]:
    """Check that what is launched in the priority is what the partner funds."""
    lines = [index.eligibilities.get((operation.code, rule.partner)) for operation in index.concerned(rule)]
    optional = [line.operation for line in lines if line is not None and line.presence is Presence.OPTIONAL]
    if optional:
        yield Finding(
            "rules", row, "partner",
            _("« {partner} », dont la participation est facultative à {operations}").format(
                partner=rule.partner, operations=listed(optional)
            ),
            _("une participation décidée (« required ») : l'assiette de la priorité additionne ce qu'il finance"),
            _("Écrivez « required » dans « eligibilities », ou écartez ces opérations par les filtres de la règle."),
        )  # fmt: skip
