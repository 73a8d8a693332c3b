"""Write ``region-demo``: a fictional region whose costs and shares are those of published French plans.

Run ``python -m scenarios.library.build.region_demo`` from the root of the project. The page
``docs/scenarios-livres.md`` says what is published and what is illustrative.
"""

import csv
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from string import ascii_uppercase

from scenarios.document import Eligibility, Goal, GoalKind, Loan, Operation, Presence, ReferenceLine, Rule, Scenario
from scenarios.document.quantities import split_cell
from scenarios.formats import write
from scenarios.library.build.french_plans import SHIPPED, PublishedPlan, find_plan, observed_structure
from scenarios.library.build.region_demo_budgets import budgets, decommitments, envelopes, locks
from scenarios.library.build.region_demo_rules import PartCeiling, PublishedGroup, derogations, rules
from scenarios.library.build.region_demo_setting import (
    VILLE_CENTRE,
    YEARS,
    communes,
    partners,
    profiles,
    projects,
)
from scenarios.library.build.region_demo_shares import Cost, Group, Origin, Part, cost_of, group_of, loan_of, parts_of

CODE = "region-demo"

_CHOICES = Path(__file__).with_name("region_demo_operations.csv")

_DESCRIPTION = (
    "Région, communes et opérations fictives, composées de plans réels : chaque coût et chaque part publiée vient d'un "
    "plan français dont le cas (FR01 à FR62) et l'éditeur sont dans la colonne « provenance » ; un même plan réel sert "
    "parfois à plusieurs opérations. Ce qu'un plan ne publie pas est partagé, dans la référence seulement, selon la "
    "structure de financement observée mi-2006. Sont illustratifs : noms, maîtres d'ouvrage, calendriers, points de "
    "priorité, profils de paiement, budgets annuels, décisions déjà prises, indicateurs des communes."
)


@dataclass(frozen=True)
class _Chosen:
    """One line of the table of operations, with the plan it takes its figures from."""

    choice: Mapping[str, str]
    plan: PublishedPlan
    cost: Cost
    parts: tuple[Part, ...]

    @property
    def code(self) -> str:
        return self.choice["code"]

    @property
    def owner(self) -> str:
        return self.choice["owner"]

    @property
    def town(self) -> str:
        return _town(self.choice)


def build() -> Scenario:
    """Make the scenario from the published plans and the table of operations."""
    chosen = _read_choices()
    reference = _reference_totals(chosen)
    return Scenario(
        code=CODE,
        title="Région Haute-Bruisse : soixante opérations, six ans",
        description=_DESCRIPTION,
        committee="Comité des financeurs de la région Haute-Bruisse (fictif)",
        currency="EUR",
        reference_date=date(2026, 12, 1),
        first_year=YEARS[0],
        last_year=YEARS[-1],
        goals=tuple(
            Goal(kind=kind) for kind in (GoalKind.PRIORITY_VALUE, GoalKind.REFERENCE_CLOSENESS, GoalKind.EARLIEST_START)
        ),
        partners=partners(),
        communes=communes(),
        projects=projects(),
        profiles=profiles(),
        operations=tuple(_operation(one) for one in chosen),
        eligibilities=tuple(line for one in chosen for line in _eligibilities(one)),
        budgets=budgets(partners(), reference),
        decommitments=decommitments(),
        envelopes=envelopes(),
        rules=_rules(chosen),
        derogations=derogations(),
        locks=locks(),
        references=tuple(line for one in chosen for line in _references(one)),
        loans=tuple(loan for one in chosen for loan in _loans(one)),
    )


def _read_choices() -> tuple[_Chosen, ...]:
    with _CHOICES.open(encoding="utf-8", newline="") as file:
        return tuple(_choose(choice) for choice in csv.DictReader(file))


def _choose(choice: Mapping[str, str]) -> _Chosen:
    plan = find_plan(choice["case"], choice["plan"])
    cost = cost_of(plan)
    seekers = split_cell(choice["seekers"])
    parts = parts_of(plan, cost.to_fund, choice["owner"], _town(choice), choice["structure"], seekers)
    return _Chosen(choice, plan, cost, parts)


def _town(choice: Mapping[str, str]) -> str:
    """Give the partner that stands for the commune of the operation."""
    return "VILLE-CENTRE" if choice["commune"] == VILLE_CENTRE else "COMMUNES"


def _operation(one: _Chosen) -> Operation:
    names = ("label", "nature", "project", "commune", "units", "unit", "buildings", "value", "mandatory", "divisible")
    given = {name: one.choice[name] for name in (*names, "earliest_start", "latest_start", "profile")}
    return Operation.model_validate(
        {
            **given,
            "code": one.code,
            "owner": one.owner,
            "cost_basis": one.cost.basis,
            "cost_excl_vat": one.cost.excl_vat,
            "cost_incl_vat": one.cost.incl_vat,
            "cost_unspecified": one.cost.unspecified,
            "receipts": one.cost.receipts,
            "provenance": (
                f"{one.plan.source}, « {one.plan.operation} » : {one.cost.words}. Illustratif : intitulé, maître "
                "d'ouvrage, calendrier, points, partage en tranches, profil."
            ),
        }
    )


def _eligibilities(one: _Chosen) -> list[Eligibility]:
    optional = split_cell(one.choice["optional"])
    return [
        Eligibility(
            operation=one.code,
            partner=part.partner,
            presence=Presence.OPTIONAL if part.partner in optional else Presence.REQUIRED,
            provenance=part.words if part.origin is Origin.PUBLISHED else f"illustratif : proposé ; {part.words}",
        )
        for part in one.parts
        if part.partner != one.owner
    ]


def _references(one: _Chosen) -> list[ReferenceLine]:
    return [
        ReferenceLine(
            operation=one.code, partner=part.partner, amount=part.amount, share=part.rate, provenance=part.words
        )
        for part in one.parts
        if part.cents(one.cost.to_fund)
    ]


def _reference_totals(chosen: tuple[_Chosen, ...]) -> Mapping[str, int]:
    """Sum what the reference asks from each partner, downwards to the cent."""
    totals: dict[str, int] = defaultdict(int)
    for one in chosen:
        for part in one.parts:
            totals[part.partner] += int(part.cents(one.cost.to_fund))
    return totals


def _loans(one: _Chosen) -> list[Loan]:
    found = loan_of(one.plan)
    if found is None or not one.choice["loan"]:
        return []
    lender, share = found
    if share.amount is None:
        raise ValueError(f"{one.plan.case}: the loan has no amount")
    unknown = " ; prêteur non publié, illustratif" if share.family == "EMPRUNT" else ""
    return [
        Loan(
            operation=one.code,
            partner=lender,
            amount=share.amount,
            label=share.funder,
            provenance=f"{one.plan.source} : {share.words}{unknown}",
        )
    ]


def _rules(chosen: tuple[_Chosen, ...]) -> tuple[Rule, ...]:
    """Gather equal parts under one ceiling, for all the operations that have them."""
    ceilings: dict[tuple[str, str], tuple[Part, list[_Chosen]]] = {}
    groups: dict[str, tuple[Group, list[str]]] = {}
    names = _plan_names(chosen)
    for one in chosen:
        name = names[one.plan.case, one.plan.operation]
        group = group_of(one.plan, one.cost.to_fund, one.town)
        if group is not None:
            groups.setdefault(name, (group, []))[1].append(one.code)
        for part in one.parts:
            if part.origin in _LIMITED:
                under = f"OBS-{one.choice['structure'].upper()}" if part.origin is Origin.OBSERVED else name
                ceilings.setdefault((under, part.partner), (part, []))[1].append(one)
    return rules(
        [_ceiling(name, part, ones) for (name, _), (part, ones) in ceilings.items()],
        [PublishedGroup(name, group, tuple(codes)) for name, (group, codes) in groups.items()],
    )


def _ceiling(name: str, part: Part, ones: list[_Chosen]) -> PartCeiling:
    in_tranches = any(one.choice["divisible"] == "oui" for one in ones)
    observed = part.origin is Origin.OBSERVED
    reference = observed_structure(ones[0].choice["structure"]).words if observed else part.words
    return PartCeiling(name, part, reference, tuple(one.code for one in ones), ones[0].cost.to_fund, in_tranches)


_LIMITED = (Origin.PUBLISHED, Origin.OBSERVED, Origin.REMAINDER)


def _plan_names(chosen: tuple[_Chosen, ...]) -> Mapping[tuple[str, str], str]:
    """Name each plan after its case, with a letter when several plans of the case are used."""
    titles: dict[str, set[str]] = defaultdict(set)
    for one in chosen:
        titles[one.plan.case].add(one.plan.operation)
    return {
        (case, title): f"{case}-{letter}" if len(found) > 1 else case
        for case, found in titles.items()
        for letter, title in zip(ascii_uppercase, sorted(found), strict=False)
    }


def main() -> None:
    """Write the folder of the scenario."""
    write(build(), SHIPPED / CODE)


if __name__ == "__main__":
    main()
