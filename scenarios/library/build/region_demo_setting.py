"""The fictional region: partners, communes, projects and payment profiles of ``region-demo``.

Everything here is illustrative; what is published stands in ``region_demo_operations`` and ``region_demo_rules``.
"""

from fractions import Fraction

from scenarios.document import Commune, Partner, PartnerKind, ProfileShare, Project

YEARS = range(2027, 2033)

VILLE_CENTRE = "AUBRELLE"
"""The commune whose own purse is the partner VILLE-CENTRE; all the others share the partner COMMUNES."""

_PARTNERS = (
    ("ANRU", "ANRU", PartnerKind.ANRU, "CR"),
    ("ANAH", "Anah", PartnerKind.ANAH, "C"),
    ("ETAT", "État (crédits d'investissement local)", PartnerKind.STATE, "C"),
    ("REGION", "Région Haute-Bruisse", PartnerKind.REGION, "CP"),
    ("DEPARTEMENT", "Département de la Bruisse", PartnerKind.DEPARTEMENT, "CP"),
    ("METROPOLE", "Métropole d'Aubrelle", PartnerKind.EPCI, "CP"),
    ("VILLE-CENTRE", "Ville d'Aubrelle", PartnerKind.COMMUNE, "CP"),
    ("COMMUNES", "Les onze autres communes (réunies)", PartnerKind.COMMUNE, "CP"),
    ("BAILLEURS", "Bailleurs sociaux et copropriétaires (réunis)", PartnerKind.LANDLORD, "C"),
    ("CDC", "Caisse des Dépôts, Banque des Territoires", PartnerKind.CDC, ""),
    ("FEDER", "FEDER", PartnerKind.EUROPE, "CR"),
)
"""Code, label, family; C limited in commitments, P in payments, R carries over."""

SHORT_NAMES = {
    "ANRU": "ANRU",
    "ANAH": "Anah",
    "ETAT": "État",
    "REGION": "Région",
    "DEPARTEMENT": "Département",
    "METROPOLE": "Métropole",
    "VILLE-CENTRE": "Ville d'Aubrelle",
    "COMMUNES": "Communes",
    "BAILLEURS": "Bailleurs",
    "CDC": "Caisse des Dépôts",
    "FEDER": "FEDER",
}
"""Partner -> its name in the label of a rule."""

_GROUPS = {
    "COMMUNES": " ; onze communes tenues pour une seule bourse, faute de budgets publiés par commune",
    "BAILLEURS": (
        " ; réunit les bailleurs et les syndicats de copropriétaires où ils ont des lots (cas FR05 : 16,4 M€ "
        "publiés pour deux bailleurs, le reste aux copropriétaires)"
    ),
}

_COMMUNES = (
    ("AUBRELLE", "Aubrelle", "METROPOLE", 148_000, 1_180),
    ("BELLEFARGE", "Bellefarge", "PLATEAU", 31_000, 890),
    ("CASTELBRUNE", "Castelbrune", "METROPOLE", 27_000, 1_040),
    ("CHAMPTOURNEL", "Champtournel", "PLATEAU", 44_000, 930),
    ("LORMERAY", "Lormeray", "METROPOLE", 36_000, 980),
    ("MONTVAUGIER", "Montvaugier", "METROPOLE", 41_000, 1_120),
    ("NOIRMESLE", "Noirmesle", "PLATEAU", 22_000, 760),
    ("PORT-ALLAYNE", "Port-Allayne", "FLEUVE", 72_000, 1_010),
    ("QUINCEROLLES", "Quincerolles", "PLATEAU", 18_000, 720),
    ("ROCHEVESLE", "Rochevesle", "FLEUVE", 58_000, 950),
    ("SAINTE-ORLANE", "Sainte-Orlane", "METROPOLE", 33_000, 910),
    ("VILLEMORGNE", "Villemorgne", "FLEUVE", 39_000, 810),
)
"""Code, name, territory, population, financial potential per head in euros."""

_PROJECTS = (
    ("NPNRU-METROPOLE", "Convention NPNRU de la métropole d'Aubrelle", "METROPOLE", "NPNRU"),
    ("NPNRU-TROIS-QUARTIERS", "Convention NPNRU des trois quartiers du fleuve", "COMMUNES", "NPNRU"),
    ("NPNRU-VILLES", "Convention NPNRU des villes du fleuve et du plateau", "COMMUNES", "NPNRU"),
    ("GRANDS-PROJETS", "Deux grands projets de ville", "COMMUNES", "GPV"),
    ("CENTRES", "Contrat des centres et des équipements", "REGION", "CONTRAT"),
)

_PROFILES = (
    ("ETUDE", (70, 30)),
    ("COURT", (40, 60)),
    ("MOYEN", (30, 45, 25)),
    ("LONG", (15, 30, 35, 20)),
)
"""Code, percent paid in each year from the start."""


def partners() -> tuple[Partner, ...]:
    """List the eleven partners."""
    return tuple(
        Partner(
            code=code,
            label=label,
            kind=kind,
            commitment_limited="C" in limits,
            payment_limited="P" in limits,
            carry_over="R" in limits,
            provenance=f"illustratif : partenaire d'une région fictive{_GROUPS.get(code, '')}",
        )
        for code, label, kind, limits in _PARTNERS
    )


def communes() -> tuple[Commune, ...]:
    """List the dozen communes."""
    return tuple(
        Commune(
            code=code,
            label=label,
            territory=territory,
            population=population,
            financial_potential_per_capita=potential * 100,
            indicator_year=2026,
            provenance="illustratif : commune fictive, indicateurs inventés",
        )
        for code, label, territory, population, potential in _COMMUNES
    )


def projects() -> tuple[Project, ...]:
    """List the five agreements."""
    return tuple(
        Project(code=code, label=label, holder=holder, programme=programme, provenance="illustratif : projet fictif")
        for code, label, holder, programme in _PROJECTS
    )


def profiles() -> tuple[ProfileShare, ...]:
    """List the four payment profiles."""
    return tuple(
        ProfileShare(profile=code, offset=offset, share=Fraction(share, 100), provenance="illustratif")
        for code, shares in _PROFILES
        for offset, share in enumerate(shares)
    )
