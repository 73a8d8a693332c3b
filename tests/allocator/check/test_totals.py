"""The allocation is the scenario's, its lines are well kept, and its totals agree."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from fractions import Fraction

import pytest

import allocator.allocation
from allocator.allocation import Allocation, Commitment, Launch, Line, Payment, RoundingStep
from allocator.check import Violation, totals, verify

from .builder import cells, changed, conforms, only, operation, plain, plan, scenario

DOCUMENT = scenario(operations=(operation(), operation("OQ", divisible=True)))
PLAN = plan(DOCUMENT, cells(ANRU=30_000, VILLE=70_000) | cells("OQ", VILLE=600) | cells("OQ", 2027, VILLE=900))


def found_in_totals(allocation: Allocation) -> list[Violation]:
    return [violation for violation in verify(DOCUMENT, allocation) if violation.family == "totals"]


def test_a_well_kept_plan_conforms() -> None:
    assert conforms(DOCUMENT, PLAN)


def test_another_scenario() -> None:
    violation = only(DOCUMENT, changed(PLAN, scenario="autre"))
    assert (violation.family, violation.found, violation.limit) == ("totals", "autre", "essai")
    assert violation.sentence == "La répartition est celle du scénario autre, et non de essai."


def test_another_version_of_the_scenario() -> None:
    corrected = DOCUMENT.model_copy(update={"title": "Essai corrigé"})
    violation = only(corrected, PLAN)
    assert (violation.family, violation.found) == ("totals", PLAN.fingerprint)
    assert violation.sentence.startswith(f"L'empreinte de la répartition ({PLAN.fingerprint}) n'est pas celle")


def test_the_order_of_the_rows_of_the_scenario_does_not_matter() -> None:
    shuffled = DOCUMENT.model_copy(
        update={name: tuple(reversed(getattr(DOCUMENT, name))) for name in ("operations", "partners", "profiles")}
    )
    assert conforms(shuffled, PLAN)


@pytest.mark.parametrize("name", ["launches", "commitments", "payments"])
def test_lines_out_of_order(name: str) -> None:
    lines = getattr(PLAN, name)
    violation = only(DOCUMENT, changed(PLAN, **{name: (lines[1], lines[0], *lines[2:])}))
    assert violation.family == "totals"
    assert "l'ordre n'est pas celui des codes" in violation.sentence


def test_the_sentence_of_a_line_out_of_order() -> None:
    violation = only(DOCUMENT, changed(PLAN, launches=(PLAN.launches[1], PLAN.launches[0], PLAN.launches[2])))
    assert violation.sentence == (
        "Dans les montants financés, la ligne (OP, 2026) vient après (OQ, 2026) : l'ordre n'est pas celui des codes."
    )


@pytest.mark.parametrize(
    ("name", "halves"),
    [
        ("launches", (Launch("OP", 2026, 40_000), Launch("OP", 2026, 60_000))),
        ("commitments", (Commitment("OP", "ANRU", 2026, 10_000), Commitment("OP", "ANRU", 2026, 20_000))),
        ("payments", (Payment("OP", "ANRU", 2026, 2026, 4_000), Payment("OP", "ANRU", 2026, 2026, 6_000))),
    ],
)
def test_a_line_given_twice(name: str, halves: tuple[object, object]) -> None:
    violation = only(DOCUMENT, changed(PLAN, **{name: (*halves, *getattr(PLAN, name)[1:])}))
    assert violation.sentence.endswith("est donnée deux fois.")


@pytest.mark.parametrize("amount", [0, -5])
def test_amounts_that_are_zero_or_negative(amount: int) -> None:
    refused = changed(
        PLAN,
        launches=(*PLAN.launches, Launch("OQ", 2028, amount)),
        commitments=(*PLAN.commitments, Commitment("OQ", "VILLE", 2028, amount)),
        payments=(*PLAN.payments, Payment("OQ", "VILLE", 2028, 2028, amount)),
    )
    assert [(violation.found, violation.limit) for violation in found_in_totals(refused)] == [(amount, 1)] * 3


def test_the_sentence_of_a_zero_amount() -> None:
    zero = changed(PLAN, payments=(*PLAN.payments[:-1], replace(PLAN.payments[-1], amount=0)))
    sentences = [plain(violation.sentence) for violation in found_in_totals(zero)]
    assert sentences[0] == (
        "Dans les paiements, la ligne (OQ, VILLE, 2027, 2028) porte 0 € : un montant nul ou négatif n'a pas sa place."
    )


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (Commitment("ZZ", "VILLE", 2026, 1), "la ligne (ZZ, VILLE, 2026) nomme une opération inconnue : ZZ."),
        (Commitment("OQ", "ZZ", 2027, 1), "la ligne (OQ, ZZ, 2027) nomme un partenaire inconnu : ZZ."),
        (
            Commitment("OQ", "VILLE", 2030, 1),
            "la ligne (OQ, VILLE, 2030) nomme une année hors de l'horizon du scénario : 2030.",
        ),
    ],
)
def test_unknown_codes_and_years_of_commitments(line: Commitment, sentence: str) -> None:
    refused = changed(PLAN, commitments=(*PLAN.commitments, line))
    assert f"Dans les engagements, {sentence}" in {violation.sentence for violation in found_in_totals(refused)}


def test_unknown_codes_and_years_of_launches_and_payments() -> None:
    refused = changed(
        PLAN,
        launches=(*PLAN.launches, Launch("ZZ", 2025, 1)),
        payments=(*PLAN.payments, Payment("ZZ", "YY", 2029, 2030, 1)),
    )
    unknown = [violation.found for violation in found_in_totals(refused) if "nomme" in violation.sentence]
    assert unknown == ["ZZ", "2025", "ZZ", "YY", "2030"]


def test_lines_that_name_someone_unknown_are_refused_here_only() -> None:
    for line in (Payment("OQ", "YY", 2029, 2029, 1), Payment("ZZ", "VILLE", 2029, 2029, 1)):
        refused = changed(PLAN, payments=(*PLAN.payments, line))
        assert {violation.family for violation in verify(DOCUMENT, refused)} == {"totals"}
    for unknown in (Commitment("OQ", "YY", 2027, 1), Commitment("ZZ", "VILLE", 2027, 1)):
        refused = changed(PLAN, commitments=(*PLAN.commitments, unknown))
        assert {violation.family for violation in verify(DOCUMENT, refused)} == {"totals"}
    step = RoundingStep("OP", "YY", 2026, Fraction(1, 3), 0)
    assert only(DOCUMENT, changed(PLAN, rounding=(step,))).found == "YY"


def test_totals_differ_by_one_cent_in_every_direction() -> None:
    refused = changed(PLAN, commitments=(replace(PLAN.commitments[0], amount=30_001), *PLAN.commitments[1:]))
    assert [plain(violation.sentence) for violation in found_in_totals(refused)] == [
        "OP : le total des montants financés est de 1 000 €, celui des engagements de 1 000,01 €.",
        "OP : le total des paiements est de 1 000 €, celui des engagements de 1 000,01 €.",
        "ANRU : le total des paiements est de 300 €, celui des engagements de 300,01 €.",
        "2026 : le total des montants financés est de 1 006 €, celui des engagements de 1 006,01 €.",
        "2026 : le total des paiements est de 1 006 €, celui des engagements de 1 006,01 €.",
        "total général : le total des montants financés est de 1 015 €, celui des engagements de 1 015,01 €.",
        "total général : le total des paiements est de 1 015 €, celui des engagements de 1 015,01 €.",
    ]


def test_a_code_missing_from_a_list_has_a_total_of_zero() -> None:
    without_anru = tuple(line for line in PLAN.payments if line.partner != "ANRU")
    differences = found_in_totals(changed(PLAN, payments=without_anru))
    assert [(line.subject[0], line.found, line.limit) for line in differences] == [
        ("OP", 70_000, 100_000),
        ("ANRU", 0, 30_000),
        ("2026", 70_600, 100_600),
        ("total général", 71_500, 101_500),
    ]
    paid_only = changed(PLAN, payments=(*PLAN.payments, Payment("OQ", "YY", 2029, 2029, 1)))
    assert ("YY", 1, 0) in {(line.subject[0], line.found, line.limit) for line in found_in_totals(paid_only)}


def test_the_two_directions_of_the_table_are_summed_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    def forgets_anru(lines: Iterable[Line], key: Callable[[Line], str]) -> dict[str, int]:
        return {code: amount for code, amount in honest(lines, key).items() if code != "ANRU"}

    honest = allocator.allocation.totals
    monkeypatch.setattr(totals, "totals", forgets_anru)
    assert [plain(violation.sentence) for violation in found_in_totals(PLAN)] == [
        "total général : le total des engagements est de 715 €, celui des engagements de 1 015 €."
    ]


def test_the_rounding_trace_gives_the_amounts_of_the_plan() -> None:
    true = RoundingStep("OP", "ANRU", 2026, Fraction(60_001, 2), 30_000)
    vanished = RoundingStep("OP", "REGION", 2026, Fraction(1, 3), 0)
    assert conforms(DOCUMENT, changed(PLAN, rounding=(true, vanished)))
    violation = only(DOCUMENT, changed(PLAN, rounding=(replace(true, amount=30_001),)))
    assert (violation.subject, violation.found, violation.limit) == (("OP", "ANRU", "2026"), 30_001, 30_000)
    assert plain(violation.sentence) == (
        "L'arrondi de ANRU pour l'opération OP lancée en 2026 donne 300,01 €, mais l'engagement est de 300 €."
    )
    assert "deux fois" in only(DOCUMENT, changed(PLAN, rounding=(true, true))).sentence
