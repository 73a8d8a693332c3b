"""What the verifier says, in words: no name of a row, a column or a goal reaches a page or a report."""

import pytest

from allocator.archive.verdict import Question, State, Verdict
from allocator.archive.worded import worded
from allocator.compilation import compile_scenario
from allocator.proof.files import program_document
from scenarios.document import GoalKind
from scenarios.language import speaking
from tests.allocator.messy import messy


def said(reason: str, question: Question = Question.RULES) -> str:
    (line,) = worded([Verdict(question, State.NOT_CONFORMING, (reason,))])
    assert (line.question, line.state) == (question, State.NOT_CONFORMING)
    return line.reasons[0]


@pytest.mark.parametrize("seed", range(20))
def test_every_row_and_column_of_a_program_has_words(seed: int) -> None:
    compilation = compile_scenario(messy(seed))
    document = program_document(compilation.program, compilation.layout.frame)
    names = [*document["rows"]["id"], *document["columns"]["id"]]
    assert names
    for name in names:
        shown = said(f"le plan exact ne tient pas {name} (-1/3)")
        assert shown.startswith("le plan exact ne tient pas « ")
        assert "|" not in shown


@pytest.mark.parametrize("kind", GoalKind)
def test_every_goal_has_words(kind: GoalKind) -> None:
    shown = said(f"{kind} : aucun plan ne fait mieux", Question.OPTIMAL)
    assert kind not in shown
    assert shown.endswith(" : aucun plan ne fait mieux")
    assert said(f"{kind} 2 : aucun plan", Question.OPTIMAL).endswith(" (niveau 2) : aucun plan")


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (
            "le plan en centimes ne tient pas lock|at_least|COPRO|ANAH (500)",
            "le plan en centimes ne tient pas « montant arrêté (au moins, COPRO, ANAH) »",
        ),
        (
            "ligne impossible : commit|COPRO|ANAH|2026 (-5)",
            "ligne impossible : « engagement (COPRO, ANAH, 2026) » (-5)",
        ),
        ("paiement : share|A.B_1|2026 = 4/3", "paiement : « part financée (A.B_1, 2026) » = 4/3"),
        ("tie_break : au-delà de la borne", "départage : au-delà de la borne"),
        ("ligne impossible : inventee|COPRO (5)", "ligne impossible : inventee|COPRO (5)"),
        ("ligne impossible : lock|sideways|COPRO|ANAH (5)", "ligne impossible : lock|sideways|COPRO|ANAH (5)"),
        ("ce plan est le seul", "ce plan est le seul"),
    ],
)  # fmt: skip
def test_the_sentences_of_the_verifier(reason: str, words: str) -> None:
    assert said(reason) == words


def test_the_other_answers_are_left_alone() -> None:
    assert said("data/priority_value a été modifié", Question.BYTES) == "data/priority_value a été modifié"


def test_in_english() -> None:
    with speaking("en"):
        assert said("the plan in cents breaks lock|at_most|COPRO|ANAH (500)").endswith('(at most, COPRO, ANAH)"')
