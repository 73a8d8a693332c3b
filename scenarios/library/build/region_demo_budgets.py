"""Money of ``region-demo``: yearly budgets (illustrative), envelopes (published), decisions taken (illustrative).

The budget of a partner is a percentage of what the reference asks from it over the six years, so that the purses fit
the published plans; the percentages are ours, and make the committee choose.
"""

from collections.abc import Iterable, Mapping

from scenarios.document import Budget, Decommitment, Envelope, Lock, LockSense, Partner
from scenarios.library.build.french_plans import euros
from scenarios.library.build.region_demo_setting import YEARS

_COMMITMENT_PERCENT = {
    "ANRU": (30, 38, 29, 3, 0, 0),
    "ANAH": (50, 52, 0, 0, 0, 0),
    "ETAT": (22, 46, 28, 6, 0, 0),
    "REGION": (26, 34, 28, 6, 1, 0),
    "DEPARTEMENT": (26, 37, 28, 6, 1, 0),
    "METROPOLE": (29, 33, 28, 8, 1, 0),
    "VILLE-CENTRE": (28, 37, 29, 5, 1, 0),
    "COMMUNES": (29, 34, 27, 6, 1, 0),
    "BAILLEURS": (26, 35, 26, 2, 0, 0),
    "FEDER": (30, 34, 26, 8, 2, 0),
}
"""Partner -> percent of its reference that it can commit in each year."""

_PAYMENT_PERCENT = {
    "REGION": (6, 16, 26, 25, 17, 8),
    "DEPARTEMENT": (6, 16, 27, 27, 18, 8),
    "METROPOLE": (7, 19, 28, 26, 18, 8),
    "VILLE-CENTRE": (6, 16, 27, 26, 18, 8),
    "COMMUNES": (7, 17, 26, 26, 18, 8),
}
"""Partner -> percent of its reference that it can pay in each year."""

_RHONE_ALPES = "FR43 (Banque des Territoires / Localtis)"

_STEP = 1_000_000
"""Budgets are rounded down to 10 000 euros."""


def budgets(partners: Iterable[Partner], reference: Mapping[str, int]) -> tuple[Budget, ...]:
    """Give one line for each year of each limited purse."""
    return tuple(
        Budget(
            holder=partner.code,
            year=year,
            commitment=_part(_COMMITMENT_PERCENT, partner.code, year, reference)
            if partner.commitment_limited
            else None,
            payment=_part(_PAYMENT_PERCENT, partner.code, year, reference) if partner.payment_limited else None,
            provenance=_words(partner.code, year, reference),
        )
        for partner in partners
        for year in YEARS
        if partner.commitment_limited or partner.payment_limited
    )


def _part(table: Mapping[str, tuple[int, ...]], code: str, year: int, reference: Mapping[str, int]) -> int:
    percent = table[code][year - YEARS[0]]
    return reference[code] * percent // 100 // _STEP * _STEP


def _words(code: str, year: int, reference: Mapping[str, int]) -> str:
    shares = [f"AE {_COMMITMENT_PERCENT[code][year - YEARS[0]]} %"]
    if code in _PAYMENT_PERCENT:
        shares.append(f"CP {_PAYMENT_PERCENT[code][year - YEARS[0]]} %")
    return f"illustratif : {', '.join(shares)} de la référence du partenaire ({euros(reference[code])})"


def envelopes() -> tuple[Envelope, ...]:
    """List the published limits over several years."""
    return (
        Envelope(
            code="ENV-ANRU-FR22",
            label="ANRU : 42 M€ annoncés pour les trois quartiers (leurs parts publiées font 42,2 M€)",
            partners=("ANRU",),
            amount=4_200_000_000,
            projects=("NPNRU-TROIS-QUARTIERS",),
            provenance="FR22 (Le Mans Métropole) : 42 M€ annoncés ; rattachement au projet illustratif",
        ),
        Envelope(
            code="ENV-DEPARTEMENT-FR34",
            label="Département : un seul crédit pour les deux grands projets de ville",
            partners=("DEPARTEMENT",),
            amount=1_524_000_000,
            projects=("GRANDS-PROJETS",),
            provenance="FR34 (Le Moniteur) : 15 240 000 € à répartir entre deux projets",
        ),
        Envelope(
            code="ENV-REGION-FR43-A",
            label="Région : enveloppe de rénovation urbaine",
            partners=("REGION",),
            amount=20_000_000_000,
            projects=("NPNRU-METROPOLE", "NPNRU-TROIS-QUARTIERS", "NPNRU-VILLES", "GRANDS-PROJETS"),
            provenance=f"{_RHONE_ALPES} : 200 000 000 € ; rattachement illustratif",
        ),
        Envelope(
            code="ENV-REGION-FR43-B",
            label="Région : enveloppe des opérations isolées",
            partners=("REGION",),
            amount=1_000_000_000,
            projects=("CENTRES",),
            provenance=f"{_RHONE_ALPES} : 10 000 000 € pour les opérations isolées ; rattachement illustratif",
        ),
    )


def decommitments() -> tuple[Decommitment, ...]:
    """List the credits of former operations that come back."""
    return (
        Decommitment(
            holder="ANRU",
            year=2029,
            amount=300_000_000,
            reason="Soldes du premier programme, opérations closes sous leur coût",
            provenance="illustratif",
        ),
    )


def locks() -> tuple[Lock, ...]:
    """List what is signed or refused: amounts are published parts, decisions are illustrative."""
    return (
        Lock(
            operation="AUB-EQP-02",
            partner="REGION",
            sense=LockSense.EXACTLY,
            amount=637_000_000,
            author="Région Haute-Bruisse, commission permanente",
            reason="Subvention votée et notifiée (décision illustrative ; montant publié, FR61)",
        ),
        Lock(
            operation="CAB-DEM-01",
            partner="FEDER",
            sense=LockSense.EXACTLY,
            amount=25_555_200,
            author="Autorité de gestion du FEDER",
            reason="Convention signée (décision illustrative ; montant publié, FR01)",
        ),
        Lock(
            operation="MVG-PRG-01",
            partner="ANRU",
            sense=LockSense.EXACTLY,
            amount=1_300_000_000,
            author="ANRU, comité d'engagement",
            reason="Convention pluriannuelle signée (décision illustrative ; montant publié, FR25)",
        ),
        Lock(
            operation="VIM-ECO-01",
            partner="DEPARTEMENT",
            sense=LockSense.AT_MOST,
            amount=0,
            author="Département de la Bruisse, assemblée départementale",
            reason="Refus : le département n'aide plus le commerce (décision illustrative)",
        ),
    )
