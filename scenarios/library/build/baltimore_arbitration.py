"""Write the arbitration scenarios of Baltimore: what the agencies asked for, under the fund totals the city adopted.

For each fiscal year, ``baltimore-YEAR-demandes`` keeps the funds that each request names (fixed plans), and
``baltimore-YEAR-arbitrage`` lets a project be paid by any fund that its request or its adopted lines name.
Run ``python -m scenarios.library.build.baltimore_arbitration`` from the root of the project. The page
``docs/arbitrage.md`` says what is modelled and what the data do not tell.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from scenarios.document import (
    Budget,
    Commune,
    CostBasis,
    Eligibility,
    Goal,
    GoalKind,
    Operation,
    Partner,
    PartnerKind,
    PlanLine,
    Presence,
    ProfileShare,
    Project,
    ReferenceLine,
    Scenario,
)
from scenarios.formats import write
from scenarios.library.build.capital_programme import SHIPPED, table

YEARS = (2018, 2021)
OWNER = "CITY"
_AT_ONCE = "UN-EXERCICE"
_CENTS = 100
_CENTS_OF_A_THOUSAND = 100_000


@dataclass(frozen=True)
class Arbitration:
    """One published arbitration, in cents: by project and fund, what was asked for and what was adopted.

    Withdrawals of credits (negative lines) are left out: they ask for nothing.
    """

    year: int
    labels: dict[str, str]
    agencies: dict[str, tuple[str, str]]
    funds: dict[str, str]
    requested: dict[tuple[str, str], int]
    adopted: dict[tuple[str, str], int]

    @property
    def costs(self) -> dict[str, int]:
        """Cents asked for by project, for the projects that ask for something."""
        return _by_project(self.requested)

    @property
    def totals(self) -> dict[str, int]:
        """Cents adopted by fund, what is adopted beyond the requests included."""
        totals: dict[str, int] = dict.fromkeys(self.funds, 0)
        for (_, fund), amount in self.adopted.items():
            totals[fund] += amount
        return totals

    @property
    def adopted_costs(self) -> dict[str, int]:
        """Cents adopted by project."""
        return _by_project(self.adopted)


def _by_project(amounts: dict[tuple[str, str], int]) -> dict[str, int]:
    costs: dict[str, int] = defaultdict(int)
    for (project, _), amount in amounts.items():
        costs[project] += amount
    return dict(sorted(costs.items()))


def arbitration(year: int) -> Arbitration:
    """Read the published arbitration of a fiscal year. Two lines of one project and fund are added."""
    rows = table(f"baltimore_fy{year}_requested_vs_adopted.csv")
    return Arbitration(
        year=year,
        labels={row["project_id"]: row["operation"] for row in rows},
        agencies={row["project_id"]: (f"A{row['agency_code']}", row["agency"]) for row in rows},
        funds={f"F{row['fund_code']}": f"{row['fund_code']} {row['funder']}" for row in rows},
        requested=_amounts(rows, "requested_usd"),
        adopted=_amounts(rows, "adopted_usd"),
    )


def _amounts(rows: list[dict[str, str]], column: str) -> dict[tuple[str, str], int]:
    amounts: dict[tuple[str, str], int] = defaultdict(int)
    for row in rows:
        amount = int(row[column]) * _CENTS
        if amount > 0:
            amounts[row["project_id"], f"F{row['fund_code']}"] += amount
    return dict(sorted(amounts.items()))


def build(year: int, *, substitution: bool) -> Scenario:
    """Make one scenario from the committed table: with the funds as asked for, or with those also adopted."""
    published = arbitration(year)
    source = f"City of Baltimore, FY{year} requested vs adopted"
    common = {
        "committee": "Ville de Baltimore : Planning Commission et Board of Finance",
        "currency": "USD",
        "reference_date": date(year - 1, 7, 1),
        "first_year": year,
        "last_year": year,
        "partners": _partners(published, source),
        "communes": (Commune(code="BALTIMORE", label="Baltimore", territory="MARYLAND"),),
        "projects": _projects(published, source),
        "operations": _operations(published, source, substitution=substitution),
        "budgets": _budgets(published, source),
    }
    cost, closeness = Goal(kind=GoalKind.FUNDED_COST), Goal(kind=GoalKind.REFERENCE_CLOSENESS)
    if not substitution:
        return Scenario(
            code=f"baltimore-{year}-demandes",
            title=f"Baltimore {year} : les demandes des agences sous les fonds adoptés",
            description=f"{_COMMON} Chaque projet garde les fonds que sa demande nomme.",
            goals=(cost,),
            plans=_plans(published, source),
            **common,
        )
    return Scenario(
        code=f"baltimore-{year}-arbitrage",
        title=f"Baltimore {year} : les demandes, un fonds pouvant en remplacer un autre",
        description=f"{_COMMON} Un projet peut être payé par tout fonds que nomme sa demande ou son montant adopté.",
        goals=(cost, closeness),
        profiles=(ProfileShare(profile=_AT_ONCE, offset=0, share=Fraction(1)),),
        eligibilities=_eligibilities(published, source),
        references=_references(published, source),
        **common,
    )


_COMMON = (
    "Demandes réelles publiées par la ville, en dollars, pour un exercice. Le budget de chaque fonds est le total "
    "que la ville a adopté pour lui, demandes nouvelles comprises. Ne sont pas publiés et sont choisis ici : la "
    "réalisation partielle, les points de priorité (coût en milliers de dollars), le partenaire CITY, maître "
    "d'ouvrage unique sans argent hors de ses fonds, la famille des fonds, dont rien ne dépend."
)


def _partners(published: Arbitration, source: str) -> tuple[Partner, ...]:
    owner = (OWNER, "City of Baltimore (ses agences, maîtres d'ouvrage)", PartnerKind.COMMUNE)
    funds = [(code, label, PartnerKind.OTHER) for code, label in sorted(published.funds.items())]
    return tuple(
        Partner(
            code=code,
            label=label,
            kind=kind,
            commitment_limited=False,
            payment_limited=True,
            carry_over=False,
            provenance=source,
        )
        for code, label, kind in (owner, *funds)
    )


def _projects(published: Arbitration, source: str) -> tuple[Project, ...]:
    agencies = sorted({published.agencies[project] for project in published.costs})
    return tuple(
        Project(code=code, label=label, holder=OWNER, programme=f"CIP-{published.year}", provenance=source)
        for code, label in agencies
    )


def _operations(published: Arbitration, source: str, *, substitution: bool) -> tuple[Operation, ...]:
    return tuple(
        Operation(
            code=project,
            label=published.labels[project],
            nature=published.agencies[project][0],
            project=published.agencies[project][0],
            commune="BALTIMORE",
            owner=OWNER,
            cost_basis=CostBasis.UNSPECIFIED,
            cost_unspecified=cost,
            receipts=0,
            value=cost // _CENTS_OF_A_THOUSAND,
            mandatory=False,
            divisible=True,
            earliest_start=published.year,
            latest_start=published.year,
            profile=_AT_ONCE if substitution else None,
            provenance=f"{source} ; coût = somme des demandes ; réalisation partielle admise par hypothèse",
        )
        for project, cost in published.costs.items()
    )


def _budgets(published: Arbitration, source: str) -> tuple[Budget, ...]:
    own = Budget(
        holder=OWNER, year=published.year, payment=0, provenance="Tout l'argent de la ville est dans ses fonds"
    )
    adopted = (
        Budget(holder=fund, year=published.year, payment=amount, provenance=f"{source}, total adopté du fonds")
        for fund, amount in sorted(published.totals.items())
    )
    return (own, *adopted)


def _plans(published: Arbitration, source: str) -> tuple[PlanLine, ...]:
    return tuple(
        PlanLine(operation=project, partner=fund, year=published.year, amount=amount, provenance=source)
        for (project, fund), amount in published.requested.items()
    )


def _eligibilities(published: Arbitration, source: str) -> tuple[Eligibility, ...]:
    asked = published.costs
    pairs = sorted({*published.requested, *(pair for pair in published.adopted if pair[0] in asked)})
    return tuple(
        Eligibility(operation=project, partner=fund, presence=Presence.REQUIRED, provenance=source)
        for project, fund in pairs
    )


def _references(published: Arbitration, source: str) -> tuple[ReferenceLine, ...]:
    return tuple(
        ReferenceLine(operation=project, partner=fund, amount=amount, provenance=source)
        for (project, fund), amount in published.requested.items()
    )


def main() -> None:
    """Write the folders of the scenarios."""
    for year in YEARS:
        for substitution in (False, True):
            scenario = build(year, substitution=substitution)
            write(scenario, SHIPPED / scenario.code)


if __name__ == "__main__":
    main()
