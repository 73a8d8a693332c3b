"""There is something to aim at, and the data that each goal needs."""

from collections.abc import Callable, Iterator, Mapping

from scenarios.checks.finding import Finding
from scenarios.document import (
    EQUALITIES,
    IN_EUROS,
    Goal,
    GoalKind,
    MinimumTicket,
    PartnerKind,
    PartnerLimit,
    Presence,
    RegionOrDepartement,
)
from scenarios.document.index import Index
from scenarios.equalisation import lacking
from scenarios.language import _
from scenarios.wording import listed, quoted


def check(index: Index) -> Iterator[Finding]:
    """Yield an empty list of goals, goals that lack the data they measure, and fields that do not fit a goal."""
    if not index.scenario.goals:
        yield Finding(
            "goals", None, None, _("aucun objectif"),
            _("un objectif au moins : {kinds}").format(kinds=quoted(GoalKind)),
            _("Ajoutez l'objectif que le comité place en premier."),
        )  # fmt: skip
    for row, goal in enumerate(index.scenario.goals):
        yield from _DATA[goal.kind](index, row, goal) if goal.kind in _DATA else ()
        yield from _partners(row, goal)
        yield from _tolerance(index, row, goal)


def _reference(index: Index, row: int, goal: Goal) -> Iterator[Finding]:
    if not index.scenario.references:
        yield Finding(
            "goals", row, "kind", _("« {kind} », sans plan ni clé de référence").format(kind=goal.kind),
            _("une ligne au moins dans la table « references »"),
            _("Donnez le plan de référence, ou supprimez cet objectif."),
        )  # fmt: skip


def _capacities(index: Index, row: int, goal: Goal) -> Iterator[Finding]:
    able = {partner for partners in index.funders.values() for partner in partners}
    compared = [
        partner
        for partner in index.scenario.partners
        if partner.code in able and (not goal.partners or partner.code in goal.partners)
    ]
    missing = [partner.code for partner in compared if not partner.capacity]
    if missing:
        yield Finding(
            "goals", row, "kind",
            _("« {kind} », mais ces partenaires n'ont pas de capacité : {codes}").format(
                kind=goal.kind, codes=listed(missing)
            ),
            _("un montant supérieur à zéro dans leur colonne « capacity »"),
            _("Donnez leur capacité, ou nommez dans « partners » les seuls partenaires à comparer."),
        )  # fmt: skip
    if not compared:
        yield Finding(
            "goals", row, "partners", _("aucun partenaire qui puisse financer une opération"),
            _("un partenaire éligible ou maître d'ouvrage au moins"), _("Corrigez la liste « partners »."),
        )  # fmt: skip


def _burdens(index: Index, row: int, goal: Goal) -> Iterator[Finding]:
    scenario = index.scenario
    if not scenario.equalisation:
        yield Finding(
            "goals", row, "kind", _("« {kind} », sans indicateur").format(kind=goal.kind),
            _("une ligne au moins dans la table « equalisation »"),
            _("Donnez les indicateurs votés, leur poids et leur année, ou supprimez cet objectif."),
        )  # fmt: skip
        return
    owners = {code for code, partner in index.partners.items() if partner.kind is PartnerKind.COMMUNE}
    weighed = {operation.commune for operation in scenario.operations if operation.owner in owners}
    years = sorted({line.year for line in scenario.equalisation})
    for place, commune in enumerate(scenario.communes):
        if commune.code not in weighed:
            continue
        missing = lacking(scenario, commune)
        if missing:
            yield Finding(
                "communes", place, missing[0],
                _("rien, ou zéro, pour « {commune} » : {columns}").format(
                    commune=commune.code, columns=quoted(missing)
                ),
                _("un nombre supérieur à zéro : l'objectif « {kind} » pondère sa charge").format(kind=goal.kind),
                _("Donnez ces indicateurs, ou retirez-les de la table « equalisation »."),
            )  # fmt: skip
        elif [commune.indicator_year] != years:
            yield Finding(
                "communes", place, "indicator_year", str(commune.indicator_year or _("rien")),
                _("l'année des indicateurs votés : {years}").format(years=", ".join(map(str, years))),
                _("Employez des indicateurs de la même année, et écrivez-la."),
            )  # fmt: skip


def _spared(_index: Index, row: int, goal: Goal) -> Iterator[Finding]:
    if not goal.partners:
        yield Finding(
            "goals", row, "partners", _("aucun partenaire à ménager"), _("un partenaire au moins"),
            _("Nommez le partenaire à ménager, ou supprimez cet objectif."),
        )  # fmt: skip


_DATA: Mapping[GoalKind, Callable[[Index, int, Goal], Iterator[Finding]]] = {
    GoalKind.REFERENCE_CLOSENESS: _reference,
    GoalKind.EQUAL_EFFORT: _capacities,
    GoalKind.EQUAL_BURDEN: _burdens,
    GoalKind.SPARE_PARTNER: _spared,
}

_NAMING = (GoalKind.EQUAL_EFFORT, GoalKind.SPARE_PARTNER)
"""Goals that may name partners."""


def _partners(row: int, goal: Goal) -> Iterator[Finding]:
    if goal.partners and goal.kind not in _NAMING:
        yield Finding(
            "goals", row, "partners", _("des partenaires, pour « {kind} »").format(kind=goal.kind),
            _("rien : seuls {kinds} nomment des partenaires").format(kinds=quoted(_NAMING)),
            _("Videz cette colonne, ou corrigez l'objectif."),
        )  # fmt: skip


def _tolerance(index: Index, row: int, goal: Goal) -> Iterator[Finding]:
    if goal.tolerance_rate is not None and goal.tolerance_amount is not None:
        yield Finding(
            "goals", row, "tolerance_amount", _("une perte en part et une perte en montant"),
            _("l'une des deux"), _("Gardez la perte que le comité admet, et videz l'autre colonne."),
        )  # fmt: skip
    if goal.tolerance_amount is not None and goal.kind not in IN_EUROS:
        yield Finding(
            "goals", row, "tolerance_amount", _("un montant, pour « {kind} »").format(kind=goal.kind),
            _("une part dans « tolerance_rate » : cet objectif ne se mesure pas en euros"),
            _("Écrivez la perte admise en part de ce que l'objectif atteint."),
        )  # fmt: skip
    if goal.kind is GoalKind.FEWEST_PARTNERS and goal.tolerance_rate is not None:
        yield Finding(
            "goals", row, "tolerance_rate", _("une perte admise sur « {kind} »").format(kind=goal.kind),
            _("aucune perte : cet objectif compte des financeurs entiers"),
            _("Videz « tolerance_rate », ou limitez leur nombre par une règle « partner_limit »."),
        )  # fmt: skip
    if goal.kind in EQUALITIES and goal.tolerance_rate is not None and _decides(index):
        yield Finding(
            "goals", row, "tolerance_rate",
            _("une perte admise sur « {kind} », avec des opérations ou des partenaires à choisir").format(
                kind=goal.kind
            ),
            _("aucune perte : elle ne se définit membre par membre que si tout est divisible"),
            _("Videz « tolerance_rate »."),
        )  # fmt: skip


def _decides(index: Index) -> bool:
    """Tell whether operations, or partners of operations, may have to be chosen in whole."""
    scenario = index.scenario
    return (
        any(not operation.divisible for operation in scenario.operations)
        or any(line.presence is Presence.OPTIONAL for line in scenario.eligibilities)
        or any(goal.kind is GoalKind.FEWEST_PARTNERS for goal in scenario.goals)
        or any(isinstance(rule, PartnerLimit | MinimumTicket | RegionOrDepartement) for rule in scenario.rules)
    )
