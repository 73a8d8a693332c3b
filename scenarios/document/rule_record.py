"""What every rule carries: its name, its scope by filters, its dates, its source and its confidence mark.

An empty filter does not restrict, and an operation is concerned when it meets every filter.
"""

from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, Field

from scenarios.document.partner import PartnerKind
from scenarios.document.quantities import Code, Codes, Day, Flag, Label, split_cell
from scenarios.document.record import Record
from scenarios.language import N_


class Base(StrEnum):
    """What a rate applies to."""

    EXCL_VAT = "excl_vat"
    INCL_VAT = "incl_vat"
    COST = "cost"
    DEFICIT = "deficit"
    ELIGIBLE = "eligible"


class Mark(StrEnum):
    """How far the value is established: read in the text, in a public page, agreed by the committee, or an example."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    AGREED = "agreed"
    ILLUSTRATIVE = "illustrative"


Kinds = Annotated[tuple[PartnerKind, ...], BeforeValidator(split_cell)]


class RuleRecord(Record):
    """What every rule carries: name, scope, dates, source."""

    code: Code = Field(description=N_("Code de la règle"))
    label: Label = Field(description=N_("La règle en une phrase"))
    natures: Codes = Field(default=(), description=N_("Natures concernées"))
    programmes: Codes = Field(default=(), description=N_("Programmes concernés"))
    projects: Codes = Field(default=(), description=N_("Projets concernés"))
    operations: Codes = Field(default=(), description=N_("Opérations concernées"))
    owner_kinds: Kinds = Field(default=(), description=N_("Familles de maîtres d'ouvrage concernées"))
    negotiable: Flag = Field(description=N_("Le comité peut-il décider de la changer ?"))
    valid_from: Day | None = Field(default=None, description=N_("Premier jour où la règle est en vigueur"))
    valid_to: Day | None = Field(default=None, description=N_("Dernier jour où la règle est en vigueur"))
    reference: Label = Field(description=N_("Texte, article, ou décision qui la fonde"))
    mark: Mark = Field(description=N_("Degré de certitude de la valeur"))
