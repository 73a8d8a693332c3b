"""The replay: solve again from the documents and the law an archive holds, and compare cent by cent.

When something differs, the hashes tell what: the data, the rules, the code or the solver.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from allocator.allocation import Allocation, Commitment, Launch, Payment, RoundingStep
from allocator.allocation_files import AllocationUnreadable
from allocator.archive.bag import sha256
from allocator.archive.differences import Difference, Part, differences, differing, part_name
from allocator.archive.evidence import program_of
from allocator.archive.opened import Opened
from allocator.archive.payload import PROGRAM
from allocator.archive.refusal import ArchiveUnusableError, one_line
from allocator.archive.verdict import Question, State, Verdict
from allocator.engines import ENGINE_NAMES, engine_named
from allocator.solve.allocate import decide
from allocator.solve.infeasible import InfeasibleScenarioError, NoWholeCentsError
from scenarios.formats.problems import ScenarioError
from scenarios.language import _


@dataclass(frozen=True)
class Replay:
    """The verdict, and everything that differs, whether or not it changes a cent."""

    verdict: Verdict
    differences: tuple[Difference, ...]


def replay(archive: Opened, progress: Callable[[str], None]) -> Replay:
    """Solve an archived scenario again with the engine it names, and compare.

    The same cents from documents that are not those recorded are not a replay: the verdict is no.

    ``progress`` is told each stage, as ``allocate`` names it. An archive that cannot be read, or an engine this
    program does not have, gives a verdict too.
    """
    try:
        understood, sealed = archive.understood(), archive.allocation()
        if sealed.engine.name not in ENGINE_NAMES:
            return _unverifiable(_("le moteur « {name} » est inconnu ici").format(name=sealed.engine.name))
        engine = engine_named(sealed.engine.name)
        found = differences(archive, understood, sealed.engine, engine.record())
    except (ScenarioError, ArchiveUnusableError, AllocationUnreadable) as error:
        return _unverifiable(_("l'archive ne se relit pas : {error}").format(error=one_line(error)))
    try:
        decision = decide(understood.scenario, engine, progress)
    except (InfeasibleScenarioError, NoWholeCentsError) as error:
        fault = _("le calcul refait ne trouve aucun plan : {error}").format(error=one_line(error))
        return _not_same([fault], found)
    now, program = decision.allocation, sha256(program_of(decision))
    found = (
        *found,
        *differing(Part.CODE, sha256(archive.files.get(PROGRAM, b"")), program, _("empreinte du programme")),
    )
    changes = list(_changes(sealed, now))
    if changes or any(line.part is Part.DATA for line in found) or _forged(found):
        return _not_same(changes, found)
    same = _("les {commitments} engagements et les {payments} paiements sont les mêmes, au centime").format(
        commitments=len(now.commitments), payments=len(now.payments)
    )
    return Replay(Verdict(Question.REPLAY, State.CONFORMING, (same,)), found)


def _not_same(faults: Sequence[str], found: tuple[Difference, ...]) -> Replay:
    causes = dict.fromkeys(part_name(line.part) for line in found if line.used)
    cause = _("données, règles, code et solveur sont les mêmes : le plan archivé n'est pas celui du calcul")
    if causes:
        cause = _("ce qui n'est plus le même : {parts}").format(parts=", ".join(causes))
    return Replay(Verdict(Question.REPLAY, State.NOT_CONFORMING, (*faults, cause)), found)


def _forged(found: tuple[Difference, ...]) -> bool:
    """Tell whether the program alone differs: the same data, rules, code and solver make one program."""
    return [line.what for line in found if line.used] == [_("empreinte du programme")]


def _unverifiable(reason: str) -> Replay:
    return Replay(Verdict(Question.REPLAY, State.UNVERIFIABLE, (reason,)), ())


def _changes(sealed: Allocation, now: Allocation) -> Iterator[str]:
    """Yield what is not the same in two plans: amounts first, then what they are said to reach."""
    for name, lines, again in (
        (_("lancements"), sealed.launches, now.launches),
        (_("engagements"), sealed.commitments, now.commitments),
        (_("paiements"), sealed.payments, now.payments),
        (_("arrondis"), sealed.rounding, now.rounding),
    ):
        changed = sorted(map(_shown, {*lines} ^ {*again}))
        if changed:
            sentence = _("{name} : {count} lignes ne sont pas les mêmes, dont {first}")
            yield sentence.format(name=name, count=len(changed), first=changed[0])
    if [(goal.kind, goal.value) for goal in sealed.goals] != [(goal.kind, goal.value) for goal in now.goals]:
        yield _("les objectifs n'atteignent pas les mêmes valeurs")
    if sealed.tie_break != now.tie_break:
        yield _("la règle de départage n'est pas la même : {sealed}, puis {now}").format(
            sealed=sealed.tie_break, now=now.tie_break
        )


def _shown(line: Launch | Commitment | Payment | RoundingStep) -> str:
    *codes, amount = (getattr(line, name) for name in line.__dataclass_fields__)
    return f"{' '.join(map(str, codes))} ({amount} c)"
