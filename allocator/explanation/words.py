"""Explanations in the committee's words: who, how much, which rule; never a variable, a row or a solver."""

from fractions import Fraction
from math import ceil, floor, log10

from allocator.check.goal_words import NAMES
from allocator.check.scope import Scope
from allocator.explanation.change import Change
from allocator.explanation.next_euro import Gain
from allocator.explanation.requirement import Kind, Requirement
from allocator.explanation.rule_value import value_on
from allocator.explanation.why import AmountWhy
from allocator.rules.names import SENSES
from allocator.words import money, number, percent
from scenarios.document import Scenario
from scenarios.document.index import Index
from scenarios.language import N_, _
from scenarios.wording import listed, quoted

_MORE, _LESS = N_("{operation} reçoit {amount} de plus."), N_("{operation} reçoit {amount} de moins.")

_FUNDED_MORE = N_("En tout, {amount} de plus pour les opérations.")
_FUNDED_LESS = N_("En tout, {amount} de moins pour les opérations.")

_AS_GOOD = N_(
    "Entre {low} et {high}, tous les plans se valent pour les objectifs du comité : le départage publié a fixé ce "
    "montant."
)

_AS_GOOD_DECIDED = N_(
    "Entre {low} et {high}, sans changer ce qui est lancé ni qui participe, tous les plans se valent pour les "
    "objectifs du comité : le départage publié a fixé ce montant."
)

_SHOWN = 4
"""Operations named for one change."""


class Words:
    """The sentences about one scenario."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.index = Index(scenario)
        self.scope = Scope(scenario)
        self.rules = {rule.code: rule for rule in scenario.rules}
        self.envelopes = {envelope.code: envelope for envelope in scenario.envelopes}

    def money(self, cents: int) -> str:
        """Write cents in the currency of the scenario."""
        return money(cents, self.scenario.currency)

    def operation(self, code: str) -> str:
        """Name an operation: « Gymnase des Tilleuls (GYMNASE) »."""
        return f"{quoted([self.index.operations[code].label])} ({code})"

    def holder(self, code: str) -> str:
        """Name a partner or a pool by its label."""
        return self.index.holders[code].label

    def requirement(self, requirement: Requirement | Change) -> str:
        """Name what a plan must meet, with its source where it has one."""
        return _NAMERS[requirement.kind](self, requirement.codes)

    def rule(self, codes: tuple[str, ...]) -> str:
        """Name a rule: its sentence, its source, and the operation it bears on."""
        rule = self.rules[codes[0]]
        if len(codes) == 1:
            return _("« {label} » ({reference})").format(label=rule.label, reference=rule.reference)
        named = _("« {label} » ({reference}), pour {operation}").format(
            label=rule.label, reference=rule.reference, operation=codes[1]
        )
        value = value_on(self.scope, rule, codes[1])
        return named if value is None else _("{rule} : {value}").format(rule=named, value=value)

    def commitment_budget(self, codes: tuple[str, ...]) -> str:
        """Name what a purse may commit in a year."""
        amount = self.budget(Kind.COMMITMENT_BUDGET, codes)
        return _("le budget d'engagement {year} de « {holder} » ({amount})").format(
            holder=self.holder(codes[0]), year=codes[1], amount=amount
        )

    def payment_budget(self, codes: tuple[str, ...]) -> str:
        """Name what a purse may pay in a year."""
        amount = self.budget(Kind.PAYMENT_BUDGET, codes)
        return _("le budget de paiement {year} de « {holder} » ({amount})").format(
            holder=self.holder(codes[0]), year=codes[1], amount=amount
        )

    def budget(self, kind: Kind, codes: tuple[str, ...]) -> str:
        """Write the amount of a yearly budget."""
        line = self.index.budgets[codes[0]][int(codes[1])]
        cents = line.commitment if kind is Kind.COMMITMENT_BUDGET else line.payment
        return self.money(cents or 0)

    def envelope(self, codes: tuple[str, ...]) -> str:
        """Name an envelope and its amount."""
        line = self.envelopes[codes[0]]
        return _("l'enveloppe « {label} » ({amount})").format(label=line.label, amount=self.money(line.amount))

    def lock(self, codes: tuple[str, ...]) -> str:
        """Name an amount already decided, who decided it and why."""
        sense, operation, partner = codes
        line = next(
            lock
            for lock in self.scenario.locks
            if (lock.sense.value, lock.operation, lock.partner) == (sense, operation, partner)
        )
        return _("le montant arrêté de {partner} pour {operation} : {sense} {amount} ({author} : {reason})").format(
            partner=self.holder(partner), operation=operation, sense=_(SENSES[line.sense]),
            amount=self.money(line.amount), author=line.author, reason=line.reason,
        )  # fmt: skip

    def loan(self, codes: tuple[str, ...]) -> str:
        """Name the loans offered to an operation."""
        return _("les prêts de {operation}, qui doivent tenir dans la part du maître d'ouvrage").format(
            operation=codes[0]
        )

    def mandatory(self, codes: tuple[str, ...]) -> str:
        """Name an operation that has to be funded."""
        return _("{operation} doit être entièrement financée").format(operation=self.operation(codes[0]))

    def others(self, codes: tuple[str, ...]) -> str:  # noqa: ARG002 - there is only one
        """Name what the other operations keep."""
        return _("les autres opérations gardent ce que le plan leur donne, dans le respect de leurs propres règles")

    def amount(self, why: AmountWhy) -> tuple[str, str]:
        """Say in two sentences what a partner brings to an operation, and why not more or less."""
        return self._brings(why), self._because(why)

    def _brings(self, why: AmountWhy) -> str:
        partner, operation = self.holder(why.partner), self.operation(why.operation)
        if not why.amount:
            return _("{partner} n'apporte rien à {operation}.").format(partner=partner, operation=operation)
        rate = percent(Fraction(why.amount, self.index.operations[why.operation].to_fund))
        return _("{partner} apporte {amount} à {operation}, soit {rate} de son montant à financer.").format(
            partner=partner, amount=self.money(why.amount), operation=operation, rate=rate
        )

    def _because(self, why: AmountWhy) -> str:
        if not why.forced:
            return _(_AS_GOOD_DECIDED if why.decided else _AS_GOOD).format(
                low=self.money(ceil(why.low)), high=self.money(floor(why.high))
            )
        if why.ceilings:
            limits = self.listed(why.ceilings)
            return _("Ce partenaire ne peut pas apporter plus : {limits}.").format(limits=limits)
        if why.floors:
            return _("Ce partenaire ne peut pas apporter moins : {limits}.").format(limits=self.listed(why.floors))
        return _("C'est ce que les autres partenaires laissent à payer ; tout autre montant coûterait à un objectif.")

    def not_eligible(self, operation: str) -> str | None:
        """Name the partners that may bring nothing to an operation, None when there are none."""
        may = self.scope.cells[operation]
        labels = [one.label for one in self.scenario.partners if one.code not in may]
        if not labels:
            return None
        return _("Ne peuvent rien apporter à {operation}, faute d'y être éligibles : {partners}.").format(
            operation=self.operation(operation), partners=listed(labels)
        )

    def ends(self, why: AmountWhy) -> tuple[str, str]:
        """Write both ends of an interval in whole cents; one amount twice when it is forced."""
        if why.forced:
            return self.money(why.amount), self.money(why.amount)
        return self.money(ceil(why.low)), self.money(floor(why.high))

    def gain(self, gain: Gain) -> str:
        """Say what a change gives on the first goal that it moves, on which operations, and over which range."""
        what = self.requirement(gain.change)
        moved = next(((kind, value) for kind, value in gain.goals if value), None)
        if gain.change.kind is Kind.RULE:
            first = _("Sans {what} :").format(what=what)
        else:
            first = _("{amount} de plus dans {what} :").format(amount=self.money(gain.change.cents), what=what)
        if moved is None:
            return first + " " + _("aucun objectif ne change.")
        goal = _("{goal} : {value}").format(goal=_(NAMES[moved[0]]), value=_small(moved[1]))
        parts = [f"{first} {goal}."]
        for code, cents in sorted(gain.operations, key=lambda one: (-abs(one[1]), one[0]))[:_SHOWN]:
            parts.append(
                _("{operation} reçoit {amount} de plus.").format(
                    operation=self.operation(code), amount=self._near(cents)
                )
                if cents > 0
                else _("{operation} reçoit {amount} de moins.").format(
                    operation=self.operation(code), amount=self._near(-cents)
                )
            )
        funded = sum((cents for _code, cents in gain.operations), start=Fraction(0))
        if len(gain.operations) > 1 and round(funded):
            total = _FUNDED_MORE if funded > 0 else _FUNDED_LESS
            parts.append(_(total).format(amount=self._near(abs(funded))))
        if gain.until is not None:
            parts.append(_("Cela vaut jusqu'à {amount} de plus.").format(amount=self.money(floor(gain.until))))
        if gain.since is not None and gain.since <= -1:
            parts.append(_("À la baisse, jusqu'à {amount} de moins.").format(amount=self.money(floor(-gain.since))))
        return " ".join(parts)

    def _near(self, cents: Fraction) -> str:
        return self.money(round(cents))

    def listed(self, requirements: tuple[Requirement, ...]) -> str:
        """Name several requirements in one sentence, each once."""
        return _(" ; ").join(dict.fromkeys(self.requirement(one) for one in requirements))

    def change(self, change: Change) -> str:
        """Say what would change, and by how much."""
        return _(_CHANGES[change.kind]).format(what=self.requirement(change), amount=self.money(change.cents))


def _small(value: Fraction) -> str:
    """Write a gain, which may be far below one, with three significant digits at least."""
    if abs(value) >= 1:
        return number(value)
    places = 2 - floor(log10(abs(value)))
    return f"{float(value):.{places}f}".rstrip("0").replace(".", ",")


_NAMERS = {
    Kind.RULE: Words.rule,
    Kind.COMMITMENT_BUDGET: Words.commitment_budget,
    Kind.PAYMENT_BUDGET: Words.payment_budget,
    Kind.ENVELOPE: Words.envelope,
    Kind.LOCK: Words.lock,
    Kind.LOAN: Words.loan,
    Kind.MANDATORY: Words.mandatory,
    Kind.OTHERS: Words.others,
}

_CHANGES = {
    Kind.RULE: N_("déroger à {what}, de {amount}"),
    Kind.COMMITMENT_BUDGET: N_("augmenter de {amount} {what}"),
    Kind.PAYMENT_BUDGET: N_("augmenter de {amount} {what}"),
    Kind.ENVELOPE: N_("augmenter de {amount} {what}"),
    Kind.LOCK: N_("revoir de {amount} {what}"),
}
