"""From an amount to what it rests on: rules with version and article, data used, who decided what, when and why."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from allocator.words import money, percent
from reports.charts.table import Cell, Column, Table, table_of
from reports.layout.words import chosen, named, yes_no
from scenarios.document import Operation, Partner, Rule
from scenarios.language import _
from scenarios.rulebooks import LawLine
from ui.plan import Plan

_Row = tuple[str, str, str]


@dataclass(frozen=True)
class Trace:
    """One amount: what it is, in a sentence, then the rules, the data and the decisions behind it."""

    sentence: str
    rules: Table
    data: Table
    decisions: Table


def amounts(plan: Plan) -> dict[str, str]:
    """Name every amount of a plan, by ``operation|partner``, in the order of the plan."""
    index = plan.figures.index
    return {
        f"{operation}|{partner}": _("{operation} · {partner} : {amount}").format(
            operation=operation, partner=index.partners[partner].label, amount=money(cents, plan.scenario.currency)
        )
        for (operation, partner), cents in sorted(plan.figures.committed.items())
        if cents
    }


def trace(plan: Plan, operation: str, partner: str, info: Mapping[str, str]) -> Trace:
    """Trace one amount; ``info``: what the archive says of who sealed it. Raises KeyError for an unknown code."""
    index = plan.figures.index
    line, payer = index.operations[operation], index.partners[partner]
    starts = ", ".join(str(launch.start) for launch in plan.figures.launches.get(operation, ()))
    sentence = _("{payer} engage {amount} sur {operation} ({label}), lancement {starts}.").format(
        payer=payer.label, amount=money(plan.figures.amount(operation, partner), plan.scenario.currency),
        operation=operation, label=line.label, starts=starts,
    )  # fmt: skip
    rules = _("Règle"), _("Ce qu'elle dit"), _("Valeur"), _("Version"), _("Article ou source"), _("Certitude")
    data = _("Donnée"), _("Valeur"), _("D'où elle vient")
    decisions = _("Quoi"), _("Qui"), _("Quand"), _("Numéro"), _("Pourquoi")
    return Trace(
        sentence,
        _table(plan, _("Règles"), rules, _rules(plan, line, payer)),
        _table(plan, _("Données employées"), data, _data(plan, line, payer)),
        _table(plan, _("Qui a décidé"), decisions, _decisions(plan, line, payer, info)),
    )


def _table(plan: Plan, title: str, heads: Sequence[str], rows: Iterator[tuple[Cell, ...]]) -> Table:
    return table_of(title, [Column(head) for head in heads], rows, plan.figures)


def _rules(plan: Plan, operation: Operation, partner: Partner) -> Iterator[tuple[Cell, ...]]:
    """Yield the rules that concern the operation and bind the partner, with the law each comes from."""
    laws: dict[str, list[LawLine]] = {}
    for law in plan.law.lines:
        laws.setdefault(law.rule, []).append(law)
    for rule in sorted(plan.scenario.rules, key=lambda one: one.code):
        concerned = operation.code in plan.figures.concerned[rule.code]
        if not concerned or partner.code not in plan.figures.bound(rule, operation):
            continue
        lines = laws.get(rule.code, [])
        versions = [_version(line) for line in lines] or [_("portée par le scénario")]
        sources = [line.reference for line in lines] or [rule.reference]
        yield (
            rule.code, rule.label, _value(plan, rule), _(" ; ").join(dict.fromkeys(versions)),
            _(" ; ").join(dict.fromkeys(sources)), chosen(rule.mark),
        )  # fmt: skip


def _version(line: LawLine) -> str:
    start = line.version.strftime("%d/%m/%Y") if line.version else _("à remplir")
    return _("{book}, version du {day}").format(book=line.title, day=start)


def _value(plan: Plan, rule: Rule) -> str:
    """Write the number a rule bears: a rate, an amount."""
    rate, amount = getattr(rule, "rate", None), getattr(rule, "amount", None)
    if isinstance(rate, Fraction):
        return percent(rate)
    return money(amount, plan.scenario.currency) if isinstance(amount, int) else ""


def _data(plan: Plan, operation: Operation, partner: Partner) -> Iterator[_Row]:
    currency, source = plan.scenario.currency, operation.provenance
    for label, cents in (
        (_("Coût hors taxes"), operation.cost_excl_vat), (_("Coût toutes taxes comprises"), operation.cost_incl_vat),
        (_("Coût publié sans préciser HT ou TTC"), operation.cost_unspecified),
        (_("Recettes"), operation.receipts), (_("À financer"), operation.to_fund),
    ):  # fmt: skip
        if cents is not None:
            yield label, money(cents, currency), source
    yield _("Maître d'ouvrage"), named(plan.figures.index.partners[operation.owner]), source
    yield _("Points de priorité"), str(operation.value), source
    yield _("Obligatoire"), yes_no(operation.mandatory), source
    years = _("{first} à {last}").format(first=operation.earliest_start, last=operation.latest_start)
    yield _("Années de lancement possibles"), years, source
    right = plan.figures.index.eligibilities.get((operation.code, partner.code))
    if right is not None:
        yield _("Éligibilité de {partner}").format(partner=partner.label), chosen(right.presence), right.provenance
        if right.eligible_base is not None:
            yield _("Assiette propre à ce partenaire"), money(right.eligible_base, currency), right.provenance
    for budget in plan.scenario.budgets:
        if budget.holder in (partner.code, partner.pool):
            for label, cents in (
                (_("Budget d'engagement {year}"), budget.commitment), (_("Budget de paiement {year}"), budget.payment),
            ):  # fmt: skip
                if cents is not None:
                    yield label.format(year=budget.year), money(cents, currency), budget.holder


def _decisions(
    plan: Plan, operation: Operation, partner: Partner, info: Mapping[str, str]
) -> Iterator[tuple[Cell, ...]]:  # fmt: skip
    scenario = plan.scenario
    for line in sorted(scenario.decisions, key=lambda one: one.day):
        if line.operation == operation.code and line.partner in (None, partner.code):
            day = line.day.strftime("%d/%m/%Y")
            yield chosen(line.status), line.author, day, line.reference, line.reason
    for lock in scenario.locks:
        if (lock.operation, lock.partner) == (operation.code, partner.code):
            amount = money(lock.amount, scenario.currency)
            what = _("Montant arrêté : {sense} {amount}").format(sense=chosen(lock.sense), amount=amount)
            yield what, lock.author, "", "", lock.reason
    for lifted in scenario.derogations:
        if lifted.operation == operation.code or lifted.project == operation.project:
            what = _("Dérogation à la règle {code}").format(code=lifted.rule)
            yield what, lifted.author, "", lifted.reference, lifted.reason
    if info:
        sealed = _("Archive scellée")
        yield (
            sealed, info.get("Contact-Name", ""), info.get("Sealed-At", ""), info.get("Archive-Number", ""),
            info.get("Internal-Sender-Description", ""),
        )  # fmt: skip
