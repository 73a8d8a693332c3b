"""Ceilings on early payments: a given rhythm that breaks them is refused, with its operations."""

import pytest

from scenarios.checks import findings
from scenarios.document import Scenario
from tests.allocator.rules.tiny import eligibility, operation, partners, rule, scenario


def document(rhythm: str, **fields: object) -> Scenario:
    """REG pays OP by halves and B by thirds, the larger part in the second year."""
    return scenario(
        partners=partners(REG={"payments": rhythm}), goals=(),
        operations=(operation(profile="HALVES"), operation("B", profile="THIRDS")),
        eligibilities=(eligibility("REG"), eligibility("REG", "B")),
        rules=(rule("instalment_ceiling", partner="REG", **{"rate": "0.4", **fields}),),
    )  # fmt: skip


def early(scenario: Scenario) -> list[str]:
    return [finding.found for finding in findings(scenario) if finding.table == "rules"]


def test_the_operations_of_a_profile_that_pays_too_early_are_named() -> None:
    assert early(document("profile")) == ["« REG » paie 0.5 de ses engagements trop tôt dans « OP »"]
    assert early(document("profile", rate="0.3")) == [
        "« REG » paie 0.5 de ses engagements trop tôt dans « OP »",
        "« REG » paie 1/3 de ses engagements trop tôt dans « B »",
    ]


@pytest.mark.parametrize("fields", [{"rate": "0.5"}, {"operations": ("B",)}])
def test_a_rate_high_enough_or_a_filter_answers_it(fields: dict[str, object]) -> None:
    assert early(document("profile", **fields)) == []


def test_a_free_partner_has_a_rhythm_to_choose() -> None:
    assert early(document("free", rate="0")) == []
