"""What is no longer what it was when an archive was sealed: data, rules, code or solver, by hashes and versions."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from allocator.allocation import EngineRecord
from allocator.archive.bag import sha256
from allocator.archive.opened import Opened
from allocator.archive.payload import SOFTWARE
from allocator.archive.software import LIBRARIES, software
from allocator.archive.understood import Understood
from scenarios.fingerprint import fingerprint
from scenarios.language import _
from scenarios.rulebooks import BOOKS


class Part(StrEnum):
    """What a plan depends on."""

    DATA = "data"
    RULES = "rules"
    CODE = "code"
    SOLVER = "solver"


@dataclass(frozen=True)
class Difference:
    """One thing that is not what it was: its hash or version when sealed, and now.

    ``used``: the new computation depends on it, so that it may be why cents differ.
    """

    part: Part
    what: str
    sealed: str
    now: str
    used: bool = True


def differences(
    archive: Opened, understood: Understood, sealed: EngineRecord, now: EngineRecord
) -> tuple[Difference, ...]:
    """Compare what an archive recorded with what it holds, and with this program and its engine.

    Raises ArchiveUnusableError when a record is missing.
    """
    engine = differing(Part.SOLVER, sealed, now, sealed.name)
    return (*_data(archive, understood), *_rules(archive, understood), *_software(archive), *engine)


def part_name(part: Part) -> str:
    """Say in French what a plan depends on."""
    names = {
        Part.DATA: _("les données"),
        Part.RULES: _("les règles"),
        Part.CODE: _("le code"),
        Part.SOLVER: _("le solveur"),
    }
    return names[part]


def _data(archive: Opened, understood: Understood) -> Iterator[Difference]:
    yield from differing(
        Part.DATA,
        archive.record.get("document_fingerprint"),
        fingerprint(understood.document),
        _("empreinte du document"),
    )


def _rules(archive: Opened, understood: Understood) -> Iterator[Difference]:
    """Compare the law with what was sealed, and the rulebooks of the archive, which are used, with those shipped."""
    record = archive.record
    yield from differing(Part.RULES, record.get("law_hash"), understood.law.digest, _("empreinte du droit"))
    if record.get("document_fingerprint") == fingerprint(understood.document):
        now = fingerprint(understood.scenario)
        yield from differing(Part.RULES, record.get("fingerprint"), now, _("empreinte des règles en vigueur"))
    for name, content in understood.rulebooks.items():
        shipped = BOOKS / name
        now = sha256(shipped.read_bytes()) if shipped.is_file() else ""
        what = _("recueil {name} livré avec ce programme, que ce calcul n'emploie pas").format(name=name)
        yield from differing(Part.RULES, sha256(content), now, what, used=False)


def _software(archive: Opened) -> Iterator[Difference]:
    """Compare versions; libraries count as the solver, the rest as the code."""
    sealed, now = archive.values(SOFTWARE), software()
    for name in sorted({*sealed, *now}):
        part = Part.SOLVER if name in LIBRARIES else Part.CODE
        yield from differing(part, sealed.get(name), now.get(name), name)


def differing(part: Part, sealed: object, now: object, what: str, *, used: bool = True) -> Iterator[Difference]:
    """Yield a difference when what was sealed is not what is found now."""
    if sealed != now:
        yield Difference(part, what, str(sealed), str(now), used)
