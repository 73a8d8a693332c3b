"""What is lent to each operation."""

from allocator.program.frame import Frame
from allocator.rules.lent import lent
from scenarios.document import Loan

from .tiny import operation, scenario


def test_loans_of_an_operation_are_added_up() -> None:
    loans = [Loan(operation="OP", partner="PRIV", amount=amount, label="illustratif") for amount in (100, 30)]
    frame = Frame(scenario(operations=(operation(), operation("B")), loans=loans))
    assert lent(frame, lambda loan: loan.amount).tolist() == [0, 130]
    assert lent(frame, lambda loan: loan.amount if loan.amount > 50 else 0).tolist() == [0, 100]
