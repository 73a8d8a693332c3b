"""What must hold across the fields of a rulebook whose fields are well formed one by one."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from pydantic_core import PydanticCustomError

from scenarios.document.rule_record import Base
from scenarios.language import N_, _
from scenarios.rulebooks.book import DatedValue, Entry, Rulebook
from scenarios.rulebooks.words import APPLIED, COUNTING, FRACTIONS, OF_PARTNER, EntryKind, Holds, SourceMark, Unit
from scenarios.wording import quoted, shown

Path = tuple[int | str, ...]

_HOLDS = {
    EntryKind.RATE_CEILING: Holds.AT_MOST,
    EntryKind.AMOUNT_CEILING: Holds.AT_MOST,
    EntryKind.PUBLIC_AID_CAP: Holds.AT_MOST,
    EntryKind.TRANSFER_CONTRIBUTION: Holds.AT_MOST,
    EntryKind.RATE_FLOOR: Holds.AT_LEAST,
    EntryKind.OWNER_FLOOR: Holds.AT_LEAST,
    EntryKind.FLAT_AID: Holds.EXACTLY,
    EntryKind.REGION_OR_DEPARTEMENT: Holds.AT_MOST,
    EntryKind.DE_MINIMIS: Holds.AT_MOST,
}
_UNITS = {
    EntryKind.RATE_CEILING: {Unit.SHARE},
    EntryKind.RATE_FLOOR: {Unit.SHARE},
    EntryKind.PUBLIC_AID_CAP: {Unit.SHARE},
    EntryKind.OWNER_FLOOR: {Unit.SHARE},
    EntryKind.TRANSFER_CONTRIBUTION: {Unit.SHARE},
    EntryKind.AMOUNT_CEILING: {Unit.EUR, Unit.EUR_PER_UNIT},
    EntryKind.FLAT_AID: {Unit.EUR_PER_UNIT},
    EntryKind.REGION_OR_DEPARTEMENT: {Unit.NONE},
    EntryKind.DE_MINIMIS: {Unit.EUR_PER_THREE_YEARS},
    EntryKind.EXEMPTION: {Unit.NONE},
    EntryKind.PARAMETER: set(Unit) - {Unit.NONE},
}
_WITH_BASE = (EntryKind.RATE_CEILING, EntryKind.RATE_FLOOR, EntryKind.PUBLIC_AID_CAP)
_FILL = N_("Laissez « values: [] » avec « to_fill: oui » tant qu'aucune source ne donne la valeur.")


@dataclass(frozen=True)
class Fault:
    """One thing wrong at a place of a rulebook: keys and positions from the root."""

    place: Path
    found: str
    expected: str
    advice: str


def faults(book: Rulebook) -> Iterator[Fault]:
    """Yield everything wrong in a rulebook."""
    first: dict[str, int] = {}
    known = {entry.id for entry in book.entries}
    for row, entry in enumerate(book.entries):
        place: Path = ("entries", row)
        for name in (entry.id, *(value.id for value in entry.values if value.id)):
            if first.setdefault(name, row) != row or (name != entry.id and name in known):
                yield Fault(
                    (*place, "id"), _("« {name} », déjà écrit").format(name=name), _("un identifiant écrit une fois"),
                    _("Donnez un autre identifiant à l'une des deux entrées."),
                )  # fmt: skip
        yield from _values(place, entry)
        yield from _kind(place, entry, book)
        for name in (*entry.lifts, *([entry.bonus] if entry.bonus else [])):
            if name not in known:
                yield Fault(
                    (*place, "lifts" if name in entry.lifts else "bonus"), quoted([name]),
                    _("l'identifiant d'une entrée du recueil"), _("Corrigez cet identifiant."),
                )  # fmt: skip
        yield from _outside_horizon(place, entry, book)


def _values(place: Path, entry: Entry) -> Iterator[Fault]:
    if entry.to_fill and entry.values:
        yield Fault(
            (*place, "to_fill"), _("« oui », alors que l'entrée a des valeurs"), _("une entrée vide"),
            _("Écrivez « to_fill: non » si les valeurs sont lues dans une source."),
        )  # fmt: skip
    if not entry.to_fill and not entry.values:
        yield Fault((*place, "values"), _("aucune valeur"), _("une valeur datée au moins"), _(_FILL))
    for row, value in enumerate(entry.values):
        yield from _value((*place, "values", row), entry, value)
    for (row, one), (other, two) in combinations(enumerate(entry.values), 2):
        if one.anru_class == two.anru_class and one.overlaps(two):
            days = _("des dates qui chevauchent celles de la valeur {number}, du {start}").format(
                number=row + 1, start=one.start
            )
            yield Fault(
                (*place, "values", other, "from"), days, _("une seule valeur par jour"),
                _("Terminez l'une des valeurs (« to ») la veille du début de l'autre."),
            )  # fmt: skip


def _value(place: Path, entry: Entry, value: DatedValue) -> Iterator[Fault]:
    if value.end is not None and value.end < value.start:
        yield Fault(
            (*place, "to"), str(value.end), _("le {day} ou un jour suivant").format(day=value.start),
            _("Corrigez « from » ou « to »."),
        )  # fmt: skip
    if value.mark is SourceMark.SECONDARY and value.reference.read_in is None:
        yield Fault(
            (*place, "reference"), _("aucune page (« read_in »)"),
            _("la page publique où la valeur est lue, puisqu'elle est marquée « secondary »"),
            _("Nommez la page dans « read_in »."),
        )  # fmt: skip
    yield from _number(place, entry, value)
    if (value.anru_class is not None) != entry.by_class or not 1 <= (value.anru_class or 1) <= 6:
        yield Fault(
            (*place, "class"), shown(value.anru_class),
            _("une classe de 1 à 6") if entry.by_class else _("rien : l'entrée n'est pas « by_class »"),
            _("Corrigez « class », ou « by_class » de l'entrée."),
        )  # fmt: skip
    limits = (value.base_max, value.base_max_per_unit, value.base_max_per_building)
    if entry.kind is not EntryKind.RATE_CEILING and any(limit is not None for limit in limits):
        yield Fault(
            place, _("un plafond d'assiette"), _("un plafond d'assiette sur un taux maximal seulement"),
            _("Retirez « base_max », « base_max_per_unit » et « base_max_per_building »."),
        )  # fmt: skip
    if len(str(value.reference)) > 300:
        yield Fault(
            (*place, "reference"), shown(value.reference), _("300 caractères au plus, titre et article ensemble"),
            _("Abrégez le titre ou l'article."),
        )  # fmt: skip


def _number(place: Path, entry: Entry, value: DatedValue) -> Iterator[Fault]:
    if entry.unit is Unit.NONE:
        expected = _("rien : l'unité est « none »") if value.text is not None else None
    elif value.text is None:
        expected = _("une valeur")
    else:
        try:
            entry.number(value)
            expected = None
        except PydanticCustomError as error:
            expected = _(str((error.context or {})["expected"]))
    if expected is not None:
        kind = _("un taux") if entry.unit in FRACTIONS else _("un montant en euros")
        yield Fault(
            (*place, "value"), shown(value.text), expected,
            _("Écrivez {kind}, ou corrigez « unit ».").format(kind=kind),
        )  # fmt: skip


def _kind(place: Path, entry: Entry, book: Rulebook) -> Iterator[Fault]:
    """Check what the kind of an entry asks of its other fields."""
    if entry.unit not in _UNITS[entry.kind]:
        allowed = [str(unit) for unit in Unit if unit in _UNITS[entry.kind]]
        yield _mismatch(place, "unit", entry.unit, quoted(allowed), entry)
    if entry.kind in APPLIED and entry.holds is not _HOLDS[entry.kind]:
        yield _mismatch(place, "holds", entry.holds, quoted([_HOLDS[entry.kind]]), entry)
    if entry.kind in APPLIED and not entry.inclusive:
        yield _mismatch(place, "inclusive", _("non"), _("« oui » : la répartition n'applique que ces limites"), entry)
    if entry.kind in _WITH_BASE and not entry.to_fill and str(entry.base) not in {str(base) for base in Base}:
        yield _mismatch(place, "base", entry.base, quoted(Base), entry)
    if entry.kind in COUNTING and not entry.counts:
        yield _mismatch(place, "counts", _("rien"), _("les familles comptées comme publiques"), entry)
    if entry.kind is EntryKind.EXEMPTION and not entry.lifts:
        yield _mismatch(place, "lifts", _("rien"), _("les entrées que le texte lève"), entry)
    if entry.kind in OF_PARTNER and not book.funder_kinds:
        yield Fault(
            ("funder_kinds",), _("rien"), _("les familles de partenaires que « {name} » limite").format(name=entry.id),
            _("Nommez la famille du financeur."),
        )  # fmt: skip
    if entry.by_class and entry.kind is not EntryKind.RATE_CEILING:
        yield _mismatch(place, "by_class", _("oui"), _("« non », sauf pour un taux maximal"), entry)


def _mismatch(place: Path, name: str, found: str, expected: str, entry: Entry) -> Fault:
    advice = _("Corrigez « {name} », ou « kind » de l'entrée.").format(name=name)
    return Fault((*place, name), _("{found} pour « {kind} »").format(found=found, kind=entry.kind), expected, advice)


def _outside_horizon(place: Path, entry: Entry, book: Rulebook) -> Iterator[Fault]:
    for row, value in enumerate(entry.values):
        last = value.end or value.start
        if not book.horizon.covers(value.start) or not book.horizon.covers(last):
            yield Fault(
                (*place, "values", row, "from"), str(value.start),
                _("des dates dans l'horizon du recueil (« horizon »)"), _("Corrigez la date, ou l'horizon."),
            )  # fmt: skip
