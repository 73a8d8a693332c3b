"""Budgets are given exactly for the holders that declare themselves limited, every year of the horizon."""

from collections.abc import Iterator

from scenarios.checks.finding import Finding
from scenarios.checks.years import horizon
from scenarios.document import Budget, Partner, Pool
from scenarios.document.index import Index
from scenarios.language import N_, _
from scenarios.wording import listed, money

_LIMITED = {
    "commitment": ("commitment_limited", N_("le montant qui peut être engagé cette année-là")),
    "payment": ("payment_limited", N_("le montant qui peut être payé cette année-là")),
}


def check(index: Index) -> Iterator[Finding]:
    """Yield budgets that are missing, out of the horizon, or without effect."""
    for row, partner in enumerate(index.scenario.partners):
        yield from _missing_years(index, "partners", row, partner)
    for row, pool in enumerate(index.scenario.pools):
        yield from _missing_years(index, "pools", row, pool)
    for row, line in enumerate(index.scenario.budgets):
        yield from _outside(index, "budgets", row, line.year)
        holder = index.holders.get(line.holder)
        if holder is not None:
            yield from _columns(index, row, line, holder)
    for row, withdrawn in enumerate(index.scenario.decommitments):
        yield from _outside(index, "decommitments", row, withdrawn.year)
        holder = index.holders.get(withdrawn.holder)
        if holder is not None and not _limited(holder):
            yield Finding(
                "decommitments", row, "holder",
                _("« {code} », dont aucun budget n'est limité").format(code=holder.code),
                _("un partenaire ou un fonds commun limité"),
                _("Supprimez cette ligne, ou déclarez que ses engagements ou ses paiements sont limités."),
            )  # fmt: skip


def _limited(holder: Partner | Pool) -> bool:
    return holder.commitment_limited or holder.payment_limited


def _missing_years(index: Index, table: str, row: int, holder: Partner | Pool) -> Iterator[Finding]:
    given = index.budgets.get(holder.code, {})
    missing = [str(year) for year in index.scenario.years if year not in given]
    if _limited(holder) and missing:
        yield Finding(
            table, row, "commitment_limited" if holder.commitment_limited else "payment_limited",
            _("aucun budget de « {code} » pour {years}").format(code=holder.code, years=listed(missing)),
            _("une ligne de la table « budgets » pour chaque année de l'horizon, au besoin 0"),
            _("Ajoutez les lignes qui manquent, ou écrivez « non » si rien ne le limite."),
        )  # fmt: skip


def _outside(index: Index, table: str, row: int, year: int) -> Iterator[Finding]:
    if year not in index.scenario.years and index.scenario.years:
        yield Finding(
            table, row, "year", str(year), horizon(index.scenario),
            _("Supprimez cette ligne, ou corrigez l'horizon du scénario."),
        )  # fmt: skip


def _columns(index: Index, row: int, line: Budget, holder: Partner | Pool) -> Iterator[Finding]:
    for column, (flag, expected) in _LIMITED.items():
        amount = getattr(line, column)
        limited = getattr(holder, flag)
        if limited and amount is None:
            yield Finding(
                "budgets", row, column, _("rien"), _(expected),
                _("Écrivez le montant, au besoin 0, ou « non » dans « {flag} » de « {code} ».").format(
                    flag=flag, code=holder.code
                ),
            )  # fmt: skip
        if amount is not None and not limited:
            yield Finding(
                "budgets", row, column, money(amount, index.scenario.currency),
                _("rien, car « {code} » a « non » dans « {flag} »").format(code=holder.code, flag=flag),
                _("Videz cette cellule, ou écrivez « oui » dans « {flag} » de « {code} ».").format(
                    flag=flag, code=holder.code
                ),
            )  # fmt: skip
    if not _limited(holder) and line.commitment is None and line.payment is None:
        yield Finding(
            "budgets", row, "holder", _("« {code} », dont aucun budget n'est limité").format(code=holder.code),
            _("un partenaire ou un fonds commun limité"), _("Supprimez cette ligne."),
        )  # fmt: skip
