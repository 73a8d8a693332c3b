"""What the exact checker finds, and the refusal raised when it finds anything."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from scenarios.language import N_, _

Figure = int | Fraction | str
"""What was found or allowed: cents, an exact fraction of a cent, points, a count, a year, or a code."""

TITLES = {
    "selection": N_("Choix et lancement des opérations"),
    "coverage": N_("Couverture des opérations"),
    "eligibility": N_("Éligibilité"),
    "rate_ceiling": N_("Taux maximal"),
    "rate_floor": N_("Taux minimal"),
    "amount_ceiling": N_("Montant maximal"),
    "flat_aid": N_("Aide forfaitaire"),
    "public_aid_cap": N_("Plafond des aides publiques"),
    "owner_floor": N_("Part minimale du maître d'ouvrage"),
    "region_or_departement": N_("Région ou département"),
    "minimum_ticket": N_("Tickets minimaux"),
    "partner_limit": N_("Nombre de partenaires"),
    "needs": N_("Opérations nécessaires"),
    "excludes": N_("Opérations qui s'excluent"),
    "mixed_aid": N_("Aides mixtes"),
    "de_minimis": N_("Aides de minimis"),
    "start_before_decision": N_("Opérations commencées trop tôt"),
    "commitment_deadline": N_("Dates limites d'engagement"),
    "sanction": N_("Sanctions"),
    "transfer_contribution": N_("Fonds de concours"),
    "reciprocity": N_("Engagements réciproques"),
    "reserved_share": N_("Parts réservées"),
    "priority_share": N_("Part maximale dans une priorité"),
    "grant_equivalent": N_("Plafonds en équivalent-subvention"),
    "matching_top_up": N_("Abondements X+X"),
    "owner_capacity": N_("Capacité propre des maîtres d'ouvrage"),
    "contingency": N_("Provisions pour aléas"),
    "advance_ceiling": N_("Avances"),
    "instalment_ceiling": N_("Acomptes avant achèvement"),
    "fixed_plan": N_("Plan de financement fixe"),
    "loan": N_("Prêts"),
    "lock": N_("Montants arrêtés"),
    "commitment_budget": N_("Budgets d'engagement"),
    "payment_budget": N_("Budgets de paiement"),
    "envelope": N_("Enveloppes"),
    "payments": N_("Échéancier des paiements"),
    "totals": N_("Totaux et tenue des lignes"),
    "goals": N_("Objectifs"),
}
"""Every rule family the checker knows, in the order it verifies and reports them, with its French title."""

_SHOWN = 20


@dataclass(frozen=True)
class Violation:
    """One requirement that an allocation does not meet.

    ``subject`` holds the codes concerned (rule, operation, partner, years as text), ``found`` and ``limit`` the
    two sides compared, exactly; ``sentence`` says it in French.
    """

    family: str
    subject: tuple[str, ...]
    found: Figure
    limit: Figure
    sentence: str


class AllocationRefused(Exception):  # noqa: N818 - a refusal is the verdict, named as the committee says it
    """An allocation does not conform to its scenario; ``str()`` gives the whole report in French."""

    def __init__(self, scenario: str, violations: Iterable[Violation]) -> None:
        self.scenario = scenario
        self.violations = tuple(violations)
        super().__init__(scenario, self.violations)

    def __str__(self) -> str:
        return report(self.scenario, self.violations)


def report(scenario: str, violations: tuple[Violation, ...]) -> str:
    """Write violations as a French report: one heading per family, then at most twenty sentences of it."""
    heading = _("Répartition refusée (scénario {scenario}). Manquements relevés : {count}.")
    lines = [heading.format(scenario=scenario, count=len(violations))]
    for family, title in TITLES.items():
        sentences = [violation.sentence for violation in violations if violation.family == family]
        if sentences:
            lines.append(_("{title} ({count})").format(title=_(title), count=len(sentences)))
            lines.extend(f"  - {sentence}" for sentence in sentences[:_SHOWN])
        if len(sentences) > _SHOWN:
            lines.append(
                "  " + _("… autres manquements de même nature : {count}").format(count=len(sentences) - _SHOWN)
            )
    return "\n".join(lines)
