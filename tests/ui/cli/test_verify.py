"""``allocator verify``: the matrix of tampering, each attack detected, named, and given its exit code."""

import csv
import io
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from openpyxl import load_workbook

from allocator.archive.bag import TAG_MANIFEST, bag, sha256
from allocator.archive.opened import opened
from allocator.archive.pack import packed
from allocator.archive.signature import key_fingerprint, public_pem
from scenarios import library
from scenarios.document import Goal, GoalKind
from scenarios.formats import read, write
from tests.allocator.archive.attacker import edited, one_cent_moved, rewritten
from ui.cli.main import run

Allocator = Callable[..., Any]
WORKBOOK = "exports/convention_CENTRE_45dbb87419df.xlsx"
ROUNDS_OF_VERDICTS = ("a", "b", "c", "links", "journal", "signature")


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Seal the scenario of the law once for every attack."""
    path = tmp_path_factory.mktemp("archives") / "a.zip"
    assert run(["archive", "droit-demo", "--out", str(path), "--author", "Mme A"]) == 0
    return path


@pytest.fixture
def sealed(original: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(original, tmp_path))


@pytest.fixture
def ask(allocator: Allocator) -> Callable[..., tuple[int, dict[str, str], str]]:
    """Give the exit code, the state of each question, and all the reasons."""

    def call(path: Path, *options: str | Path) -> tuple[int, dict[str, str], str]:
        ended = allocator("verify", path, *options, "--json")
        verdicts = ended.document()["verdicts"]
        states = {line["question"]: line["state"] for line in verdicts}
        return ended.code, states, "\n".join(reason for line in verdicts for reason in line["reasons"])

    return call


Ask = Callable[..., tuple[int, dict[str, str], str]]


def not_conforming(states: dict[str, str]) -> set[str]:
    return {question for question, state in states.items() if state == "non_conforme"}


def test_an_honest_archive(ask: Ask, sealed: Path) -> None:
    code, states, _ = ask(sealed)
    assert code == 0
    assert list(states) == list(ROUNDS_OF_VERDICTS)
    assert set(states.values()) == {"conforme", "sans_objet"}


def _repacked(path: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    files = dict(opened(path).sealed)
    change(files)
    path.write_bytes(packed(files))
    return path


@pytest.mark.parametrize("name", ["data/allocation.json", "data/proof.json", f"data/{WORKBOOK}", "bag-info.txt"])
def test_a_file_altered(ask: Ask, sealed: Path, name: str) -> None:
    def change(files: dict[str, bytes]) -> None:
        files[name] += b" "

    code, states, said = ask(_repacked(sealed, change))
    assert (code, states["a"], f"{name} a été modifié" in said) == (1, "non_conforme", True)


def test_a_manifest_line_dropped(ask: Ask, sealed: Path) -> None:
    """The line of a file dropped, the manifest of the manifests recomputed: the file is in no manifest."""

    def change(files: dict[str, bytes]) -> None:
        lines = files["manifest-sha256.txt"].splitlines(keepends=True)
        files["manifest-sha256.txt"] = b"".join(line for line in lines if b"data/law.json" not in line)
        tags = [name for name in files if not name.startswith("data/") and name != TAG_MANIFEST]
        files[TAG_MANIFEST] = "".join(f"{sha256(files[name])}  {name}\n" for name in tags).encode()

    code, states, said = ask(_repacked(sealed, change))
    assert (code, states["a"], "data/law.json n'est dans aucun manifeste" in said) == (1, "non_conforme", True)


def test_a_truncated_zip(ask: Ask, sealed: Path) -> None:
    sealed.write_bytes(sealed.read_bytes()[:-100])
    code, states, said = ask(sealed)
    assert (code, states["a"], "zip illisible ou tronqué" in said) == (1, "non_conforme", True)
    assert states["links"] == states["b"] == "non_verifiable"


def test_a_zip_that_writes_elsewhere(ask: Ask, sealed: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(sealed, "a") as archive:
        archive.writestr("../ailleurs.txt", "x")
    code, states, said = ask(sealed)
    assert (code, states["a"], "nom dangereux dans le zip" in said) == (1, "non_conforme", True)
    assert not (tmp_path.parent / "ailleurs.txt").exists()


def test_a_zip_bomb(ask: Ask, sealed: Path) -> None:
    with zipfile.ZipFile(sealed, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data/bombe", bytes(1 << 26))
    code, states, said = ask(sealed)
    assert (code, states["a"], "bombe de décompression : data/bombe" in said) == (1, "non_conforme", True)


def test_rewriting_nothing_is_no_attack(ask: Ask, sealed: Path) -> None:
    assert ask(rewritten(sealed, {}))[0] == 0


def test_one_cent_moved(ask: Ask, sealed: Path, allocator: Allocator) -> None:
    faux = rewritten(sealed, edited(sealed, "allocation.json", one_cent_moved))
    code, states, _ = ask(faux)
    assert (code, states["a"], states["b"], states["links"]) == (1, "conforme", "non_conforme", "non_conforme")
    assert allocator("replay", faux).code == 1


def test_one_cent_moved_and_every_table_with_it(ask: Ask, sealed: Path, allocator: Allocator) -> None:
    """The rounding trace rewritten too: whatever the verifier still believes, computing again gives other cents."""

    def change(values: Any) -> None:
        before = {_cell(line): line["amount"] for line in values["commitments"]}
        one_cent_moved(values)
        for line in values["commitments"]:
            if line["amount"] != before[_cell(line)]:
                values["rounding"].append({**line, "exact": f"{before[_cell(line)]}/1"})
        values["rounding"].sort(key=_cell)

    faux = rewritten(sealed, edited(sealed, "allocation.json", change))
    code, states, said = ask(faux)
    assert (code, states["links"], "data/commitments.csv" in said) == (1, "non_conforme", True)
    assert allocator("replay", faux).code == 1


def _cell(line: dict[str, Any]) -> tuple[str, str, int]:
    return line["operation"], line["partner"], line["start"]


def _without_rule(program: Any) -> None:
    """Take the last row of a program away."""
    rows = program["rows"]
    end = rows["start"][-2]
    for key in ("id", "family", "sense", "limit", "holds"):
        rows[key].pop()
    rows["start"].pop()
    del rows["column"][end:], rows["coefficient"][end:]


def test_a_rule_removed_from_the_program(ask: Ask, sealed: Path) -> None:
    changes = edited(sealed, "program.json", _without_rule)
    digest = sha256(changes["program.json"])
    changes |= edited(sealed, "proof.json", lambda proof: proof.update(program=digest))
    code, states, said = ask(rewritten(sealed, changes))
    assert (code, states["links"], "data/program.json ne suit pas" in said) == (1, "non_conforme", True)


@pytest.mark.parametrize("name", ["scenario.json", "law.json"])
def test_a_rule_removed_from_what_was_understood(ask: Ask, sealed: Path, name: str) -> None:
    def change(values: Any) -> None:
        values["rules"].pop()

    code, states, said = ask(rewritten(sealed, edited(sealed, name, change)))
    assert (code, states["links"], f"data/{name} ne suit pas" in said) == (1, "non_conforme", True)


def test_a_rate_changed_in_a_rulebook(ask: Ask, sealed: Path) -> None:
    name = "rulebooks/cgct-part-propre.yaml"
    text = opened(sealed).files[name].decode()
    changed = text.replace("value: 0.20", "value: 0.19")
    assert changed != text
    code, states, said = ask(rewritten(sealed, {name: changed.encode()}))
    assert (code, states["links"]) == (1, "non_conforme")
    assert "data/scenario.json ne suit pas" in said
    assert "n'est pas une répartition de ce scénario" in said


def test_a_rate_changed_in_the_law_shown(ask: Ask, sealed: Path) -> None:
    def change(values: Any) -> None:
        values["rules"][0]["value"] = "99 %"

    code, states, said = ask(rewritten(sealed, edited(sealed, "law.json", change)))
    assert (code, not_conforming(states), "data/law.json" in said) == (1, {"links"}, True)


def test_a_source_altered_in_the_law_shown(ask: Ask, sealed: Path) -> None:
    def change(values: Any) -> None:
        values["rules"][0]["reference"] = "Décret qui n'existe pas"

    code, states, said = ask(rewritten(sealed, edited(sealed, "law.json", change)))
    assert (code, not_conforming(states), "data/law.json" in said) == (1, {"links"}, True)


def test_a_document_received_altered(ask: Ask, sealed: Path) -> None:
    name = "received/operations.csv"
    table = opened(sealed).files[name].decode()
    rows = list(csv.reader(io.StringIO(table)))
    label = rows[1][1]
    code, states, said = ask(rewritten(sealed, {name: table.replace(label, f"{label} bis", 1).encode()}))
    assert (code, states["links"], "data/document.json ne suit pas" in said) == (1, "non_conforme", True)


def test_a_workbook_edited(ask: Ask, sealed: Path, tmp_path: Path) -> None:
    path = tmp_path / "classeur.xlsx"
    path.write_bytes(opened(sealed).files[WORKBOOK])
    book = load_workbook(path)
    book["Plan de financement"].cell(6, 4).value = 1
    book.save(path)
    code, states, said = ask(rewritten(sealed, {WORKBOOK: path.read_bytes()}))
    assert (code, not_conforming(states), f"data/{WORKBOOK} ne suit pas" in said) == (1, {"links"}, True)


@pytest.mark.parametrize("name", ["law.json", WORKBOOK, "payments.csv", "rapport.txt", "verifier.py"])
def test_a_file_taken_away_or_rewritten(ask: Ask, sealed: Path, name: str) -> None:
    for content in (None, b"autre"):
        code, states, said = ask(rewritten(sealed, {name: content}))
        assert (code, states["links"], f"data/{name}" in said) == (1, "non_conforme", True)


def test_a_file_added(ask: Ask, sealed: Path) -> None:
    code, states, said = ask(rewritten(sealed, {"ajout.txt": b"x"}))
    assert (code, not_conforming(states), "data/ajout.txt" in said) == (1, {"links"}, True)


def test_another_author_in_the_decisions(ask: Ask, sealed: Path) -> None:
    def change(values: Any) -> None:
        values["locks"][0]["author"] = "Quelqu'un d'autre"

    code, states, said = ask(rewritten(sealed, edited(sealed, "decisions.json", change)))
    assert (code, not_conforming(states), "data/decisions.json" in said) == (1, {"links"}, True)


def test_a_false_dual(ask: Ask, sealed: Path) -> None:
    def change(proof: Any) -> None:
        for bound in [*proof["bounds"], *(proof["selection"] or ())]:
            multipliers = bound["rows"]["multiplier"]
            multipliers[:] = [0] * len(multipliers)

    code, states, _ = ask(rewritten(sealed, edited(sealed, "proof.json", change)))
    assert code != 0
    assert states["c"] != "conforme"


def test_a_proof_of_something_else(ask: Ask, sealed: Path) -> None:
    code, states, _ = ask(rewritten(sealed, edited(sealed, "proof.json", lambda proof: proof.update(program="0" * 64))))
    assert (code, states["b"]) == (1, "non_conforme")


@pytest.mark.parametrize("name", ["scenario.json", "program.json", "proof.json", "allocation.json", "archive.json"])
@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[" * 100_000, b"\xff", b"null"], ids=["empty", "no key", "deep", "binary", "null"]
)
def test_garbage_never_conforms_nor_crashes(ask: Ask, sealed: Path, name: str, content: bytes) -> None:
    archive = opened(sealed)
    info = {field: value for field, value in archive.info.items() if field != "Payload-Oxum"}
    sealed.write_bytes(packed(bag({**archive.files, name: content}, info, {})))
    assert ask(sealed)[0] in {1, 2}


def test_claiming_another_version_is_never_conforming(ask: Ask, sealed: Path) -> None:
    """An attacker who says that another version sealed the archive only gains that this one cannot tell."""
    changes: dict[str, bytes | None] = {**edited(sealed, "software.json", lambda values: values.update(sources="0"))}
    code, states, said = ask(rewritten(sealed, {**changes, WORKBOOK: b"autre"}))
    assert (code, states["links"], WORKBOOK in said) == (2, "non_verifiable", True)


def test_an_archive_of_another_version_that_is_made_again_the_same(ask: Ask, sealed: Path) -> None:
    changes = edited(sealed, "software.json", lambda values: values.update(sources="0", python="3.99"))
    assert ask(rewritten(sealed, dict(changes)))[:2] == (0, ask(sealed)[1])


@pytest.fixture
def key(tmp_path: Path) -> tuple[Path, str]:
    """Give a private key and the fingerprint of its public half."""
    path, private = tmp_path / "cle.pem", Ed25519PrivateKey.generate()
    path.write_bytes(private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return path, str(key_fingerprint(public_pem(private)))


def test_an_archive_sealed_again_from_other_data(
    allocator: Allocator, ask: Ask, key: tuple[Path, str], tmp_path: Path
) -> None:
    """Nothing in the false archive contradicts itself: only what is kept outside it does."""
    folder = tmp_path / "comite"
    private, fingerprint = key
    options = ["--journal", folder / "journal.txt", "--sign", private]
    assert allocator("archive", "droit-demo", "--out", folder / "a.zip", *options).code == 0
    assert ask(folder / "a.zip", "--journal", folder / "journal.txt", "--key", fingerprint)[0] == 0
    shutil.copytree(library.find("droit-demo"), tmp_path / "autre")
    table = tmp_path / "autre" / "operations.csv"
    rows = list(csv.reader(io.StringIO(table.read_text(encoding="utf-8"))))
    table.write_text(table.read_text(encoding="utf-8").replace(rows[1][1], "Autre chose", 1), encoding="utf-8")
    (folder / "a.zip").unlink()
    (folder / "a.zip.sig").unlink()
    assert allocator("archive", tmp_path / "autre", "--out", folder / "a.zip").code == 0
    assert ask(folder / "a.zip")[0] == 0
    assert allocator("replay", folder / "a.zip").code == 0
    code, states, said = ask(folder / "a.zip", "--journal", folder / "journal.txt")
    assert (code, states["journal"], "n'est pas inscrit au journal" in said) == (1, "non_conforme", True)
    code, states, said = ask(folder / "a.zip", "--key", fingerprint)
    assert (code, states["signature"], "une signature était attendue" in said) == (1, "non_conforme", True)


def test_an_archive_taken_out_of_the_chain(allocator: Allocator, ask: Ask, tmp_path: Path) -> None:
    journal = tmp_path / "journal.txt"
    for name in ("a", "b", "c"):
        assert allocator("archive", "droit-demo", "--out", tmp_path / f"{name}.zip", "--journal", journal).code == 0
    assert ask(tmp_path, "--journal", journal)[:2] == (0, {"journal": "conforme"})
    assert ask(tmp_path)[:2] == (0, {"journal": "conforme"})
    assert ask(tmp_path / "c.zip", "--journal", journal)[1]["journal"] == "conforme"
    (tmp_path / "b.zip").unlink()
    for path, options in (
        (tmp_path, ("--journal", journal)),
        (tmp_path, ()),
        (tmp_path / "c.zip", ("--journal", journal)),
    ):
        code, states, _ = ask(path, *options)
        assert (code, states["journal"]) == (1, "non_conforme")


def test_a_signature_by_another_key(allocator: Allocator, ask: Ask, key: tuple[Path, str], tmp_path: Path) -> None:
    private, fingerprint = key
    assert allocator("archive", "droit-demo", "--out", tmp_path / "a.zip", "--sign", private).code == 0
    code, states, said = ask(tmp_path / "a.zip")
    assert (code, states["signature"], fingerprint in said) == (0, "sans_objet", True)
    code, states, said = ask(tmp_path / "a.zip", "--key", "0" * 64)
    assert (code, states["signature"], "ce n'est pas la clé attendue" in said) == (1, "non_conforme", True)


def test_the_report_in_french_in_english_and_in_a_workbook(allocator: Allocator, sealed: Path, tmp_path: Path) -> None:
    ended = allocator("verify", sealed, "--report", tmp_path / "rapport.xlsx")
    assert (ended.code, "Verdict : CONFORME" in ended.out, "(c) Meilleur plan possible" in ended.out) == (0, True, True)
    (sheet,) = load_workbook(tmp_path / "rapport.xlsx").worksheets
    assert "CONFORME" in {cell for row in sheet.iter_rows(values_only=True) for cell in row}
    ended = allocator("verify", sealed, "--lang", "en")
    assert (ended.code, "Verdict: CONFORMING" in ended.out, "CONFORME" in ended.out) == (0, True, False)


@pytest.mark.parametrize("options", [("--key", "rien"), ("--journal", "rien"), ("--lang", "de")])
def test_what_cannot_be_compared_with(allocator: Allocator, sealed: Path, options: tuple[str, str]) -> None:
    assert allocator("verify", sealed, *options).code == 2


def test_a_file_that_does_not_exist(allocator: Allocator, tmp_path: Path) -> None:
    assert allocator("verify", tmp_path / "a.zip").code == 2


def test_the_verifier_an_archive_carries_runs_alone(sealed: Path, tmp_path: Path) -> None:
    """Isolated from the project and from every installed library."""
    script = tmp_path / "verifier.py"
    script.write_bytes(opened(sealed).files["verifier.py"])
    done = subprocess.run([sys.executable, "-I", "-S", script, sealed], capture_output=True, cwd=tmp_path, check=False)
    assert done.returncode == 0, done.stdout


def test_goals_of_equality_and_tolerances(allocator: Allocator, ask: Ask, tmp_path: Path) -> None:
    """Levels and tolerances add rows and columns to the program: the archive still follows from its documents."""
    goals = (
        Goal.model_validate({"kind": GoalKind.PRIORITY_VALUE, "tolerance_rate": "1/10"}),
        Goal(kind=GoalKind.EQUAL_EFFORT),
        Goal(kind=GoalKind.EARLIEST_START),
    )
    document = read(library.find("droit-demo"))
    partners = tuple(line.model_copy(update={"capacity": 100_000_00}) for line in document.partners)
    path = tmp_path / "egalite.yaml"
    write(document.model_copy(update={"goals": goals, "partners": partners}), path)
    assert allocator("archive", path, "--out", tmp_path / "a.zip").code == 0
    archive = opened(tmp_path / "a.zip")
    assert any(name.startswith("level|") for name in archive.values("program.json")["columns"]["id"])
    assert len([name for name in archive.files if name.startswith("models/")]) > 2
    code, states, said = ask(tmp_path / "a.zip")
    assert (states["a"], states["b"], states["links"]) == ("conforme", "conforme", "conforme"), said
    assert code in {0, 2}
    assert allocator("replay", tmp_path / "a.zip").code == 0
