"""Words that several sheets share."""

from scenarios.choices import CHOICES
from scenarios.document import Partner
from scenarios.language import _


def chosen(word: str) -> str:
    """Say a word of a closed list of the document (kind of partner, of rule, base, mark...)."""
    return _(CHOICES[word])


def yes_no(flag: bool) -> str:
    """Say a flag."""
    return _("oui") if flag else _("non")


def named(partner: Partner) -> str:
    """Name of a partner followed by its code."""
    return f"{partner.label} ({partner.code})"
