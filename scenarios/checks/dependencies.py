"""Operations that need or exclude one another do so with some other operation."""

from collections.abc import Iterator

from scenarios.checks.finding import Finding
from scenarios.document import OperationExclusion, OperationNeed
from scenarios.document.index import Index
from scenarios.language import _
from scenarios.wording import listed


def check(index: Index) -> Iterator[Finding]:
    """Yield rules that bind no operation to another, or that no plan can meet. Every code must exist."""
    for row, rule in enumerate(index.scenario.rules):
        if isinstance(rule, OperationNeed):
            yield from _need(index, row, rule)
        elif isinstance(rule, OperationExclusion):
            yield from _exclusion(index, row, rule)


def _need(index: Index, row: int, rule: OperationNeed) -> Iterator[Finding]:
    if not [operation for operation in index.concerned(rule) if operation.code != rule.needed]:
        yield Finding(
            "rules", row, "operations", _("aucune opération, « {needed} » mise à part").format(needed=rule.needed),
            _("une opération au moins qui en a besoin"),
            _("Corrigez les filtres ou « needed », ou supprimez cette règle."),
        )  # fmt: skip


def _exclusion(index: Index, row: int, rule: OperationExclusion) -> Iterator[Finding]:
    concerned = index.concerned(rule)
    mandatory = [operation.code for operation in concerned if operation.mandatory]
    if len(concerned) <= 1:
        yield Finding(
            "rules", row, "operations",
            _("une seule opération") if concerned else _("aucune opération"),
            _("deux opérations au moins, qui s'excluent"),
            _("Corrigez les filtres, ou supprimez cette règle."),
        )  # fmt: skip
    elif len(mandatory) > 1:
        yield Finding(
            "rules", row, "operations",
            _("{operations}, obligatoires ensemble").format(operations=listed(mandatory)),
            _("une seule opération obligatoire parmi celles qui s'excluent"),
            _("Rendez les autres facultatives, corrigez les filtres, ou écrivez une dérogation."),
        )  # fmt: skip
