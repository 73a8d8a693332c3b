"""What an auditor runs: verdicts (a), (b) and (c) on an archive, without any solver.

These modules use nothing but the standard library. ``single_file`` joins them into the one file an archive carries.
"""

from allocator.proof.verifier.report import exit_code, main, verify
from allocator.proof.verifier.single_file import single_file
from allocator.proof.verifier.verdict import OK, REFUTED, UNKNOWN, Verdict

__all__ = ["OK", "REFUTED", "UNKNOWN", "Verdict", "exit_code", "main", "single_file", "verify"]
