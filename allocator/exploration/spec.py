"""What may go wrong, and how often: the document of a stress test."""

import hashlib
from fractions import Fraction

from pydantic import Field

from scenarios.document.quantities import Code, Codes, Label, Rate, Ratio, Text, Whole, Year
from scenarios.document.record import Record
from scenarios.language import N_

FORMAT_VERSION = 1


class Overrun(Record):
    """The cost of each operation it covers is multiplied by a factor drawn from a triangular law."""

    natures: Codes = Field(default=(), description=N_("Natures concernées ; vide : toutes"))
    operations: Codes = Field(default=(), description=N_("Opérations concernées ; vide : toutes"))
    low: Ratio = Field(description=N_("Plus petit facteur du coût, comme 0.95"))
    likely: Ratio = Field(description=N_("Facteur le plus probable, comme 1.05"))
    high: Ratio = Field(description=N_("Plus grand facteur, comme 1.30"))
    correlation: Rate = Field(
        default=Fraction(0), description=N_("Corrélation de rang entre opérations : 0, chacune la sienne ; 1, la même")
    )


class Withdrawal(Record):
    """A partner or a pool brings less than its budgets say, or nothing at all."""

    partner: Code | None = Field(
        default=None, description=N_("Partenaire ou fonds commun ; vide : chacun de ceux dont un budget est limité")
    )
    probability: Rate = Field(description=N_("Probabilité que cela arrive"))
    cut: Rate = Field(description=N_("Part de ses budgets qui disparaît ; 1 : il se retire"))
    from_year: Year | None = Field(default=None, description=N_("Première année touchée ; vide : toutes"))


class Delay(Record):
    """Each operation it covers may start some years later."""

    natures: Codes = Field(default=(), description=N_("Natures concernées ; vide : toutes"))
    operations: Codes = Field(default=(), description=N_("Opérations concernées ; vide : toutes"))
    probability: Rate = Field(description=N_("Probabilité que l'opération soit retardée"))
    years: Whole = Field(description=N_("Nombre d'années de retard"))


class StressSpec(Record):
    """Perturbations and their laws. An operation follows the first overrun, and the first delay, that covers it."""

    format_version: int = Field(default=FORMAT_VERSION, description=N_("Version du format"))
    title: Label = Field(description=N_("Titre"))
    description: Text = Field(default="", description=N_("D'où viennent les lois ; ce qui est illustratif"))
    draws: Whole = Field(description=N_("Nombre de tirages"))
    seed: Whole = Field(description=N_("Graine : la même donne les mêmes tirages"))
    overruns: tuple[Overrun, ...] = Field(default=(), description=N_("Dérives de coût"))
    withdrawals: tuple[Withdrawal, ...] = Field(default=(), description=N_("Retraits et baisses"))
    delays: tuple[Delay, ...] = Field(default=(), description=N_("Retards"))


ILLUSTRATIVE = StressSpec(
    title="Aléas illustratifs",
    description="illustratif : aucune de ces lois ne vient d'une statistique ; écrivez les vôtres",
    draws=1000,
    seed=1,
    overruns=(
        Overrun(low=Fraction(95, 100), likely=Fraction(105, 100), high=Fraction(130, 100), correlation=Fraction(3, 10)),
    ),
    withdrawals=(Withdrawal(probability=Fraction(5, 100), cut=Fraction(3, 10)),),
    delays=(Delay(probability=Fraction(15, 100), years=1),),
)
"""What is drawn when no document says otherwise."""


def spec_hash(spec: StressSpec) -> str:
    """Return the SHA-256 of what the draws depend on: the laws and the seed, not how many draws nor their title."""
    drawn = spec.model_dump_json(exclude={"title", "description", "draws"})
    return hashlib.sha256(drawn.encode()).hexdigest()
