"""*Séance*: the agenda, decisions written as versions without moving a cent, withdrawals, the minutes."""

import io
from datetime import date

import pytest
from openpyxl import load_workbook

from allocator.solve.allocate import allocate
from reports.sheets import controls
from scenarios.document import DecisionStatus, Scenario
from scenarios.formats.problems import ScenarioError
from scenarios.rulebooks import NO_RULEBOOKS
from scenarios.store import RefusedError, Status, Store
from tests.ui.pages.deciding.conftest import Opens, press, texts
from tests.ui.pages.keeping.conftest import Desks
from ui.desk.meeting import WHOLE, Said, agenda, ask_minutes, decide, minutes, status_word, totals
from ui.desk.plans import known
from ui.desk.versions import Current, current
from ui.pages import session
from ui.plan import Plan
from ui.roles import NotAllowedError, Role

DAY = date(2027, 3, 3)
VOTED = Said(DecisionStatus.VOTED, DAY, "Commission permanente", "2027-12", recusal="M. Durand")


def planned(desks: Desks) -> tuple[Current, Plan]:
    desk = desks()
    opened = current(desk, "tutoriel")
    plan = known(desk, opened)
    assert plan is not None
    return opened, plan


def test_the_agenda_is_the_plan_line_by_line(opens: Opens, tutorial: Scenario) -> None:
    page = opens("seance")
    table = page.dataframe[0].value
    lines = agenda(Plan(tutorial, allocate(tutorial)))
    assert len(table) == len(lines)
    assert list(table.loc[table["Opération"] == "GYMNASE", "État"]) == ["non financé"]
    assert [metric.label for metric in page.metric] == [
        "proposé", "accord de principe", "délibéré", "refusé", "reporté",
    ]  # fmt: skip
    assert sum(line.cents for line in lines) == sum(line.amount for line in allocate(tutorial).commitments)


def test_a_status_filters_the_agenda_and_stands_in_the_address(opens: Opens) -> None:
    assert "Aucune ligne n'en est là." in texts(opens("seance", etat="voted").info)
    page = opens("seance", etat="proposed")
    assert set(page.dataframe[0].value["État"]) == {"proposé"}


def test_a_decision_is_a_version_and_the_plan_stays_known(opens: Opens, store: Store) -> None:
    page = opens("seance")
    page.multiselect[0].select(("ECOLE", "REGION"))
    page.selectbox[1].select("délibéré")
    page.date_input[0].set_value(DAY)
    for label, text in (
        ("Qui décide", "Commission permanente"), ("N° de la délibération (obligatoire pour « délibéré »)", "2027-12"),
        ("Qui se retire pour cause d'intérêt (déport)", "M. Durand"),
    ):  # fmt: skip
        next(field for field in page.text_input if field.label == label).input(text)
    press(page, "Enregistrer la décision")
    assert "Décision enregistrée : version 2. Aucun montant ne change." in texts(page.success)
    head = store.head("tutoriel")
    assert head.reason == "Séance du 03/03/2027 : délibéré (ECOLE)"
    (line,) = store.scenario_of(head.id).decisions
    assert (line.partner, line.status, line.author, line.reference, line.recusal) == (
        "REGION", DecisionStatus.VOTED, "Commission permanente", "2027-12", "M. Durand",
    )  # fmt: skip
    assert store.allocation(head.fingerprint) is not None
    table = page.dataframe[0].value
    row = table[(table["Opération"] == "ECOLE") & (table["État"] == "délibéré")]
    assert list(row["Retrait pour intérêt"]) == ["M. Durand"]


def test_what_is_missing_is_told_and_nothing_is_written(opens: Opens, store: Store) -> None:
    page = opens("seance")
    press(page, "Enregistrer la décision")
    assert "Choisissez au moins une ligne" in texts(page.error)
    page.multiselect[0].select(("ECOLE", WHOLE))
    page.selectbox[1].select("refusé")
    press(page, "Enregistrer la décision")
    assert "à corriger ; rien n'a été modifié." in texts(page.error)
    assert store.head("tutoriel").number == 1


def test_the_plan_carried_is_the_one_that_would_be_calculated(desks: Desks) -> None:
    opened, _plan = planned(desks)
    made = decide(
        desks(), opened, [("ECOLE", "REGION"), ("ETUDE", WHOLE)], Said(DecisionStatus.IN_PRINCIPLE, DAY, "Comité")
    )
    after = current(desks(), "tutoriel")
    carried = known(desks(), after)
    assert (made.number, after.version.number) == (2, 2)
    assert carried is not None
    assert carried.allocation == allocate(after.scenario)


def test_a_decision_of_the_same_day_is_corrected_and_former_ones_stay(desks: Desks) -> None:
    for said in (
        Said(DecisionStatus.IN_PRINCIPLE, date(2027, 1, 1), "Comité"),
        Said(DecisionStatus.POSTPONED, DAY, "Région", reason="Pièce manquante"),
        VOTED,
    ):
        decide(desks(), current(desks(), "tutoriel"), [("ECOLE", "REGION")], said)
    found = current(desks(), "tutoriel").document.decisions
    assert [(line.day, line.status, line.reason) for line in found] == [
        (date(2027, 1, 1), DecisionStatus.IN_PRINCIPLE, ""), (DAY, DecisionStatus.VOTED, ""),
    ]  # fmt: skip
    _opened, plan = planned(desks)
    line = next(one for one in agenda(plan) if (one.operation, one.partner) == ("ECOLE", "REGION"))
    assert status_word(line) == "délibéré"
    assert totals(agenda(plan))[DecisionStatus.VOTED] == (1, line.cents)


@pytest.mark.parametrize(
    "said",
    [
        Said(DecisionStatus.VOTED, DAY, "Région"), Said(DecisionStatus.REFUSED, DAY, "Région"),
        Said(DecisionStatus.POSTPONED, DAY, "Région"), Said(DecisionStatus.PROPOSED, DAY, " "),
    ],
)  # fmt: skip
def test_a_vote_has_its_number_a_refusal_its_reason_all_an_author(desks: Desks, store: Store, said: Said) -> None:
    with pytest.raises(ScenarioError):
        decide(desks(), current(desks(), "tutoriel"), [("ECOLE", "REGION")], said)
    assert store.head("tutoriel").number == 1


def test_the_committee_does_not_vote_for_a_partner(desks: Desks) -> None:
    with pytest.raises(ScenarioError):
        decide(desks(), current(desks(), "tutoriel"), [("ECOLE", WHOLE)], VOTED)


def test_a_settled_dossier_takes_no_decision(desks: Desks, store: Store) -> None:
    opened, _plan = planned(desks)
    store.set_status("tutoriel", Status.SETTLED, "Camille", "Fin")
    with pytest.raises(RefusedError):
        decide(desks(), opened, [("ECOLE", "REGION")], VOTED)


def test_the_minutes_hold_the_decision_and_their_controls_are_green(opens: Opens, desks: Desks) -> None:
    decide(desks(), current(desks(), "tutoriel"), [("ECOLE", "REGION")], VOTED)
    page = press(opens("seance"), "Préparer le relevé")
    assert any("releve_" in button.label for button in page.get("download_button"))
    _opened, plan = planned(desks)
    book = load_workbook(io.BytesIO(minutes(plan.scenario, plan.allocation, NO_RULEBOOKS).content), data_only=True)
    cells = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}
    assert {"2027-12", "M. Durand", "Commission permanente"} <= cells
    assert book[controls.NAME].cell(4, 3).value == "CONFORME"


@pytest.mark.parametrize("role", [Role.MEMBER, Role.AUDITOR])
def test_who_does_not_conduct_reads_only(
    opens: Opens, desks: Desks, monkeypatch: pytest.MonkeyPatch, role: Role
) -> None:
    opened, plan = planned(desks)
    desk = desks(role)
    monkeypatch.setattr(session, "user", lambda: desk.user)
    page = opens("seance")
    assert len(page.dataframe) == 1
    assert "Conduire la séance revient au financier." in texts(page.info)
    assert not {"Enregistrer la décision", "Préparer le relevé"} & {button.label for button in page.button}
    with pytest.raises(NotAllowedError):
        decide(desk, opened, [("ECOLE", "REGION")], VOTED)
    with pytest.raises(NotAllowedError):
        ask_minutes(desk, plan)


def test_a_former_version_takes_no_decision(opens: Opens, desks: Desks) -> None:
    decide(desks(), current(desks(), "tutoriel"), [("ECOLE", "REGION")], VOTED)
    page = opens("seance", version="1")
    assert "Enregistrer la décision" not in [button.label for button in page.button]


def test_in_english(opens: Opens) -> None:
    page = opens("seance", lang="en")
    assert page.title[0].value == "Session"
    assert "Agenda" in texts(page.subheader)
