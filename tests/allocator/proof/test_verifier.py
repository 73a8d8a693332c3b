"""The verifier: what it accepts, each way of cheating it detects, alone in one file without the project."""

import json
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from allocator.allocation_files import document as allocation_document
from allocator.engines import engine_named
from allocator.proof.files import canonical, documents
from allocator.proof.prove import certify
from allocator.proof.verifier import OK, REFUTED, UNKNOWN, Verdict, exit_code, single_file, verify
from allocator.solve.allocate import decide
from scenarios.document import PaymentRhythm, Scenario
from scenarios.formats.text import document as scenario_document
from scenarios.synthetic import committee

Files = dict[str, bytes]
NAMES = "scenario", "program", "allocation", "proof"


@pytest.fixture(scope="module")
def sealed() -> Files:
    """Return the files of a proven committee."""
    return proven(committee(12, partners=6, years=4, seed=3))


@pytest.fixture(scope="module")
def paid_freely() -> Files:
    """Return the files of a proven committee in which one partner in two pays freely."""
    scenario = committee(12, partners=6, years=4, seed=3)
    rhythms = (PaymentRhythm.FREE, PaymentRhythm.PROFILE)
    partners = [p.model_copy(update={"payments": rhythms[i % 2]}) for i, p in enumerate(scenario.partners)]
    return proven(scenario.model_copy(update={"partners": tuple(partners)}))


def proven(scenario: Scenario) -> Files:
    decision = decide(scenario, engine_named("highs"))
    return {
        **{
            f"data/{name}": text
            for name, text in documents(certify(decision), decision.compilation.layout.frame).items()
        },
        "data/allocation.json": canonical(allocation_document(decision.allocation)),
        "data/scenario.json": canonical(scenario_document(scenario)),
    }


def bagged(files: Files) -> Files:
    """Return the files with their manifests."""
    payload = "".join(f"{sha256(text).hexdigest()}  {name}\n" for name, text in sorted(files.items()))
    tags = {"bagit.txt": b"BagIt-Version: 1.0\n", "manifest-sha256.txt": payload.encode()}
    tagged = "".join(f"{sha256(text).hexdigest()}  {name}\n" for name, text in sorted(tags.items()))
    return {**files, **tags, "tagmanifest-sha256.txt": tagged.encode()}


def zipped(files: Files, path: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return path


def verdicts(files: Files, path: Path) -> list[Verdict]:
    return verify(zipped(bagged(files), path / "archive.zip"))


def states(found: list[Verdict]) -> list[str]:
    return [verdict.status for verdict in found]


def said(found: list[Verdict]) -> str:
    return "\n".join(french for verdict in found for french, _ in verdict.lines)


def changed(files: Files, name: str, change: Callable[[Any], None]) -> Files:
    """Return the files with one document changed, and the proof following a changed program."""
    document = json.loads(files[f"data/{name}.json"])
    change(document)
    files = {**files, f"data/{name}.json": canonical(document)}
    if name == "program":
        digest = sha256(files["data/program.json"]).hexdigest()
        return changed(files, "proof", lambda proof: proof.update(program=digest))
    return files


def test_an_honest_archive_is_verified(sealed: Files, tmp_path: Path) -> None:
    found = verdicts(sealed, tmp_path)
    assert states(found) == [OK, OK, OK]
    assert exit_code(found) == 0
    assert "ce plan est le seul" in said(found)


def test_free_payments_are_verified(paid_freely: Files, tmp_path: Path) -> None:
    assert states(verdicts(paid_freely, tmp_path)) == [OK, OK, OK]
    assert any(name.startswith("pay|") for name in json.loads(paid_freely["data/program.json"])["columns"]["id"])


def test_a_free_payment_moved_to_another_year_is_seen(paid_freely: Files, tmp_path: Path) -> None:
    """Moved by one cent only, the payments no longer make the commitment."""
    free = {
        tuple(name.split("|")[1:])
        for name in json.loads(paid_freely["data/program.json"])["columns"]["id"]
        if name.startswith("pay|")
    }

    def less(allocation: Any) -> None:
        keys = "operation", "partner", "start", "year"
        line = next(one for one in allocation["payments"] if tuple(str(one[key]) for key in keys) in free)
        line["amount"] -= 1

    found = verdicts(changed(paid_freely, "allocation", less), tmp_path)
    assert REFUTED in states(found)
    assert "free_payment" in said(found)


def test_a_false_weight_of_a_free_payment_is_seen(paid_freely: Files, tmp_path: Path) -> None:
    ids = json.loads(paid_freely["data/program.json"])["columns"]["id"]

    def lighter(proof: Any) -> None:
        objective = proof["stages"][-1]["objective"]
        rank = next(i for i, column in enumerate(objective["column"]) if ids[column].startswith("beyond|"))
        objective["coefficient"][rank] = 1

    found = verdicts(changed(paid_freely, "proof", lighter), tmp_path)
    assert REFUTED in states(found)
    assert "poids du départage faux" in said(found)


def test_the_single_file_runs_alone(sealed: Files, tmp_path: Path) -> None:
    archive = zipped(bagged(sealed), tmp_path / "archive.zip")
    script = tmp_path / "verifier.py"
    script.write_text(single_file(), encoding="utf-8")
    assert "allocator" not in single_file().replace("allocator's", "")
    command = [sys.executable, "-I", "-W", "error", str(script), str(archive), "--json"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert [verdict["status"] for verdict in found["verdicts"]] == [OK, OK, OK]
    assert set(sys.stdlib_module_names) >= modules(single_file())
    cut = archive.read_bytes()[:-100]
    archive.write_bytes(cut)
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode == 1


def modules(text: str) -> set[str]:
    lines = [line.split() for line in text.splitlines() if line.startswith(("import ", "from "))]
    return {words[1].partition(".")[0] for words in lines}


def test_an_open_folder_is_verified_too(sealed: Files, tmp_path: Path) -> None:
    for name, text in bagged(sealed).items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(text)
    assert states(verify(tmp_path)) == [OK, OK, OK]


# --- bytes


def test_a_changed_byte_is_named(sealed: Files, tmp_path: Path) -> None:
    files = bagged(sealed)
    files["data/scenario.json"] += b" "
    found = verify(zipped(files, tmp_path / "a.zip"))
    assert found[0].status == REFUTED
    assert "data/scenario.json a été modifié" in said(found)


@pytest.mark.parametrize("name", ["data/proof.json", "manifest-sha256.txt", "tagmanifest-sha256.txt", "bagit.txt"])
def test_a_file_taken_out_is_named(sealed: Files, tmp_path: Path, name: str) -> None:
    files = bagged(sealed)
    del files[name]
    found = verify(zipped(files, tmp_path / "a.zip"))
    assert found[0].status == REFUTED
    assert name in said(found)


def test_a_file_added_is_named(sealed: Files, tmp_path: Path) -> None:
    found = verify(zipped({**bagged(sealed), "data/other.txt": b"x"}, tmp_path / "a.zip"))
    assert "data/other.txt n'est dans aucun manifeste" in said(found)
    assert exit_code(found) == 1


def test_a_line_dropped_from_the_manifest_is_detected(sealed: Files, tmp_path: Path) -> None:
    files = bagged(sealed)
    files["manifest-sha256.txt"] = b"".join(files["manifest-sha256.txt"].splitlines(keepends=True)[1:])
    found = verify(zipped(files, tmp_path / "a.zip"))
    assert "manifest-sha256.txt a été modifié" in said(found)
    assert "data/allocation.json n'est dans aucun manifeste" in said(found)


@pytest.mark.parametrize("name", ["../evil", "/evil", "data/../../evil", "C:evil", "data\\evil"])
def test_dangerous_names_are_refused(sealed: Files, tmp_path: Path, name: str) -> None:
    found = verify(zipped({**bagged(sealed), name: b"x"}, tmp_path / "a.zip"))
    assert states(found) == [REFUTED, UNKNOWN, UNKNOWN]
    assert "nom dangereux" in said(found)


def test_symbolic_links_are_refused(sealed: Files, tmp_path: Path) -> None:
    path = zipped(bagged(sealed), tmp_path / "a.zip")
    link = zipfile.ZipInfo("data/link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    assert "lien symbolique" in said(verify(path))


def test_duplicate_names_are_refused(sealed: Files, tmp_path: Path) -> None:
    path = zipped({**bagged(sealed), "DATA/proof.json": b"x"}, tmp_path / "a.zip")
    assert "nom en double" in said(verify(path))


def test_bombs_are_refused_before_they_are_read(sealed: Files, tmp_path: Path) -> None:
    found = verify(zipped({**sealed, "data/bomb": b"0" * 40_000_000}, tmp_path / "a.zip"))
    assert "bombe" in said(found)


@pytest.mark.parametrize("kept", [10, 1000, -1])
def test_truncated_archives_are_refused(sealed: Files, tmp_path: Path, kept: int) -> None:
    path = zipped(bagged(sealed), tmp_path / "a.zip")
    path.write_bytes(path.read_bytes()[:kept])
    assert states(verify(path))[0] == REFUTED


def test_what_does_not_exist_cannot_be_verified(tmp_path: Path) -> None:
    assert exit_code(verify(tmp_path / "none.zip")) == 2


# --- rules


def test_a_cent_moved_between_two_cells_is_detected(sealed: Files, tmp_path: Path) -> None:
    def move(allocation: Any) -> None:
        one, other = allocation["commitments"][:2]
        one["amount"] += 1
        other["amount"] -= 1

    found = verdicts(changed(sealed, "allocation", move), tmp_path)
    assert found[1].status == REFUTED


def test_a_commitment_that_no_column_knows_is_detected(sealed: Files, tmp_path: Path) -> None:
    def invent(allocation: Any) -> None:
        allocation["commitments"][0]["partner"] = "NOBODY"

    assert "ligne impossible : commit|" in said(verdicts(changed(sealed, "allocation", invent), tmp_path))


def test_a_payment_moved_to_another_year_is_detected(sealed: Files, tmp_path: Path) -> None:
    def move(allocation: Any) -> None:
        allocation["payments"][0]["year"] += 1

    assert states(verdicts(changed(sealed, "allocation", move), tmp_path))[1] == REFUTED


def test_a_limit_lowered_is_detected(sealed: Files, tmp_path: Path) -> None:
    proof = json.loads(sealed["data/proof.json"])
    row = next(row for row in proof["bounds"][0]["rows"]["row"] if is_limit(sealed, row))

    def lower(program: Any) -> None:
        program["rows"]["limit"][row] -= abs(program["rows"]["limit"][row]) // 2 + 1

    found = verdicts(changed(sealed, "program", lower), tmp_path)
    assert states(found)[1:] == [REFUTED, REFUTED]


def is_limit(files: Files, row: int) -> bool:
    rows = json.loads(files["data/program.json"])["rows"]
    return rows["sense"][row] == "<=" and rows["holds"][row] == "exactly"


@pytest.mark.parametrize("name", ["program", "allocation", "proof"])
def test_files_of_another_scenario_are_detected(sealed: Files, tmp_path: Path, name: str) -> None:
    other = changed(sealed, name, lambda document: document.update(fingerprint="0" * 64))
    found = verdicts(other, tmp_path)
    assert f"{name}.json porte sur un autre scénario" in said(found)


def test_a_changed_scenario_is_detected(sealed: Files, tmp_path: Path) -> None:
    def richer(scenario: Any) -> None:
        scenario["budgets"][0]["commitment"] = "123456789.00"

    assert states(verdicts(changed(sealed, "scenario", richer), tmp_path))[1] == REFUTED


# --- optimality


@pytest.mark.parametrize("stage", [0, 1, 2])
def test_a_false_multiplier_is_detected(sealed: Files, tmp_path: Path, stage: int) -> None:
    def lie(proof: Any) -> None:
        proof["bounds"][stage]["rows"]["multiplier"][0] = 1

    found = verdicts(changed(sealed, "proof", lie), tmp_path)
    assert states(found)[2] == REFUTED
    assert "écart annoncé 0" in said(found)


def test_a_negative_multiplier_is_refused(sealed: Files, tmp_path: Path) -> None:
    rows = json.loads(sealed["data/program.json"])["rows"]["sense"]

    def lie(proof: Any) -> None:
        table = proof["bounds"][0]["rows"]
        place = next(place for place, row in enumerate(table["row"]) if rows[row] == "<=")
        table["multiplier"][place] = -1

    assert "multiplicateur négatif" in said(verdicts(changed(sealed, "proof", lie), tmp_path))


def test_weak_multipliers_prove_a_gap_and_never_more(sealed: Files, tmp_path: Path) -> None:
    """No multiplier at all: each column may reach its bound, which is a true bound, and far from the plan."""
    program, proof = (json.loads(sealed[f"data/{name}.json"]) for name in ("program", "proof"))
    objective = proof["stages"][0]["objective"]
    most = sum(c * program["columns"]["upper"][j] for j, c in zip(*objective_lists(objective), strict=True))
    numerator, _, denominator = str(proof["stages"][0]["value"]).partition("/")
    gap = f"{most * int(denominator or 1) - int(numerator)}/{denominator or 1}"

    def weaken(proof: Any) -> None:
        proof["bounds"][0] = {"rows": {"row": [], "multiplier": []}, "stages": {"stage": [], "multiplier": []}}
        proof["bounds"][0]["gap"] = gap

    found = verdicts(changed(sealed, "proof", weaken), tmp_path)
    assert states(found) == [OK, OK, UNKNOWN]
    assert exit_code(found) == 2


def objective_lists(objective: Any) -> tuple[list[int], list[int]]:
    return objective["column"], objective["coefficient"]


def test_a_value_too_good_is_detected(sealed: Files, tmp_path: Path) -> None:
    def boast(proof: Any) -> None:
        for name in ("value", "best", "kept"):
            proof["stages"][0][name] = 10**9

    assert states(verdicts(changed(sealed, "proof", boast), tmp_path))[2] == REFUTED


def test_goals_in_another_order_are_detected(sealed: Files, tmp_path: Path) -> None:
    def swap(proof: Any) -> None:
        proof["stages"][0], proof["stages"][1] = proof["stages"][1], proof["stages"][0]

    assert "objectifs inattendus" in said(verdicts(changed(sealed, "proof", swap), tmp_path))


def test_another_draw_of_the_tie_break_is_detected(sealed: Files, tmp_path: Path) -> None:
    def redraw(proof: Any) -> None:
        proof["stages"][-1]["level"] = 1

    assert "poids du départage faux" in said(verdicts(changed(sealed, "proof", redraw), tmp_path))


def test_uniqueness_needs_every_pivot(sealed: Files, tmp_path: Path) -> None:
    def forget(proof: Any) -> None:
        proof["unique"]["row"].pop()
        proof["unique"]["column"].pop()

    assert "élimination fausse" in said(verdicts(changed(sealed, "proof", forget), tmp_path))


@pytest.mark.parametrize("name", NAMES)
def test_a_malformed_file_cannot_be_verified(sealed: Files, tmp_path: Path, name: str) -> None:
    found = verdicts({**sealed, f"data/{name}.json": b"[]\n"}, tmp_path)
    assert exit_code(found) in {1, 2}
    assert states(found)[0] == OK
    assert OK not in states(found)[1:]
