"""The verifier as one file, to be read and run alone: its modules one after the other, less their own imports."""

from pathlib import Path

PARTS = ("verdict", "intact", "exact", "rules", "bounds", "trees", "levels", "optimum", "report")

HEADING = '''#!/usr/bin/env python3
"""Vérifie une archive du comité des financeurs sans aucun moteur / verifies an archive without any solver.

    python3 -I verifier.py ARCHIVE.zip | DOSSIER  [--json] [--en]

Ce fichier n'emploie que la bibliothèque standard de Python (3.11 ou plus) et se lit seul. Trois verdicts :
(a) les octets sont intacts ; (b) le plan en centimes respecte exactement chaque limite de data/program.json ;
(c) aucun plan ne fait mieux, étage par étage : des multiplicateurs exacts le démontrent.
Codes de sortie : 0 conforme, 1 non conforme, 2 non vérifiable.

(c) rests on one inequality. For multipliers y (>= 0 on "<=" rows) and l >= 0 of the former stages, every plan x with
0 <= x <= u that keeps the former stages satisfies  c x <= y b - sum l_s kept_s + sum_j max(0, r_j) u_j  where
r = c + sum l_s c_s - y A.  Its distance to the plan is the sum of what each multiplier leaves (Bounds.gap): zero
proves the plan optimal. Exit codes: 0 verified, 1 refuted, 2 cannot be verified.
"""

'''


def single_file() -> str:
    """Return the text of the verifier in one file."""
    here = Path(__file__).parent
    imports: set[str] = set()
    bodies: list[str] = []
    for part in PARTS:
        lines = (here / f"{part}.py").read_text(encoding="utf-8").splitlines()
        found = [line for line in lines if line.startswith(("import ", "from "))]
        imports |= {line for line in found if not line.startswith("from allocator.")}
        body = "\n".join(line for line in lines if line not in found)
        bodies.append(f"# ---- {part}\n\n{_without_docstring(body).strip()}\n")
    return HEADING + "\n".join(sorted(imports)) + "\n\n\n" + "\n\n".join(bodies)


def _without_docstring(body: str) -> str:
    """Turn the docstring of a module into comments."""
    _, text, rest = body.split('"""', 2)
    return "\n".join(f"# {line}".rstrip() for line in text.strip().splitlines()) + "\n" + rest
