"""At most one of the operations launched."""

from .builder import cells, conforms, derogation, only, operation, plain, plan, rule, scenario

OPERATIONS = tuple(operation(code, divisible=True) for code in ("A", "B", "C"))
RULE = rule("excludes", operations=("A", "B"))


def test_one_cent_of_two_operations_is_refused() -> None:
    document = scenario(operations=OPERATIONS, eligibilities=(), rules=(RULE,))
    assert conforms(document, plan(document, cells("A", VILLE=100_000) | cells("C", VILLE=1)))
    assert conforms(document, plan(document, cells("A", VILLE=1) | cells("A", 2027, VILLE=1)))
    violation = only(document, plan(document, cells("A", VILLE=1) | cells("B", 2027, VILLE=1)))
    assert (violation.family, violation.subject, violation.found) == ("excludes", ("R1", "A", "B"), 2)
    assert plain(violation.sentence) == "Règle R1 : les opérations A, B sont lancées, alors qu'elles s'excluent."


def test_lifted_for_one_of_them() -> None:
    document = scenario(
        operations=OPERATIONS, eligibilities=(), rules=(RULE,), derogations=(derogation(operation="A"),)
    )
    assert conforms(document, plan(document, cells("A", VILLE=1) | cells("B", VILLE=1)))
