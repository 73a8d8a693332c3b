"""Verdict (b): the plan in whole cents meets every row of the program, and is paid in full."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from allocator.proof.verifier.exact import Documents, Number, Program, number
from allocator.proof.verifier.verdict import OK, REFUTED, Refusal, Verdict, report


def canonical(value: Any) -> str:
    """Return the one way of writing plain values."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def fingerprint(scenario: dict[str, Any]) -> str:
    """Return the fingerprint of a scenario: rows of each table sorted; goals keep their order."""
    parts = []
    for name, value in sorted(scenario.items()):
        rows = isinstance(value, list) and name != "goals"
        text = f"[{','.join(sorted(map(canonical, value)))}]" if rows else canonical(value)
        parts.append(f"{canonical(name)}:{text}")
    return hashlib.sha256(f"{{{','.join(parts)}}}".encode()).hexdigest()


def check_identity(verdict: Verdict, documents: Documents, raw_program: bytes) -> None:
    """Check that the four files are about the same scenario and the same program."""
    expected = fingerprint(documents["scenario"])
    for name in ("program", "allocation", "proof"):
        if documents[name]["fingerprint"] != expected:
            verdict.say(f"{name}.json porte sur un autre scénario", f"{name}.json is about another scenario", REFUTED)
    if documents["proof"]["program"] != hashlib.sha256(raw_program).hexdigest():
        verdict.say("la preuve porte sur un autre programme", "the proof is about another program", REFUTED)


def in_cents(program: Program, document: Any, allocation: Any, exact: Sequence[Number]) -> list[Number]:
    """Return the value of every column in the plan in cents; columns that no amount tells keep their exact value."""
    place, values = {name: rank for rank, name in enumerate(program.ids)}, list(exact)
    for rank, name in enumerate(program.ids):
        if name.startswith(("share|", "commit|", "pay|")):
            values[rank] = 0
    to_fund = dict(zip(document["operations"]["code"], document["operations"]["to_fund"], strict=True))
    lines: list[tuple[str, tuple[Any, ...], Any, int]] = [
        ("share", (line["operation"], line["start"]), line["funded"], to_fund[line["operation"]] or 1)
        for line in allocation["launches"]
    ]
    lines += [
        ("commit", (line["operation"], line["partner"], line["start"]), line["amount"], 1)
        for line in allocation["commitments"]
    ]
    lines += [
        ("pay", codes, line["amount"], 1)
        for line in allocation["payments"]
        for codes in [(line["operation"], line["partner"], line["start"], line["year"])]
        if "|".join(map(str, ("pay", *codes))) in place
    ]
    for kind, codes, amount, whole in lines:
        name = "|".join(map(str, (kind, *codes)))
        if name not in place or values[place[name]] or type(amount) is not int or amount <= 0:
            raise Refusal(REFUTED, f"ligne impossible : {name} ({amount})", f"impossible line: {name} ({amount})")
        values[place[name]] = Fraction(amount, whole)
    return values


def check_rules(verdict: Verdict, program: Program, documents: Documents, exact: Sequence[Number]) -> None:
    """Check that the plan in cents meets every row, is paid in full at its rhythm, and comes from the exact plan."""
    allocation, document = documents["allocation"], documents["program"]
    values = in_cents(program, document, allocation, exact)
    report(
        verdict, "le plan en centimes ne tient pas", "the plan in cents breaks", program.broken(values, exactly=False)
    )
    free = {tuple(name.split("|")[1:4]) for name in program.ids if name.startswith("pay|")}
    report(verdict, "paiement faux :", "wrong payment:", wrong_payments(document, allocation, free))
    report(
        verdict, "trace d'arrondi fausse :", "wrong rounding trace:", wrong_trace(program, allocation, exact, values)
    )
    if verdict.status == OK:
        rows = sum(holds != "by definition" for holds in program.holds)
        verdict.say(
            f"{rows} limites et {len(allocation['payments'])} paiements tenus par le plan en centimes entiers",
            f"{rows} limits and {len(allocation['payments'])} payments met by the plan in whole cents",
        )


def wrong_payments(document: Any, allocation: Any, free: set[tuple[str, ...]]) -> Iterator[str]:
    """Give the commitments not paid exactly or not at their rhythm, and the payment budgets exceeded.

    ``free``: operation, partner and start year of the commitments whose payments have their own columns and rows.
    """
    paid: dict[Any, dict[int, int]] = defaultdict(dict)
    spent: dict[Any, int] = defaultdict(int)
    for line in allocation["payments"]:
        cell = line["operation"], line["partner"], line["start"]
        if type(line["amount"]) is not int or line["amount"] <= 0 or line["year"] in paid[cell]:
            yield f"{cell} {line['year']}"
        paid[cell][line["year"]] = line["amount"]
        spent[line["partner"], line["year"]] += line["amount"]
    due = {(line["operation"], line["partner"], line["start"]): line["amount"] for line in allocation["commitments"]}
    profiles = dict(zip(document["operations"]["code"], document["operations"]["profile"], strict=True))
    for cell in sorted(paid.keys() | due.keys()):
        amount, years = due.get(cell, 0), paid[cell]
        profile = profiles[cell[0]]
        shares = {} if profile is None else {cell[2] + offset: number(share) for offset, share in profile}
        late = any(abs(years.get(t, 0) - amount * shares.get(t, 0)) >= 1 for t in years.keys() | shares.keys())
        follows = profile is not None and tuple(map(str, cell)) not in free
        if sum(years.values()) != amount or (follows and late):
            yield str(cell)
    limits = document["payments"]
    names = "purse", "year", "years", "partners", "limit"
    for purse, year, summed, partners, limit in zip(*(limits[name] for name in names), strict=True):
        total = sum(spent[partner, t] for partner in partners for t in summed)
        if total > limit:
            yield f"{purse} {year} ({total - limit})"


def wrong_trace(program: Program, allocation: Any, exact: Sequence[Number], values: Sequence[Number]) -> Iterator[str]:
    """Give the commitments whose exact value is neither their amount nor the one the rounding trace tells."""
    trace = {
        f"commit|{step['operation']}|{step['partner']}|{step['start']}": number(step["exact"])
        for step in allocation["rounding"]
    }
    for rank, name in enumerate(program.ids):
        if name.startswith("commit|") and trace.get(name, values[rank]) != exact[rank]:
            yield name
