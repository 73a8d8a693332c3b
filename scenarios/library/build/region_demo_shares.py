"""From a published plan to the tables of one operation: cost, who may fund it, ceilings, reference, loan.

A published share keeps its figure. Money that the plan publishes for several funders together is split by their
observed weights, or in equal parts when the observed structure does not know one of them. Partners that the source
leaves out and that the operation is proposed to (``seekers``) take the share observed for them in mid-2006; where
these shares would exceed what is left, or where the source publishes the owner's share too, they split what is left
in proportion to them. The owner takes what the others leave, so that references add up to the amount to fund.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from fractions import Fraction

from scenarios.document import CostBasis
from scenarios.library.build.french_plans import PublishedPlan, PublishedShare, euros, observed_structure

_PARTNER_OF_FAMILY = {
    "ANRU": "ANRU",
    "ANAH": "ANAH",
    "ETAT": "ETAT",
    "REGION": "REGION",
    "DEPARTEMENT": "DEPARTEMENT",
    "GIP": "DEPARTEMENT",
    "EPCI": "METROPOLE",
    "BAILLEUR": "BAILLEURS",
    "CDC": "CDC",
    "EUROPE": "FEDER",
}
"""Published family -> partner. The only GIP, that of Haute-Marne, is held here by the département, and it is said."""

_WEIGHT_OF = {
    "ANRU": "anru",
    "REGION": "region",
    "DEPARTEMENT": "departement",
    "METROPOLE": "epci",
    "VILLE-CENTRE": "ville",
    "COMMUNES": "ville",
    "BAILLEURS": "bailleur",
    "FEDER": "europe",
}
"""Partner -> column of the observed structure; ETAT, ANAH and CDC have none."""

_GROUPS = {"FR10": ("ETAT", "REGION", "DEPARTEMENT"), "FR14": ("REGION", "DEPARTEMENT"), "FR25": ("METROPOLE", "TOWN")}
"""Case -> the partners that its source publishes together; TOWN stands for the commune of the operation."""

_LENDER = {"EMPRUNT": "CDC", "ANRU": "ANRU"}
_SUBSIDISED_LOANS = "prêts bonifiés"


@dataclass(frozen=True)
class Cost:
    """The costs of an operation in cents, the receipts deducted, and how they are published."""

    basis: CostBasis
    excl_vat: int | None
    incl_vat: int | None
    unspecified: int | None
    receipts: int
    words: str

    @property
    def to_fund(self) -> int:
        """Cost on the declared basis, less receipts."""
        by_basis = {CostBasis.EXCL_VAT: self.excl_vat, CostBasis.INCL_VAT: self.incl_vat}
        cost = by_basis.get(self.basis, self.unspecified)
        if cost is None:
            raise ValueError(f"no cost on basis {self.basis}")
        return cost - self.receipts


class Origin(Enum):
    """Where the figure of a part comes from, which decides its ceiling."""

    PUBLISHED = auto()
    GROUPED = auto()
    OBSERVED = auto()
    REMAINDER = auto()
    OWNER = auto()


@dataclass(frozen=True)
class Part:
    """What one partner would bring to one operation: an amount in cents, or a rate of what is to fund."""

    partner: str
    amount: int | None
    rate: Fraction | None
    origin: Origin
    words: str

    def cents(self, to_fund: int) -> Fraction:
        """Give the reference in exact cents."""
        return Fraction(self.amount) if self.amount is not None else (self.rate or Fraction(0)) * to_fund


@dataclass(frozen=True)
class Group:
    """Money that the source publishes for several partners together, as an exact rate of what is to fund."""

    partners: tuple[str, ...]
    rate: Fraction
    words: str


def cost_of(plan: PublishedPlan) -> Cost:
    """Take the published cost. The few plans that publish none say how theirs follows from what they publish."""
    if plan.unspecified is not None:
        words = f"coût publié {euros(plan.unspecified)}, base HT ou TTC non précisée"
        return Cost(CostBasis.UNSPECIFIED, None, None, plan.unspecified, 0, words)
    if plan.excl_vat is not None and plan.incl_vat is not None:
        vat = sum(share.amount or 0 for share in plan.shares if share.family == "TVA")
        words = (
            f"coût publié {euros(plan.excl_vat)} HT, {euros(plan.incl_vat)} TTC ; financé TTC, la TVA récupérée "
            f"publiée ({euros(vat)}) étant déduite comme une recette, car ce n'est pas une subvention"
        )
        return Cost(CostBasis.INCL_VAT, plan.excl_vat, plan.incl_vat, None, vat, words)
    if plan.excl_vat is not None:
        words = f"coût publié {euros(plan.excl_vat)} HT"
        return Cost(CostBasis.EXCL_VAT, plan.excl_vat, None, None, 0, words)
    total = _total_of(plan)
    if plan.incl_vat is not None:
        words = (
            f"coût publié {euros(plan.incl_vat)} TTC, mais les parts publiées ferment sur le HT : leur somme, "
            f"{euros(total)}, est le coût à financer"
        )
        return Cost(CostBasis.EXCL_VAT, total, plan.incl_vat, None, 0, words)
    words = f"coût non affiché, {euros(total)} d'après les parts publiées, base HT ou TTC non précisée"
    return Cost(CostBasis.UNSPECIFIED, None, None, total, 0, words)


def _total_of(plan: PublishedPlan) -> int:
    """Cost that the published shares imply: their sum, or the only amount divided by its rate."""
    if len(plan.shares) > 1:
        return sum(share.amount or 0 for share in plan.shares)
    (share,) = plan.shares
    if share.amount is None or not share.rate or (share.amount / share.rate).denominator != 1:
        raise ValueError(f"{plan.case}: no cost follows from the published shares")
    return (share.amount / share.rate).numerator


def loan_of(plan: PublishedPlan) -> tuple[str, PublishedShare] | None:
    """Lender and published loan, when the plan has one."""
    loans = [share for share in plan.shares if _is_loan(share)]
    return (_LENDER[loans[0].family], loans[0]) if loans else None


def group_of(plan: PublishedPlan, to_fund: int, town: str) -> Group | None:
    """Money published for several partners together, when the plan has some with a figure."""
    if plan.case not in _GROUPS:
        return None
    (share,) = (share for share in plan.shares if share.family == "GROUPE")
    rate = share.rate if share.rate is not None else Fraction(share.amount or 0, to_fund)
    partners = tuple(town if partner == "TOWN" else partner for partner in _GROUPS[plan.case])
    return Group(partners, rate, f"{plan.source} : {share.words}")


def parts_of(
    plan: PublishedPlan, to_fund: int, owner: str, town: str, structure: str, seekers: Sequence[str]
) -> tuple[Part, ...]:
    """Split what is to fund between partners; the owner comes last and takes what the others leave."""
    published = _published(plan, town)
    owned = [part for part in published if part.partner == owner]
    parts = [part for part in published if part.partner != owner]
    group = group_of(plan, to_fund, town)
    if group is not None:
        parts += _split(group.partners, group.rate * to_fund, structure, group.words, Origin.GROUPED)
    if seekers:
        missing = to_fund - sum((part.cents(to_fund) for part in [*parts, *owned]), Fraction(0))
        found = _observed(seekers, structure, plan)
        if owned or sum((part.cents(to_fund) for part in found), Fraction(0)) > missing:
            sharers = [*seekers] if owned else [*seekers, owner]
            found = _split(sharers, missing, structure, f"{plan.source} ne la publie pas", Origin.REMAINDER)
        parts += [part for part in found if part.partner != owner]
    left = to_fund - sum((part.cents(to_fund) for part in parts), Fraction(0))
    return (*parts, _owner_part(owner, left, to_fund, owned, plan))


def _published(plan: PublishedPlan, town: str) -> list[Part]:
    """Sum the published shares of each partner; loans, recovered VAT and grouped money are apart."""
    by_partner: dict[str, list[PublishedShare]] = {}
    for share in plan.shares:
        partner = town if share.family == "COMMUNE" else _PARTNER_OF_FAMILY.get(share.family)
        if partner is not None and not _is_loan(share) and (share.amount is not None or share.rate is not None):
            by_partner.setdefault(partner, []).append(share)
    return [_sum(plan, partner, shares) for partner, shares in by_partner.items()]


def _sum(plan: PublishedPlan, partner: str, shares: Sequence[PublishedShare]) -> Part:
    words = f"{plan.source} : {' + '.join(share.words for share in shares)}"
    if all(share.amount is not None for share in shares):
        return Part(partner, sum(share.amount or 0 for share in shares), None, Origin.PUBLISHED, words)
    (share,) = shares
    return Part(partner, None, share.rate, Origin.PUBLISHED, words)


def _observed(seekers: Sequence[str], structure: str, plan: PublishedPlan) -> list[Part]:
    """Give each partner the share observed for it, as it is published."""
    observed = observed_structure(structure)
    shares = {partner: observed.percent[_WEIGHT_OF[partner]] for partner in seekers}
    return [
        Part(
            partner,
            None,
            Fraction(share, 100),
            Origin.OBSERVED,
            f"{plan.source} ne la publie pas : {share} % du coût, {observed.words}",
        )
        for partner, share in shares.items()
    ]


def _split(partners: Sequence[str], total: Fraction, structure: str, words: str, origin: Origin) -> list[Part]:
    """Split ``total`` cents between partners by observed weights, to the cent; the last takes what is left."""
    if structure:
        observed = observed_structure(structure)
        weights = {partner: observed.percent[_WEIGHT_OF[partner]] for partner in partners}
        reason = f"selon la {observed.words}, normalisée sur {', '.join(partners)}"
    else:
        weights = dict.fromkeys(partners, 1)
        reason = "à parts égales, faute de détail (illustratif)"
    whole = sum(weights.values())
    amounts = [int(total * weight / whole) for weight in weights.values()]
    amounts[-1] += int(total) - sum(amounts)
    return [
        Part(partner, amount, None, origin, f"{words} : partage {reason}")
        for partner, amount in zip(weights, amounts, strict=True)
    ]


def _owner_part(owner: str, left: Fraction, to_fund: int, owned: Sequence[Part], plan: PublishedPlan) -> Part:
    published = f" ; {owned[0].words}" if owned else ""
    words = f"{plan.source} : ce que les autres laissent au maître d'ouvrage{published}"
    if left.denominator == 1:
        return Part(owner, int(left), None, Origin.OWNER, words)
    return Part(owner, None, left / to_fund, Origin.OWNER, words)


def _is_loan(share: PublishedShare) -> bool:
    return share.family == "EMPRUNT" or _SUBSIDISED_LOANS in share.funder
