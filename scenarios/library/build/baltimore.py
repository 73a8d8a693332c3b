"""Write ``baltimore-2018``: the six-year capital programme of the City of Baltimore, fiscal years 2018 to 2023.

Run ``python -m scenarios.library.build.baltimore`` from the root of the project. The page ``docs/baltimore.md``
says where the tables come from and what is modelled.
"""

from datetime import date

from scenarios.document import (
    Budget,
    Commune,
    Decommitment,
    Goal,
    GoalKind,
    Partner,
    PartnerKind,
    Pool,
    Project,
    Scenario,
)
from scenarios.formats import write
from scenarios.library.build.capital_programme import (
    SHIPPED,
    Programme,
    Setting,
    operations,
    plan_lines,
    read_programme,
    table,
)

CODE = "baltimore-2018"
YEARS = range(2018, 2024)
OWNER = "CITY"

_PROGRAMME = "City of Baltimore, Six-Year Capital Program FY2018-2023"
_SUMMARY = "City of Baltimore, Agency Fund Summary FY2018-2023, ligne TOTAL du groupe de fonds"
_KIND_IS_OURS = "famille choisie par nous, aucune règle de ce scénario n'en dépend"

_AGENCIES = {
    "Baltimore City Office of Information & Technology": ("A117", "INFORMATION-TECHNOLOGY"),
    "Mayoralty-Related": ("A127", "MAYORALTY"),
    "Planning Department": ("A188", "PLANNING"),
    "Department of General Services": ("A197", "GENERAL-SERVICES"),
    "Police Department": ("A206", "POLICE"),
    "City School System - Systemics Program": ("A417", "SCHOOLS"),
    "City School System - Construction": ("A418", "SCHOOLS"),
    "Pratt Library": ("A457", "LIBRARY"),
    "Dept. of Recreation & Parks": ("A474", "RECREATION-PARKS"),
    "Transportation: Alleys & Footways": ("A504", "TRANSPORTATION"),
    "Transportation: Bridges": ("A506", "TRANSPORTATION"),
    "Transportation: Streets & Hwys.": ("A508", "TRANSPORTATION"),
    "Transportation: Traffic Engineering": ("A512", "TRANSPORTATION"),
    "Transportation: Street Resurfacing": ("A514", "TRANSPORTATION"),
    "DPW: Solid Waste": ("A517", "PUBLIC-WORKS"),
    "DPW: Storm Water Program": ("A520", "PUBLIC-WORKS"),
    "DPW: Pollution/Erosion Control": ("A525", "PUBLIC-WORKS"),
    "Transportation: Dev. Agencies Program": ("A527", "TRANSPORTATION"),
    "Convention Center": ("A534", "CONVENTION-CENTER"),
    "DPW: Waste Water": ("A551", "PUBLIC-WORKS"),
    "DPW: Water Supply": ("A557", "PUBLIC-WORKS"),
    "Transportation: Conduit Construction Program": ("A562", "TRANSPORTATION"),
    "Transportation: Conduits": ("A563", "TRANSPORTATION"),
    "Dept. of Housing & Community Dev.": ("A588", "HOUSING"),
    "Baltimore Development Corporation": ("A601", "ECONOMIC-DEVELOPMENT"),
}
"""Published agency name -> code of its project (its smallest published agency code) and code of its nature."""

_POOLS = {
    "City Bond Funds": "CITY-BONDS",
    "City General Funds": "CITY-GENERAL",
    "Revenue Loans": "REVENUE-LOANS",
    "Utility Funds": "UTILITY",
    "Federal Funds": "FEDERAL",
    "State Funds": "STATE",
    "County Grants": "COUNTY",
    "General Funds (HUR Eligible)": "GENERAL-HUR",
    "Other": "OTHER",
}
"""Published fund group -> code of the pool."""

_KIND_OF_GROUP = {
    "City Bond Funds": PartnerKind.COMMUNE,
    "City General Funds": PartnerKind.COMMUNE,
    "Revenue Loans": PartnerKind.COMMUNE,
    "Utility Funds": PartnerKind.COMMUNE,
    "Federal Funds": PartnerKind.STATE,
    "State Funds": PartnerKind.REGION,
    "County Grants": PartnerKind.DEPARTEMENT,
    "General Funds (HUR Eligible)": PartnerKind.COMMUNE,
}
"""The French family closest to each fund group; the group Other is looked at fund by fund."""

_KIND_OF_OTHER = {
    "901 Sale of City Real Property": PartnerKind.COMMUNE,
    "904 Urban Development Action Grant (UDAG) Repayments": PartnerKind.OTHER,
    "905 Private Payments - Alleys": PartnerKind.PRIVATE,
    "906 Private Payments - Sidewalks": PartnerKind.PRIVATE,
    "907 Private Payments - Conduits": PartnerKind.PRIVATE,
    "908 Other Private Funds & Grants": PartnerKind.PRIVATE,
    "990 Other Funds (Not Classified Above)": PartnerKind.OTHER,
}

_REMARKS = {
    "127-044": (
        " ; défaut de la table publiée : pour le fonds 100, les années font 4 000 000 $ et le total publié "
        "3 400 000 $ ; les années sont retenues"
    ),
}


def build() -> Scenario:
    """Make the scenario from the committed tables."""
    programme = read_programme("baltimore_fy18_23_program.csv", YEARS)
    fund_codes = {fund: f"F{fund[:3]}" for fund in programme.funds}
    groups = _groups(programme.funds)
    projects = {agency: project for agency, (project, _) in _AGENCIES.items()}
    natures = {agency: nature for agency, (_, nature) in _AGENCIES.items()}
    setting = Setting(owner=OWNER, commune="BALTIMORE", source=_PROGRAMME, remarks=_REMARKS)
    return Scenario(
        code=CODE,
        title="Baltimore : programme d'investissement 2018-2023",
        description=_DESCRIPTION,
        committee="Ville de Baltimore : Planning Commission et Board of Finance",
        currency="USD",
        reference_date=date(2017, 7, 1),
        first_year=YEARS[0],
        last_year=YEARS[-1],
        goals=(Goal(kind=GoalKind.FUNDED_COST),),
        pools=_pools(),
        partners=_partners(groups, fund_codes),
        communes=(Commune(code="BALTIMORE", label="Baltimore", territory="MARYLAND"),),
        projects=_projects(),
        operations=operations(programme, natures, projects, setting),
        budgets=_budgets(),
        decommitments=_decommitments(programme, groups),
        plans=plan_lines(programme, fund_codes, _PROGRAMME),
    )


_DESCRIPTION = (
    "Programme réel publié par la ville (Six-Year Capital Program FY2018-2023, Agency Fund Summary), en dollars ; les "
    "années sont des exercices. Chaque projet est une opération au plan de financement fixe : seule sa sélection, "
    "entière ou partielle, est décidée. Les groupes de fonds sont des fonds communs limités en paiements, au budget "
    "annuel publié. Ne sont pas publiés et sont choisis ici : la réalisation partielle, les points de priorité (coût "
    "en milliers de dollars), la famille des fonds, le partenaire CITY, maître d'ouvrage unique qui n'apporte rien "
    "hors de ses fonds. Le projet 474-019, dont les seules lignes de la période sont deux retraits de crédits, n'est "
    "pas une opération à financer : il est la source des crédits dégagés de 2018. Les crédits antérieurs à 2018 sont "
    "ignorés."
)


def _groups(funds: tuple[str, ...]) -> dict[str, str]:
    """Give the published group of each fund: that of its three-digit code (657), else that of its first digit."""
    by_prefix = {row["funder_code_prefix"]: row["fund_group"] for row in table("baltimore_fund_map.csv")}
    return {fund: by_prefix.get(fund[:3]) or by_prefix[fund[0]] for fund in funds}


def _pools() -> tuple[Pool, ...]:
    return tuple(
        Pool(
            code=code,
            label=group,
            commitment_limited=False,
            payment_limited=True,
            carry_over=False,
            provenance=f"{_SUMMARY} ; le report d'une année sur l'autre n'est pas publié, donc pas admis",
        )
        for group, code in sorted(_POOLS.items(), key=lambda item: item[1])
    )


def _partners(groups: dict[str, str], fund_codes: dict[str, str]) -> tuple[Partner, ...]:
    owner = Partner(
        code=OWNER,
        label="City of Baltimore (ses agences, maîtres d'ouvrage)",
        kind=PartnerKind.COMMUNE,
        commitment_limited=False,
        payment_limited=False,
        carry_over=False,
        provenance="Ajouté par nous : la table publie l'agence de chaque projet, et tout l'argent vient des fonds",
    )
    funds = (_fund(fund, code, groups[fund]) for fund, code in sorted(fund_codes.items()))
    return (owner, *funds)


def _fund(fund: str, code: str, group: str) -> Partner:
    kind = _KIND_OF_OTHER[fund] if group == "Other" else _KIND_OF_GROUP[group]
    return Partner(
        code=code,
        label=fund,
        kind=kind,
        pool=_POOLS[group],
        commitment_limited=False,
        payment_limited=False,
        carry_over=False,
        provenance=f"{_PROGRAMME} ; seul le groupe a un budget publié ; {_KIND_IS_OURS}",
    )


def _projects() -> tuple[Project, ...]:
    return tuple(
        Project(code=code, label=agency, holder=OWNER, programme="CIP-2018-2023", provenance=_PROGRAMME)
        for agency, (code, _) in sorted(_AGENCIES.items(), key=lambda item: item[1])
    )


def _budgets() -> tuple[Budget, ...]:
    budgets = [
        Budget(
            holder=_POOLS[row["fund_group"]],
            year=int(row["fiscal_year"]),
            payment=int(row["amount_usd"]) * 100,
            provenance=_SUMMARY,
        )
        for row in table("baltimore_fy18_23_fund_budgets.csv")
        if row["agency_code"] == "TOTAL" and row["fund_group"] != "Totals"
    ]
    return tuple(sorted(budgets, key=lambda budget: (budget.holder, budget.year)))


def _decommitments(programme: Programme, groups: dict[str, str]) -> tuple[Decommitment, ...]:
    """Negative lines: the published budget of a group is net of them, so they give it back what they withdraw."""
    return tuple(
        Decommitment(
            holder=_POOLS[groups[line.fund]],
            year=line.year,
            amount=-line.amount,
            reason=f"{line.project} : crédits retirés du fonds {line.fund}",
            provenance=f"{_PROGRAMME}, ligne négative",
        )
        for line in programme.withdrawals
    )


def main() -> None:
    """Write the folder of the scenario."""
    write(build(), SHIPPED / CODE)


if __name__ == "__main__":
    main()
