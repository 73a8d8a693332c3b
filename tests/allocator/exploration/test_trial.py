"""Draws of the tutorial solved by hand. States follow COPRO, ECOLE, ETUDE, GYMNASE, PLACE."""

from fractions import Fraction

import numpy as np
import pytest

from allocator.compilation import compile_scenario
from allocator.engines import engine_named
from allocator.exploration.draws import Cut, Draw, draw
from allocator.exploration.happened import happened
from allocator.exploration.spec import ILLUSTRATIVE
from allocator.exploration.trial import NO_PLAN, Trial, claimed_plans, exact_states
from allocator.solve.ordered_goals import NoPlanError
from scenarios.document import Goal, GoalKind, Scenario
from scenarios.synthetic import committee

TODAY = "22201"


@pytest.fixture(scope="module")
def trial(tutorial: Scenario) -> Trial:
    return Trial(tutorial, ILLUSTRATIVE)


@pytest.mark.parametrize(
    ("drawn", "states"),
    [
        pytest.param(Draw({}, {}, ()), TODAY, id="nothing"),
        # ECOLE needs 2.4 M€ in 2027; the State would bring 750 000, the region 480 000, the city 950 000 at most.
        # GYMNASE then lacks the State's half too: 550 000 + 360 000 + 400 000 < 1.8 M€.
        pytest.param(Draw({}, {}, (Cut("ETAT", Fraction(1, 2)),)), "20201", id="half of the State"),
        # The city makes up for the region on ECOLE, 752 000 € out of 950 000 with ETUDE.
        pytest.param(Draw({}, {}, (Cut("REGION", Fraction(1, 2)),)), TODAY, id="half of the region"),
        # 2027 holds 1.5 M€ + 500 000 + 950 000, less ETUDE's 84 000.50: 2 865 999.50 for ECOLE, 1.1941 of its cost.
        pytest.param(Draw({"ECOLE": Fraction(11941, 10000)}, {}, ()), TODAY, id="just cheap enough"),
        # Without ECOLE the envelope of the State pays GYMNASE.
        pytest.param(Draw({"ECOLE": Fraction(11942, 10000)}, {}, ()), "20221", id="just too dear"),
        # 2028 holds 1 233 333.30 € in all.
        pytest.param(Draw({}, {"ECOLE": 1}, ()), "20221", id="the school is late"),
        pytest.param(Draw({}, {"PLACE": 1}, ()), "22200", id="the square is too late"),
        # 84 000.50 € become more than everything the State and the city have in 2027.
        pytest.param(Draw({"ETUDE": Fraction(10)}, {}, (Cut("VILLE", Fraction(9, 10)),)), NO_PLAN, id="mandatory"),
    ],
)
def test_draws_solved_by_hand(trial: Trial, drawn: Draw, states: str) -> None:
    assert trial.states(drawn) == states


@pytest.mark.parametrize(
    "goals",
    [
        (Goal(kind=GoalKind.PRIORITY_VALUE), Goal(kind=GoalKind.REFERENCE_CLOSENESS)),
        (Goal(kind=GoalKind.PRIORITY_VALUE, tolerance_rate=Fraction(1, 50)), Goal(kind=GoalKind.EARLIEST_START)),
        (Goal(kind=GoalKind.EQUAL_COVERAGE), Goal(kind=GoalKind.FUNDED_COST)),
    ],
    ids=lambda goals: goals[0].kind + "_then_" + goals[1].kind,
)
@pytest.mark.parametrize("whole", [0.0, 0.3])
def test_the_engine_s_word_is_the_exact_plan(goals: tuple[Goal, ...], whole: float) -> None:
    scenario = committee(operations=14, partners=5, years=4, seed=5, whole=whole)
    scenario = scenario.model_copy(update={"goals": goals})
    trial = Trial(scenario, ILLUSTRATIVE)
    for rank in range(4):
        compilation = compile_scenario(happened(scenario, draw(ILLUSTRATIVE, scenario, rank)))
        assert trial.outcome(rank).states == exact_states(compilation)


def test_an_outcome_does_not_depend_on_the_draws_before() -> None:
    scenario = committee(operations=30, partners=6, years=4, seed=2)
    one, other = Trial(scenario, ILLUSTRATIVE), Trial(scenario, ILLUSTRATIVE)
    there = [one.outcome(rank) for rank in range(8)]
    back = [other.outcome(rank) for rank in reversed(range(8))]
    assert there == back[::-1]


def test_what_lies_near_everything_is_decided_exactly(monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine that reports 0.9999999 of an operation leaves a doubt: the exact plan says that it is funded."""
    from allocator.exploration import trial as module

    scenario = committee(operations=14, partners=5, years=4, seed=5)
    trial = Trial(scenario, ILLUSTRATIVE)
    expected = trial.states(Draw({}, {}, ()))
    claimed, exact, asked = module.claimed_plans, module.exact_states, []

    def doubtful(*arguments: object) -> object:
        (values,) = claimed(*arguments)
        return [np.where(values == 1.0, values - 1e-7, values)]

    monkeypatch.setattr(module, "claimed_plans", doubtful)
    monkeypatch.setattr(module, "exact_states", lambda compilation: asked.append(1) or exact(compilation))
    assert trial.states(Draw({}, {}, ())) == expected
    assert asked


def test_claims_that_differ_are_decided_exactly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Prices that may be noise make two claims; where they do not give the same states, the exact plan is asked."""
    from allocator.exploration import trial as module

    scenario = committee(operations=14, partners=5, years=4, seed=5)
    trial = Trial(scenario, ILLUSTRATIVE)
    expected = trial.states(Draw({}, {}, ()))
    claimed, exact, asked = module.claimed_plans, module.exact_states, []
    monkeypatch.setattr(module, "exact_states", lambda compilation: asked.append(1) or exact(compilation))
    monkeypatch.setattr(module, "claimed_plans", lambda *arguments: claimed(*arguments) * 2)
    assert trial.states(Draw({}, {}, ())) == expected
    assert not asked
    other = lambda values: np.zeros(len(values))  # noqa: E731 - one claim among two
    monkeypatch.setattr(module, "claimed_plans", lambda *arguments: [*(first := claimed(*arguments)), other(first[0])])
    assert trial.states(Draw({}, {}, ())) == expected
    assert asked


def test_prices_that_may_be_noise_make_two_claims() -> None:
    """In this draw, prices of a billionth may be nothing: read one way or the other, the operations end the same."""
    scenario = committee(operations=200, partners=12, years=6)
    compilation = compile_scenario(happened(scenario, draw(ILLUSTRATIVE, scenario, 2)))
    claims = claimed_plans(compilation, engine_named("highs"))
    assert len(claims) == 2
    assert Trial(scenario, ILLUSTRATIVE).outcome(2).states == exact_states(compilation)


def test_exact_states_say_when_there_is_no_plan(tutorial: Scenario) -> None:
    drawn = Draw({"ETUDE": Fraction(10)}, {}, (Cut("VILLE", Fraction(9, 10)),))
    with pytest.raises(NoPlanError):
        exact_states(compile_scenario(happened(tutorial, drawn)))
