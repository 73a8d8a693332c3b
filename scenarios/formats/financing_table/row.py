"""One line of a foreign table as lines of the scenario: the operation, and what each partner brings to it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from scenarios.dictionary import Column, tables
from scenarios.document.quantities import AMOUNT, CODE, DATE, FLAG, RATE, RATIO, WHOLE, YEAR
from scenarios.formats.financing_table.mapping import FromColumn, PartnerPart, TableMapping
from scenarios.formats.financing_table.numbers import amount, day, is_dash, rate, whole, year
from scenarios.formats.workbook.cell_text import UnfitCellError, plain
from scenarios.formats.workbook.sheet import ErrorValue, Place, Sheet, Value, address
from scenarios.language import N_, _

Refuse = Callable[[Place, str, str, str], None]
_AMOUNT = N_("un montant, comme 1 234 567,89 € ou 12,3 M€")
_RATE = N_("un taux, comme 40 % ou 40,2 %")
_CENT = Fraction(1, 100)


@dataclass
class Line:
    """One line of one table of the scenario, the cell that each column comes from, and the columns already refused."""

    table: str
    values: dict[str, str]
    cells: dict[str, str] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)


class RowReader:
    """Reads rows with one mapping, whose columns are known by now; what cannot be read is told to ``refuse``."""

    def __init__(self, sheet: Sheet, mapping: TableMapping, places: dict[str, int], refuse: Refuse) -> None:
        self._sheet = sheet
        self._mapping = mapping
        self._places = places
        self._refuse = refuse
        self._merged: dict[Place, Place] = {
            (row, column): (top, left)
            for top, left, bottom, right in sheet.merged
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
        }

    def lines(self, row: int) -> list[Line]:
        """Return the lines that a row gives: its operation first."""
        operation = self._operation(row)
        found = [operation]
        brought: dict[Place, Decimal] = {}
        for partner in self._mapping.partners:
            found += self._partner(row, operation, partner, brought)
        if self._mapping.total is not None:
            self._check_total(row, sum(brought.values(), Decimal()))
        return found

    def _operation(self, row: int) -> Line:
        line = Line("operations", {})
        for name, source in self._mapping.operations.items():
            column = tables()["operations"].column(name)
            if isinstance(source, str):
                line.values[name] = source
            elif column is not None:
                place = row, self._places[source.column]
                line.cells[name] = address(place)
                try:
                    text = self._text(place, column, source)
                except UnfitCellError as error:
                    self._refuse(place, error.found, column.expected_value, error.advice)
                    line.refused.add(name)
                    continue
                if text:
                    line.values[name] = text
        line.values.setdefault("code", f"L{row}")
        return line

    def _text(self, place: Place, column: Column, source: FromColumn) -> str:
        value = self._value(place, spread=column.quantity not in {AMOUNT, RATE, RATIO, WHOLE})
        if value is None or is_dash(value):
            return ""
        raw = " ".join(plain(value).split() if isinstance(value, int | float) else str(value).split())
        if raw in source.words:
            return source.words[raw]
        return self._converted(value, self._sheet.formats.get(place, ""), column, raw)

    def _converted(self, value: Value, number_format: str, column: Column, raw: str) -> str:
        if column.quantity == AMOUNT:
            return _plain_decimal(amount(value, number_format, self._mapping.table.scale))
        if column.quantity == RATE:
            return str(rate(value, number_format)[0])
        if column.quantity == YEAR:
            return year(value)
        if column.quantity == DATE:
            return day(value)
        if column.quantity == WHOLE:
            return whole(value)
        if column.quantity == FLAG and isinstance(value, bool):
            return "oui" if value else "non"
        if isinstance(value, ErrorValue) or not isinstance(value, str | int | float):
            raise UnfitCellError(raw, _("Retapez la valeur attendue."))
        if column.quantity == CODE and number_format.strip("0") == "":
            return raw.zfill(len(number_format))
        return raw.casefold() if column.quantity == FLAG else raw

    def _value(self, place: Place, *, spread: bool) -> Value | None:
        """Return the value of a cell; that of a merged cell belongs to all of it when ``spread``.

        Raises UnfitCellError for a formula without a saved value, and for figures merged over several lines.
        """
        if place in self._sheet.unsaved:
            raise UnfitCellError(
                _("une formule dont le résultat n'est pas enregistré"),
                _("Ouvrez le classeur dans un tableur et enregistrez-le, ou collez la valeur de la formule."),
            )
        top = self._merged.get(place)
        if top is not None and top[0] != place[0] and self._sheet.values.get(top) is not None and not spread:
            raise UnfitCellError(
                _("une cellule fusionnée avec {cell}").format(cell=address(top)),
                _("Défusionnez ces cellules et donnez un montant à chaque opération."),
            )
        return self._sheet.values.get(top if top is not None else place)

    def _partner(self, row: int, operation: Line, partner: PartnerPart, brought: dict[Place, Decimal]) -> list[Line]:
        found: list[Line] = []
        grant = self._amount(row, partner.grant)
        if grant is not None and grant[1] != 0:
            brought[grant[0]] = grant[1]
            found += self._filled(operation, partner, {"amount": _plain_decimal(grant[1])}, grant[0])
        if partner.rate is not None:
            found += self._rate(row, operation, partner, grant)
        loan = self._amount(row, partner.loan)
        if loan is not None and loan[1] != 0:
            found.append(self._line("loans", operation, partner, loan, label=partner.loan_label))
        for at, title in partner.years.items():
            paid = self._amount(row, title)
            if paid is not None and paid[1] != 0:
                found.append(self._line("plans", operation, partner, paid, year=str(at)))
        return found

    def _line(
        self, table: str, operation: Line, partner: PartnerPart, source: tuple[Place, Decimal], **values: str
    ) -> Line:
        named = {"operation": operation.values["code"], "partner": partner.partner, **values}
        if partner.provenance:
            named["provenance"] = partner.provenance
        line = Line(table, {**named, "amount": _plain_decimal(source[1])})
        line.cells = dict.fromkeys(line.values, address(source[0]))
        return line

    def _filled(self, operation: Line, partner: PartnerPart, values: dict[str, str], place: Place) -> list[Line]:
        """Return the lines of the tables that a grant, or a rate alone, fills."""
        named = {"operation": operation.values["code"], "partner": partner.partner}
        source = {"provenance": partner.provenance} if partner.provenance else {}
        decided = {"author": partner.author or "", "reason": partner.reason or ""}
        contents = {
            "eligibilities": {"presence": str(partner.presence), **source},
            "references": {**values, **source},
            "locks": {"sense": "exactly", **values, **decided},
        }
        owned = operation.values.get("owner") == partner.partner
        return [
            Line(table, {**named, **contents[table]}, dict.fromkeys([*named, *contents[table]], address(place)))
            for table in partner.fills
            if not (owned and table == "eligibilities")
        ]

    def _rate(self, row: int, operation: Line, partner: PartnerPart, grant: tuple[Place, Decimal] | None) -> list[Line]:
        """Check the rate written beside a grant; alone, it is the partner's share in the reference key."""
        place = row, self._places[partner.rate or ""]
        try:
            value = self._value(place, spread=False)
            if value is None or is_dash(value):
                return []
            share, margin = rate(value, self._sheet.formats.get(place, ""))
        except UnfitCellError as error:
            self._refuse(place, error.found, _(_RATE), error.advice)
            return []
        if grant is None:
            return self._filled(operation, partner, {"share": str(share)}, place) if share else []
        cost = self._cost(operation)
        if cost and abs(share * cost - Fraction(grant[1])) > margin * cost + _CENT:
            exact = float(Fraction(grant[1]) / cost)
            self._refuse(
                place, _("un taux de {rate:.2%}").format(rate=float(share)),
                _("{rate:.2%}, soit {amount} sur {cost}").format(
                    rate=exact, amount=_plain_decimal(grant[1]), cost=_plain_decimal(Decimal(str(float(cost))))
                ),
                _("Corrigez le taux, le montant ou le coût."),
            )  # fmt: skip
        return []

    def _cost(self, operation: Line) -> Fraction:
        text = operation.values.get(f"cost_{operation.values.get('cost_basis', '')}", "")
        return Fraction(text) if text else Fraction(0)

    def _amount(self, row: int, title: str | None) -> tuple[Place, Decimal] | None:
        if title is None:
            return None
        place = row, self._places[title]
        try:
            value = self._value(place, spread=False)
            if value is None or is_dash(value):
                return None
            return place, amount(value, self._sheet.formats.get(place, ""), self._mapping.table.scale)
        except UnfitCellError as error:
            self._refuse(place, error.found, _(_AMOUNT), error.advice)
            return None

    def _check_total(self, row: int, brought: Decimal) -> None:
        stated = self._amount(row, self._mapping.total)
        if stated is not None and stated[1] != brought:
            self._refuse(
                stated[0], _("un total de {amount}").format(amount=_plain_decimal(stated[1])),
                _("{amount}, la somme des financeurs de la ligne").format(amount=_plain_decimal(brought)),
                _("Corrigez le total ou un montant, ou donnez dans « partners » la colonne d'un financeur oublié."),
            )  # fmt: skip


def _plain_decimal(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
