"""Which entries of which rulebooks a scenario employs, and on which operations."""

from collections.abc import Iterator
from dataclasses import dataclass

from scenarios.checks.finding import OTHER, Finding
from scenarios.document import Operation, RulebookUse
from scenarios.document.index import Index
from scenarios.language import _
from scenarios.rulebooks.book import Entry, Rulebook
from scenarios.rulebooks.shelf import books
from scenarios.rulebooks.words import OF_PARTNER, EntryKind
from scenarios.wording import closest, quoted


@dataclass(frozen=True)
class EntryUse:
    """One entry employed by one row of the table ``rulebooks``, with the operations it concerns."""

    row: int
    use: RulebookUse
    book: Rulebook
    entry: Entry
    operations: tuple[Operation, ...]

    @property
    def partner(self) -> str | None:
        """The partner the entry limits, or None when it limits none."""
        return self.use.partner if self.entry.kind in OF_PARTNER else None

    @property
    def named(self) -> bool:
        """Tell whether the scenario names the entry rather than its whole rulebook."""
        return self.use.entry == self.entry.id


def entry_uses(index: Index, findings: list[Finding]) -> list[EntryUse]:
    """Return the entries employed, row by row; add to ``findings`` the rows that name nothing usable.

    An entry employed alone brings the exemptions of its text with it.
    """
    found: list[EntryUse] = []
    first: dict[tuple[str, str | None], int] = {}
    for row, use in enumerate(index.scenario.rulebooks):
        chosen = _chosen(row, use, findings)
        if chosen is None:
            continue
        book, entries = chosen
        findings.extend(_partner(index, row, book, entries))
        of_row = [EntryUse(row, use, book, entry, tuple(_concerned(index, use, entry))) for entry in entries]
        earlier = [first.setdefault((one.entry.id, use.partner), row) for one in of_row]
        findings.extend(_twice(one, other) for one, other in zip(of_row, earlier, strict=True) if other != row)
        of_row += [
            EntryUse(row, use, book, entry, tuple(_concerned(index, use, entry)))
            for entry in _exemptions(index, use, book)
            if first.setdefault((entry.id, use.partner), row) == row
        ]
        if not any(one.operations for one in of_row):
            findings.append(_nothing(row, use))
        found.extend(of_row)
    return found


def applied_codes(index: Index) -> tuple[str, ...]:
    """Return what a derogation may name in the rulebooks employed: entries that become rules, and their versions."""
    codes: dict[str, None] = {}
    for use in index.scenario.rulebooks:
        book = books().get(use.rulebook)
        for entry in book.entries if book else ():
            if entry.applied and use.entry in (None, entry.id):
                codes.update(dict.fromkeys([entry.id, *(value.id for value in entry.values if value.id)]))
    return tuple(codes)


def _chosen(row: int, use: RulebookUse, findings: list[Finding]) -> tuple[Rulebook, tuple[Entry, ...]] | None:
    book = books().get(use.rulebook)
    if book is None:
        near = closest(use.rulebook, books())
        advice = _("Écrivez « {near} », si c'est ce que vous vouliez dire.").format(near=near) if near else ""
        findings.append(
            Finding(
                "rulebooks", row, "rulebook", quoted([use.rulebook]),
                _("l'un des recueils {names}").format(names=quoted(books())), advice or _("Corrigez ce code."),
            )
        )  # fmt: skip
        return None
    if use.entry is None:
        return book, tuple(entry for entry in book.entries if not entry.named_operations)
    known = {entry.id: entry for entry in book.entries}
    if use.entry not in known:
        near = closest(use.entry, known)
        advice = _("Écrivez « {near} », si c'est ce que vous vouliez dire.").format(near=near) if near else ""
        findings.append(
            Finding(
                "rulebooks", row, "entry", quoted([use.entry]),
                _("une entrée du recueil « {book} » : {names}").format(book=book.code, names=quoted(known)),
                advice or _("Corrigez cet identifiant."),
            )
        )  # fmt: skip
        return None
    entry = known[use.entry]
    if entry.named_operations and not use.operations:
        findings.append(
            Finding(
                "rulebooks", row, "operations", _("rien"),
                _("les opérations que « {entry} » concerne : aucune colonne ne permet de les reconnaître").format(
                    entry=entry.id
                ),
                _("Nommez ces opérations dans « operations »."),
            )
        )  # fmt: skip
        return None
    return book, (entry,)


def _exemptions(index: Index, use: RulebookUse, book: Rulebook) -> list[Entry]:
    """Return what the text itself lifts of an entry employed alone, unless the scenario employs it by name."""
    alone = {line.entry for line in index.scenario.rulebooks if line.rulebook == book.code}
    return [
        entry
        for entry in book.entries
        if entry.kind is EntryKind.EXEMPTION and use.entry in entry.lifts and entry.id not in alone
    ]


def _partner(index: Index, row: int, book: Rulebook, entries: tuple[Entry, ...]) -> Iterator[Finding]:
    """Yield what is wrong with who plays the funder."""
    code = index.scenario.rulebooks[row].partner
    limiting = [entry.id for entry in entries if entry.kind in OF_PARTNER]
    partner = index.partners.get(code) if code is not None else None
    if code is None and limiting:
        yield Finding(
            "rulebooks", row, "partner", _("rien"),
            _("le partenaire que limitent {entries}").format(entries=quoted(limiting)),
            _("Nommez le partenaire qui joue « {funder} ».").format(funder=book.funder),
        )  # fmt: skip
    elif code is not None and not limiting:
        yield Finding(
            "rulebooks", row, "partner", quoted([code]), _("rien : ces entrées ne limitent aucun partenaire"),
            _("Videz « partner »."),
        )  # fmt: skip
    elif partner is not None and partner.kind not in book.funder_kinds:
        yield Finding(
            "rulebooks", row, "partner",
            _("« {code} », de la famille « {kind} »").format(code=code, kind=partner.kind),
            _("un partenaire de la famille {kinds}").format(kinds=quoted(book.funder_kinds)),
            _("Nommez le partenaire qui joue « {funder} ».").format(funder=book.funder),
        )  # fmt: skip


def _concerned(index: Index, use: RulebookUse, entry: Entry) -> Iterator[Operation]:
    """Yield the operations that meet every filter and that the limited partner may fund."""
    for operation in index.scenario.operations:
        programme = index.projects[operation.project].programme
        owner = index.partners[operation.owner].kind
        if (
            (not use.operations or operation.code in use.operations)
            and (not entry.natures or operation.nature in entry.natures)
            and (not entry.programmes or programme in entry.programmes)
            and (not entry.owner_kinds or owner in entry.owner_kinds)
            and (entry.kind not in OF_PARTNER or use.partner in index.funders[operation.code])
        ):
            yield operation


def _twice(one: EntryUse, first: int) -> Finding:
    return Finding(
        "rulebooks", one.row, "entry",
        _("« {entry} », déjà employée {other}").format(entry=one.entry.id, other=OTHER),
        _("une entrée employée une fois par partenaire"), _("Supprimez l'une des deux lignes, ou précisez « entry »."),
        first,
    )  # fmt: skip


def _nothing(row: int, use: RulebookUse) -> Finding:
    name = use.entry or use.rulebook
    return Finding(
        "rulebooks", row, "entry" if use.entry else "rulebook",
        _("« {name} », qui ne concerne aucune opération").format(name=name), _("une opération concernée au moins"),
        _("Supprimez cette ligne, ou vérifiez natures, programmes, maîtres d'ouvrage et éligibilités."),
    )  # fmt: skip
