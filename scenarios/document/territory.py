"""Communes and projects: where operations stand and which agreement they belong to."""

from pydantic import Field

from scenarios.document.quantities import Cents, Code, Label, Text, Whole, Year
from scenarios.document.record import Record
from scenarios.language import N_


class Commune(Record):
    """A commune, with the indicators used to weigh its burden (always with year and source)."""

    code: Code = Field(description=N_("Code de la commune"))
    label: Label = Field(description=N_("Nom de la commune"))
    territory: Code = Field(description=N_("Code du territoire (agglomération, département…)"))
    population: Whole | None = Field(default=None, description=N_("Population"))
    financial_potential_per_capita: Cents | None = Field(default=None, description=N_("Potentiel financier par tête"))
    indicator_year: Year | None = Field(default=None, description=N_("Année des indicateurs"))
    provenance: Text = Field(default="", description=N_("D'où viennent ces données"))


class Project(Record):
    """A project: the set of operations signed in one agreement (*convention*)."""

    code: Code = Field(description=N_("Code du projet"))
    label: Label = Field(description=N_("Nom du projet"))
    holder: Code = Field(description=N_("Partenaire porteur du projet"))
    programme: Code = Field(description=N_("Programme (NPNRU, PNRU, OPAH…) qui détermine les dérogations"))
    provenance: Text = Field(default="", description=N_("D'où viennent ces données"))
