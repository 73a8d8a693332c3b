"""What an archive holds under ``data/``: each file, and the record that ties them together.

All of it follows from the documents received, the plan and its proof, and nothing else: who doubts a file makes it
again.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from allocator import allocation_files
from allocator.allocation import Allocation
from allocator.archive.bag import sha256
from allocator.archive.intake import FOLDER
from allocator.archive.models import models
from allocator.archive.understood import Understood
from allocator.compilation import Compilation
from allocator.proof.verifier import single_file
from scenarios.document import Scenario
from scenarios.fingerprint import fingerprint
from scenarios.formats.text import document as document_of
from scenarios.rulebooks import law_record

FORMAT_VERSION = 1

RECORD, SCENARIO, DOCUMENT, LAW = "archive.json", "scenario.json", "document.json", "law.json"
PROGRAM, PROOF, ALLOCATION = "program.json", "proof.json", "allocation.json"
DECISIONS, SOLVE, SOFTWARE, VERIFIER = "decisions.json", "solve.json", "software.json", "verifier.py"
RULEBOOKS, EXPORTS = "rulebooks/", "exports/"


@dataclass(frozen=True)
class Sealing:
    """Who seals, and why: empty where it was not said."""

    author: str = ""
    reason: str = ""


def canonical(values: Any) -> bytes:
    """Return plain JSON values as canonical text: sorted keys, no blanks, one end of line."""
    text = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return f"{text}\n".encode()


def payload(
    understood: Understood,
    compilation: Compilation,
    allocation: Allocation,
    proof: Mapping[str, bytes],
    exports: Mapping[str, bytes],
    sealing: Sealing,
    made_with: Mapping[str, Any],
) -> dict[str, bytes]:
    """Return every file of the archive but its report, by its path under ``data/``.

    ``compilation``: the program of the scenario. ``proof``, ``exports``: the proof and the workbooks, by file name.
    ``made_with``: the software of the plan, as ``software`` tells it.
    """
    files = {
        **{f"{FOLDER}{name}": content for name, content in understood.documents.items()},
        **{f"{EXPORTS}{name}": content for name, content in exports.items()},
        **{f"{RULEBOOKS}{name}": content for name, content in understood.rulebooks.items()},
        **{name: table.encode() for name, table in allocation_files.tables(allocation).items()},
        **proof,
        DOCUMENT: canonical(document_of(understood.document)),
        SCENARIO: canonical(document_of(understood.scenario)),
        LAW: canonical(_law(understood)),
        ALLOCATION: canonical(allocation_files.document(allocation)),
        DECISIONS: canonical(_decisions(understood.scenario, sealing)),
        SOLVE: canonical(_solve(compilation, allocation)),
        SOFTWARE: canonical(made_with),
        **models(json.loads(proof[PROGRAM]), json.loads(proof[PROOF])),
        VERIFIER: single_file().encode(),
    }
    return {**files, RECORD: canonical(_record(understood, files))}


def _record(understood: Understood, files: Mapping[str, bytes]) -> dict[str, Any]:
    """Return what ties the archive together: fingerprints of what was understood, hashes of every file."""
    return {
        "format": "archive",
        "format_version": FORMAT_VERSION,
        "scenario": understood.scenario.code,
        "received": understood.name,
        "document_fingerprint": fingerprint(understood.document),
        "law_hash": understood.law.digest,
        "fingerprint": fingerprint(understood.scenario),
        "files": {name: sha256(content) for name, content in files.items()},
    }


def _law(understood: Understood) -> dict[str, Any]:
    """Return the law as every output shows it, then every rule in force as computed, those the scenario carries too."""
    rules = document_of(understood.scenario).get("rules", [])
    return {**law_record(understood.scenario, understood.law), "in_force": rules}


def _decisions(scenario: Scenario, sealing: Sealing) -> dict[str, Any]:
    """Return what people decided, with who and why: the scenario's own decisions, and the sealing."""
    tables = document_of(scenario)
    names = ["locks", "derogations", "decommitments", "plans"]
    # Archives sealed before there were minutes say nothing of them: an empty table is left out.
    names += ["decisions"] if scenario.decisions else []
    return {"sealing": asdict(sealing), **{name: tables.get(name, []) for name in names}}


def _solve(compilation: Compilation, allocation: Allocation) -> dict[str, Any]:
    """Return which engine gave the plan, under which options, and what it reached."""
    values = allocation_files.document(allocation)
    rows, columns = compilation.program.shape
    kept = {name: values[name] for name in ("engine", "goals", "tie_break", "unique")}
    return {"status": "optimal", "rows": rows, "columns": columns, **kept}
