"""A published capital programme (project x fund x year) as operations that carry their fixed financing plan.

Each project becomes one operation whose cost is what the programme pays for it in the horizon; the published
lines are its plan, so that only its selection (in whole or in part) is left to decide.
"""

import csv
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from scenarios.document import CostBasis, Operation, PlanLine

SHIPPED = Path(__file__).parent.parent
_SOURCES = SHIPPED / "sources"

_PRIOR = "anterieur"
"""The word the source tables write instead of a year for credits opened before the programme."""

_CENTS_OF_A_THOUSAND = 100_000


@dataclass(frozen=True)
class ProgrammeLine:
    """One published line of the horizon. Amounts are in cents; a withdrawal of credits is negative.

    ``published_total`` is the cost that the source gives for the whole project, None where it gives none.
    """

    project: str
    agency: str
    location: str
    published_total: int | None
    fund: str
    year: int
    amount: int

    @property
    def code(self) -> str:
        """Project code: the first word of the published title (``117-013``)."""
        return self.project.partition(" ")[0]

    @property
    def label(self) -> str:
        """Published title, without the code."""
        return self.project.partition(" ")[2]


@dataclass(frozen=True)
class Programme:
    """The lines of the horizon, and by project code the cents already opened before it."""

    years: range
    lines: tuple[ProgrammeLine, ...]
    prior: Mapping[str, int]

    @property
    def costs(self) -> tuple[ProgrammeLine, ...]:
        """The lines that ask for money."""
        return tuple(line for line in self.lines if line.amount > 0)

    @property
    def withdrawals(self) -> tuple[ProgrammeLine, ...]:
        """The lines that give back credits opened before."""
        return tuple(line for line in self.lines if line.amount < 0)

    @property
    def funds(self) -> tuple[str, ...]:
        """Published names of the funds with a line in the horizon, sorted."""
        return tuple(sorted({line.fund for line in self.lines}))


@dataclass(frozen=True)
class Setting:
    """What the operations of one programme have in common, and the sentences that single some of them out."""

    owner: str
    commune: str
    source: str
    remarks: Mapping[str, str]
    """Operation code -> sentence added to its provenance (a defect of the published table)."""


def table(name: str) -> list[dict[str, str]]:
    """Rows of a committed source table."""
    with (_SOURCES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_programme(name: str, years: range) -> Programme:
    """Read a programme table; its whole units of money are turned into cents.

    Raises ValueError when a line falls in a year that the programme does not cover.
    """
    lines: list[ProgrammeLine] = []
    prior: dict[str, int] = defaultdict(int)
    for row in table(name):
        amount = int(row["amount_eur"]) * 100
        if row["year"] == _PRIOR:
            prior[row["operation"].partition(" ")[0]] += amount
            continue
        if int(row["year"]) not in years:
            raise ValueError(f"{row['operation']}: year {row['year']} outside {years}")
        lines.append(
            ProgrammeLine(
                project=row["operation"],
                agency=row["maitre_ouvrage"],
                location=row["commune"],
                published_total=int(row["cost_ht"]) * 100 if row["cost_ht"] else None,
                fund=row["funder"],
                year=int(row["year"]),
                amount=amount,
            )
        )
    return Programme(years=years, lines=tuple(lines), prior=prior)


def plan_lines(programme: Programme, fund_codes: Mapping[str, str], source: str) -> tuple[PlanLine, ...]:
    """Make the fixed plans: the lines that ask for money, sorted by operation, fund and year."""
    plans = (
        PlanLine(
            operation=line.code, partner=fund_codes[line.fund], year=line.year, amount=line.amount, provenance=source
        )
        for line in programme.costs
    )
    return tuple(sorted(plans, key=lambda plan: (plan.operation, plan.partner, plan.year)))


def operations(
    programme: Programme, natures: Mapping[str, str], projects: Mapping[str, str], setting: Setting
) -> tuple[Operation, ...]:
    """One operation per published project that asks for money in the horizon, sorted by code.

    ``natures`` and ``projects`` give the codes of each agency. A project whose lines are all withdrawals asks
    for no money: it is no operation.
    """
    by_code: dict[str, list[ProgrammeLine]] = defaultdict(list)
    for line in programme.costs:
        by_code[line.code].append(line)
    return tuple(_operation(by_code[code], programme, natures, projects, setting) for code in sorted(by_code))


def _operation(
    lines: list[ProgrammeLine],
    programme: Programme,
    natures: Mapping[str, str],
    projects: Mapping[str, str],
    setting: Setting,
) -> Operation:
    first = lines[0]
    cost = sum(line.amount for line in lines)
    value, rest = divmod(cost, _CENTS_OF_A_THOUSAND)
    if rest:
        raise ValueError(f"{first.code}: {cost} cents is not a whole number of thousands")
    start = min(line.year for line in lines)
    return Operation(
        code=first.code,
        label=first.label,
        nature=natures[first.agency],
        project=projects[first.agency],
        commune=setting.commune,
        district=first.location,
        owner=setting.owner,
        cost_basis=CostBasis.UNSPECIFIED,
        cost_unspecified=cost,
        receipts=0,
        value=value,
        mandatory=False,
        divisible=True,
        earliest_start=start,
        latest_start=start,
        provenance=_provenance(first, programme, setting),
    )


def _provenance(line: ProgrammeLine, programme: Programme, setting: Setting) -> str:
    total = "non indiqué" if line.published_total is None else _dollars(line.published_total)
    prior = _dollars(programme.prior.get(line.code, 0))
    return (
        f"{setting.source} ; coût = somme des lignes positives de {programme.years[0]} à {programme.years[-1]} ; "
        f"coût total publié du projet : {total} ; crédits antérieurs, non repris : {prior} ; "
        "points de priorité = coût en milliers de dollars, faute de priorité publiée ; "
        f"réalisation partielle admise par hypothèse{setting.remarks.get(line.code, '')}"
    )


def _dollars(cents: int) -> str:
    return f"{cents // 100:,} $".replace(",", " ")
