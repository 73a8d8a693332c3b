"""What an entry asks, as a formula in words: what is measured, how it is bound, and the value applied to its base."""

from collections.abc import Iterable, Iterator

from scenarios.choices import CHOICES
from scenarios.language import _
from scenarios.rulebooks.book import DatedValue, Entry
from scenarios.rulebooks.law import status
from scenarios.rulebooks.natures import natures
from scenarios.rulebooks.versions import written
from scenarios.rulebooks.words import Caps, EntryBase, EntryKind, Holds, Unit, word
from scenarios.wording import money


def formula(entry: Entry) -> str:
    """Say in French what the value of an entry bounds: « subvention : au plus valeur × coût hors taxes »."""
    if entry.kind is EntryKind.EXEMPTION:
        return _("{entries} : ne s'applique pas aux opérations concernées").format(entries=", ".join(entry.lifts))
    if entry.kind is EntryKind.REGION_OR_DEPARTEMENT:
        return _("{measure} : une au plus").format(measure=entry.measure)
    return _("{label} : {value}").format(label=entry.measure, value=f"{_bound(entry)} {_quantity(entry)}")


def properties(entry: Entry) -> Iterator[str]:
    """Yield, in French, what holds for an entry whatever the day: its formula, how it binds, its scope."""
    yield _("formule : {formula}").format(formula=formula(entry))
    yield _(" ; ").join([status(entry), word(entry.force)])
    if entry.unit is not Unit.NONE:
        bound = _("seuil compris") if entry.inclusive else _("seuil non compris")
        caps = "" if entry.caps is Caps.NONE else _(" ; ") + word(entry.caps)
        yield _("unité : {unit} ; {bound}").format(unit=word(entry.unit), bound=bound) + caps
    known = natures()
    labels = (f"{code} ({known[code].label})" if code in known else code for code in entry.natures)
    scopes = (
        (_("partenaires comptés : {words}"), _kinds(entry.counts)),
        (_("natures : {words}"), ", ".join(labels)),
        (_("programmes : {words}"), ", ".join(entry.programmes)),
        (_("maîtres d'ouvrage : {words}"), _kinds(entry.owner_kinds)),
        (_("classes à remplir : {words}"), ", ".join(map(str, entry.classes_to_fill))),
    )
    yield from (sentence.format(words=words) for sentence, words in scopes if words)
    if entry.named_operations:
        yield _("seulement les opérations que le scénario nomme")
    if entry.note:
        yield entry.note


def value_text(entry: Entry, value: DatedValue) -> str:
    """Write a dated value in French: its class, its number with its unit, the limits of its base."""
    words = [written(entry, entry.number(value))]
    if value.anru_class is not None:
        words[0] = _("classe {number} : {value}").format(number=value.anru_class, value=words[0])
    limits = (
        (value.base_max, _("assiette d'au plus {amount}")),
        (value.base_max_per_unit, _("assiette d'au plus {amount} par unité")),
        (value.base_max_per_building, _("assiette d'au plus {amount} par bâtiment")),
    )
    words += [text.format(amount=money(cents, _("€"))) for cents, text in limits if cents is not None]
    return _(" ; ").join(words)


def _kinds(kinds: Iterable[str]) -> str:
    return ", ".join(_(CHOICES[kind]) for kind in kinds)


def _bound(entry: Entry) -> str:
    if entry.inclusive or entry.holds is Holds.EXACTLY:
        return word(entry.holds)
    return _("strictement moins que") if entry.holds is Holds.AT_MOST else _("strictement plus que")


def _quantity(entry: Entry) -> str:
    value = _("valeur")
    if entry.by_class:
        value = _("taux de la classe de la commune")
    if entry.bonus is not None:
        value = _("({value} + bonus {bonus})").format(value=value, bonus=entry.bonus)
    if entry.unit is Unit.EUR_PER_UNIT:
        return _("{value} × nombre d'unités").format(value=value)
    if entry.unit is not Unit.SHARE or entry.base is EntryBase.NONE:
        return value
    base = word(entry.base)
    return _("{value} × {base}, assiette plafonnée").format(value=value, base=base) if entry.caps is Caps.BASE else (
        f"{value} × {base}"
    )  # fmt: skip
