"""The report of an audit as a workbook: one page, one line per question."""

import shutil
import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook

from allocator.archive.verdict import Question, State, Verdict
from reports.audit_report import compose

INFO = {
    "Source-Organization": "Comité & amis",
    "External-Description": "=Scénario",
    "Sealed-At": "2026-01-02T03:04:05Z",
    "Bagging-Date": "2026-01-02",
}
VERDICTS = (
    Verdict(Question.BYTES, State.CONFORMING, ("41 fichiers",)),
    Verdict(Question.OPTIMAL, State.UNVERIFIABLE, ("étage 1 : écart nul", "étage 2 : " + "long " * 59 + "long")),
    Verdict(Question.LINKS, State.NOT_CONFORMING, ("data/exports/x.xlsx ne suit pas",)),
    Verdict(Question.SIGNATURE, State.NOT_ASKED, ("l'archive n'est pas signée",)),
)


def _cells(path: Path) -> list[tuple[object, ...]]:
    (sheet,) = load_workbook(path).worksheets
    return [row for row in sheet.iter_rows(values_only=True) if any(row)]


def test_every_question_has_its_line(tmp_path: Path) -> None:
    compose("a.zip", INFO, VERDICTS, tmp_path / "a.xlsx")
    cells = _cells(tmp_path / "a.xlsx")
    assert cells[0][0] == "Vérification de l'archive a.zip"
    assert ("Comité", "Comité & amis", None) in cells
    assert ("Scénario", "=Scénario", None) in cells
    assert ("Verdict", "NON CONFORME", None) in cells
    assert cells[-4:] == [
        ("(a) Octets intacts", "41 fichiers", "CONFORME"),
        ("(c) Meilleur plan possible, prouvé sans moteur", " ; ".join(VERDICTS[1].reasons), "NON VÉRIFIABLE"),
        ("Cohérence : tout suit des documents reçus", "data/exports/x.xlsx ne suit pas", "NON CONFORME"),
        ("Signature", "l'archive n'est pas signée", "sans objet"),
    ]


@pytest.mark.parametrize(
    ("verdicts", "word"),
    [(VERDICTS[:1], "CONFORME"), (VERDICTS[:2], "NON VÉRIFIABLE"), (VERDICTS[:3], "NON CONFORME")],
)
def test_the_verdict_is_the_worst_answer(tmp_path: Path, verdicts: tuple[Verdict, ...], word: str) -> None:
    compose("a.zip", INFO, verdicts, tmp_path / "a.xlsx")
    assert ("Verdict", word, None) in _cells(tmp_path / "a.xlsx")


@pytest.mark.parametrize("info", [INFO, {}, {"Bagging-Date": "hier"}])
def test_same_bytes(tmp_path: Path, info: dict[str, str]) -> None:
    for name in ("a", "b"):
        compose("a.zip", info, VERDICTS, tmp_path / f"{name}.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice absent : soffice n'est pas installé")
def test_libreoffice_prints_it_on_one_page(tmp_path: Path) -> None:
    compose("a.zip", INFO, VERDICTS, tmp_path / "a.xlsx")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    soffice, pdftotext = shutil.which("soffice"), shutil.which("pdftotext")
    assert soffice is not None
    assert pdftotext is not None
    command = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, tmp_path / "a.xlsx"]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    text = subprocess.run([pdftotext, "-layout", tmp_path / "a.pdf", "-"], check=True, capture_output=True).stdout
    pages = text.decode().rstrip("\f").split("\f")
    assert len(pages) == 1
    for words in ("Comité & amis", "=Scénario", "NON CONFORME", "NON VÉRIFIABLE", "sans objet", "page 1 sur 1"):
        assert words in pages[0]
    assert pages[0].count("long") == 60
