"""What a proof costs: time to prove, size of its files, gap of each stage, and time to verify it with Python alone.

Committees are made up (``scenarios.synthetic``). The verification is that of the single file an archive carries, run
by ``python -I`` on a folder without manifests: its verdict (a) is not what is measured.
"""

import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time

from rich.table import Table

from allocator.allocation_files import document as allocation_document
from allocator.engines import engine_named
from allocator.proof.files import canonical, documents
from allocator.proof.proof import Proof
from allocator.proof.prove import certify
from allocator.proof.verifier import single_file
from allocator.solve.allocate import Decision, decide
from benchmarks.console import decimal, results, steps
from benchmarks.stopwatch import Announce
from scenarios.formats.text import document as scenario_document
from scenarios.language import _
from scenarios.synthetic import committee

SIZES = (200, 1_000, 10_000)
PARTNERS, YEARS = 12, 6


@dataclass(frozen=True)
class Measured:
    """Processor seconds to prove, bytes of the two files, gap of each stage, seconds on the clock to verify.

    ``gaps``: those of the relaxation; ``cases``: nodes of the tree that closes a gap, None where there is none.
    """

    prove: float
    size: int
    gaps: tuple[tuple[str, float], ...]
    cases: tuple[int | None, ...]
    unique: bool
    verify: float


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure every size asked for and print the table."""
    parser = ArgumentParser(prog="python -m benchmarks.proofs", description=_("Ce que coûte une preuve."))
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help=_("nombres d'opérations"))
    parser.add_argument("--whole", type=float, default=0.0, help=_("part des opérations en tout ou rien"))
    chosen = parser.parse_args(arguments)
    sizes: Sequence[int] = chosen.sizes
    with steps() as announce:
        measured = [measure(size, announce, chosen.whole) for size in sizes]
    results().print(table(sizes, measured))


def measure(operations: int, announce: Announce, whole: float = 0.0) -> Measured:
    """Allocate, prove and verify one made-up committee; ``whole``: share of operations that are all or nothing."""
    announce(_("{operations} opérations : répartir").format(operations=operations))
    decision = decide(committee(operations, PARTNERS, YEARS, whole=whole), engine_named("highs"))
    announce(_("{operations} opérations : démontrer").format(operations=operations))
    begun = process_time()
    proof = certify(decision)
    spent = process_time() - begun
    announce(_("{operations} opérations : vérifier").format(operations=operations))
    size, seconds = _verified(decision, proof)
    stages = zip(proof.claims, proof.bounds, strict=True)
    gaps = tuple((claim.goal, float(bound.gap)) for claim, bound in stages)
    cases = tuple(None if rank not in proof.trees else len(proof.trees[rank]) for rank in range(len(gaps)))
    return Measured(spent, size, gaps, cases, proof.unique is not None, seconds)


def _verified(decision: Decision, proof: Proof) -> tuple[int, float]:
    """Return the bytes of the files of the proof, and the seconds their verification takes."""
    frame = decision.compilation.layout.frame
    made = documents(proof, frame)
    files = {
        **made,
        "allocation.json": canonical(allocation_document(decision.allocation)),
        "scenario.json": canonical(scenario_document(frame.scenario)),
    }
    with tempfile.TemporaryDirectory() as parent:
        folder = Path(parent)
        (folder / "data").mkdir()
        for name, text in files.items():
            (folder / "data" / name).write_bytes(text)
        (folder / "verifier.py").write_text(single_file(), encoding="utf-8")
        begun = perf_counter()
        command = [sys.executable, "-I", str(folder / "verifier.py"), str(folder)]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)  # noqa: S603 - our own file
        seconds = perf_counter() - begun
    if "(c)" not in done.stdout:
        raise RuntimeError(f"verifier: {done.stderr}")
    return sum(map(len, made.values())), seconds


def table(sizes: Sequence[int], measured: Sequence[Measured]) -> Table:
    """Lay out what was measured, one column per size."""
    shown = Table(title=_("Preuve d'optimalité"))
    shown.add_column(_("Opérations × {partners} partenaires × {years} ans").format(partners=PARTNERS, years=YEARS))
    for size in sizes:
        shown.add_column(decimal(size, 0), justify="right")
    shown.add_row(_("Démontrer, secondes de processeur"), *(decimal(one.prove, 2) for one in measured))
    shown.add_row(_("Vérifier sans moteur, secondes"), *(decimal(one.verify, 2) for one in measured))
    shown.add_row(_("Programme et preuve, Mo"), *(decimal(one.size / 1e6, 2) for one in measured))
    for rank, (goal, _gap) in enumerate(measured[0].gaps if measured else ()):
        label = _("Écart prouvé : {goal}").format(goal=goal)
        shown.add_row(label, *(f"{one.gaps[rank][1]:.3g}" for one in measured))
        if any(one.cases[rank] is not None for one in measured):
            shown.add_row(_("— fermé par un arbre, cas"), *(str(one.cases[rank] or _("non")) for one in measured))
    shown.add_row(_("Plan démontré seul"), *(_("oui") if one.unique else _("non") for one in measured))
    return shown


if __name__ == "__main__":
    main()
