"""One control: a value found in the workbook, a limit, and whether the first respects the second."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from reports.layout.live import Live
from scenarios.language import N_

HALF_CENT = Fraction(1, 200)
"""Differences below it are noise of the program's arithmetic: amounts are whole cents."""

ONE_CENT = Fraction(1, 100)
"""Difference a rounding to the cent may leave where the exact value is not a whole number of cents."""


class Sense(StrEnum):
    """How the value found is compared with the limit, as shown in the sheet."""

    EQUAL = "="
    AT_MOST = "≤"
    AT_LEAST = "≥"


class Family(StrEnum):
    """Families of controls, in the order of the sheet; the value is the French name."""

    ROWS = N_("Totaux des lignes")
    COLUMNS = N_("Totaux des colonnes")
    GRAND = N_("Totaux généraux")
    UNFUNDED = N_("Reste à financer")
    SCHEDULE = N_("Plan de financement et échéanciers")
    RATE_CEILING = N_("Taux maximaux")
    RATE_FLOOR = N_("Taux minimaux")
    AMOUNT_CEILING = N_("Montants maximaux")
    FLAT_AID = N_("Forfaits")
    PUBLIC_AID = N_("Plafonds d'aides publiques")
    OWNER_FLOOR = N_("Part minimale du maître d'ouvrage")
    REGION_OR_DEPARTEMENT = N_("Région ou département")
    TICKETS = N_("Tickets minimaux")
    PARTNER_LIMIT = N_("Nombre de partenaires")
    NEEDS = N_("Opérations nécessaires")
    EXCLUDES = N_("Opérations qui s'excluent")
    MIXED_AID = N_("Aides mixtes")
    DE_MINIMIS = N_("Aides de minimis")
    DATES = N_("Années où un partenaire peut engager")
    SANCTIONS = N_("Sanctions")
    TRANSFER_CONTRIBUTION = N_("Fonds de concours")
    RECIPROCITY = N_("Engagements réciproques")
    RESERVED_SHARE = N_("Parts réservées")
    PRIORITY_SHARE = N_("Parts maximales dans une priorité")
    MATCHING_TOP_UP = N_("Abondements X+X")
    GRANT_EQUIVALENT = N_("Plafonds en équivalent-subvention")
    OWNER_CAPACITY = N_("Capacités propres des maîtres d'ouvrage")
    ADVANCES = N_("Avances")
    INSTALMENTS = N_("Acomptes avant achèvement")
    CONTINGENCY = N_("Provisions pour aléas")
    LOANS = N_("Prêts compris dans la part du maître d'ouvrage")
    LOCKS = N_("Montants arrêtés")
    MANDATORY = N_("Opérations obligatoires")
    COMMITMENT_BUDGET = N_("Budgets d'engagement")
    PAYMENT_BUDGET = N_("Budgets de paiement")
    ENVELOPES = N_("Enveloppes")
    CHANGES_OPERATIONS = N_("Écarts par opération")
    CHANGES_PARTNERS = N_("Écarts par financeur")
    CHANGES_YEARS = N_("Écarts par année")
    CHANGES_PLACES = N_("Écarts par territoire")
    CHANGES_FLOWS = N_("Écarts d'engagement et de paiement")
    CHANGES_TOTALS = N_("Écarts, totaux généraux")
    STRESS_DRAWS = N_("Tirages, opération par opération")
    STRESS_TOTALS = N_("Tirages, totaux")
    STRESS_WITHOUT_PLAN = N_("Tirages sans plan")
    STRESS_VERIFIED = N_("Tirages recalculés")
    STRESS_LOSSES = N_("Retraits d'un partenaire")
    STRESS_BUDGET = N_("Budget sûr")


@dataclass(frozen=True)
class Control:
    """One line of the control sheet. Amounts are cells or formulas, in euros.

    ``rounded`` tells that the limit may fall between two cents, so that one cent of rounding is allowed; ``counted``,
    that whole numbers are compared, not amounts.
    """

    family: Family
    label: str
    found: Live
    sense: Sense
    limit: Live
    rule: str = ""
    operation: str = ""
    partner: str = ""
    rounded: bool = False
    counted: bool = False

    @property
    def right(self) -> bool:
        """Whether the values stored in the workbook pass the control, by the formula written in the sheet."""
        gap = self.found.value - self.limit.value
        tolerance = ONE_CENT if self.rounded else HALF_CENT
        if self.sense is Sense.AT_MOST:
            return gap < tolerance
        if self.sense is Sense.AT_LEAST:
            return -gap < tolerance
        return abs(gap) < tolerance
