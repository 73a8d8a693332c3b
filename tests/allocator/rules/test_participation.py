"""A partner that is not counted brings nothing; participation is a decision only where a rule counts it."""

from tests.allocator.rules.tiny import columns, derogation, eligibility, formulation, operation, rule, scenario

BOTH = (eligibility("REG"), eligibility("DEP", presence="optional"))
ONE = rule("partner_limit", most=1, owner_counted=False)


def test_formulation() -> None:
    document = scenario(operations=(operation(latest_start=2027, receipts=200),), eligibilities=BOTH, rules=(ONE,))
    assert formulation(document, "participation", "participation_launched") == [
        "participation|OP|DEP: +1 commit|OP|DEP|2026 +1 commit|OP|DEP|2027 -1000 brings|OP|DEP <= 0",
        "participation|OP|REG: +1 commit|OP|REG|2026 +1 commit|OP|REG|2027 -1000 brings|OP|REG <= 0",
        "participation_launched|OP|DEP: -1 share|OP|2026 -1 share|OP|2027 +1 brings|OP|DEP <= 0",
        "participation_launched|OP|REG: -1 share|OP|2026 -1 share|OP|2027 +1 brings|OP|REG <= 0",
    ]
    assert [line for line in columns(document) if line.startswith("brings")] == [
        "brings|OP|DEP <= 1 whole",
        "brings|OP|REG <= 1 whole",
    ]


def test_a_divisible_operation_has_no_row_on_its_launch() -> None:
    document = scenario(operations=(operation(divisible=True),), eligibilities=BOTH, rules=(ONE,))
    assert len(formulation(document, "participation")) == 2
    assert formulation(document, "participation_launched") == []


def test_no_decision_where_no_rule_counts() -> None:
    lifted = scenario(eligibilities=BOTH, rules=(ONE,), derogations=(derogation(operation="OP"),))
    enough = scenario(eligibilities=BOTH, rules=(rule("partner_limit", most=2, owner_counted=False),))
    none = scenario(eligibilities=BOTH)
    for document in (lifted, enough, none):
        assert not [line for line in columns(document) if line.startswith("brings")]
