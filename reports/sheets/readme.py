"""Sheet « Lisez-moi »: which plan this is, how far to trust it, and how to read the workbook."""

from collections.abc import Sequence
from fractions import Fraction

from allocator.allocation import GoalReached
from allocator.words import either, member_rate, number, proposal
from reports.layout.figures import Extract, Figures
from reports.layout.page import Page
from reports.layout.words import chosen, named
from reports.sheets import rules
from scenarios.document import EQUALITIES, GoalKind, Mark
from scenarios.language import N_, _
from scenarios.rulebooks import Law

NAME = N_("Lisez-moi")


def write(
    page: Page, extract: Extract, subject: str, sheets: Sequence[tuple[str, str]], verdict: tuple[str, str]
) -> None:
    """Write the identity of the plan, the verdict, what is fictional, the sheets and how to read them.

    ``sheets`` holds each sheet's name and what it contains; ``verdict`` the formula that reads the verdict, and
    its value.
    """
    row = opening(page, subject, extract.scenario.title, verdict)
    row = pairs(page, row, identity(extract.figures))
    row = pairs(page, row + 1, [(_("Droit employé"), "")], style="section")
    row = pairs(page, row, _law(extract))
    row = pairs(page, row + 1, [(_("Objectifs atteints"), "")], style="section")
    row = pairs(page, row, [(chosen(goal.kind), _reached(extract, goal)) for goal in extract.figures.allocation.goals])
    row = pairs(page, row + 1, [(_("Ce qui est fictif ou à confirmer"), "")], style="section")
    row = pairs(page, row, _caution(extract))
    closing(page, row, sheets, _reading(with_rules=any(name == _(rules.NAME) for name, _content in sheets)))


def opening(page: Page, subject: str, title: str, verdict: tuple[str, str]) -> int:
    """Write the subject of a workbook and its verdict; return the next row."""
    page.columns([44.0, 106.0])
    page.top(subject, title)
    row = 3
    page.text(row, 0, _("Verdict des contrôles"), "label")
    page.answer(row, 1, *verdict, style="verdict_large")
    page.sheet.set_row(row, 26)
    page.judge((row, 1), (row, 1), *_verdict_words())
    return row + 1


def closing(page: Page, row: int, sheets: Sequence[tuple[str, str]], sentences: Sequence[str]) -> None:
    """Write the sheets, with a link to each, and how to read them; the page is then complete."""
    row = pairs(page, row + 1, [(_("Feuilles"), "")], style="section")
    for name, content in sheets:
        page.link(row, 0, name)
        page.text(row, 1, content, "wrapped")
        row += 1
    row = pairs(page, row + 1, [(_("Comment lire"), "")], style="section")
    for sentence in sentences:
        page.text(row, 1, sentence, "paragraph")
        row += 1
    page.finish()


def _verdict_words() -> tuple[str, str]:
    return _("CONFORME"), _("NON CONFORME")


def pairs(page: Page, row: int, lines: Sequence[tuple[str, str]], style: str = "label") -> int:
    """Write names and values, one a line; return the next row."""
    for name, value in lines:
        page.text(row, 0, name, style)
        if value:
            page.text(row, 1, value, "wrapped")
        row += 1
    return row


def identity(figures: Figures) -> list[tuple[str, str]]:
    """Say which scenario and which plan these are."""
    scenario, allocation = figures.scenario, figures.allocation
    engine = allocation.engine
    options = ", ".join(f"{name} = {value}" for name, value in engine.options) or _("aucune")
    unique = (
        _("oui : aucun autre plan n'atteint les mêmes objectifs avec ce départage")
        if allocation.unique
        else _("oui pour les décisions retenues en tout ou rien ; ce choix n'est pas certifié unique")
    )
    return [
        (_("Scénario"), f"{scenario.code} – {scenario.title}"),
        (_("Comité"), scenario.committee),
        (_("Statut du plan"), _("proposé")),
        (_("Empreinte du scénario (SHA-256)"), allocation.fingerprint),
        (_("Années"), _("{first} à {last}").format(first=scenario.first_year, last=scenario.last_year)),
        (_("Monnaie"), scenario.currency),
        (_("Moteur de calcul"), _("{name} {version} ; options : {options}").format(
            name=engine.name, version=engine.version, options=options)),
        (_("Règle de départage"), allocation.tie_break),
        (_("Solution unique"), unique),
    ]  # fmt: skip


def _law(extract: Extract) -> list[tuple[str, str]]:
    """Say which rulebooks the scenario employs, until when they hold, and how to recognise the same law elsewhere."""
    scenario, law = extract.scenario, extract.figures.law
    day = (_("Date de référence du droit"), scenario.reference_date.strftime("%d/%m/%Y"))
    if not law.lines:
        carried = _("celles en vigueur à la date de référence, telles que le scénario les porte ; aucun recueil")
        return [day, (_("Règles"), carried)]
    resolved = _("celles des recueils, à la date de décision de chaque opération ou à défaut à la date de référence")
    books = [
        (_("Recueil {code}").format(code=book.code), _("{title} ; horizon : {horizon} ; versions : {versions}").format(
            title=book.title, horizon=book.horizon, versions=_versions(law, book.code)))
        for book in law.books
    ]  # fmt: skip
    return [
        day,
        (_("Règles"), _("{resolved}, et celles que le scénario porte").format(resolved=resolved)),
        *books,
        (_("Valeurs employées"), law.validity),
        (_("Empreinte du droit (SHA-256)"), law.digest),
    ]


def _versions(law: Law, book: str) -> str:
    """Say the first day of each version employed of a rulebook."""
    days = sorted({line.version for line in law.lines if line.rulebook == book and line.version is not None})
    return ", ".join(_("du {day}").format(day=day.strftime("%d/%m/%Y")) for day in days) or _("aucune")


def _reached(extract: Extract, goal: GoalReached) -> str:
    """Say the value of a goal, and the bound that no plan can beat when it was proven."""
    text = _measure(extract, goal.kind, goal.value)
    if goal.settled:
        currency = extract.scenario.currency
        rates = [f"{line.member} {member_rate(goal.kind, line.rate, currency)}" for line in goal.settled]
        sentence = _("{value} pour le plus mal placé ; dans l'ordre où ils s'arrêtent : {rates}")
        text = sentence.format(value=text, rates=", ".join(rates))
    if goal.proven is None:
        return text
    if goal.proven == goal.value:
        return _("{value} (aucun plan ne fait mieux en gardant les objectifs précédents : prouvé)").format(value=text)
    bound, gap = (_measure(extract, goal.kind, amount) for amount in (goal.proven, abs(goal.proven - goal.value)))
    return _("{value} (borne prouvée : {bound} ; écart : {gap})").format(value=text, bound=bound, gap=gap)


def _measure(extract: Extract, kind: GoalKind, value: Fraction) -> str:
    if kind is GoalKind.PRIORITY_VALUE:
        return _("{number} points").format(number=number(value))
    currency = extract.scenario.currency
    if kind is GoalKind.FEWEST_PARTNERS:
        return number(value)
    if kind in EQUALITIES:
        return member_rate(kind, value, currency)
    if kind is GoalKind.EARLIEST_START:
        return _("{number} {currency} × années de retard").format(number=number(value / 100), currency=currency)
    return either(value, currency)


def _caution(extract: Extract) -> list[tuple[str, str]]:
    """List what the scenario says of its own fiction, and the rules whose value is not established."""
    lines = [(_("Le scénario"), extract.scenario.description or _("Le scénario ne donne pas de description."))]
    for mark in (Mark.SECONDARY, Mark.ILLUSTRATIVE):
        codes = [rule.code for rule, _operations in extract.rules if rule.mark is mark]
        lines.append((_("Règles : {mark}").format(mark=chosen(mark)), ", ".join(codes) or _("aucune")))
    illustrative = [o.code for o in extract.operations if "illustrati" in o.provenance.lower()]
    lines.append((_("Opérations dites illustratives"), ", ".join(illustrative) or _("aucune")))
    given = [named(partner) for partner in extract.partners if "illustrati" in partner.provenance.lower()]
    lines.append((_("Partenaires dits illustratifs"), ", ".join(given) or _("aucun")))
    return lines


def _reading(*, with_rules: bool) -> tuple[str, ...]:
    """Say how to read a workbook that redoes the rules, or one that only adds up."""
    legend = _("Bleu : valeur saisie ou archivée. Noir : formule, recalculée à l'ouverture. Tiret : zéro.")
    protection = _("Les feuilles sont protégées sans mot de passe, contre les fautes de frappe seulement.")
    if not with_rules:
        sums = _("Les contrôles refont ici les sommes. Le respect des règles est vérifié hors du classeur.")
        return legend, protection, sums, proposal()
    return (
        legend,
        _("Chaque taux et chaque plafond se lit dans « Règles appliquées » ; aucune formule ne contient de nombre."),
        _("Le maître d'ouvrage figure parmi les financeurs : sa part est comprise dans le total."),
        _("Les prêts financent la part du maître d'ouvrage ; ils ne s'ajoutent jamais aux subventions."),
        protection,
        _(
            "Les contrôles refont ici les sommes, les taux, les plafonds et les budgets. Le rythme des paiements, les "
            "plans de financement fixes et l'optimalité sont vérifiés hors du classeur, par le vérificateur exact."
        ),
        proposal(),
    )
