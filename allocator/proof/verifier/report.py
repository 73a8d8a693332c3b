"""The three verdicts on an archive, as text or as JSON."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from allocator.proof.verifier.exact import Documents, Number, Program, pairs
from allocator.proof.verifier.intact import Files, check_bytes, contents, read
from allocator.proof.verifier.optimum import check_optimal
from allocator.proof.verifier.rules import check_identity, check_rules
from allocator.proof.verifier.verdict import OK, REFUTED, UNKNOWN, Refusal, Verdict

NEEDED = {name: f"data/{name}.json" for name in ("scenario", "program", "allocation", "proof")}
VERSIONS = {"program": {1}, "proof": {1}, "allocation": {1, 2}}
WORDS = {OK: "verified", REFUTED: "refuted", UNKNOWN: "cannot be verified"}
TITLES = {
    "a": ("octets intacts", "bytes intact"),
    "b": ("chaque règle respectée exactement", "every rule met exactly"),
    "c": ("optimal, démontré sans moteur", "optimal, proven without a solver"),
}
USAGE = "verifier.py ARCHIVE.zip | DOSSIER [--json] [--en]"


def verify(path: str | Path) -> list[Verdict]:
    """Return the verdicts (a), (b), (c) on an archive or an open folder."""
    verdicts = a, b, c = [Verdict(level) for level in "abc"]
    files = a.attempt(lambda _, path: contents(path), Path(path))
    if files is None:
        for verdict in (b, c):
            verdict.say("archive non lue", "archive not read", UNKNOWN)
        return verdicts
    a.attempt(check_bytes, files)
    loaded = b.attempt(load, files)
    if loaded is None:
        c.say("fichiers de preuve non lus", "files of the proof not read", UNKNOWN)
        return verdicts
    program, documents, exact, raw = loaded
    b.attempt(check_identity, documents, raw)
    b.attempt(check_rules, program, documents, exact)
    c.attempt(check_optimal, program, documents, exact)
    return verdicts


def load(_: Verdict, files: Files) -> tuple[Program, Documents, list[Number], bytes]:
    """Return the program, the four files, the exact plan, and the bytes of the program."""
    missing = sorted(set(NEEDED.values()) - files.keys())
    if missing:
        raise Refusal(UNKNOWN, f"manque : {', '.join(missing)}", f"missing: {', '.join(missing)}")
    raw = {name: read(files, path) for name, path in NEEDED.items()}
    documents = {name: json.loads(text) for name, text in raw.items()}
    for name, versions in VERSIONS.items():
        if documents[name]["format_version"] not in versions:
            raise Refusal(UNKNOWN, f"{name}.json : version inconnue", f"{name}.json: unknown version")
    program = Program(documents["program"])
    values = pairs(documents["proof"]["values"], "column", "value", len(program.ids))
    return program, documents, [values.get(column, 0) for column in range(len(program.ids))], raw["program"]


def exit_code(verdicts: Sequence[Verdict]) -> int:
    """Return 0 when all is verified, 1 when anything is refuted, 2 otherwise."""
    found = {verdict.status for verdict in verdicts}
    return 1 if REFUTED in found else 2 if UNKNOWN in found else 0


def main(arguments: Sequence[str]) -> int:
    """Verify and print; return the exit code."""
    paths = [argument for argument in arguments if not argument.startswith("--")]
    if len(paths) != 1:
        print(USAGE)
        return 2
    verdicts, english = verify(paths[0]), "--en" in arguments
    code = exit_code(verdicts)
    if "--json" in arguments:
        lines = [
            {"level": v.level, "status": v.status, "fr": [f for f, _ in v.lines], "en": [e for _, e in v.lines]}
            for v in verdicts
        ]
        print(json.dumps({"exit_code": code, "verdicts": lines}, ensure_ascii=False, indent=1))
        return code
    for verdict in verdicts:
        status = WORDS[verdict.status] if english else verdict.status
        print(f"({verdict.level}) {TITLES[verdict.level][english]} : {status}")
        for line in verdict.lines:
            print(f"    {line[english]}")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
