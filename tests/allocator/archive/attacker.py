"""Who changes an archive and recomputes every manifest, as anybody with a zip program can."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from allocator.archive.bag import bag, sha256
from allocator.archive.opened import opened
from allocator.archive.pack import packed
from allocator.archive.payload import canonical
from allocator.archive.proven import PAGES
from allocator.archive.signature import SIGNER

Change = Callable[[Any], None]


def rewritten(archive: Path, changes: Mapping[str, bytes | None], name: str = "faux") -> Path:
    """Write another archive beside: files under ``data/`` replaced or removed, record and manifests recomputed."""
    sound = opened(archive)
    files = {file: content for file, content in {**sound.files, **changes}.items() if content is not None}
    record = json.loads(files["archive.json"])
    apart = {"archive.json", *PAGES.values()}
    record["files"] = {file: sha256(content) for file, content in files.items() if file not in apart}
    files["archive.json"] = canonical(record)
    info = {field: value for field, value in sound.info.items() if field != "Payload-Oxum"}
    tags = {SIGNER: sound.sealed[SIGNER]} if SIGNER in sound.sealed else {}
    path = archive.with_name(f"{name}.zip")
    path.write_bytes(packed(bag(files, info, tags)))
    return path


def edited(archive: Path, file: str, change: Change) -> dict[str, bytes]:
    """Return the file of an archive, a JSON document, once changed in place."""
    values = json.loads(opened(archive).files[file])
    change(values)
    return {file: canonical(values)}


def one_cent_moved(values: Any) -> None:
    """Move one cent of commitment, and of its first payment, from a partner to another one of the same operation."""
    giver, taker = _two_partners(values["commitments"])
    for lines in (values["commitments"], values["payments"]):
        first = {id(line): line for line in reversed(lines) if _cell(line) in {_cell(giver), _cell(taker)}}
        cells = {_cell(line): line for line in first.values()}
        cells[_cell(giver)]["amount"] -= 1
        cells[_cell(taker)]["amount"] += 1


def _two_partners(lines: list[dict[str, Any]]) -> tuple[dict[str, Any], dict[str, Any]]:
    for giver in lines:
        for taker in lines:
            if giver["operation"] == taker["operation"] and giver["partner"] != taker["partner"]:
                return giver, taker
    raise AssertionError("no operation with two partners")


def _cell(line: Mapping[str, Any]) -> tuple[str, str, int]:
    return line["operation"], line["partner"], line["start"]
