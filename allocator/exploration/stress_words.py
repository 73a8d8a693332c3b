"""A stress test in the committee's words: who is at risk, on whom the plan depends, what would make it safer."""

from fractions import Fraction

from allocator.exploration.critical import PartnerLoss
from allocator.exploration.odds import CONFIDENCE, Odds
from allocator.exploration.robust_budget import RobustBudget
from allocator.exploration.sample import Verified
from allocator.exploration.spec import StressSpec
from allocator.exploration.stress import Stressed
from allocator.exploration.trial import NONE, PART, WHOLE
from allocator.words import money, number, percent
from scenarios.document import Scenario
from scenarios.document.index import Index
from scenarios.language import N_, _

_STATES = {NONE: N_("non financée"), PART: N_("financée en partie"), WHOLE: N_("financée")}

_SHOWN = 6
"""Operations named in one sentence."""


def state(name: str) -> str:
    """Say how far an operation is funded."""
    return _(_STATES[name])


def drawn(spec: StressSpec, found: Stressed) -> str:
    """Say what was drawn, and where the laws come from."""
    sentence = _("{draws} tirages, « {title} », graine {seed}.").format(
        draws=number(Fraction(found.draws)), title=spec.title, seed=spec.seed
    )
    return f"{sentence} {spec.description[:1].upper()}{spec.description[1:]}.".removesuffix(" .")


def without_plan(found: Stressed) -> str | None:
    """Say in how many draws there is no plan at all, None when there always is one."""
    if not found.without_plan:
        return None
    return _(
        "Dans {share} des tirages, il n'y a pas de plan : les opérations obligatoires et les montants arrêtés ne "
        "peuvent pas être tenus ensemble. Aucune opération n'y est comptée comme financée."
    ).format(share=percent(Fraction(found.without_plan, found.draws)))


def chance(odds: Odds, *, in_part: bool = False) -> str:
    """Write how often an operation is funded, entirely or at least in part: « 93,5 % »."""
    count = odds.whole + (odds.part if in_part else 0)
    return percent(Fraction(count, odds.draws))


def interval(odds: Odds) -> str:
    """Write the confidence interval of being entirely funded, rounded outwards to a tenth of a percent."""
    low, high = odds.interval()
    ends = Fraction(int(low * 1000), 1000), Fraction(-int(-high * 1000 // 1), 1000)
    return _("{low} à {high}").format(low=percent(ends[0]), high=percent(min(ends[1], Fraction(1))))


def confidence() -> str:
    """Say what the intervals mean."""
    return _("Intervalle : celui où la probabilité se trouve, avec une confiance de {confidence}.").format(
        confidence=percent(Fraction(str(CONFIDENCE)))
    )


def verified(found: Verified) -> str:
    """Say how the sample of draws compares."""
    if not found.ranks:
        return _("Aucun tirage n'a été recalculé en entier.")
    ranks = ", ".join(map(str, found.ranks))
    if found.different:
        return _(
            "Attention : sur {count} tirages recalculés en entier et vérifiés au centime ({ranks}), ceux-ci diffèrent "
            ": {different}. Les fréquences sont à prendre avec prudence."
        ).format(count=len(found.ranks), ranks=ranks, different=", ".join(map(str, found.different)))
    return _(
        "{count} tirages recalculés en entier et vérifiés au centime ({ranks}) : mêmes opérations financées."
    ).format(count=len(found.ranks), ranks=ranks)


class StressWords:
    """The sentences that name the partners and the operations of one scenario."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.index = Index(scenario)

    def critical(self, loss: PartnerLoss) -> str:
        """Say what the withdrawal of one partner would cost."""
        partner = self.index.partners[loss.partner].label
        if loss.no_plan:
            return _("Sans {partner}, il n'y a plus de plan.").format(partner=partner)
        if not loss.lost:
            return _("Sans {partner}, toutes les opérations financées le restent.").format(partner=partner)
        more = len(loss.lost) - _SHOWN
        codes = ", ".join(loss.lost[:_SHOWN]) + (_(" et {more} autres").format(more=more) if more > 0 else "")
        return _("Sans {partner}, ne sont plus entièrement financées : {codes} ({value} points).").format(
            partner=partner, codes=codes, value=number(Fraction(loss.value))
        )

    def robust(self, found: RobustBudget) -> list[str]:
        """Say by how much the budgets of a partner should grow, year by year."""
        holder, target = self.index.holders[found.holder].label, percent(found.target)
        if found.rate is None:
            sentence = _(
                "Même en doublant les budgets de {holder}, une opération du plan au moins reste en dessous de {target} "
                "des tirages."
            )
            return [sentence.format(holder=holder, target=target)]
        if not found.rate:
            sentence = _(
                "Avec les budgets actuels de {holder}, chaque opération du plan reste financée dans {target} des "
                "tirages."
            )
            return [sentence.format(holder=holder, target=target)]
        sentence = _(
            "Pour que chaque opération entièrement financée le reste dans {target} des tirages, les budgets de "
            "{holder} devraient augmenter de {rate} :"
        )
        lines = [sentence.format(target=target, holder=holder, rate=percent(found.rate))]
        for line in found.added:
            for text, cents in (
                (_("- {year} : {amount} à engager"), line.commitment),
                (_("- {year} : {amount} à payer"), line.payment),
            ):
                if cents is not None:
                    lines.append(text.format(year=line.year, amount=money(cents, self.scenario.currency)))
        return lines
