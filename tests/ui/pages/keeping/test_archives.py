"""*Archives*: seal, the journal, four lights in words, the replay, what an amount rests on, the report."""

import io
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from allocator.archive.payload import ALLOCATION, Sealing
from allocator.archive.refusal import ArchiveUnusableError
from allocator.archive.verdict import Question, State
from allocator.proof.verifier import single_file
from allocator.solve.allocate import allocate
from scenarios.document import Decision, DecisionStatus, Lock, LockSense, Scenario
from scenarios.store import RefusedError, Store, UnknownError
from tests.allocator.archive.attacker import edited, one_cent_moved, rewritten
from tests.ui.pages.deciding.conftest import Opens, ended, press, texts
from tests.ui.pages.keeping.conftest import Desks
from ui.configuration import ARCHIVES
from ui.desk.auditing import (
    all_verdicts,
    ask_audit,
    ask_replay,
    audited,
    replayed,
    report_text,
    report_workbook,
    verifier,
)
from ui.desk.plans import known
from ui.desk.sealing import ask_seal, content_of, enter, journal, sealed
from ui.desk.tracing import amounts, trace
from ui.desk.versions import current
from ui.pages import session
from ui.plan import Plan
from ui.roles import NotAllowedError, Role


def silent(_: str) -> None:
    """Hear nothing."""


@pytest.fixture(scope="session")
def archive(tutorial: Scenario, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("archives") / "reçue.zip"
    sealed(tutorial, "tutoriel", allocate(tutorial), Sealing("Mme Martin", "Comité du 3 mars"), path, silent)
    return path


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(ARCHIVES, str(tmp_path / "archives"))
    return tmp_path / "archives"


def received(opens: Opens, content: bytes, **parameters: str) -> str:
    """Upload an archive on the page; return everything it says."""
    page = opens("archives", **parameters)
    page.get("file_uploader")[0].set_value(("reçue.zip", content, "application/zip"))
    ended(page.run())
    assert not page.exception
    return "\n".join(map(texts, (page.markdown, page.success, page.error, page.warning, page.text)))


def test_an_empty_journal_says_what_to_do(opens: Opens) -> None:
    page = opens("archives")
    assert "Aucune archive n'est encore scellée ici." in texts(page.info)
    assert "Sceller la version 1" in texts(page.subheader)


def test_a_version_is_sealed_with_a_reason_then_stands_in_the_journal(opens: Opens, store: Store, place: Path) -> None:
    page = press(opens("archives"), "Sceller cette version")
    assert "Écrivez pourquoi vous scellez cette version." in texts(page.error)
    assert not place.exists()
    page.text_input(key="seal-reason").input("Comité du 3 mars").run()
    page = press(page, "Sceller cette version")
    (line,) = store.archives("tutoriel")
    assert line.author == "Poste local"
    assert [path.name for path in place.glob("*/*.zip")] == [line.name]
    assert list(page.dataframe[0].value["Archive"]) == [line.name]
    assert list(page.dataframe[0].value["Fichier"]) == ["présent"]
    assert "Cette version est scellée" in texts(page.caption)
    assert "Sceller cette version" not in [button.label for button in page.button]
    assert line.digest in (place.glob("*/journal.txt").__next__()).read_text(encoding="utf-8")


def test_an_archive_whose_program_stopped_is_entered_later(desks: Desks, store: Store) -> None:
    desk = desks()
    opened = current(desk, "tutoriel")
    plan = known(desk, opened)
    assert plan is not None
    ticket = ask_seal(desk, opened, plan, "Comité")
    assert ticket.wait(120)
    assert store.archives("tutoriel") == ()  # the tab was closed before it was told
    enter(desk, "tutoriel")
    enter(desk, "tutoriel")
    (kept,) = journal(desk)
    assert (kept.archived.digest, kept.archived.author, kept.present) == (ticket.result, "Camille", True)
    with pytest.raises(RefusedError, match="déjà scellée"):
        ask_seal(desk, opened, plan, "Encore")
    one, content = content_of(desk, ticket.result)
    journal_file = one.path.parent / "journal.txt"
    found = audited(one.archived.name, content, journal_file, silent)
    assert {line.question: line.state for line in found.verdicts}[Question.JOURNAL] is State.CONFORMING
    kept.path.unlink()
    with pytest.raises(UnknownError):
        content_of(desk, ticket.result)


def test_a_plan_that_is_not_the_one_shown_is_not_sealed(tutorial: Scenario, tmp_path: Path) -> None:
    shown = replace(allocate(tutorial), commitments=())
    with pytest.raises(ArchiveUnusableError, match="rien n'est scellé"):
        sealed(tutorial, "tutoriel", shown, Sealing("x", "y"), tmp_path / "a" / "x.zip", silent)
    assert not (tmp_path / "a").exists()


def test_four_lights_say_yes_in_words(opens: Opens, archive: Path) -> None:
    said = received(opens, archive.read_bytes())
    for title in ("Octets intacts", "Règles respectées", "Plan optimal prouvé", "Mêmes centimes au recalcul"):
        assert f"**{title}**" in said
    assert "**CONFORME**" in said
    assert "NON CONFORME" not in said
    assert "les mêmes, au centime" in said
    assert "Motif : Comité du 3 mars" in said


def test_a_tampered_archive_gives_a_red_light_in_words(opens: Opens, archive: Path) -> None:
    forged = rewritten(archive, edited(archive, ALLOCATION, one_cent_moved)).read_bytes()
    said = received(opens, forged)
    assert "**NON CONFORME**" in said
    assert "ne vous fondez pas sur elle" in said
    assert "ce qui suit est ce qu'elle dit, pas ce qui est prouvé" in said


def less_than_decided(values: Any) -> None:
    """Take one cent from what the ANAH is decided to bring to COPRO."""
    for lines in (values["commitments"], values["payments"]):
        next(line for line in lines if (line["operation"], line["partner"]) == ("COPRO", "ANAH"))["amount"] -= 1


def test_a_decided_amount_not_kept_is_told_in_words(opens: Opens, archive: Path) -> None:
    forged = rewritten(archive, edited(archive, ALLOCATION, less_than_decided), "moins").read_bytes()
    found = audited("reçue.zip", forged, None, silent)
    words = "le plan en centimes ne tient pas « montant arrêté (au moins, COPRO, ANAH) »"
    assert words in {line.question: line.reasons for line in found.verdicts}[Question.RULES]
    told = received(opens, forged)
    assert words in told
    assert "lock|" not in told
    assert "--journal" not in told


def test_bytes_changed_or_no_archive_at_all_are_told(opens: Opens, archive: Path) -> None:
    content = bytearray(archive.read_bytes())
    content[len(content) // 2] ^= 1
    assert "NON CONFORME" in received(opens, bytes(content))
    said = received(opens, b"rien d'une archive")
    assert "NON CONFORME" in said
    assert "NON VÉRIFIABLE, parce que :" in said
    assert "archive.zip" not in said


def test_the_trace_names_the_rule_its_source_the_data_and_who_decided(archive: Path) -> None:
    found = audited("reçue.zip", archive.read_bytes(), None, silent)
    assert found.plan is not None
    assert "ECOLE|ETAT" in amounts(found.plan)
    traced = trace(found.plan, "ECOLE", "ETAT", found.info)
    assert "ECOLE" in traced.sentence
    assert ("ETAT-EQP", "60\u202f%") in {(row[0], row[2]) for row in traced.rules.rows}
    assert any(row[0] == "Coût hors taxes" for row in traced.data.rows)
    assert traced.decisions.rows[-1][1] == "Mme Martin"
    assert traced.decisions.rows[-1][4] == "Comité du 3 mars"


def test_decisions_locks_and_dates_are_traced(tutorial: Scenario) -> None:
    decision = Decision(
        operation="ECOLE", partner="ETAT", status=DecisionStatus.VOTED, day=date(2027, 3, 3), author="Préfet",
        reference="2027-12", reason="Convention",
    )  # fmt: skip
    lock = Lock(
        operation="ECOLE", partner="ETAT", sense=LockSense.AT_LEAST, amount=1_00, author="DDT", reason="Engagement"
    )
    scenario = tutorial.model_copy(update={"decisions": (decision,), "locks": (lock,)})
    rows = trace(Plan(scenario, allocate(scenario)), "ECOLE", "ETAT", {}).decisions.rows
    assert rows[0] == ("délibéré", "Préfet", "03/03/2027", "2027-12", "Convention")
    assert rows[1][1] == "DDT"
    assert rows[1][4] == "Engagement"
    assert trace(Plan(scenario, allocate(scenario)), "ECOLE", "REGION", {}).decisions.rows == ()


def test_an_amount_is_chosen_by_the_address(opens: Opens, archive: Path) -> None:
    assert "ECOLE" in received(opens, archive.read_bytes(), montant="ECOLE|REGION")


def test_the_report_and_the_verifier_are_taken_away(desks: Desks, archive: Path) -> None:
    desk = desks(Role.AUDITOR)
    found = audited("reçue.zip", archive.read_bytes(), None, silent)
    again = replayed("reçue.zip", archive.read_bytes(), silent)
    assert again.differences == ()
    assert [line.question for line in all_verdicts(found, again)] == list(Question)
    assert "Vérification de l'archive reçue.zip" in report_text(desk, found, again).decode()
    unmade = report_text(desk, found, None).decode()
    assert "le calcul n'a pas encore été refait" in unmade
    book = load_workbook(io.BytesIO(report_workbook(desk, found, again)))
    assert any("CONFORME" in str(cell.value) for row in book.active.iter_rows() for cell in row)
    assert verifier(desk) == single_file().encode()


def test_a_file_too_large_is_refused_politely(desks: Desks, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALLOCATOR_LARGEST_ARCHIVE_MB", "1")
    with pytest.raises(ArchiveUnusableError, match="2 Mo ; attendu : 1 Mo au plus"):
        ask_audit(desks(), "grosse.zip", b"0" * 1_000_001)
    assert ask_audit(desks(), "à la limite.zip", b"0" * 1_000_000).wait(60)


def test_a_member_verifies_and_does_not_seal(
    opens: Opens, desks: Desks, monkeypatch: pytest.MonkeyPatch, archive: Path
) -> None:
    desk = desks(Role.MEMBER)
    monkeypatch.setattr(session, "user", lambda: desk.user)
    page = opens("archives")
    assert "Sceller une version revient au financier ou à l'auditeur" in texts(page.info)
    assert "Sceller cette version" not in [button.label for button in page.button]
    opened = current(desk, "tutoriel")
    plan = known(desk, opened)
    assert plan is not None
    with pytest.raises(NotAllowedError):
        ask_seal(desk, opened, plan, "Motif")
    with pytest.raises(NotAllowedError):
        enter(desk, "tutoriel")
    assert ask_replay(desk, "reçue.zip", archive.read_bytes()).wait(60)


def test_who_has_no_role_does_nothing(desks: Desks, archive: Path) -> None:
    desk = replace(desks(), user=replace(desks().user, roles=frozenset()))
    found = audited("reçue.zip", archive.read_bytes(), None, silent)
    for forbidden in (
        lambda: ask_audit(desk, "a.zip", b""),
        lambda: ask_replay(desk, "a.zip", b""),
        lambda: content_of(desk, "x"),
        lambda: journal(desk),
        lambda: report_text(desk, found, None),
        lambda: report_workbook(desk, found, None),
        lambda: verifier(desk),
    ):
        with pytest.raises(NotAllowedError):
            forbidden()


def test_without_a_scenario_an_auditor_verifies_all_the_same(opens: Opens, archive: Path) -> None:
    page = opens("archives", scenario="")
    assert "Sceller" not in texts(page.subheader)
    page.get("file_uploader")[0].set_value(("reçue.zip", archive.read_bytes(), "application/zip"))
    ended(page.run())
    assert "**CONFORME**" in texts(page.markdown)


def test_in_english(opens: Opens, archive: Path) -> None:
    said = received(opens, archive.read_bytes(), lang="en")
    assert "Same cents when calculated again" in said
    assert "Octets" not in said
