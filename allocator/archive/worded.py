"""The verdicts of the verifier for people: rows, columns and goals said as the committee says them.

The verifier knows only the files of the proof and names their rows (``lock|at_least|COPRO|ANAH``); the JSON of
``allocator verify`` keeps these names, exact; pages and reports say « montant arrêté (au moins, COPRO, ANAH) ».
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from allocator.archive.verdict import Question, Verdict
from allocator.check.goal_words import NAMES
from allocator.rules.names import in_words
from scenarios.document import GoalKind
from scenarios.language import N_, _
from scenarios.wording import quoted

_TIE_BREAK = "tie_break"

_FAMILIES = {
    **{kind.value: text for kind, text in NAMES.items()},
    "reference": N_("écart au plan de référence"),
    "above": N_("écart au plan de référence"),
    "below": N_("écart au plan de référence"),
    "more": N_("écarts de paiement d'une année sur l'autre"),
    "less": N_("écarts de paiement d'une année sur l'autre"),
    "share": N_("part financée"),
    "commit": N_("engagement"),
    "pay": N_("paiement"),
    "beyond": N_("paiement hors du rythme"),
    "brings": N_("participation du partenaire"),
    "present": N_("participation du partenaire"),
}
"""What goals and amounts add to a program, beside the rows of the rules."""

_PLACE = re.compile(r"\b([a-z_]+(?:\|[A-Za-z0-9_.\-]+)+)(?: \(-?\d+(?:/\d+)?\))?")
"""The name of a row, and by how much it is exceeded, in a unit that only the file of the program gives."""

_GOAL = re.compile(rf"\b({'|'.join([*GoalKind, _TIE_BREAK])})\b(?: (\d+))?")


def worded(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """Say verdicts (b) and (c) in words; the others have none of these names."""
    asked = (Question.RULES, Question.OPTIMAL)
    return [
        replace(line, reasons=tuple(map(_said, line.reasons))) if line.question in asked else line for line in verdicts
    ]


def _said(reason: str) -> str:
    return _GOAL.sub(_goal, _PLACE.sub(_place, reason))


def _place(found: re.Match[str]) -> str:
    """Say what a row or a column is; a name that no program has is left as the forged file writes it."""
    name = found[1]
    family, *codes = name.split("|")
    if family in _FAMILIES:
        return quoted([f"{_(_FAMILIES[family])} ({', '.join(codes)})"]) + found[0][len(name) :]
    try:
        return quoted([in_words(name)])
    except KeyError:
        return found[0]


def _goal(found: re.Match[str]) -> str:
    kind, level = found.groups()
    name = _("départage") if kind == _TIE_BREAK else _(NAMES[GoalKind(kind)])
    return name if level is None else _("{goal} (niveau {level})").format(goal=name, level=level)
