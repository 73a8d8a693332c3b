"""A SIRET has fourteen digits; the accounts of partners are those of grants received or paid."""

import re
from collections.abc import Iterator

from scenarios.checks.finding import Finding
from scenarios.document.index import Index
from scenarios.language import N_, _
from scenarios.wording import quoted

_FORMS = (
    ("siret", re.compile(r"\d{14}"), N_("14 chiffres"), N_("Recopiez le SIRET entier, ou laissez la case vide.")),
    (
        "received_account", re.compile(r"13\d{0,8}"), N_("un compte 13, comme 1322"),
        N_("Écrivez le compte des subventions reçues, ou laissez la case vide."),
    ),
    (
        "paid_account", re.compile(r"204\d{0,8}"), N_("un compte 204, comme 20414"),
        N_("Écrivez le compte des subventions versées, ou laissez la case vide."),
    ),
)  # fmt: skip


def check(index: Index) -> Iterator[Finding]:
    """Yield identifiers and accounts that cannot be what they are said to be."""
    for row, partner in enumerate(index.scenario.partners):
        for column, form, expected, advice in _FORMS:
            value = getattr(partner, column)
            if value is not None and not form.fullmatch(value):
                yield Finding("partners", row, column, quoted([value]), _(expected), _(advice))
