"""The links of an archive, checked without any solver: every file follows from the documents received and the plan.

Who changes one file and recomputes every manifest leaves bytes that agree with their hashes. What gives him away is
that the file no longer follows from the others: the whole archive is made again from the documents, the rulebooks and
the plan it holds, and compared byte for byte.
"""

from collections.abc import Callable, Iterator, Mapping

from allocator.allocation import Allocation
from allocator.allocation_files import AllocationUnreadable
from allocator.archive.bag import PAYLOAD
from allocator.archive.evidence import foreign
from allocator.archive.opened import Opened
from allocator.archive.payload import (
    ALLOCATION,
    DECISIONS,
    DOCUMENT,
    PROGRAM,
    PROOF,
    SCENARIO,
    SOFTWARE,
    Sealing,
    canonical,
    payload,
)
from allocator.archive.proven import Said, pages
from allocator.archive.refusal import ArchiveUnusableError, one_line
from allocator.archive.software import PRODUCT, software
from allocator.archive.understood import Understood
from allocator.archive.verdict import Question, State, Verdict
from allocator.check import verify
from allocator.compilation import compile_scenario
from allocator.proof.files import program_document
from scenarios.fingerprint import fingerprint
from scenarios.formats.problems import ScenarioError
from scenarios.language import LANGUAGES, _, speaking

Exporter = Callable[[Understood, Allocation], Mapping[str, bytes]]
"""Makes the workbooks of a plan, by file name."""

_GARBLED = (TypeError, ValueError, KeyError, IndexError, AttributeError, ZeroDivisionError, RecursionError)
"""What files of another shape than ours raise: only who forged them makes them so."""

LASTING = (DOCUMENT, SCENARIO, DECISIONS)
"""Files that every version of the program writes alike: the scenario itself, in a format that is versioned."""


def links(archive: Opened, said: Said, export: Exporter) -> Verdict:
    """Say whether every file of the archive follows from the documents it received and the plan.

    Where the archive was sealed by other software and a file differs, only the files that every version writes alike
    are held against it; for the others the verdict is that this version cannot tell. ``said``: by the verifier.
    """
    question = Question.LINKS
    try:
        understood, allocation = archive.understood(), archive.allocation()
        faults = list(_plan(understood, allocation))
        differing = _differing(archive, made_again(archive, understood, allocation, said, export))
        same = archive.values(SOFTWARE) == software()
    except (ScenarioError, ArchiveUnusableError, AllocationUnreadable, *_GARBLED) as error:
        return Verdict(question, State.NOT_CONFORMING, (one_line(error) or type(error).__name__,))
    lasting = differing if same else [name for name in differing if name in LASTING]
    faults += [
        _("{name} ne suit pas des documents reçus et du plan").format(name=f"{PAYLOAD}{name}") for name in lasting
    ]
    if faults or not differing:
        return Verdict.unless(question, faults, (_("tout a été refait ici à l'identique, sans moteur"),))
    names = ", ".join(f"{PAYLOAD}{name}" for name in differing)
    return Verdict(question, State.UNVERIFIABLE, (_other(archive, names),))


def made_again(
    archive: Opened, understood: Understood, allocation: Allocation, said: Said, export: Exporter
) -> Mapping[str, bytes]:
    """Make the files of an archive again from what it received and its plan."""
    sealing, made_with = archive.values(DECISIONS)["sealing"], archive.values(SOFTWARE)
    compilation = compile_scenario(understood.scenario)
    proof = {name: archive.files[name] for name in (PROGRAM, PROOF)}
    with speaking(LANGUAGES[0]):  # what is sealed is in French, whoever reads the report
        exports = export(understood, allocation)
        files = payload(understood, compilation, allocation, proof, exports, Sealing(**sealing), made_with)
    if foreign(archive.values(PROGRAM), compilation):
        files[PROGRAM] = canonical(program_document(compilation.program, compilation.layout.frame))
    return {**files, **pages(archive.info, said)}


def _plan(understood: Understood, allocation: Allocation) -> Iterator[str]:
    """Check the plan straight against the scenario understood again, without the program."""
    if allocation.fingerprint != fingerprint(understood.scenario):
        yield _("{name} n'est pas une répartition de ce scénario").format(name=f"{PAYLOAD}{ALLOCATION}")
    for violation in verify(understood.scenario, allocation):
        yield violation.sentence.rstrip(".")


def _differing(archive: Opened, expected: Mapping[str, bytes]) -> list[str]:
    """Return the names of the files that are missing, in excess, or not those expected."""
    names = {*archive.files, *expected}
    return sorted(name for name in names if archive.files.get(name) != expected.get(name))


def _other(archive: Opened, names: str) -> str:
    sealed = archive.values(SOFTWARE)
    sentence = _("scellée par une autre version ({version}, sources {sources}), qui seule peut refaire {names}")
    return sentence.format(version=sealed.get(PRODUCT, "?"), sources=str(sealed.get("sources"))[:12], names=names)
