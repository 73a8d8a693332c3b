"""The rulebooks employed have a value for every operation they concern, and their rules find their figures."""

from collections.abc import Iterator
from dataclasses import replace

from scenarios.checks import rule_bases
from scenarios.checks.finding import Finding
from scenarios.document.index import Index


def check(index: Index) -> Iterator[Finding]:
    """Yield what prevents the rulebooks from becoming rules, and what those rules lack. Every code must exist."""
    # Imported here because rulebooks are read with the means of ``scenarios.formats``, which imports these checks.
    from scenarios.rulebooks import law, resolution

    if not index.scenario.rulebooks:
        yield from rule_bases.check(index)
        return
    resolved = resolution.resolve(index.scenario)
    yield from resolved.findings
    if resolved.findings:
        return
    rows = [line.use.row for line, _rule in law.rules_of(resolved)]
    first = len(index.scenario.rules)
    for finding in rule_bases.check(Index(law.applied(index.scenario, resolved))):
        if finding.table == "rules" and finding.row is not None and finding.row >= first:
            yield replace(finding, table="rulebooks", row=rows[finding.row - first], column="rulebook")
        else:
            yield finding


def derogable(index: Index) -> tuple[str, ...]:
    """Return the codes of the rulebooks employed that a derogation may name."""
    from scenarios.rulebooks.uses import applied_codes  # imported here for the same reason

    return applied_codes(index) if index.scenario.rulebooks else ()
