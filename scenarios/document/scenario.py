"""The scenario: one self-contained document with everything the allocation depends on."""

from pydantic import Field

from scenarios.document.budget import Budget, Decommitment, Envelope
from scenarios.document.decision import Decision
from scenarios.document.funding import Eligibility, Loan, Lock, PastAid, PlanLine, ReferenceLine
from scenarios.document.goal import Goal
from scenarios.document.operation import Operation, ProfileShare
from scenarios.document.partner import Partner, Pool
from scenarios.document.quantities import Code, Day, Label, Text, Year
from scenarios.document.record import Record
from scenarios.document.rule import Derogation, Rule
from scenarios.document.rulebook_use import RulebookUse
from scenarios.document.territory import Commune, IndicatorWeight, Project
from scenarios.language import N_

FORMAT_VERSION = 1


class Scenario(Record):
    """A whole scenario. Tables keep the order of the file; nothing that is computed depends on that order."""

    format_version: int = Field(default=FORMAT_VERSION, description=N_("Version du format de document"))
    code: Code = Field(description=N_("Code du scénario"))
    title: Label = Field(description=N_("Titre"))
    description: Text = Field(default="", description=N_("Ce que contient le scénario ; ce qui est fictif"))
    committee: Label = Field(description=N_("Comité des financeurs"))
    currency: Code = Field(description=N_("Monnaie, comme EUR"))
    reference_date: Day = Field(description=N_("Date à laquelle le droit est apprécié"))
    first_year: Year = Field(description=N_("Première année"))
    last_year: Year = Field(description=N_("Dernière année"))
    goals: tuple[Goal, ...] = Field(description=N_("Objectifs, du premier au dernier"))
    pools: tuple[Pool, ...] = Field(default=(), description=N_("Fonds communs"))
    partners: tuple[Partner, ...] = Field(description=N_("Partenaires"))
    communes: tuple[Commune, ...] = Field(description=N_("Communes"))
    equalisation: tuple[IndicatorWeight, ...] = Field(
        default=(), description=N_("Indicateurs qui pondèrent la charge des communes (péréquation)")
    )
    projects: tuple[Project, ...] = Field(description=N_("Projets"))
    profiles: tuple[ProfileShare, ...] = Field(default=(), description=N_("Profils de paiement"))
    operations: tuple[Operation, ...] = Field(description=N_("Opérations"))
    eligibilities: tuple[Eligibility, ...] = Field(default=(), description=N_("Qui peut financer quoi"))
    budgets: tuple[Budget, ...] = Field(default=(), description=N_("Budgets annuels"))
    decommitments: tuple[Decommitment, ...] = Field(default=(), description=N_("Crédits dégagés"))
    envelopes: tuple[Envelope, ...] = Field(default=(), description=N_("Enveloppes"))
    rules: tuple[Rule, ...] = Field(default=(), description=N_("Règles"))
    rulebooks: tuple[RulebookUse, ...] = Field(default=(), description=N_("Recueils de règles employés"))
    derogations: tuple[Derogation, ...] = Field(default=(), description=N_("Dérogations"))
    locks: tuple[Lock, ...] = Field(default=(), description=N_("Montants arrêtés"))
    plans: tuple[PlanLine, ...] = Field(default=(), description=N_("Plans de financement fixes"))
    references: tuple[ReferenceLine, ...] = Field(default=(), description=N_("Plan ou clé de référence"))
    loans: tuple[Loan, ...] = Field(default=(), description=N_("Prêts"))
    decisions: tuple[Decision, ...] = Field(default=(), description=N_("Décisions du comité et des partenaires"))
    past_aids: tuple[PastAid, ...] = Field(default=(), description=N_("Aides déjà reçues par les entreprises"))

    @property
    def years(self) -> range:
        """Years of the horizon."""
        return range(self.first_year, self.last_year + 1)
