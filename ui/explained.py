"""Explanations arranged for the command line and the pages: what limits amounts, options, one more euro."""

from collections.abc import Iterable, Sequence
from math import ceil, floor

from allocator.explanation.change import Change
from allocator.explanation.next_euro import EURO, lifted
from allocator.explanation.relaxation import Option
from allocator.explanation.requirement import Kind
from allocator.explanation.why import AmountWhy
from allocator.explanation.words import Words
from reports.charts.table import Column, Table, Unit, table_of
from reports.layout.figures import Figures
from scenarios.document import Scenario
from scenarios.language import _


def amounts_table(figures: Figures, amounts: Iterable[AmountWhy]) -> Table:
    """Return what each partner brings, the interval in which plans are as good, and what limits it; in whole cents."""
    words = Words(figures.scenario)
    columns = (
        Column(_("Opération")), Column(_("Partenaire")), Column(_("Apporte"), Unit.AMOUNT),
        Column(_("Au moins"), Unit.AMOUNT), Column(_("Au plus"), Unit.AMOUNT), Column(_("Ce qui limite")),
    )  # fmt: skip
    rows = (
        (one.operation, one.partner, one.amount, *whole_ends(one), words.listed((*one.ceilings, *one.floors)))
        for one in amounts
    )
    return table_of(_("Pourquoi ces montants"), columns, rows, figures)


def whole_ends(one: AmountWhy) -> tuple[int, int]:
    """Return both ends of an interval in whole cents; one amount twice when it is forced."""
    return (one.amount, one.amount) if one.forced else (ceil(one.low), floor(one.high))


def others_sentence(words: Words, amounts: Sequence[AmountWhy]) -> str:
    """Say who else could have paid more of an operation without any loss for the goals, or that nobody could."""
    able = [(one, whole_ends(one)[1]) for one in amounts]
    named = [
        _("{partner} (jusqu'à {amount})").format(partner=words.holder(one.partner), amount=words.money(most))
        for one, most in able
        if most > one.amount
    ]
    if not named:
        return _("Personne d'autre n'aurait pu payer davantage sans rien coûter aux objectifs.")
    return _("Auraient pu payer davantage sans rien coûter aux objectifs : {partners}.").format(
        partners=", ".join(named)
    )


def euro_changes(scenario: Scenario, partner: str | None, rule: str | None) -> tuple[Change, ...]:
    """Return one more euro in each budget and envelope of a partner or a pool, and a rule lifted."""
    envelopes = (Change(Kind.ENVELOPE, (line.code,), EURO) for line in scenario.envelopes if partner in line.partners)
    budgets = (
        Change(kind, (line.holder, str(line.year)), EURO)
        for line in scenario.budgets
        if line.holder == partner
        for kind, amount in ((Kind.COMMITMENT_BUDGET, line.commitment), (Kind.PAYMENT_BUDGET, line.payment))
        if amount is not None
    )
    return (*envelopes, *budgets, *([lifted(rule)] if rule else []))


def option_title(words: Words, rank: int, option: Option) -> str:
    """Name an option by its rank, and say what it costs."""
    return _("Option {rank}, {cost} en tout :").format(rank=rank, cost=words.money(option.cost))


def no_option() -> str:
    """Say that nothing the committee may change is enough."""
    return _("Aucun changement négociable ne suffit.")
