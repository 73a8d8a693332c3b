"""The rules of ``region-demo``: those of the law and of the funders, then the ceilings that published plans give."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from scenarios.document import (
    AmountCeiling,
    Base,
    Derogation,
    Mark,
    OwnerFloor,
    PartnerKind,
    PublicAidCap,
    RateCeiling,
    RateFloor,
    Rule,
)
from scenarios.document.quantities import MAX_DENOMINATOR
from scenarios.library.build.french_plans import euros, percent
from scenarios.library.build.region_demo_setting import SHORT_NAMES
from scenarios.library.build.region_demo_shares import Group, Origin, Part

_LOCAL = (PartnerKind.COMMUNE, PartnerKind.EPCI, PartnerKind.DEPARTEMENT, PartnerKind.REGION)
_ADMINISTRATIVE = (PartnerKind.STATE, *_LOCAL, PartnerKind.ANAH, PartnerKind.EUROPE)
"""Whom the regulation of the Anah counts: the ANRU and the CDC, which are not administrative bodies, stay outside."""
_PUBLIC = (*_ADMINISTRATIVE, PartnerKind.ANRU, PartnerKind.CDC)

_NPNRU = ("NPNRU-METROPOLE", "NPNRU-TROIS-QUARTIERS", "NPNRU-VILLES")

MEDIATHEQUES = ("CHT-EQP-01", "QUI-EQP-01", "SOR-EQP-02")
"""The operations of case FR10, where the State comes with the DETR, or may come."""


_ANAH_CAP = PublicAidCap(
    kind="public_aid_cap",
    code="ANAH-CAP",
    label="Avec l'Anah, les aides publiques ne dépassent pas 80 % du coût (coût affiché, faute de TTC publié)",
    partner="ANAH",
    rate=Fraction(4, 5),
    base=Base.COST,
    counts=_ADMINISTRATIVE,
    negotiable=False,
    valid_from=date(2014, 8, 15),
    reference="Règlement général de l'Anah (arrêté du 1er août 2014), art. 12",
    mark=Mark.PRIMARY,
)

_ANAH_RATE = RateCeiling(
    kind="rate_ceiling",
    code="ANAH-PDS",
    label="Plan de sauvegarde : l'Anah apporte au plus 50 % des travaux (coût affiché, faute de HT publié)",
    partner="ANAH",
    rate=Fraction(1, 2),
    base=Base.COST,
    natures=("RCO",),
    negotiable=False,
    reference="anah.fr, financer la phase opérationnelle",
    mark=Mark.SECONDARY,
)

_ANRU_ENGINEERING = RateCeiling(
    kind="rate_ceiling",
    code="ANRU-ING-50",
    label="Ingénierie : l'ANRU apporte au plus 50 % de la dépense (coût affiché, faute de HT publié)",
    partner="ANRU",
    rate=Fraction(1, 2),
    base=Base.COST,
    natures=("ING",),
    programmes=("NPNRU",),
    negotiable=False,
    reference="Arrêté du 15 septembre 2014 (règlement général du NPNRU), titre II, 1",
    mark=Mark.PRIMARY,
)

_DETR_CAP = PublicAidCap(
    kind="public_aid_cap",
    code="DETR-CAP",
    label="Avec la DETR, les aides publiques ne dépassent pas 80 % de la dépense (coût affiché)",
    partner="ETAT",
    rate=Fraction(4, 5),
    base=Base.COST,
    counts=_PUBLIC,
    operations=MEDIATHEQUES,
    negotiable=False,
    valid_from=date(2011, 5, 13),
    reference="CGCT, art. R.2334-27",
    mark=Mark.PRIMARY,
)

_DETR_FLOOR = RateFloor(
    kind="rate_floor",
    code="DETR-MIN",
    label="Si l'État vient avec la DETR, il apporte au moins 20 % (du coût affiché, faute de HT publié)",
    partner="ETAT",
    rate=Fraction(1, 5),
    base=Base.COST,
    operations=MEDIATHEQUES,
    negotiable=False,
    valid_from=date(2011, 5, 13),
    reference="CGCT, art. R.2334-27",
    mark=Mark.PRIMARY,
)

_OWNER_FLOOR = OwnerFloor(
    kind="owner_floor",
    code="MO-20",
    label="Une collectivité maître d'ouvrage garde au moins 20 % du financement public",
    rate=Fraction(1, 5),
    counts=_PUBLIC,
    owner_kinds=_LOCAL,
    negotiable=False,
    valid_from=date(2012, 1, 1),
    reference="CGCT, art. L.1111-10 III",
    mark=Mark.PRIMARY,
)

_LEGAL: tuple[Rule, ...] = (_ANAH_CAP, _ANAH_RATE, _ANRU_ENGINEERING, _DETR_CAP, _DETR_FLOOR, _OWNER_FLOOR)


@dataclass(frozen=True)
class PartCeiling:
    """A part, the name it comes under (a plan, or a line of the observed structure), and where it applies.

    ``to_fund`` is what the operations have to fund, the same for all; ``in_tranches`` tells whether one is divisible.
    """

    name: str
    part: Part
    reference: str
    operations: tuple[str, ...]
    to_fund: int
    in_tranches: bool


@dataclass(frozen=True)
class PublishedGroup:
    """Money published for several partners together, and the operations that use this plan."""

    plan: str
    group: Group
    operations: tuple[str, ...]


def rules(ceilings: Iterable[PartCeiling], groups: Iterable[PublishedGroup]) -> tuple[Rule, ...]:
    """List every rule, in the order of codes."""
    published = [_ceiling(found) for found in ceilings]
    grouped = [_group_cap(found) for found in groups]
    return tuple(sorted([*_LEGAL, *published, *grouped], key=lambda rule: rule.code))


def derogations() -> tuple[Derogation, ...]:
    """Lift the 20 % floor inside the programmes of the ANRU, as the law of 2003 does."""
    return tuple(
        Derogation(
            rule="MO-20",
            project=project,
            author="Législateur",
            reference="Loi 2003-710 du 1er août 2003, art. 9 et 9-3",
            reason="Opérations d'une convention de l'ANRU : la part de la collectivité peut descendre sous 20 %",
        )
        for project in _NPNRU
    )


def _ceiling(found: PartCeiling) -> Rule:
    """Keep a partner under its part; only the owner may bring more than its reference.

    An amount is written as a rate of what is to fund, so that a tranche draws its share of it and no more.
    """
    part = found.part
    common = {
        "code": f"{found.name}-{part.partner}",
        "label": f"{SHORT_NAMES[part.partner]} : au plus {_figure(part)}, {_WORDS[part.origin]} ({found.name})",
        "partner": part.partner,
        "operations": found.operations,
        "negotiable": True,
        "reference": found.reference,
        "mark": Mark.AGREED if part.origin is Origin.REMAINDER else Mark.SECONDARY,
    }
    rate = part.cents(found.to_fund) / found.to_fund
    if part.amount is not None and (not found.in_tranches or rate.denominator > MAX_DENOMINATOR):
        return AmountCeiling(kind="amount_ceiling", amount=part.amount, **common)
    return RateCeiling(kind="rate_ceiling", rate=rate, base=Base.DEFICIT, **common)


_WORDS = {
    Origin.PUBLISHED: "part publiée",
    Origin.OBSERVED: "part observée de sa famille",
    Origin.REMAINDER: "part du reste que la source ne ventile pas",
}


def _figure(part: Part) -> str:
    return euros(part.amount) if part.amount is not None else f"{percent(part.rate or Fraction(0))} du coût"


def _group_cap(found: PublishedGroup) -> Rule:
    """Keep partners published together under their published part."""
    plan, group = found.plan, found.group
    names = ", ".join(SHORT_NAMES[partner] for partner in group.partners)
    poser = next(partner for partner in group.partners if partner != "ETAT")
    return PublicAidCap(
        kind="public_aid_cap",
        code=f"{plan}-GROUPE",
        label=f"{names} : ensemble, au plus leur part publiée ({plan})",
        partner=poser,
        rate=group.rate,
        base=Base.COST,
        counts=tuple(_KIND_OF[partner] for partner in group.partners),
        operations=found.operations,
        negotiable=True,
        reference=group.words,
        mark=Mark.SECONDARY,
    )


_KIND_OF = {
    "ETAT": PartnerKind.STATE,
    "REGION": PartnerKind.REGION,
    "DEPARTEMENT": PartnerKind.DEPARTEMENT,
    "METROPOLE": PartnerKind.EPCI,
    "COMMUNES": PartnerKind.COMMUNE,
    "VILLE-CENTRE": PartnerKind.COMMUNE,
}
