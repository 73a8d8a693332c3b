"""Real participatory budgets as all-or-nothing scenarios: the welfare pabutools finds, and a proof of it.

``participatory_projects.csv`` and ``participatory_budgets.csv``: costs in whole units of the currency, votes received
and budgets of four real elections, from Pabulib (repository pabulib/pabulib_files, version of 11 April 2026): Toulouse
2019 and 2022, one district of Toulouse 2022, and the 33rd Ward of Chicago 2021. Names, categories and ballots are left
out. The welfare of a set of projects is the votes it received (utilitarian welfare, one point per vote).
"""

import csv
from collections import defaultdict
from pathlib import Path

import pytest
from pabutools.election import ApprovalMultiProfile, Cardinality_Sat, FrozenApprovalBallot, Instance, Project
from pabutools.rules import max_additive_utilitarian_welfare

from allocator.check import verify
from allocator.solve.allocate import allocate
from scenarios.checks import findings
from tests.allocator.oracle.knapsack import capital_budget

FOLDER = Path(__file__).parent
LARGEST = "PB_France_Toulouse_2022"

Rows = list[dict[str, str]]


def rows(name: str) -> Rows:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ELECTIONS = {line["case_id"]: line for line in rows("participatory_budgets.csv")}


def projects(case: str) -> Rows:
    found: dict[str, Rows] = defaultdict(list)
    for line in rows("participatory_projects.csv"):
        found[line["case_id"]].append(line)
    return found[case]


def welfare_of_pabutools(case: str) -> int:
    named = {line["project_id"]: Project(line["project_id"], int(line["cost"])) for line in projects(case)}
    instance = Instance(named.values(), budget_limit=int(ELECTIONS[case]["budget"]))
    votes = {line["project_id"]: int(line["votes"]) for line in projects(case)}
    ballots = {FrozenApprovalBallot([project]): votes[name] for name, project in named.items() if votes[name]}
    profile = ApprovalMultiProfile(instance=instance)
    for ballot, count in ballots.items():
        profile.append(ballot)
        profile[ballot] = count
    chosen = max_additive_utilitarian_welfare(instance, profile, sat_class=Cardinality_Sat)
    return sum(votes[project.name] for project in chosen)


@pytest.mark.parametrize("case", sorted(ELECTIONS))
def test_the_welfare_is_that_of_pabutools_and_proven(case: str) -> None:
    lines = projects(case)
    assert len(lines) == int(ELECTIONS[case]["projects"])
    values, costs = ([int(line[name]) for line in lines] for name in ("votes", "cost"))
    scenario = capital_budget(case[:40], values, [costs], [int(ELECTIONS[case]["budget"])])
    assert findings(scenario) == []
    allocation = allocate(scenario)
    assert verify(scenario, allocation) == ()
    (goal,) = allocation.goals
    assert goal.value == goal.proven == welfare_of_pabutools(case)
    assert allocation.unique
