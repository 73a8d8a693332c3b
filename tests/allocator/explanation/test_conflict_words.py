"""Conflicts as they are read: each sentence in both languages, and nothing of how they were computed."""

import re

import pytest

from allocator.compilation import compile_scenario
from allocator.engines import engine_named
from allocator.explanation.conflict import Conflict
from allocator.explanation.conflict_words import conflict_text
from allocator.explanation.requirement import requirements
from allocator.explanation.unlock import obstacle
from allocator.explanation.words import Words
from allocator.solve.allocate import allocate
from scenarios.document import Scenario
from scenarios.language import speaking
from scenarios.synthetic import committee

HIGHS = engine_named("highs")

TECHNICAL = re.compile(
    r"variable|column|colonne|ligne du|row\b|solver|solveur|HiGHS|slack|dual\b|infeasible|None|<|\{|_"
)


def text(scenario: Scenario, conflict: Conflict, language: str) -> str:
    with speaking(language):
        return conflict_text(Words(scenario), conflict).replace("\u202f", " ")


def test_the_gymnasium_of_the_tutorial(tutorial: Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    allocation = allocate(tutorial)
    apart = obstacle(tutorial, allocation, "GYMNASE", HIGHS)
    monkeypatch.setattr("allocator.explanation.unlock.APART", 0)
    together = obstacle(tutorial, allocation, "GYMNASE", HIGHS)
    assert apart is not None
    assert together is not None
    for language, (beginning, rest, alone) in READ.items():
        assert text(tutorial, apart, language).splitlines() == [*beginning, *rest]
        assert text(tutorial, together, language).splitlines() == [*beginning, *alone]


READ = {
    "fr": (
        [
            "Ces exigences ne peuvent pas être tenues ensemble ; sans l'une d'elles, elles le pourraient :",
            "- les budgets d'engagement de « Ville (maître d'ouvrage) » : 2027 (950 000 €), 2029 (400 000 €)",
            "- l'enveloppe « Enveloppe de l'État pour les équipements publics, 2027-2029 » (2 000 000 €)",
        ],
        [
            "- 2 opérations doivent être entièrement financées : « ECOLE », « GYMNASE »",
            (
                "- « Équipements : la Région apporte au plus 20 % du coût HT » (Exemple du tutoriel), pour « ECOLE », "
                "« GYMNASE »"
            ),
        ],
        [
            "- « Construction d'un gymnase » (GYMNASE) doit être entièrement financée",
            (
                "- « Équipements : la Région apporte au plus 20 % du coût HT » (Exemple du tutoriel), pour GYMNASE : "
                "20 % de 1 800 000 €"
            ),
            ("- les autres opérations gardent ce que le plan leur donne, dans le respect de leurs propres règles"),
        ],
    ),
    "en": (
        [
            "These requirements cannot be met together; without any one of them, they could be:",
            '- the commitment budgets of "Ville (maître d\'ouvrage)": 2027 (950,000 €), 2029 (400,000 €)',
            '- the envelope "Enveloppe de l\'État pour les équipements publics, 2027-2029" (2,000,000 €)',
        ],
        [
            '- 2 operations must be entirely financed: "ECOLE", "GYMNASE"',
            (
                '- "Équipements : la Région apporte au plus 20 % du coût HT" (Exemple du tutoriel), for "ECOLE", '
                '"GYMNASE"'
            ),
        ],
        [
            '- "Construction d\'un gymnase" (GYMNASE) must be entirely financed',
            (
                '- "Équipements : la Région apporte au plus 20 % du coût HT" (Exemple du tutoriel), for GYMNASE: '
                "20% of 1,800,000 €"
            ),
            "- the other operations keep what the plan gives them, within their own rules",
        ],
    ),
}


def test_no_sentence_says_how_it_was_computed() -> None:
    """Every requirement of a committee, said alone, then all of them said together."""
    scenario = committee(operations=12, partners=5, years=3, seed=1)
    asked = requirements(compile_scenario(scenario).program)
    for language in ("fr", "en"):
        for one in (*((one,) for one in asked), asked):
            assert not TECHNICAL.search(text(scenario, Conflict(tuple(one), proven=False), language))


def test_many_of_one_kind_are_said_once() -> None:
    scenario = committee(operations=30, partners=5, years=3, seed=1)
    operations = tuple(line.model_copy(update={"mandatory": True}) for line in scenario.operations)
    scenario = scenario.model_copy(update={"operations": operations})
    asked = requirements(compile_scenario(scenario).program)
    lines = text(scenario, Conflict(asked, proven=True), "fr").splitlines()[1:]
    purses = {one.codes[0] for one in asked if one.kind == "commitment_budget"}
    assert sum("budgets d'engagement" in line for line in lines) == len(purses)
    assert sum("doivent être entièrement financées" in line for line in lines) == 1
    assert any(line.startswith("- 30 opérations") and line.endswith("« OP00011 » et 18 autres") for line in lines)
