"""Budgets by year, envelopes over several years, and credits withdrawn from former operations."""

from pydantic import Field

from scenarios.document.quantities import Cents, Code, Codes, Label, Text, Year
from scenarios.document.record import Record
from scenarios.language import N_


class Budget(Record):
    """One year of one purse. Both columns are filled exactly when the holder declares itself limited."""

    holder: Code = Field(description=N_("Partenaire ou fonds commun"))
    year: Year = Field(description=N_("Année"))
    commitment: Cents | None = Field(default=None, description=N_("Ce qui peut être engagé cette année-là (AE/AP)"))
    payment: Cents | None = Field(default=None, description=N_("Ce qui peut être payé cette année-là (CP)"))
    provenance: Text = Field(default="", description=N_("D'où viennent ces données"))


class Decommitment(Record):
    """Credits withdrawn from a former operation (*dégagement*): a resource added to the budgets of the year."""

    holder: Code = Field(description=N_("Partenaire ou fonds commun qui récupère les crédits"))
    year: Year = Field(description=N_("Année"))
    amount: Cents = Field(description=N_("Montant récupéré, ajouté aux budgets limités de l'année"))
    reason: Label = Field(description=N_("Opération d'origine et motif"))
    provenance: Text = Field(default="", description=N_("D'où viennent ces données"))


class Envelope(Record):
    """An upper limit on what one or several partners commit to a part of the programme, over all years.

    An empty filter does not restrict; an operation counts when it meets every filter.
    """

    code: Code = Field(description=N_("Code de l'enveloppe"))
    label: Label = Field(description=N_("Nom de l'enveloppe"))
    partners: Codes = Field(description=N_("Partenaires dont les engagements comptent"))
    amount: Cents = Field(description=N_("Montant à ne pas dépasser"))
    natures: Codes = Field(default=(), description=N_("Natures concernées"))
    territories: Codes = Field(default=(), description=N_("Territoires concernés"))
    projects: Codes = Field(default=(), description=N_("Projets concernés"))
    provenance: Text = Field(default="", description=N_("D'où viennent ces données"))
