"""Whole random scenarios: accepted, written in the four forms and read back unchanged, with one fingerprint."""

import random
import string
import tempfile
from fractions import Fraction
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scenarios.document import Base, CostBasis, LockSense, Mark, PartnerKind, Presence, Scenario
from scenarios.fingerprint import fingerprint
from scenarios.formats import check, read, write
from scenarios.look_alikes import REVERSING

AWKWARD = [
    "null", "~", "oui", "No", "1.0", "0o17", "- a", "a: b", "# c", "'", '"', "'a' \"b\"", "é", "a|b", "a,b;c", "*x",
    "&x", "!!str x", "%", "@", "`", "{a", "[b]", "? x", "=1+1", "x  y", "x\u00a0y", "x\u2028y", "x\x85y", "\ufeffx",
    "x\u200by", "x\x7fy", "x\ufffey", "🏗️", "2026-11-24", "<<", "\\n", "a\\", "ligne " * 40, "_x0041_", "ax005F_b",
    "_x005F_x000D_", "<r>a</r>", "<r>&</r>", '=HYPERLINK("http://a")', "+1", "@x", "-2+3", "{=1}", "http://a.fr",
]  # fmt: skip
CODES = ["01004", "0", "1e5", "null", "true", "NO", "0x1F", "1.50", "2026-01-01", "A_b-c.D"]

texts = st.sampled_from(AWKWARD) | st.text(
    st.characters(min_codepoint=32, exclude_categories=["Cs"], exclude_characters=REVERSING), min_size=1, max_size=30
)
labels = texts.filter(lambda text: bool(text.strip()))
flags = st.booleans()
amounts = st.integers(1, 5_000_000_000) | st.sampled_from([1, 10, 63_932_580, 2_000_000_000_000])
rates = st.fractions(0, 1, max_denominator=1_000_000) | st.sampled_from([Fraction(1, 3), Fraction(2, 3), Fraction(1)])
some_kinds = st.lists(st.sampled_from(PartnerKind), min_size=1, unique=True)


def codes(least: int, most: int) -> st.SearchStrategy[list[str]]:
    """Return distinct codes, among them those that other readers take for numbers or dates."""
    start = st.sampled_from(string.ascii_letters + string.digits)
    code = st.builds(str.__add__, start, st.text(string.ascii_letters + string.digits + "_.-", max_size=6))
    return st.lists(st.sampled_from(CODES) | code, min_size=least, max_size=most, unique=True)


class Maker:
    """Draws the tables of one valid scenario, in the order in which they depend on one another."""

    def __init__(self, draw: Any) -> None:
        self.draw = draw
        self.first = draw(st.integers(1990, 2090))
        self.last = self.first + draw(st.integers(0, 4))
        purses = draw(codes(3, 6))
        self.pools, self.partners = purses[:1], purses[1:]
        self.communes, self.projects = draw(codes(1, 3)), draw(codes(1, 3))
        self.codes = draw(codes(1, 4))

    def some(self, values: list[str], least: int = 0) -> tuple[str, ...]:
        return tuple(self.draw(st.lists(st.sampled_from(values), min_size=least, unique=True)))

    def one(self, values: Any) -> Any:
        return self.draw(st.sampled_from(values))

    def purse(self, code: str) -> dict[str, Any]:
        limits = {name: self.draw(flags) for name in ("commitment_limited", "payment_limited", "carry_over")}
        return {"code": code, "label": self.draw(labels), "provenance": self.draw(texts), **limits}

    def budgets(self, purses: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [
            {
                "holder": purse["code"], "year": year,
                "commitment": self.draw(amounts) if purse["commitment_limited"] else None,
                "payment": self.draw(amounts) if purse["payment_limited"] else None,
            }
            for purse in purses
            if purse["commitment_limited"] or purse["payment_limited"]
            for year in range(self.first, self.last + 1)
        ]  # fmt: skip

    def profiles(self) -> list[dict[str, Any]]:
        longest = min(3, self.last - self.first + 1)
        return [
            {"profile": f"P{length}", "offset": offset, "share": Fraction(1, length)}
            for length in range(1, longest + 1)
            for offset in range(length)
        ]

    def operation(self, code: str, planned: bool) -> dict[str, Any]:
        length = self.draw(st.integers(1, min(3, self.last - self.first + 1)))
        earliest = self.draw(st.integers(self.first, self.last + 1 - length))
        receipts, net = self.draw(st.integers(0, 10**9)), self.draw(amounts)
        basis = self.one(CostBasis)
        costs = {f"cost_{other}": self.draw(st.none() | amounts) for other in CostBasis}
        return {
            "code": code, "label": self.draw(labels), "nature": self.one(["DEM", "01", "no"]),
            "project": self.one(self.projects), "commune": self.one(self.communes), "owner": self.one(self.partners),
            "district": self.draw(texts), "cost_basis": basis, **costs, f"cost_{basis}": receipts + net,
            "receipts": receipts, "units": self.draw(st.none() | st.integers(0, 10**9 - 1)), "value": self.one([0, 1]),
            "mandatory": self.draw(flags), "divisible": self.draw(flags), "earliest_start": earliest,
            "latest_start": earliest if planned else self.draw(st.integers(earliest, self.last + 1 - length)),
            "profile": None if planned else f"P{length}",
        }  # fmt: skip

    def plan(self, operation: dict[str, Any]) -> list[dict[str, Any]]:
        net = operation[f"cost_{operation['cost_basis']}"] - operation["receipts"]
        part = self.draw(st.integers(0, net))
        year = operation["earliest_start"]
        return [
            {"operation": operation["code"], "partner": partner, "year": year, "amount": amount}
            for partner, amount in zip(self.partners[:2], (part, net - part), strict=True)
        ]

    def rules(self) -> list[dict[str, Any]]:
        def common(kind: str) -> dict[str, Any]:
            return {
                "code": f"R-{kind}", "kind": kind, "label": self.draw(labels), "negotiable": self.draw(flags),
                "reference": self.draw(labels), "mark": self.one(Mark), "projects": self.some(self.projects),
                "operations": self.some(self.codes), "owner_kinds": self.draw(some_kinds),
                "valid_from": self.one([None, "1958-10-04"]),
            }  # fmt: skip

        base = {"partner": self.one(self.partners), "rate": self.draw(rates), "base": self.one([Base.COST, "deficit"])}
        counts = self.draw(some_kinds)
        return [
            {**common("rate_ceiling"), **base, "base_max": self.draw(st.none() | amounts)},
            {**common("rate_floor"), **base},
            {**common("amount_ceiling"), "partner": self.one(self.partners), "amount": self.draw(amounts)},
            {**common("public_aid_cap"), **base, "counts": counts},
            {**common("owner_floor"), "rate": self.draw(rates.filter(lambda rate: rate < 1)), "counts": counts},
        ]

    def around(self, open_cells: list[tuple[str, str]]) -> dict[str, Any]:
        """Draw the optional tables that hang on pairs of an operation and a partner who may fund it."""
        cells = self.draw(st.lists(st.sampled_from(open_cells), max_size=3, unique=True))
        named = [{"operation": operation, "partner": partner} for operation, partner in cells]
        return {
            "references": [{**cell, "share": Fraction(1, 7), "provenance": self.draw(texts)} for cell in named],
            "locks": [
                {**cell, "sense": LockSense.AT_LEAST, "amount": 1, "author": self.draw(labels), "reason": "r"}
                for cell in named
            ],
            "decisions": [
                {
                    **cell, "status": self.one(["proposed", "in_principle"]), "day": "2026-01-31",
                    "author": self.draw(labels), "reason": self.draw(texts), "recusal": self.draw(texts),
                }
                for cell in named
            ] + [{"operation": self.codes[0], "status": "refused", "day": "2026-02-01", "author": "a", "reason": "b"}],
            "loans": [{**cell, "amount": 0, "label": self.draw(labels)} for cell in named],
            "derogations": [
                {"rule": "R-rate_floor", "project": self.one(self.projects), "author": "Préfet", "reference": "a"}
            ],
            "envelopes": [
                {
                    "code": code, "label": self.draw(labels), "partners": self.some(self.partners, 1),
                    "amount": self.draw(amounts), "territories": ("T",), "projects": self.some(self.projects),
                }
                for code in self.draw(codes(0, 2))
            ],
        }  # fmt: skip


@st.composite
def scenarios(draw: Any) -> Scenario:
    """Draw a whole valid scenario."""
    make = Maker(draw)
    pools = [make.purse(code) for code in make.pools]
    kinds = {"kind": make.one(PartnerKind), "pool": make.one([None, *make.pools])}
    accounts = {
        "siret": make.one([None, "01234567890123"]), "received_account": make.one([None, "1322"]),
        "paid_account": make.one([None, "20414"]),
    }  # fmt: skip
    partners = [{**make.purse(code), **kinds, **accounts} for code in make.partners]
    planned = set(make.some(make.codes))
    operations = [make.operation(code, code in planned) for code in make.codes]
    owners = {operation["code"]: operation["owner"] for operation in operations}
    pairs = [(code, p) for code in make.codes if code not in planned for p in make.partners if owners[code] != p]
    eligible = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    plans = [line for operation in operations if operation["code"] in planned for line in make.plan(operation)]
    owned = [(code, owner) for code, owner in owners.items() if code not in planned]
    funding = [*eligible, *owned, *dict.fromkeys((line["operation"], line["partner"]) for line in plans)]
    return Scenario.model_validate(
        {
            "code": make.one(CODES), "title": draw(labels), "description": draw(texts), "committee": draw(labels),
            "currency": "EUR", "reference_date": "2026-11-24", "first_year": make.first, "last_year": make.last,
            "goals": [
                {"kind": kind, "tolerance_rate": make.draw(st.none() | rates)}
                for kind in make.draw(st.permutations(["priority_value", "funded_cost", "earliest_start"]))
            ] + [{"kind": "equal_coverage"}],
            "pools": pools, "partners": partners, "operations": operations,
            "communes": [{"code": code, "label": draw(labels), "territory": "T"} for code in make.communes],
            "projects": [
                {"code": code, "label": draw(labels), "holder": make.one(make.partners), "programme": "P"}
                for code in make.projects
            ],
            "profiles": make.profiles(),
            "eligibilities": [
                {"operation": o, "partner": p, "presence": make.one(Presence), "eligible_base": draw(amounts)}
                for o, p in eligible
            ],
            "budgets": make.budgets(pools + partners),
            "rules": make.rules(),
            "plans": plans,
            **make.around(funding),
        }
    )  # fmt: skip


campaign = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("name", ["s.yaml", "s.json", "s.xlsx", "s"])
@given(scenario=scenarios())
@campaign
def test_reads_back_what_it_wrote(name: str, scenario: Scenario) -> None:
    check(scenario)
    with tempfile.TemporaryDirectory() as place, mock.patch("os.fsync"):
        path = Path(place) / name
        write(scenario, path)
        assert read(path) == scenario


@given(scenario=scenarios(), seed=st.integers(0, 2**32))
@campaign
def test_fingerprint_ignores_the_order_of_rows_but_not_of_goals(scenario: Scenario, seed: int) -> None:
    chance = random.Random(seed)
    shuffled: dict[str, Any] = {}
    for name, value in scenario:
        if isinstance(value, tuple) and name != "goals":
            shuffled[name] = tuple(chance.sample(value, len(value)))
    assert fingerprint(scenario.model_copy(update=shuffled)) == fingerprint(scenario)
    reversed_goals = scenario.model_copy(update={"goals": scenario.goals[::-1]})
    assert fingerprint(reversed_goals) != fingerprint(scenario)


@given(scenario=scenarios(), cents=st.integers(1, 100))
@campaign
def test_fingerprint_changes_with_one_cent(scenario: Scenario, cents: int) -> None:
    first = scenario.operations[0]
    changed = first.model_copy(update={"receipts": first.receipts + cents})
    other = scenario.model_copy(update={"operations": (changed, *scenario.operations[1:])})
    assert fingerprint(other) != fingerprint(scenario)


def test_the_fingerprint_of_a_document_never_changes(complete: Path) -> None:
    assert fingerprint(read(complete)) == "a50d43fb99ed9092770287cbe28acae9a00b4655290f6d10fde20d6cf5b861e1"
