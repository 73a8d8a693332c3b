"""Sealing: from the documents of a scenario to one file, whole or absent."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from allocator.archive.bag import bag, sha256
from allocator.archive.completion import COMMITTEE, completed
from allocator.archive.evidence import evidence
from allocator.archive.intake import Intake, take
from allocator.archive.journal import Journal, held
from allocator.archive.opened import opened
from allocator.archive.pack import packed
from allocator.archive.payload import FORMAT_VERSION, Sealing, payload
from allocator.archive.proven import ask, pages, proven
from allocator.archive.refusal import ArchiveUnusableError
from allocator.archive.signature import SIGNER, public_pem, signature_path
from allocator.archive.software import PRODUCT, software
from allocator.archive.understood import Understood, understand
from allocator.archive.verdict import State
from allocator.engines import ENGINE_NAMES, engine_named
from allocator.solve.allocate import Decision, decide
from scenarios.fingerprint import fingerprint
from scenarios.formats.disk import replace_file
from scenarios.language import _

SEALED_AT = "Sealed-At"
"""Field of ``bag-info.txt``."""

EPOCH = "SOURCE_DATE_EPOCH"
"""Environment variable that gives the time instead of the clock."""


class SealRefusedError(RuntimeError):
    """The verifier refutes what was about to be sealed: the program is wrong, nothing is written."""


@dataclass(frozen=True)
class Computed:
    """A plan and the very documents it comes from."""

    intake: Intake
    understood: Understood
    decision: Decision


@dataclass(frozen=True)
class Place:
    """Where an archive goes, in which journal, and whose key signs it."""

    out: Path
    journal: Path | None = None
    key: Ed25519PrivateKey | None = None

    def require_free(self) -> None:
        """Raise ArchiveUnusableError when an archive cannot be written there: nothing sealed is ever replaced."""
        if self.out.exists():
            sentence = _("{path} existe déjà : une archive n'est jamais remplacée.")
            raise ArchiveUnusableError(sentence.format(path=self.out))
        if self.journal is not None and self.journal.resolve().parent != self.out.resolve().parent:
            sentence = _("Le journal {journal} et l'archive {path} doivent être dans le même dossier.")
            raise ArchiveUnusableError(sentence.format(journal=self.journal, path=self.out))


def compute(path: Path, progress: Callable[[str], None]) -> Computed:
    """Read and solve the scenario found at ``path``, from a copy of its documents that is what the archive holds.

    ``progress`` is told each stage, as ``allocate`` names it. Raises what reading and solving raise, OSError.
    """
    intake = take(path)
    understood = understand(intake.documents, path.resolve().name)
    return Computed(intake, understood, decide(understood.scenario, engine_named(ENGINE_NAMES[0]), progress))


def seal(computed: Computed, exports: Mapping[str, bytes], sealing: Sealing, place: Place, at: datetime) -> str:
    """Write the archive, its signature when there is a key, and its line in the journal; return its SHA-256.

    ``exports``: workbooks by file name. ``at``: the time written in ``bag-info.txt``, and nowhere else. Raises
    ArchiveUnusableError when the documents have changed since they were taken or the clock is behind the journal,
    SealRefusedError when the verifier refutes the plan, what ``prove`` raises, OSError; no half archive is left.
    """
    files, info = _files(computed, exports, sealing), _info(computed.understood, sealing)
    files |= _proven(files, info)
    place.require_free()
    place.out.parent.mkdir(parents=True, exist_ok=True)
    tags = {} if place.key is None else {SIGNER: public_pem(place.key)}
    with _following(place, computed.understood, at) as journal:
        dated = {**info, **_dates(at), **({} if journal is None else journal.links)}
        content = packed(bag(files, dated, tags))
        computed.intake.require_unchanged()
        if place.key is not None:
            replace_file(signature_path(place.out), place.key.sign(content))
        replace_file(place.out, content)
        if journal is not None:
            journal.append(place.out)
    return sha256(content)


def now() -> datetime:
    """Return the time, or that of ``SOURCE_DATE_EPOCH`` (reproducible-builds.org), to the second.

    Raises ArchiveUnusableError when that variable holds no time.
    """
    epoch = os.environ.get(EPOCH)
    try:
        return (datetime.now(UTC) if epoch is None else datetime.fromtimestamp(int(epoch), UTC)).replace(microsecond=0)
    except (ValueError, OverflowError, OSError) as error:
        sentence = _("La variable {name} vaut « {text} » ; attendu : un nombre de secondes depuis 1970.")
        raise ArchiveUnusableError(sentence.format(name=EPOCH, text=epoch)) from error


def _files(computed: Computed, exports: Mapping[str, bytes], sealing: Sealing) -> dict[str, bytes]:
    decision = computed.decision
    proof = evidence(decision)
    return payload(computed.understood, decision.compilation, decision.allocation, proof, exports, sealing, software())


def _proven(files: Mapping[str, bytes], info: Mapping[str, str]) -> dict[str, bytes]:
    """Verify what is about to be sealed, as its auditor will, and return the report that goes with it."""
    with TemporaryDirectory() as folder:
        draft = Path(folder) / "draft.zip"
        draft.write_bytes(packed(bag(files, info, {})))
        said = ask(draft)
    refuted = [reason for line in proven(said) if line.state is State.NOT_CONFORMING for reason in line.reasons]
    if refuted:
        raise SealRefusedError("; ".join(refuted))
    return pages(info, said)


@contextmanager
def _following(place: Place, understood: Understood, at: datetime) -> Iterator[Journal | None]:
    if place.journal is None:
        yield None
        return
    with held(place.journal, understood.scenario.committee) as journal:
        whole = completed(journal)
        _require_later(whole, at)
        yield whole


def _require_later(journal: Journal, at: datetime) -> None:
    """Raise ArchiveUnusableError when the clock is behind the last archive of the journal: dates follow the numbers.

    An archive that is no longer there, or cannot be opened, gives no date to compare with.
    """
    try:
        last = opened(journal.path.with_name(journal.entries[-1].name)).info.get(SEALED_AT, "")
    except (IndexError, OSError, ArchiveUnusableError):
        return
    if _dates(at)[SEALED_AT] < last:
        sentence = _(
            "L'horloge de cette machine ({now}) retarde sur la dernière archive du journal ({last}). "
            "Rien n'est archivé : réglez-la, puis recommencez."
        )
        raise ArchiveUnusableError(sentence.format(now=_dates(at)[SEALED_AT], last=last))


def _info(understood: Understood, sealing: Sealing) -> dict[str, str]:
    """Return the fields that follow from the scenario and from who seals it."""
    scenario = understood.scenario
    fields = {
        COMMITTEE: scenario.committee,
        "Contact-Name": sealing.author,
        "External-Description": scenario.title,
        "External-Identifier": f"{scenario.code} {fingerprint(scenario)}",
        "Internal-Sender-Description": sealing.reason,
        "Bag-Software-Agent": f"{PRODUCT} {software()[PRODUCT]}".strip(),
        "Archive-Format": str(FORMAT_VERSION),
    }
    return {name: " ".join(value.split()) for name, value in fields.items() if value}


def _dates(at: datetime) -> dict[str, str]:
    return {"Bagging-Date": at.date().isoformat(), SEALED_AT: at.strftime("%Y-%m-%dT%H:%M:%SZ")}
