"""Checks across the rows of a scenario, one subject per file. Rows are already valid one by one."""

from scenarios.checks import (
    budgets,
    communes,
    decisions,
    dependencies,
    derogations,
    duplicates,
    eligibilities,
    envelopes,
    equalisation,
    goals,
    letter_case,
    loans,
    locks,
    operations,
    partners,
    past_aids,
    plans,
    profiles,
    reference_plan,
    references,
    rulebooks,
    rules,
    shared_rules,
    years,
)
from scenarios.checks.finding import Finding
from scenarios.document import Scenario
from scenarios.document.index import Index

__all__ = ["Finding", "findings"]

_EVEN_WITH_UNKNOWN_CODES = (
    goals.check, years.check, budgets.check, communes.check, equalisation.check, profiles.check,
    operations.check, plans.check,
    eligibilities.check, envelopes.check, rules.check, shared_rules.check, derogations.check, locks.check,
    reference_plan.check, loans.check, past_aids.check,
    decisions.check, partners.check,
)  # fmt: skip


def findings(scenario: Scenario) -> list[Finding]:
    """Return everything wrong in the scenario; an empty list means that it can be allocated.

    Checks that need to know which operations each rule concerns wait until every code is defined once.
    """
    index = Index(scenario)
    on_codes = [*duplicates.check(index), *references.check(index), *letter_case.check(index)]
    found = list(on_codes)
    for check in _EVEN_WITH_UNKNOWN_CODES:
        found.extend(check(index))
    if not on_codes:
        found.extend(dependencies.check(index))
        found.extend(rulebooks.check(index))
    return found
