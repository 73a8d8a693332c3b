"""Write ``dc-2014``: the Capital Improvements Plan of the District of Columbia, fiscal years 2014 to 2019.

Run ``python -m scenarios.library.build.washington`` from the root of the project. The page ``docs/baltimore.md``
says where the table comes from and what is modelled.
"""

from collections import defaultdict
from datetime import date

from scenarios.document import Budget, Commune, Goal, GoalKind, Partner, PartnerKind, Project, Scenario
from scenarios.formats import write
from scenarios.library.build.capital_programme import (
    SHIPPED,
    Programme,
    Setting,
    operations,
    plan_lines,
    read_programme,
)

CODE = "dc-2014"
YEARS = range(2014, 2020)
OWNER = "DISTRICT"

_PLAN = "District of Columbia, Capital Improvements Plan FY2014-2019"

_KINDS = {
    "Equipment Lease (0302)": PartnerKind.COMMUNE,
    "Federal (0350)": PartnerKind.STATE,
    "GARVEE Bonds (0310)": PartnerKind.COMMUNE,
    "GO Bonds - New (0300)": PartnerKind.COMMUNE,
    "Highway Trust Fund (0320)": PartnerKind.COMMUNE,
    "Local Transportation Revenue (0330)": PartnerKind.COMMUNE,
    "Pay Go (0301)": PartnerKind.COMMUNE,
    "Private Donations (0306)": PartnerKind.PRIVATE,
    "Sales of Assets (0305)": PartnerKind.COMMUNE,
}
"""Published source of money -> the French family closest to it."""

_DESCRIPTION = (
    "Programme réel publié par le District of Columbia (Capital Improvements Plan FY2014-2019), en dollars ; les "
    "années sont des exercices. Chaque projet est une opération au plan de financement fixe : seule sa sélection, "
    "entière ou partielle, est décidée. Aucun plafond annuel par source n'est publié : le budget d'une source est la "
    "somme de ses lignes, année par année. Ne sont pas publiés et sont choisis ici : la réalisation partielle, les "
    "points de priorité (coût en milliers de dollars), la famille des sources, le partenaire DISTRICT, maître "
    "d'ouvrage unique qui n'apporte rien hors de ses sources. Les crédits ouverts avant 2014 sont ignorés."
)


def build() -> Scenario:
    """Make the scenario from the committed table."""
    programme = read_programme("dc_fy2014_cip.csv", YEARS)
    fund_codes = {fund: f"F{_code_in_brackets(fund)}" for fund in programme.funds}
    agencies = {agency: _code_in_brackets(agency) for agency in sorted({line.agency for line in programme.lines})}
    setting = Setting(owner=OWNER, commune="WASHINGTON", source=_PLAN, remarks={})
    return Scenario(
        code=CODE,
        title="Washington : programme d'investissement 2014-2019",
        description=_DESCRIPTION,
        committee="District of Columbia",
        currency="USD",
        reference_date=date(2013, 10, 1),
        first_year=YEARS[0],
        last_year=YEARS[-1],
        goals=(Goal(kind=GoalKind.FUNDED_COST),),
        partners=_partners(fund_codes),
        communes=(Commune(code="WASHINGTON", label="Washington", territory="DC"),),
        projects=_projects(agencies),
        operations=operations(programme, agencies, agencies, setting),
        budgets=_budgets(programme, fund_codes),
        plans=plan_lines(programme, fund_codes, _PLAN),
    )


def _code_in_brackets(name: str) -> str:
    """Return the published code that ends a name: ``KA0`` of ``DEPARTMENT OF TRANSPORTATION (KA0)``."""
    return name.rpartition("(")[2].removesuffix(")")


def _partners(fund_codes: dict[str, str]) -> tuple[Partner, ...]:
    owner = Partner(
        code=OWNER,
        label="District of Columbia (ses agences, maîtres d'ouvrage)",
        kind=PartnerKind.COMMUNE,
        commitment_limited=False,
        payment_limited=False,
        carry_over=False,
        provenance="Ajouté par nous : la table publie l'agence de chaque projet, et tout l'argent vient des sources",
    )
    funds = (
        Partner(
            code=code,
            label=fund,
            kind=_KINDS[fund],
            commitment_limited=False,
            payment_limited=True,
            carry_over=False,
            provenance=f"{_PLAN} ; famille choisie par nous, aucune règle de ce scénario n'en dépend",
        )
        for fund, code in sorted(fund_codes.items(), key=lambda item: item[1])
    )
    return (owner, *funds)


def _projects(agencies: dict[str, str]) -> tuple[Project, ...]:
    return tuple(
        Project(code=code, label=agency, holder=OWNER, programme="CIP-2014-2019", provenance=_PLAN)
        for agency, code in sorted(agencies.items(), key=lambda item: item[1])
    )


def _budgets(programme: Programme, fund_codes: dict[str, str]) -> tuple[Budget, ...]:
    """Make the yearly budgets, zero included: a source pays nothing in a year where it has no line."""
    paid: dict[tuple[str, int], int] = defaultdict(int)
    for line in programme.costs:
        paid[fund_codes[line.fund], line.year] += line.amount
    return tuple(
        Budget(
            holder=code,
            year=year,
            payment=paid[code, year],
            provenance="somme des lignes publiées, pas un plafond publié",
        )
        for code in sorted(fund_codes.values())
        for year in YEARS
    )


def main() -> None:
    """Write the folder of the scenario."""
    write(build(), SHIPPED / CODE)


if __name__ == "__main__":
    main()
