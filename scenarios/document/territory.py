"""Communes and projects: where operations stand and which agreement they belong to."""

from enum import StrEnum

from pydantic import Field

from scenarios.document.quantities import Cents, Code, Label, Rate, Ratio, Text, Whole, Year
from scenarios.document.record import Record
from scenarios.language import N_


class Commune(Record):
    """A commune, with the indicators used to weigh its burden (always with year and source)."""

    code: Code = Field(description=N_("Code de la commune"))
    label: Label = Field(description=N_("Nom de la commune"))
    territory: Code = Field(description=N_("Code du territoire (agglomération, département…)"))
    population: Whole | None = Field(default=None, description=N_("Population"))
    financial_potential_per_capita: Cents | None = Field(default=None, description=N_("Potentiel financier par tête"))
    tax_effort: Ratio | None = Field(default=None, description=N_("Effort fiscal"))
    income_per_capita: Cents | None = Field(default=None, description=N_("Revenu par habitant"))
    dsu_rank: Whole | None = Field(default=None, description=N_("Rang au titre de la DSU"))
    indicator_year: Year | None = Field(default=None, description=N_("Année des indicateurs"))
    anru_class: Whole | None = Field(
        default=None, description=N_("Classe publiée par l'ANRU, de 1 (la plus aisée) à 6, qui fixe le taux")
    )
    anru_class_year: Year | None = Field(default=None, description=N_("Année de la classe de l'ANRU"))
    anru_bonus: Rate | None = Field(
        default=None, description=N_("Points ajoutés au taux de la classe par le comité d'engagement, comme 0.15")
    )
    provenance: Text = Field(default="", description=N_("D'où viennent ces données"))


class Indicator(StrEnum):
    """Indicators of a commune that may weigh its burden."""

    FINANCIAL_POTENTIAL = "financial_potential_per_capita"
    INCOME = "income_per_capita"
    TAX_EFFORT = "tax_effort"


class IndicatorWeight(Record):
    """What an indicator weighs in the wealth index of communes, as the committee voted it; weights sum to one."""

    indicator: Indicator = Field(description=N_("Indicateur des communes"))
    weight: Rate = Field(description=N_("Poids dans l'indice de richesse ; la somme des poids fait 1"))
    year: Year = Field(description=N_("Année des indicateurs employés"))
    provenance: Text = Field(default="", description=N_("Qui a voté ce poids, et quand"))


class Project(Record):
    """A project: the set of operations signed in one agreement (*convention*)."""

    code: Code = Field(description=N_("Code du projet"))
    label: Label = Field(description=N_("Nom du projet"))
    holder: Code = Field(description=N_("Partenaire porteur du projet"))
    programme: Code = Field(description=N_("Programme (NPNRU, PNRU, OPAH…) qui détermine les dérogations"))
    provenance: Text = Field(default="", description=N_("D'où viennent ces données"))
