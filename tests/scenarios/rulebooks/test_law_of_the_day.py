"""The same scenario under the law of two days: other rules, other plans, and the texts responsible."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from allocator.allocation import Allocation
from allocator.check import verify
from allocator.solve.allocate import allocate
from scenarios.document import Derogation, OwnerFloor, PublicAidCap
from scenarios.fingerprint import fingerprint
from scenarios.formats import check, read, write
from scenarios.rulebooks import in_force, law_hash, listing

STATE = {"rulebook": "etat-subventions", "partner": "ETAT"}
OWN = {"rulebook": "cgct-part-propre"}
BEFORE, AFTER = date(2017, 6, 1), date(2019, 6, 1)


def amounts(allocation: Allocation, operation: str) -> dict[str, int]:
    return {line.partner: line.amount for line in allocation.commitments if line.operation == operation}


def test_2017_and_2019_give_different_plans(changed: Any) -> None:
    plans = {day: allocate(in_force(changed(day))) for day in (BEFORE, AFTER)}
    assert amounts(plans[BEFORE], "ECOLE") == {"ETAT": 60_000_000, "REGION": 20_000_000, "VILLE": 20_000_000}
    assert amounts(plans[AFTER], "ECOLE") == {"ETAT": 60_000_000, "REGION": 40_000_000}
    references = [[line.reference for line in listing(changed(day))] for day in (BEFORE, AFTER)]
    assert references == [["Décret 99-1060, art. 10"], ["Décret 2018-514, art. 10"]]
    assert plans[BEFORE].fingerprint != plans[AFTER].fingerprint


@pytest.mark.parametrize(("day", "own"), [(date(2018, 9, 30), 20_000_000), (date(2018, 10, 1), 0)])
def test_the_law_changes_overnight(changed: Any, day: date, own: int) -> None:
    assert amounts(allocate(in_force(changed(day))), "ECOLE").get("VILLE", 0) == own


def test_the_rule_says_its_version_and_its_source(changed: Any) -> None:
    (rule,) = in_force(changed(BEFORE)).rules
    assert isinstance(rule, PublicAidCap)
    assert (rule.code, rule.rate, rule.operations, rule.partner) == (
        "STATE-CAP-1999",
        Fraction(4, 5),
        ("ECOLE",),
        "ETAT",
    )
    assert rule.reference == "Décret 99-1060, art. 10"
    assert rule.label.endswith("(version du 2000-01-01)")
    assert (rule.mark, rule.valid_from, rule.valid_to, rule.negotiable) == ("primary", None, None, False)


def test_each_operation_follows_the_day_of_its_decision(changed: Any) -> None:
    scenario = changed(
        AFTER, [STATE], operations={"PLACE": {"decision_date": date(2018, 9, 30)}},
        tables={
            "eligibilities": tuple(
                line.model_copy(update={"partner": "ETAT"}) if line.partner == "ANRU" else line
                for line in changed().eligibilities
            ),
            "references": tuple(line for line in changed().references if line.operation == "ECOLE"),
        },
    )  # fmt: skip
    rules = in_force(scenario).rules
    assert [(rule.code, rule.operations) for rule in rules] == [
        ("STATE-CAP-1999", ("PLACE",)),
        ("STATE-CAP-2018", ("ECOLE",)),
    ]


def test_a_resolved_scenario_stands_alone(changed: Any, tmp_path: Any) -> None:
    resolved = in_force(changed(BEFORE))
    assert resolved.rulebooks == ()
    assert in_force(resolved) is resolved
    write(resolved, tmp_path / "resolu.yaml")
    assert read(tmp_path / "resolu.yaml") == resolved


def test_the_allocator_refuses_rulebooks_that_are_not_resolved(changed: Any) -> None:
    with pytest.raises(ValueError, match="ecole: unresolved rulebooks"):
        allocate(changed(BEFORE))
    plan = allocate(in_force(changed(BEFORE)))
    with pytest.raises(ValueError, match="ecole: rulebooks that are not yet rules"):
        verify(changed(BEFORE), plan)


@pytest.mark.parametrize("name", ["dossier", "ecole.yaml", "ecole.json"])
def test_rulebooks_and_days_are_written_and_read_back(changed: Any, tmp_path: Any, name: str) -> None:
    commune = {"anru_class": 6, "anru_class_year": 2015, "anru_bonus": Fraction(1, 30)}
    uses = [STATE, {**OWN, "entry": "MO-30", "operations": ("ECOLE", "PLACE"), "provenance": "illustratif"}]
    days = {"PLACE": {"decision_date": date(2018, 9, 30)}}
    scenario = changed(AFTER, uses, operations=days, communes={"VILLE-A": commune})
    write(scenario, tmp_path / name)
    assert read(tmp_path / name) == scenario


def test_the_text_itself_lifts_the_floor_of_the_npnru(changed: Any) -> None:
    resolved = in_force(changed(AFTER, [OWN]))
    (floor,) = resolved.rules
    assert isinstance(floor, OwnerFloor)
    assert (floor.code, floor.operations) == ("MO-20", ("ECOLE", "PLACE"))
    (derogation,) = resolved.derogations
    assert (derogation.rule, derogation.operation, derogation.author) == ("MO-20", "PLACE", "Loi")
    assert derogation.reference == "Loi 2003-710, art. 9-3"
    plan = allocate(resolved)
    assert amounts(plan, "PLACE") == {"ANRU": 25_000_000, "REGION": 25_000_000}
    assert amounts(plan, "ECOLE")["VILLE"] == 20_000_000


@pytest.mark.parametrize("also", [[], [{**OWN, "entry": "MO-20-X"}]])
def test_the_floor_employed_alone_keeps_the_exemptions_of_its_text(changed: Any, also: list[dict[str, Any]]) -> None:
    resolved = in_force(changed(AFTER, [{**OWN, "entry": "MO-20"}, *also]))
    assert [rule.code for rule in resolved.rules] == ["MO-20"]
    assert [(line.rule, line.operation) for line in resolved.derogations] == [("MO-20", "PLACE")]


def test_an_entry_for_named_operations_lifts_the_general_one(as_anah: Any) -> None:
    scenario = as_anah("incl_vat", [
        {"rulebook": "anah", "partner": "ANRU", "entry": "ANAH-CAP"},
        {"rulebook": "anah", "partner": "ANRU", "entry": "ANAH-CAP-X", "operations": ("PLACE",)},
    ])  # fmt: skip
    resolved = in_force(scenario)
    assert [rule.code for rule in resolved.rules] == ["ANAH-CAP", "ANAH-CAP-X"]
    assert [(line.rule, line.operation, line.author) for line in resolved.derogations] == [
        ("ANAH-CAP", "PLACE", "Anah")
    ]


def test_a_derogation_on_an_entry_lifts_all_its_versions(changed: Any) -> None:
    derogation = {"rule": "STATE-CAP", "project": "CENTRE", "author": "Décret", "reference": "exemple illustratif"}
    for day, code in ((BEFORE, "STATE-CAP-1999"), (AFTER, "STATE-CAP-2018")):
        resolved = in_force(changed(day, tables={"derogations": (Derogation.model_validate(derogation),)}))
        assert [(line.rule, line.project) for line in resolved.derogations] == [(code, "CENTRE")]
        check(resolved)


def test_two_partners_of_the_state_have_each_their_rule(changed: Any) -> None:
    second = changed().partners[0].model_copy(update={"code": "DRAC"})
    line = changed().eligibilities[0].model_copy(update={"partner": "DRAC"})
    scenario = changed(
        BEFORE, [STATE, {**STATE, "partner": "DRAC"}],
        tables={"partners": (*changed().partners, second), "eligibilities": (*changed().eligibilities, line)},
    )  # fmt: skip
    codes = [rule.code for rule in in_force(scenario).rules]
    assert codes == ["STATE-CAP-1999.ETAT", "STATE-CAP-1999.DRAC"]


def test_documents_without_rulebooks_keep_their_fingerprint(changed: Any) -> None:
    bare = changed(BEFORE, [])
    named = bare.model_copy(update={"rulebooks": changed().rulebooks})
    assert fingerprint(bare) != fingerprint(named)
    assert fingerprint(bare) == "96eb8b08c7d97924c68bb668e270f58c71e938310341d71f3b6c7de4f032d399"


def test_the_list_says_where_each_line_comes_from(changed: Any) -> None:
    lines = listing(changed(AFTER, [{"rulebook": "etat-fctva"}, STATE]))
    assert [(line.entry, line.rule, line.value, line.operations) for line in lines] == [
        ("FCTVA", "", "0.16404 (part de l'assiette)", ("ECOLE", "PLACE")),
        ("STATE-CAP", "STATE-CAP-2018", "1 (part de l'assiette)", ("ECOLE",)),
    ]
    assert lines[0].status == "valeur de référence, non appliquée par la répartition"
    assert lines[1].status == "appliquée par la répartition"
    assert lines[0].rulebook_horizon == "à partir du 2014-01-01"
    assert lines[1].mark == "lu dans une source publique, à confirmer"
    assert lines[1].read_in.startswith("legibase")
    assert lines[1].version == date(2018, 10, 1)


def test_reference_values_add_no_rule(changed: Any) -> None:
    resolved = in_force(changed(AFTER, [{"rulebook": "etat-fctva"}]))
    assert resolved.rules == ()


def test_an_unneeded_entry_to_fill_is_listed_without_value(changed: Any) -> None:
    lines = listing(changed(AFTER, [{"rulebook": "action-logement"}]))
    assert [(line.entry, line.value, line.version) for line in lines] == [
        ("AL-GRANT", "0.6 (part de l'assiette)", date(2014, 12, 2)),
        ("AL-LOAN", "à remplir", None),
        ("AL-EQUIVALENT", "à remplir", None),
    ]


def test_the_hash_of_the_law_follows_the_law_only(changed: Any) -> None:
    before = law_hash(changed(BEFORE))
    assert before == law_hash(changed(date(2018, 9, 30)))
    assert before != law_hash(changed(AFTER))
    turned = changed(BEFORE, tables={"operations": tuple(reversed(changed().operations))})
    assert law_hash(turned) == before
    whole = [changed(AFTER, [OWN], tables={"operations": turned.operations}), changed(AFTER, [OWN])]
    assert fingerprint(in_force(whole[0])) == fingerprint(in_force(whole[1]))
