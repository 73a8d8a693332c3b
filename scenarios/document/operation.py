"""Operations and their payment profiles."""

from enum import StrEnum

from pydantic import Field

from scenarios.document.quantities import Cents, Code, Day, Flag, Label, Rate, Text, Whole, Year
from scenarios.document.record import Record
from scenarios.language import N_


class CostBasis(StrEnum):
    """Which published cost is to be financed: excl. VAT, incl. VAT, or a figure whose basis the source omits."""

    EXCL_VAT = "excl_vat"
    INCL_VAT = "incl_vat"
    UNSPECIFIED = "unspecified"


class ProfileShare(Record):
    """Share of a commitment paid a given number of years after the start. Shares of a profile sum to one."""

    profile: Code = Field(description=N_("Code du profil de paiement"))
    offset: Whole = Field(description=N_("Nombre d'années après le lancement"))
    share: Rate = Field(description=N_("Part payée cette année-là"))
    provenance: Text = Field(default="", description=N_("D'où viennent ces données"))


class Operation(Record):
    """One operation waiting for money."""

    code: Code = Field(description=N_("Code de l'opération"))
    label: Label = Field(description=N_("Intitulé de l'opération"))
    nature: Code = Field(description=N_("Nature (DEM, AME, EQP…)"))
    project: Code = Field(description=N_("Projet (convention) de l'opération"))
    commune: Code = Field(description=N_("Commune de l'opération"))
    district: Text = Field(default="", description=N_("Quartier, comme QP093028"))
    owner: Code = Field(description=N_("Maître d'ouvrage, lui-même partenaire"))
    cost_basis: CostBasis = Field(description=N_("Coût à financer : HT, TTC, ou base non précisée"))
    cost_excl_vat: Cents | None = Field(default=None, description=N_("Coût hors taxes"))
    cost_incl_vat: Cents | None = Field(default=None, description=N_("Coût toutes taxes comprises"))
    cost_unspecified: Cents | None = Field(default=None, description=N_("Coût publié sans préciser HT ou TTC"))
    receipts: Cents = Field(description=N_("Recettes de l'opération, déduites du coût"))
    units: Whole | None = Field(default=None, description=N_("Quantité (logements, ménages, m²…)"))
    unit: Text = Field(default="", description=N_("Unité de la quantité"))
    buildings: Whole | None = Field(default=None, description=N_("Nombre de bâtiments"))
    value: Whole = Field(description=N_("Points de priorité donnés par le comité à l'opération entière"))
    mandatory: Flag = Field(description=N_("L'opération doit-elle être entièrement financée ?"))
    divisible: Flag = Field(description=N_("Peut-on n'en financer qu'une partie (tranches) ?"))
    earliest_start: Year = Field(description=N_("Première année de lancement possible"))
    latest_start: Year = Field(description=N_("Dernière année de lancement possible"))
    profile: Code | None = Field(
        default=None, description=N_("Profil de paiement ; vide si l'opération a un plan de financement fixe")
    )
    start_semester: Whole | None = Field(
        default=None, description=N_("Semestre de lancement dans son année, 1 ou 2 ; vide s'il n'est pas connu")
    )
    duration_semesters: Whole | None = Field(default=None, description=N_("Durée en semestres"))
    decision_date: Day | None = Field(
        default=None, description=N_("Date de la décision, où son droit est apprécié ; vide : la date du scénario")
    )
    started_on: Day | None = Field(
        default=None, description=N_("Jour où l'opération a commencé ; vide si elle n'a pas commencé")
    )
    concerted: Flag = Field(
        default=False,
        description=N_(
            "Relève-t-elle d'un contrat État-région (CPER) ou d'une convention d'exercice concerté (CTEC) ?"
        ),
    )
    provenance: Text = Field(default="", description=N_("D'où vient le coût, et ce qui est illustratif"))

    @property
    def cost(self) -> int:
        """Cost on the declared basis, in cents (checked present when the scenario is read)."""
        match self.cost_basis:
            case CostBasis.EXCL_VAT:
                cost = self.cost_excl_vat
            case CostBasis.INCL_VAT:
                cost = self.cost_incl_vat
            case CostBasis.UNSPECIFIED:
                cost = self.cost_unspecified
        if cost is None:
            raise ValueError(f"{self.code}: no cost on basis {self.cost_basis}")
        return cost

    @property
    def to_fund(self) -> int:
        """What partners must bring together, in cents: cost less receipts, also the deficit of the operation."""
        return self.cost - self.receipts

    @property
    def starts(self) -> range:
        """Years in which the operation may start."""
        return range(self.earliest_start, self.latest_start + 1)
