"""Verdict (c): no plan does better at any stage, and this one is alone."""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from allocator.proof.verifier.bounds import Bounds, Stage
from allocator.proof.verifier.exact import Documents, Number, Program, number
from allocator.proof.verifier.levels import say_cents, say_settled
from allocator.proof.verifier.rules import in_cents
from allocator.proof.verifier.trees import tree_gap
from allocator.proof.verifier.verdict import OK, REFUTED, UNKNOWN, Refusal, Verdict, report

TOLERANCE = Fraction(1, 100)
"""Écart prouvé admis, en unités de l'objectif (point, centime) / proven gap allowed, in units of the objective."""

PRIME = (1 << 61) - 1
EQUALITY = {"equal_burden", "equal_coverage", "equal_effort"}
"""Goals of equality have a stage per level; none when they compare no one."""


def check_optimal(verdict: Verdict, program: Program, documents: Documents, exact: Sequence[Number]) -> None:
    """Check that the exact plan meets every row, and no plan does better at any stage."""
    proof = documents["proof"]
    report(verdict, "le plan exact ne tient pas", "the exact plan breaks", program.broken(exact, exactly=True))
    stages = [Stage(document, len(program.ids)) for document in proof["stages"]]
    check_goals(stages, documents["scenario"], exact)
    check_tie_break(program, documents["program"], stages[-1])
    if verdict.status == REFUTED:
        return
    whole = {column for column, integer in enumerate(program.integer) if integer}
    trees = {tree["stage"]: tree["nodes"] for tree in proof["trees"]}
    last, gaps = weighed(program, stages, proof["bounds"], exact, set())
    rivals = bool(whole)
    for rank, stage in enumerate(stages):
        proven, cases = gaps[rank] - (stage.best - stage.value), 0
        if rank in trees:
            gap, rivals = tree_gap(program, stages, rank, trees[rank], exact)
            proven, cases = min(proven, gap), len(trees[rank])
        if cases or not whole or not stage.is_last:
            say_gap(verdict, stage, proven, cases)
    say_settled(verdict, program, stages, proof["selection"] if whole else proof["bounds"])
    say_cents(verdict, program, stages, exact, in_cents(program, documents["program"], documents["allocation"], exact))
    given = ("", "")
    if whole:
        last, gaps = weighed(program, stages, proof["selection"], exact, whole)
    if whole and (rivals or verdict.status != OK or len(stages) - 1 not in trees):
        given = (" parmi ceux qui prennent les mêmes décisions entières", " among those with the same whole decisions")
    say_unique(verdict, given, None if gaps[-1] else alone(program, stages, last, proof["unique"], whole))


def weighed(
    program: Program, stages: Sequence[Stage], bounds: Any, exact: Sequence[Number], held: set[int]
) -> tuple[Bounds, list[Fraction]]:
    """Return the bounds of the last stage and the gap of every stage, found to be those announced."""
    gaps: list[Fraction] = []
    for rank, (stage, document) in enumerate(zip(stages, bounds, strict=True)):
        last = Bounds(program, stages, rank, document)
        gaps.append(last.gap(program, stages, exact, held))
        if gaps[-1] != number(document["gap"]):
            french = f"{stage.name} : écart annoncé {document['gap']}, trouvé {gaps[-1]}"
            raise Refusal(REFUTED, french, f"{stage.name}: gap said to be {document['gap']}, found {gaps[-1]}")
    return last, gaps


def check_goals(stages: Sequence[Stage], scenario: Any, exact: Sequence[Number]) -> None:
    """Check that the stages are the scenario's goals in order, then the tie-break, and announce what is reached."""
    announced = list(dict.fromkeys(stage.goal for stage in stages))
    wanted = [goal["kind"] for goal in scenario["goals"] if goal["kind"] in announced or goal["kind"] not in EQUALITY]
    if announced != [*wanted, "tie_break"] or [stage.is_last for stage in stages].index(True) < len(stages) - 1:
        raise Refusal(REFUTED, f"objectifs inattendus : {announced}", f"unexpected goals: {announced}")
    goals: dict[str, Any] = {goal["kind"]: goal for goal in scenario["goals"]}
    for stage in stages[:-1]:
        rate, amount = tolerated(goals[stage.goal], "rate"), tolerated(goals[stage.goal], "amount")
        loss = abs(stage.best) * rate + (Fraction(0) if stage.level else amount * 100)
        if stage.reached(exact) != stage.value or not stage.best - loss <= stage.kept <= min(stage.best, stage.value):
            french = f"{stage.name} : la valeur annoncée n'est pas celle du plan"
            raise Refusal(REFUTED, french, f"{stage.name}: the value said is not that of the plan")


def tolerated(goal: Any, name: str) -> Fraction:
    """Return the loss a goal declares: a rate, or an amount in the unit of the scenario's file."""
    return Fraction(str(goal.get(f"tolerance_{name}") or 0))


def check_tie_break(program: Program, document: Any, last: Stage) -> None:
    """Check that the last stage weighs every commitment and free payment by the published draw."""
    operations = document["operations"]
    to_fund = dict(zip(operations["code"], operations["to_fund"], strict=True))
    profiles = {
        code: {offset for offset, share in profile or () if number(share)}
        for code, profile in zip(operations["code"], operations["profile"], strict=True)
    }
    for column, name in enumerate(program.ids):
        kind, *codes = name.split("|")
        weight: Number = 0
        if kind in ("commit", "pay", "beyond") and to_fund[codes[0]]:
            weight = published(kind, codes, last.level, profiles[codes[0]]) / to_fund[codes[0]]
        if last.gain.get(column, 0) != weight:
            raise Refusal(REFUTED, f"poids du départage faux : {name}", f"wrong tie-break weight: {name}")


def published(kind: str, codes: Sequence[str], level: int, profile: set[int]) -> Fraction:
    """Return the published weight of a commitment, of a free payment, or of what is paid beyond the profile."""
    weight = Fraction(0)
    if kind in ("commit", "pay"):
        weight += drawn(f"1.{level}", *codes) / (1 if kind == "commit" else 32)
    if kind == "beyond" or (kind == "pay" and int(codes[3]) - int(codes[2]) not in profile):
        weight -= drawn(f"1.{level}", "beyond", *codes) / 4
    return weight


def drawn(*parts: str) -> Fraction:
    """Return a weight between 2^24 and 2^25, drawn from a text."""
    return Fraction((1 << 24) + int.from_bytes(hashlib.sha256("|".join(parts).encode()).digest()[:3], "big"))


def say_gap(verdict: Verdict, stage: Stage, proven: Fraction, cases: int) -> None:
    """Say what a bound, or the cases of a tree, prove of a stage."""
    split = (f" ({cases} cas examinés)", f" ({cases} cases examined)") if cases else ("", "")
    if proven < 0:
        raise Refusal(REFUTED, f"{stage.name} : au-delà de la borne", f"{stage.name}: beyond the bound")
    if proven == 0:
        verdict.say(
            f"{stage.name} : aucun plan ne fait mieux{split[0]}", f"{stage.name}: no plan does better{split[1]}"
        )
        return
    amount, status = f"{float(proven):.6g}", OK if proven <= TOLERANCE else UNKNOWN
    french = f"{stage.name} : aucun plan ne fait mieux de plus de {amount}{split[0]}"
    verdict.say(french, f"{stage.name}: no plan does better by more than {amount}{split[1]}", status)


def say_unique(verdict: Verdict, given: tuple[str, str], proven: bool | None) -> None:
    """Say whether the plan is proven alone; None: nothing proves it."""
    if proven is None:
        verdict.say(f"unicité non démontrée{given[0]}", f"uniqueness not proven{given[1]}", UNKNOWN)
    elif proven:
        verdict.say(f"ce plan est le seul{given[0]}", f"this plan is the only one{given[1]}")
    else:
        raise Refusal(REFUTED, "unicité : élimination fausse", "uniqueness: wrong elimination")


def alone(program: Program, stages: Sequence[Stage], last: Bounds, pivots: Any, held: set[int]) -> bool | None:
    """Tell whether the columns whose price is zero are determined by rows that bind in every best plan."""
    if pivots is None:
        return None
    free = {column for column, left in enumerate(last.left) if not left and column not in held}
    rows: dict[int, dict[int, int]] = {}
    for row in pivots["row"]:
        stage = row - len(program.rows)
        if not (last.rows.get(row) or (last.stages.get(stage) if stage >= 0 else program.sense[row] == "=")):
            return False
        terms = program.terms(row) if stage < 0 else stages[stage].gain.items()
        rows[row] = {
            column: number.numerator * pow(number.denominator, -1, PRIME) % PRIME
            for column, number in terms
            if column in free
        }
    found = set(pivots["column"])
    left = {column for terms in rows.values() for column in terms} | (free & program.deciding())
    return left == found and eliminated(rows, pivots)


def eliminated(rows: dict[int, dict[int, int]], pivots: Any) -> bool:
    """Tell whether every pivot is non-zero in its turn: the rows are then independent, modulo a prime and exactly."""
    holders: dict[int, set[int]] = defaultdict(set)
    for row, terms in rows.items():
        for column in terms:
            holders[column].add(row)
    for row, column in zip(pivots["row"], pivots["column"], strict=True):
        terms = rows.pop(row, {})
        if not terms.get(column):
            return False
        inverse = pow(terms.pop(column), -1, PRIME)
        holders[column].discard(row)
        for other in holders.pop(column) & rows.keys():
            factor = rows[other].pop(column) * inverse % PRIME
            for member, value in terms.items():
                rows[other][member] = (rows[other].get(member, 0) - factor * value) % PRIME
                holders[member].add(other)
    return True
