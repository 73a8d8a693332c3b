"""When no plan meets every rule: said in the committee's words, with what is missing."""

from dataclasses import dataclass

from allocator.words import money
from scenarios.language import _


@dataclass(frozen=True)
class Shortfall:
    """A mandatory operation that cannot be entirely funded together with the others; amounts in cents."""

    operation: str
    to_fund: int
    at_most: int


class InfeasibleScenarioError(Exception):
    """The mandatory operations and the amounts already decided cannot all be met."""

    def __init__(self, shortfalls: tuple[Shortfall, ...], currency: str) -> None:
        self.shortfalls = shortfalls
        self.currency = currency
        super().__init__(self._text())

    def _text(self) -> str:
        if not self.shortfalls:
            return _(
                "Les montants arrêtés ne peuvent pas être tenus ensemble dans le respect des règles et des budgets, "
                "même sans aucune opération obligatoire. Revoyez les montants arrêtés."
            )
        lines = [
            _("Les opérations obligatoires ne peuvent pas être toutes financées dans le respect des règles."),
            _("En finançant le plus possible de leur coût, il manque :"),
        ]
        lines += [
            _("- {operation} : {missing} sur {total}").format(
                operation=shortfall.operation,
                missing=money(shortfall.to_fund - shortfall.at_most, self.currency),
                total=money(shortfall.to_fund, self.currency),
            )
            for shortfall in self.shortfalls
        ]
        lines.append(_("Rendez une de ces opérations facultative, ou revoyez un budget, une enveloppe ou une règle."))
        return "\n".join(lines)


class NoWholeCentsError(Exception):
    """A plan exists in exact amounts, but none in whole cents: rules contradict each other by a cent."""

    def __init__(self, rules: tuple[str, ...]) -> None:
        self.rules = rules
        super().__init__(
            _(
                "Un plan existe, mais pas en centimes entiers : à un centime près, ces règles ne peuvent pas être "
                "tenues ensemble. Desserrez l'une d'elles d'un centime.\n{rules}"
            ).format(rules="\n".join(f"- {rule}" for rule in rules))
        )
