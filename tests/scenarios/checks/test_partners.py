"""What is refused of the identifiers and accounts of partners."""

import pytest

from scenarios.checks import findings
from tests.allocator.rules.tiny import VALUE, partners, scenario


@pytest.mark.parametrize(
    ("column", "value", "right"),
    [
        ("siret", "12345678901234", True), ("siret", "1234567890123", False), ("siret", "123456789012345", False),
        ("siret", "1234567890123A", False), ("received_account", "1322", True), ("received_account", "13", True),
        ("received_account", "20414", False), ("paid_account", "20414", True), ("paid_account", "204", True),
        ("paid_account", "1322", False), ("paid_account", "20", False),
    ],
)  # fmt: skip
def test_identifiers_and_accounts_look_like_what_they_are(column: str, value: str, right: bool) -> None:
    document = scenario(goals=(VALUE,), partners=partners(REG={column: value}))
    told = [(line.table, line.column, line.found) for line in findings(document)]
    assert told == ([] if right else [("partners", column, f"« {value} »")])
