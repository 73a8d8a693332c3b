"""What the command line and the pages say."""

from fractions import Fraction

import pytest

from allocator.allocation import GoalReached
from allocator.goals import BUILDERS
from allocator.words import figure, in_line
from scenarios.document import GoalKind
from ui.plan import Plan
from ui.words import goal_sentence, stage, state


@pytest.mark.parametrize(
    ("cents", "decimals", "text"),
    [
        (123_456_700, False, "1 234 567"),
        (123_456_700, True, "1 234 567,00"),
        (123_456_789, True, "1 234 567,89"),
        (0, True, "0,00"),
        (-1, True, "-0,01"),
    ],
)
def test_figure(cents: int, decimals: bool, text: str) -> None:
    assert figure(cents, decimals=decimals).replace("\u202f", " ") == text


def test_amounts_of_one_table_all_have_cents_as_soon_as_one_has() -> None:
    assert [in_line([100, 200])(cents) for cents in (100, 250)] == ["1", "2,50"]
    assert in_line([100, 201])(100) == "1,00"
    assert in_line([])(100) == "1"


def test_every_goal_has_a_stage_in_french() -> None:
    assert {stage(kind.value) for kind in BUILDERS}.isdisjoint({kind.value for kind in BUILDERS})


@pytest.mark.parametrize(
    ("value", "proven", "words"),
    [
        (Fraction(15), Fraction(15), "15 ; il est prouvé qu'aucun plan ne fait mieux."),
        (Fraction(15), Fraction(16), "15 ; il est prouvé qu'aucun plan ne dépasse 16, écart de 1."),
        (
            Fraction(15),
            Fraction(15) + Fraction(1, 10**7),
            "15 ; il est prouvé qu'aucun plan ne fait mieux, à moins d'un millionième près.",
        ),
        (
            Fraction(15),
            None,
            "15 ; le calcul ne trouve pas mieux, sans preuve indépendante.",
        ),
        (Fraction(0), Fraction(0), "0 ; il est prouvé qu'aucun plan ne fait mieux."),
    ],
)
def test_a_goal_says_what_is_proven_and_no_more(value: Fraction, proven: Fraction | None, words: str) -> None:
    assert (
        goal_sentence(GoalReached(GoalKind.PRIORITY_VALUE, value, proven), "EUR")
        == f"Points de priorité financés : {words}"
    )


def test_a_goal_to_be_small_has_a_bound_from_below() -> None:
    goal = GoalReached(GoalKind.REFERENCE_CLOSENESS, Fraction(1000), Fraction(500))
    sentence = goal_sentence(goal, "EUR").replace("\u202f", " ")
    assert (
        sentence == "Écart au plan de référence : 10 € ; il est prouvé qu'aucun plan ne descend sous 5 €, écart de 5 €."
    )


@pytest.mark.parametrize(
    ("gap", "words"),
    [
        (Fraction(99, 100), "aucun plan ne fait mieux, à moins d'un millionième près."),
        (Fraction(1), "aucun plan ne fait mieux, à moins d'un millionième près."),
        (Fraction(2), "aucun plan ne dépasse 10 000 000,02 €, écart de 0,02 €."),
        (Fraction(100_000), "aucun plan ne dépasse 10 001 000 €, écart de 1 000 €."),
    ],
)
def test_a_gap_of_more_than_a_cent_is_always_said(gap: Fraction, words: str) -> None:
    goal = GoalReached(GoalKind.FUNDED_COST, Fraction(1_000_000_000), Fraction(1_000_000_000) + gap)
    assert goal_sentence(goal, "EUR").replace("\u202f", " ").replace("\xa0", " ").endswith(words)


def test_an_amount_that_is_not_whole_cents_is_said_to_be_near() -> None:
    goal = GoalReached(GoalKind.FUNDED_COST, Fraction(1000, 3), None)
    assert goal_sentence(goal, "USD").replace("\u202f", " ").startswith("Coût financé : ≈ 3,33 $ ;")


def test_states(plan: Plan) -> None:
    assert [state(line) for line in plan.lines] == ["non financée", "financée en partie", "financée"]


def test_a_goal_that_follows_others_is_proven_among_plans_that_keep_them() -> None:
    goal = GoalReached(GoalKind.PRIORITY_VALUE, Fraction(3), Fraction(3))
    kept = "il est prouvé qu'aucun plan ne fait mieux, les objectifs précédents étant gardés."
    assert goal_sentence(goal, "EUR", follows=True) == f"Points de priorité financés : 3 ; {kept}"
    unproven = GoalReached(GoalKind.PRIORITY_VALUE, Fraction(3), None)
    assert "gardés" not in goal_sentence(unproven, "EUR", follows=True)
