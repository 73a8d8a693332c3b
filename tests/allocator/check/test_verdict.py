"""The verdict, its report, and what the checker is allowed to know."""

import ast
import pickle
import sys
from dataclasses import replace
from inspect import getsourcefile
from pathlib import Path
from typing import Any

import pytest

import allocator.check
from allocator.check import AllocationRefused, require, verify
from allocator.check.verdict import CHECKS
from allocator.check.violation import TITLES

from .builder import cells, operation, plain, plan, scenario

ALLOWED = {
    "allocator.allocation",
    "allocator.words",
    "scenarios.document",
    "scenarios.fingerprint",
    "scenarios.language",
}


def test_every_family_is_checked_once_in_the_order_of_the_report() -> None:
    assert [check.__module__ for check in CHECKS] == [f"allocator.check.{family}" for family in TITLES]


def test_every_family_has_its_name() -> None:
    assert [sys.modules[check.__module__].FAMILY for check in CHECKS] == list(TITLES)


def test_a_conforming_plan_is_accepted_silently() -> None:
    document = scenario()
    require(document, plan(document, cells(VILLE=100_000)))


def test_a_refusal_carries_all_violations_and_a_report() -> None:
    document = scenario()
    allocation = plan(document, cells(VILLE=99_999))
    with pytest.raises(AllocationRefused) as refusal:
        require(document, replace(allocation, payments=allocation.payments[:1]))
    assert refusal.value.violations == verify(document, replace(allocation, payments=allocation.payments[:1]))
    assert plain(str(refusal.value)) == "\n".join(
        (
            "Répartition refusée (scénario essai). Manquements relevés : 7.",
            "Choix et lancement des opérations (1)",
            "  - L'opération non divisible OP est financée pour 999,99 €, au lieu de 1 000 € ou rien.",
            "Échéancier des paiements (2)",
            "  - VILLE paie 333,33 € en tout pour l'opération OP lancée en 2026, et s'engage pour 999,99 €.",
            (
                "  - VILLE paie 0 € en 2027 pour l'opération OP lancée en 2026, au lieu de 666,66 € selon le profil de "
                "paiement (≈ 66,67 % de 999,99 €)."
            ),
            "Totaux et tenue des lignes (4)",
            "  - OP : le total des paiements est de 333,33 €, celui des engagements de 999,99 €.",
            "  - VILLE : le total des paiements est de 333,33 €, celui des engagements de 999,99 €.",
            "  - 2026 : le total des paiements est de 333,33 €, celui des engagements de 999,99 €.",
            "  - total général : le total des paiements est de 333,33 €, celui des engagements de 999,99 €.",
        )
    )


def test_a_refusal_travels_between_processes() -> None:
    document = scenario()
    violations = verify(document, plan(document, cells(VILLE=99_999)))
    back = pickle.loads(pickle.dumps(AllocationRefused("essai", violations)))  # noqa: S301 - our own bytes
    assert (back.violations, str(back)) == (violations, str(AllocationRefused("essai", violations)))


def test_a_long_report_is_cut_but_not_the_violations() -> None:
    operations = tuple(operation(f"OP{number:02d}", mandatory=True) for number in range(25))
    document = scenario(operations=operations, eligibilities=())
    violations = verify(document, plan(document, {}))
    lines = str(AllocationRefused("essai", violations)).splitlines()
    assert len(str(AllocationRefused("essai", violations[:20])).splitlines()) == 22
    assert len(violations) == 25
    assert lines[1] == "Choix et lancement des opérations (25)"
    assert (len(lines), lines[-1]) == (23, "  … autres manquements de même nature : 5")


def test_the_order_of_the_rows_changes_nothing() -> None:
    operations = tuple(operation(f"OP{number}", mandatory=True) for number in range(5))
    document = scenario(operations=operations, eligibilities=())
    shuffled = document.model_copy(update={"operations": operations[::-1]})
    assert verify(document, plan(document, {})) == verify(shuffled, plan(shuffled, {}))


@pytest.mark.parametrize("amount", [100_000.0, True])
def test_amounts_are_plain_integers(amount: Any) -> None:
    document = scenario()
    allocation = plan(document, cells(VILLE=100_000))
    changed = replace(allocation.launches[0], funded=amount)
    with pytest.raises(TypeError, match="integer cents"):
        verify(document, replace(allocation, launches=(changed,)))


def test_sentences_use_the_currency_of_the_scenario() -> None:
    document = scenario(currency="USD", operations=(operation(mandatory=True),))
    sentence = verify(document, plan(document, {}))[0].sentence
    assert plain(sentence) == "L'opération obligatoire OP est financée pour 0 $, au lieu de 1 000 $."


def test_the_checker_imports_nothing_that_could_share_a_mistake() -> None:
    source = getsourcefile(allocator.check)
    assert source is not None
    files = sorted(Path(source).parent.glob("*.py"))
    assert len(files) > len(TITLES)
    for file in files:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            for name in names:
                own = name == "allocator.check" or name.startswith("allocator.check.")
                assert own or name in ALLOWED or name.split(".")[0] in sys.stdlib_module_names, (file.name, name)
