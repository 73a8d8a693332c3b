"""What a commit changes, in sentences: hand-made plans of three operations."""

from dataclasses import replace

from allocator.allocation import Commitment, Launch
from ui.desk.consequences import consequences
from ui.plan import Plan


def other(plan: Plan, launches: tuple[Launch, ...], commitments: tuple[Commitment, ...]) -> Plan:
    return Plan(plan.scenario, replace(plan.allocation, launches=launches, commitments=commitments, payments=()))


def said(before: Plan, after: Plan) -> list[str]:
    return [sentence.replace("\u202f", " ") for sentence in consequences(before, after)]


def test_nothing_changes(plan: Plan) -> None:
    assert said(plan, plan) == ["Aucun montant ne change."]


def test_an_operation_lost_is_said_first_then_the_owners_then_the_partners(plan: Plan) -> None:
    left = plan.allocation.commitments[3:]
    after = other(plan, plan.allocation.launches[1:], left)
    assert said(plan, after) == [
        "1 opération n'est plus financée : A-PLEINE.",
        "La charge des maîtres d'ouvrage de Commune baisse de 20 000 €.",
        "Nom de ANRU apporte 40 000 € de moins.",
        "Nom de REGION apporte 30 000 € de moins.",
    ]
    assert said(after, plan)[0] == "1 opération est désormais financée : A-PLEINE."


def test_a_partner_that_takes_the_place_of_another_is_not_a_funding_lost(plan: Plan) -> None:
    moved = tuple(
        replace(line, partner="DEP") if line.partner == "REGION" else line for line in plan.allocation.commitments
    )
    assert said(plan, other(plan, plan.allocation.launches, moved)) == [
        "1 opération change de financeurs ou de parts : A-PLEINE.",
        "Nom de DEP apporte 30 000 € de plus.",
        "Nom de REGION apporte 30 000 € de moins.",
    ]


def test_more_and_less_of_the_same_operation(plan: Plan) -> None:
    launches = (plan.allocation.launches[0], Launch("B-PARTIE", 2027, 40_000_00))
    commitments = (*plan.allocation.commitments[:4], Commitment("B-PARTIE", "VILLE", 2027, 30_000_01))
    after = other(plan, launches, commitments)
    assert said(plan, after) == [
        "1 opération est plus financée : B-PARTIE.",
        "La charge des maîtres d'ouvrage de Commune augmente de 10 000 €.",
    ]
    assert said(after, plan)[0] == "1 opération est moins financée : B-PARTIE."
