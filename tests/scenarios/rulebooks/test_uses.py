"""The table ``rulebooks`` of a scenario: what names nothing usable, or needs what nobody read, is told by its row."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from scenarios.document import Derogation
from scenarios.formats import ScenarioError, read
from scenarios.rulebooks import in_force

STATE = {"rulebook": "etat-subventions", "partner": "ETAT"}
ANRU = {"rulebook": "anru-npnru", "partner": "ANRU"}
OWN = {"rulebook": "cgct-part-propre"}
DAY = date(2019, 6, 1)

REFUSED: list[Any] = [
    pytest.param([{"rulebook": "etat-subvention"}], "rulebook", "« etat-subvention »", id="recueil inconnu"),
    pytest.param([{**STATE, "entry": "STATE-CAPS"}], "entry", "« STATE-CAPS »", id="entrée inconnue"),
    pytest.param([{**STATE, "entry": "MO-20"}], "entry", "« MO-20 »", id="entrée d'un autre recueil"),
    pytest.param([{"rulebook": "etat-subventions"}], "partner", "rien", id="partenaire absent"),
    pytest.param([{**OWN, "partner": "VILLE"}], "partner", "« VILLE »", id="partenaire de trop"),
    pytest.param(
        [{**STATE, "partner": "REGION"}], "partner", "« REGION », de la famille « region »", id="autre famille"
    ),
    pytest.param([{**STATE, "partner": "PREFET"}], "partner", "« PREFET »", id="partenaire inconnu"),
    pytest.param([{**STATE, "operations": ("GARE",)}], "operations", "« GARE »", id="opération inconnue"),
    pytest.param([{**OWN, "entry": "MO-30"}], "operations", "rien", id="opérations à nommer"),
    pytest.param(
        [{**STATE, "operations": ("PLACE",)}], "rulebook", "« etat-subventions », qui ne concerne aucune opération",
        id="sans objet",
    ),
    pytest.param([STATE, STATE], "rulebook", "« etat-subventions », « ETAT », déjà écrit à la ligne 1", id="répété"),
    pytest.param(
        [STATE, {**STATE, "entry": "STATE-CAP"}], "entry", "« STATE-CAP », déjà employée à la ligne 1", id="deux fois"
    ),
    pytest.param(
        [{**STATE, "operations": ("ECOLE", "ECOLE")}], "operations", "« ECOLE » plusieurs fois", id="opération répétée"
    ),
    pytest.param(
        [{"rulebook": "anru-npnru", "entry": "ANRU-INST-CAP"}], "entry",
        "« ANRU-INST-CAP », entrée à remplir : aucune source n'en donne la valeur ; opérations : « PLACE »",
        id="paramètre à remplir, nommé",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("uses", "column", "found"), REFUSED)
def test_what_names_nothing_usable_is_refused(changed: Any, uses: list[Any], column: str, found: str) -> None:
    with pytest.raises(ScenarioError) as refusal:
        changed(DAY, uses)
    (problem, *others) = refusal.value.problems
    assert (problem.table, problem.row, problem.column, problem.found) == ("rulebooks", len(uses), column, found)
    assert all(other.column == "rulebook" for other in others)
    assert problem.advice.endswith(".")


def test_what_is_only_remembered_is_named_when_it_is_needed(changed: Any) -> None:
    with pytest.raises(ScenarioError) as refusal:
        changed(DAY, [ANRU], operations={"PLACE": {"nature": "DEM"}})
    (problem,) = refusal.value.problems
    assert problem.found.startswith("« ANRU-DEM », entrée à remplir")
    assert problem.found.endswith("opérations : « PLACE »")
    assert problem.advice == (
        "Remplissez « ANRU-DEM » dans le recueil « anru-npnru », ou n'employez que d'autres entrées."
    )


def test_a_day_outside_the_horizon_names_entry_day_horizon_and_operation(changed: Any) -> None:
    with pytest.raises(ScenarioError) as refusal:
        changed(DAY, [STATE], operations={"ECOLE": {"decision_date": date(1999, 12, 31)}})
    (problem,) = refusal.value.problems
    assert problem.found == "« STATE-CAP » le 1999-12-31, hors de son horizon de validité ; opérations : « ECOLE »"
    assert problem.expected == "une date de l'horizon : à partir du 2000-01-01"


def test_resolving_refuses_what_the_checks_refuse(changed: Any) -> None:
    scenario = changed(DAY).model_copy(update={"reference_date": date(1999, 12, 31)})
    with pytest.raises(ScenarioError, match="hors de son horizon de validité"):
        in_force(scenario)


def test_a_rule_of_a_rulebook_finds_its_figures(changed: Any) -> None:
    bare = tuple(line.model_copy(update={"eligible_base": None}) for line in changed().eligibilities)
    with pytest.raises(ScenarioError) as refusal:
        changed(DAY, [STATE], tables={"eligibilities": bare})
    (problem,) = refusal.value.problems
    assert (problem.table, problem.column) == ("eligibilities", "eligible_base")
    assert problem.expected == "l'assiette de « ETAT », dont se sert la règle « STATE-CAP-2018 »"


def test_a_fixed_plan_has_no_eligible_base_and_the_rulebook_is_told(changed: Any) -> None:
    kept = tuple(line for line in changed().eligibilities if line.operation != "ECOLE")
    plan = read(Path(__file__).parents[1] / "complete").plans[0]
    lines = tuple(
        plan.model_copy(update={"operation": "ECOLE", "partner": partner, "year": 2026, "amount": 50_000_000})
        for partner in ("ETAT", "REGION")
    )
    with pytest.raises(ScenarioError) as refusal:
        changed(
            DAY, [STATE], operations={"ECOLE": {"profile": None}},
            tables={"eligibilities": kept, "plans": lines, "goals": changed().goals[:1], "references": ()},
        )  # fmt: skip
    (problem,) = refusal.value.problems
    assert (problem.table, problem.row, problem.column) == ("rulebooks", 1, "rulebook")
    assert problem.found == "« eligible », alors que « ETAT » finance « ECOLE » sans ligne d'éligibilité"


def test_a_rule_of_the_scenario_never_hides_one_of_a_rulebook(changed: Any) -> None:
    resolved = in_force(changed(DAY))
    with pytest.raises(ScenarioError) as refusal:
        changed(DAY, [STATE], tables={"rules": resolved.rules})
    (problem,) = refusal.value.problems
    assert problem.found == "« STATE-CAP-2018 », qui est aussi une règle du scénario"


@pytest.mark.parametrize(("rule", "known"), [("STATE-CAP", True), ("STATE-CAP-2018", True), ("FCTVA", False)])
def test_a_derogation_names_a_rule_that_applies(changed: Any, rule: str, known: bool) -> None:
    line = Derogation(rule=rule, operation="ECOLE", author="Préfet", reference="exemple illustratif")
    uses = [STATE, {"rulebook": "etat-fctva"}]
    if known:
        resolved = in_force(changed(DAY, uses, tables={"derogations": (line,)}))
        assert [derogation.rule for derogation in resolved.derogations] == ["STATE-CAP-2018"]
        return
    with pytest.raises(ScenarioError) as refusal:
        changed(DAY, uses, tables={"derogations": (line,)})
    assert [problem.found for problem in refusal.value.problems] == ["« FCTVA »"]


def test_the_code_of_a_rule_stays_a_code(changed: Any) -> None:
    school = changed()
    second = school.partners[0].model_copy(update={"code": "DIRECTION-REGIONALE-DES-AFFAIRES"})
    line = school.eligibilities[0].model_copy(update={"partner": second.code})
    tables = {"partners": (*school.partners, second), "eligibilities": (*school.eligibilities, line)}
    with pytest.raises(ScenarioError) as refusal:
        changed(DAY, [STATE, {**STATE, "partner": second.code}], tables=tables)
    (problem,) = refusal.value.problems
    assert (problem.row, problem.column, problem.expected) == (2, "partner", "40 caractères au plus")


def test_a_file_is_told_by_its_line(tmp_path: Path) -> None:
    text = (Path(__file__).parent / "ecole.yaml").read_text(encoding="utf-8")
    path = tmp_path / "ecole.yaml"
    path.write_text(text.replace("rulebook: etat-subventions,", "rulebook: etat-subvention,"), encoding="utf-8")
    with pytest.raises(ScenarioError) as refusal:
        read(path)
    (problem,) = refusal.value.problems
    line = text[: text.index("- {rulebook:")].count("\n") + 1
    assert problem.place == f"ecole.yaml, table « rulebooks », ligne {line}, colonne « rulebook »"
    assert problem.advice == "Écrivez « etat-subventions », si c'est ce que vous vouliez dire."
