"""*Conventions*: what blocks the signature, the table as in the workbook, the files; a workbook brought back."""

import io
import zipfile
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from allocator.solve.allocate import allocate
from reports.layout.figures import Figures
from reports.sheets import controls
from scenarios.changes import CellChanged
from scenarios.document import Mark, Scenario
from scenarios.document.quantities import cents_to_text
from scenarios.formats import workbook
from scenarios.formats.problems import ScenarioError
from scenarios.rulebooks import NO_RULEBOOKS
from scenarios.store import ConflictError, RefusedError, Store
from tests.ui.pages.deciding.conftest import Opens, ended, press, texts
from tests.ui.pages.keeping.conftest import Desks
from ui.desk.agreements import Kind, ask_look, ask_workbook, left_without, look, signable, written
from ui.desk.amending import ask_amendments
from ui.desk.corrections import ask_correction, ask_scenario_workbook, commit_correction, corrected
from ui.desk.plans import ask, keep, known
from ui.desk.versions import Current, current
from ui.desk.workbooks import ask_workbooks
from ui.pages import session
from ui.plan import Plan
from ui.roles import NotAllowedError, Role

RESTRICTED = (Role.MEMBER, Role.AUDITOR)


def planned(desk_of: Desks, number: int | None = None) -> tuple[Current, Plan]:
    desk = desk_of()
    opened = current(desk, "tutoriel", number)
    plan = known(desk, opened)
    if plan is None:
        ticket = ask(desk, opened)
        assert ticket.wait(60)
        plan = keep(desk, opened, ticket.result)
    return opened, plan


def retitled(scenario: Scenario) -> Scenario:
    return scenario.model_copy(update={"title": "Titre corrigé"})


def test_what_blocks_comes_before_the_table(opens: Opens) -> None:
    page = opens("conventions")
    assert [title.value for title in page.subheader][:2] == [
        "Ce qui bloque la signature", "Plan de financement, tel que dans le classeur",
    ]  # fmt: skip
    table = page.dataframe[0].value
    said = list(zip(table["Ce qui bloque"], table["De quoi il s'agit"], strict=True))
    assert any(kind == "Règle à confirmer" and "lu dans une source publique" in what for kind, what in said)
    assert any(kind == "Taux vide" and what.startswith("Avance, taux, Région") for kind, what in said)
    assert not any("Syndicat" in what for kind, what in said if kind == "Taux vide")
    assert page.dataframe[1].value["Code"].iloc[-1] == "Total"
    assert page.query_params["projet"] in ("CENTRE", ["CENTRE"])


def test_a_partner_is_chosen_by_the_address(opens: Opens) -> None:
    page = opens("conventions", partenaire="ANAH")
    assert "Engagements, tel que dans le classeur" in texts(page.subheader)
    assert list(page.dataframe[1].value["Code"]) == ["COPRO", "Total"]


def test_one_workbook_then_all_are_prepared(opens: Opens, tutorial: Scenario) -> None:
    page = press(opens("conventions"), "Préparer ce classeur")
    version = allocate(tutorial).fingerprint[:12]
    names = [button.label for button in page.get("download_button")]
    assert f"Télécharger convention_CENTRE_{version}.xlsx" in names
    page = press(page, "Préparer tous les classeurs")
    assert any(button.label.endswith("_v1.zip") for button in page.get("download_button"))


def test_in_english(opens: Opens) -> None:
    page = opens("conventions", lang="en")
    assert page.title[0].value == "Agreements"
    assert "What blocks the signature" in texts(page.subheader)


def test_a_plan_where_nothing_blocks_says_so(tutorial: Scenario) -> None:
    rules = tuple(rule.model_copy(update={"mark": Mark.AGREED}) for rule in tutorial.rules)
    sure = tutorial.model_copy(update={"rules": rules})
    found = look(sure, allocate(sure), NO_RULEBOOKS, Kind.PARTNER, "ANAH", list[str]().append)
    assert found.obstacles.rows == ()


def test_a_control_in_error_blocks(tutorial: Scenario) -> None:
    plan = allocate(tutorial)
    line = next(one for one in plan.commitments if one.partner == "REGION")
    commitments = tuple(
        type(one)(one.operation, one.partner, one.start, one.amount + (100_00 if one == line else 0))
        for one in plan.commitments
    )
    wrong = replace(plan, commitments=commitments)
    found = look(tutorial, wrong, NO_RULEBOOKS, Kind.PROJECT, "CENTRE", list[str]().append)
    assert any(row[0] == "Contrôle en erreur" for row in found.obstacles.rows)


def test_the_file_is_the_agreement_and_its_controls_are_green(tutorial: Scenario) -> None:
    made = written(tutorial, allocate(tutorial), NO_RULEBOOKS, Kind.PROJECT, "CENTRE")
    book = load_workbook(io.BytesIO(made.content), data_only=True)
    assert book[controls.NAME].cell(4, 3).value == "CONFORME"


def test_a_project_without_money_has_no_agreement(tutorial: Scenario) -> None:
    plan = Plan(tutorial, replace(allocate(tutorial), commitments=(), payments=(), launches=()))
    assert signable(plan, Kind.PROJECT) == {}
    assert signable(plan, Kind.PARTNER) == {}
    assert left_without(plan) == tuple(sorted({line.project for line in tutorial.operations}))
    assert Figures(tutorial, plan.allocation).committed == {}


@pytest.mark.parametrize("role", RESTRICTED)
def test_who_does_not_export_looks_but_takes_nothing(
    opens: Opens, desks: Desks, monkeypatch: pytest.MonkeyPatch, role: Role
) -> None:
    desk = desks(role)
    monkeypatch.setattr(session, "user", lambda: desk.user)
    page = opens("conventions")
    assert len(page.dataframe) == 2
    assert "Préparer ce classeur" not in [button.label for button in page.button]
    assert not page.get("file_uploader")
    assert "reviennent au financier" in texts(page.info)
    opened, plan = planned(desks)
    assert ask_look(desk, plan, Kind.PROJECT, "CENTRE").wait(60)
    for forbidden in (
        lambda: ask_workbook(desk, plan, Kind.PROJECT, "CENTRE"),
        lambda: ask_workbooks(desk, plan),
        lambda: ask_scenario_workbook(desk, opened),
        lambda: ask_correction(desk, opened, "a.xlsx", b""),
        lambda: commit_correction(desk, opened, (), "motif"),
        lambda: ask_amendments(desk, plan, plan, None),
    ):
        with pytest.raises(NotAllowedError):
            forbidden()


def test_a_workbook_brought_back_unchanged_says_so(opens: Opens, tutorial: Scenario) -> None:
    page = opens("conventions")
    page.get("file_uploader")[0].set_value(("retour.xlsx", workbook.render(tutorial), "application/vnd"))
    ended(page.run())
    assert "dit la même chose que la version 1" in texts(page.info)


def test_differences_are_seen_then_committed_with_a_reason(opens: Opens, tutorial: Scenario, store: Store) -> None:
    page = opens("conventions")
    page.get("file_uploader")[0].set_value(("retour.xlsx", workbook.render(retitled(tutorial)), "application/vnd"))
    ended(page.run())
    assert "Titre corrigé" in page.dataframe[-1].value["Différence"].iloc[0]
    press(page, "Enregistrer ces différences")
    assert "Motif" in texts(page.error)
    assert store.head("tutoriel").number == 1
    page.text_input(key="correction-reason").input("Titre du comité du 3 mars").run()
    press(page, "Enregistrer ces différences")
    assert "Version 2 enregistrée." in texts(page.success)
    assert store.head("tutoriel").reason == "Titre du comité du 3 mars"
    assert store.scenario_of(store.head("tutoriel").id).title == "Titre corrigé"


def test_every_error_is_told_by_sheet_and_cell_and_nothing_is_written(
    opens: Opens, tutorial: Scenario, store: Store
) -> None:
    book = load_workbook(io.BytesIO(workbook.render(tutorial)))
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value == "ETUDE" and sheet.title.lower().startswith("op"):
                    sheet.cell(cell.row, cell.column).value = "ECOLE"
    content = io.BytesIO()
    book.save(content)
    page = opens("conventions")
    page.get("file_uploader")[0].set_value(("retour.xlsx", content.getvalue(), "application/vnd"))
    ended(page.run())
    assert "à corriger ; rien n'a été modifié." in texts(page.error)
    assert any("cellule" in place or "!" in place for place in page.dataframe[-1].value["Où"])
    assert "Enregistrer ces différences" not in [button.label for button in page.button]
    assert store.head("tutoriel").number == 1


def test_a_file_too_large_or_of_another_kind_is_refused(desks: Desks, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALLOCATOR_LARGEST_DOCUMENT_MB", "1")
    desk = desks()
    opened = current(desk, "tutoriel")
    limit = 1_000_000
    with pytest.raises(ScenarioError, match="1 Mo au plus"):
        ask_correction(desk, opened, "gros.xlsx", b"0" * (limit + 1))
    with pytest.raises(ScenarioError, match=r"un classeur \.xlsx"):
        ask_correction(desk, opened, "virus.exe", b"0")
    ticket = ask_correction(desk, opened, "../../x.xlsx", b"0" * limit)  # at the limit: read
    assert ticket.wait(60)
    assert ticket.result.problems


def test_what_is_no_workbook_is_told(tutorial: Scenario) -> None:
    assert corrected(tutorial, "a.xlsx", b"PK rien").problems
    assert corrected(tutorial, "a.xlsx", b"").problems


def test_a_correction_of_what_others_changed_is_a_conflict(desks: Desks, store: Store, tutorial: Scenario) -> None:
    desk = desks()
    opened = current(desk, "tutoriel")
    mine = (CellChanged("", (), "title", tutorial.title, "Le mien"),)
    store.commit("tutoriel", opened.version.id, (CellChanged("", (), "title", tutorial.title, "Le leur"),), "Alix", "x")
    with pytest.raises(ConflictError):
        commit_correction(desk, opened, mine, "Titre")
    other = (CellChanged("", (), "committee", tutorial.committee, "Autre comité"),)
    assert commit_correction(desk, opened, other, "Comité").merged
    with pytest.raises(RefusedError):
        commit_correction(desk, current(desk, "tutoriel"), (), "Rien")


def cut(scenario: Scenario) -> CellChanged:
    line = next(line for line in scenario.budgets if line.commitment)
    return CellChanged("budgets", (line.holder, str(line.year)), "commitment", cents_to_text(line.commitment or 0), "0")


def test_an_amendment_between_the_signed_version_and_the_new_one(
    opens: Opens, desks: Desks, store: Store, tutorial: Scenario
) -> None:
    assert "première version" in texts(opens("conventions").caption)
    store.commit("tutoriel", store.head("tutoriel").id, (cut(tutorial),), "Camille", "Budget retiré")
    _opened, after = planned(desks)
    _former, before = planned(desks, 1)
    page = opens("conventions")
    assert list(page.dataframe[2].value["Projet"]) == ["CENTRE"]
    page = press(page, "Préparer les avenants")
    names = [button.label for button in page.get("download_button")]
    pair = f"{before.allocation.fingerprint[:12]}_{after.allocation.fingerprint[:12]}"
    assert f"Télécharger avenants_{pair}.zip" in names
    ticket = ask_amendments(desks(), before, after, None)
    assert ticket.wait(60)
    files = zipfile.ZipFile(io.BytesIO(ticket.result.content)).namelist()
    assert files == [f"avenant_CENTRE_{pair}.xlsx"]


def test_a_version_that_changes_no_amount_has_no_amendment(
    opens: Opens, desks: Desks, store: Store, tutorial: Scenario
) -> None:
    change = CellChanged("", (), "title", tutorial.title, "Autre")
    store.commit("tutoriel", store.head("tutoriel").id, (change,), "Camille", "Titre")
    planned(desks)
    assert "il n'y a rien à amender" in texts(opens("conventions").info)
