"""The JSON documents of ``--json``: integer cents, sorted keys, described in docs/ligne-de-commande.md."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import typer

from allocator.allocation_files import document
from allocator.solve.infeasible import InfeasibleScenarioError, NoWholeCentsError
from scenarios.document import Scenario
from scenarios.fingerprint import fingerprint
from scenarios.formats.disk import replace_file
from scenarios.formats.problems import Problem, ScenarioError
from scenarios.rulebooks import law_record
from ui.plan import Plan

PROPOSED = "proposed"
"""Status of every plan: the committee proposes, each funder decides for itself."""


def emit(status: str, **content: Any) -> None:
    """Print one JSON document on the standard output. ``status`` is ``done``, ``no`` or ``unusable``."""
    typer.echo(_text({"status": status, **content}))


def scenario_header(scenario: Scenario) -> dict[str, Any]:
    """Return what identifies a scenario."""
    return {
        "code": scenario.code,
        "title": scenario.title,
        "fingerprint": fingerprint(scenario),
        "currency": scenario.currency,
        "first_year": scenario.first_year,
        "last_year": scenario.last_year,
    }


def write_law(plan: Plan, folder: Path) -> Path:
    """Write ``law.json`` beside the allocation: the law of the plan, and that the plan is a proposal.

    ``folder`` is created if need be. Raises OSError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "law.json"
    replace_file(path, _text({"plan_status": PROPOSED, "law": law_record(plan.scenario, plan.law)}) + "\n")
    return path


def plan_content(plan: Plan, files: Iterable[Path]) -> dict[str, Any]:
    """Return a plan: its law, its allocation, totals, what is not funded, budgets, and the files written."""
    return {
        "scenario": scenario_header(plan.scenario),
        "plan_status": PROPOSED,
        "law": law_record(plan.scenario, plan.law),
        "allocation": document(plan.allocation),
        "totals": vars(plan.totals),
        "unfunded": [
            {"operation": line.operation.code, "to_fund": line.operation.to_fund, "funded": line.funded}
            for line in plan.lines
            if line.missing > 0
        ],
        "budgets": [
            {"holder": line.holder.code, "flow": line.flow, **vars(year)}
            for line in plan.budgets
            for year in line.years
        ],
        "files": [str(path) for path in files],
    }


def failure_content(error: Exception, message: str) -> dict[str, Any]:
    """Return why a command did not do what was asked: the message, and its parts where it has some."""
    content: dict[str, Any] = {"message": message}
    if isinstance(error, ScenarioError):
        content["problems"] = [_problem(problem) for problem in error.problems]
    if isinstance(error, InfeasibleScenarioError):
        content["shortfalls"] = [vars(shortfall) for shortfall in error.shortfalls]
    if isinstance(error, NoWholeCentsError):
        content["rules"] = list(error.rules)
    return content


def _text(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True)


def _problem(problem: Problem) -> dict[str, Any]:
    """Leave out the key, which only edits have."""
    return {name: value for name, value in vars(problem).items() if name != "key"}
