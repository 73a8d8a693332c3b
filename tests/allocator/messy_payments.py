"""What messy scenarios draw about payments: who pays freely, and what may be paid before completion."""

from collections.abc import Sequence
from fractions import Fraction
from random import Random
from typing import Any

from scenarios.document import AdvanceCeiling, InstalmentCeiling, Mark, Operation, Partner, PaymentRhythm, Rule

COMMON: dict[str, Any] = {"label": "r", "negotiable": True, "reference": "hasard", "mark": Mark.ILLUSTRATIVE}


def rhythms(seed: int, partners: tuple[Partner, ...]) -> tuple[Partner, ...]:
    """Let some partners of a few scenarios pay freely."""
    random = Random(f"rhythms{seed}")
    if random.random() >= 0.3:
        return partners
    words = [random.choice(list(PaymentRhythm)) for _ in partners]
    return tuple(p.model_copy(update={"payments": word}) for p, word in zip(partners, words, strict=True))


def early_payments(seed: int, partners: Sequence[Partner], operations: Sequence[Operation]) -> list[Rule]:
    """Draw ceilings on what is paid before completion of operations with a profile; all profiles fit in 1/3."""
    random = Random(f"early{seed}")
    free = [p.code for p in partners if p.payments is PaymentRhythm.FREE]
    codes = tuple(operation.code for operation in operations)
    if not codes:
        return []
    drawn: list[Rule] = []
    if free and random.random() < 0.5:
        rate, partner = Fraction(random.randint(0, 12), 12), random.choice(free)
        drawn.append(
            AdvanceCeiling(
                kind="advance_ceiling", code="A1", partner=partner, rate=rate, operations=codes, **COMMON
            )
        )  # fmt: skip
    if free and random.random() < 0.5:
        rate, partner = Fraction(random.randint(0, 12), 12), random.choice(free)
        drawn.append(
            InstalmentCeiling(
                kind="instalment_ceiling", code="A2", partner=partner, rate=rate, operations=codes, **COMMON
            )
        )  # fmt: skip
    if random.random() < 0.1:
        rate, partner = Fraction(1, 3), random.choice([p.code for p in partners])
        drawn.append(
            AdvanceCeiling(
                kind="advance_ceiling", code="A3", partner=partner, rate=rate, operations=codes, **COMMON
            )
        )  # fmt: skip
    return drawn
