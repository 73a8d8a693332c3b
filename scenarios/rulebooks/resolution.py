"""The law of each operation's day: rulebooks become ordinary rules, and each of them says where it comes from."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from pydantic import TypeAdapter

from scenarios.checks.finding import Finding
from scenarios.document import Derogation, Operation, Rule, Scenario
from scenarios.document.index import Index
from scenarios.document.quantities import rate_to_text
from scenarios.language import _
from scenarios.rulebooks.class_rates import NoRateError, class_of, with_bonus
from scenarios.rulebooks.uses import EntryUse, entry_uses
from scenarios.rulebooks.versions import NotInForceError, Version, version_on
from scenarios.rulebooks.words import APPLIED, COUNTING, OF_PARTNER, EntryKind, Unit
from scenarios.wording import listed

LONGEST_CODE = 40
_RULE: TypeAdapter[Rule] = TypeAdapter(Rule)


@dataclass(frozen=True)
class InForce:
    """One version of one entry, on the operations it applies to. ``value`` includes the bonus of a class rate."""

    use: EntryUse
    version: Version
    value: Fraction | int | None
    bonus: Fraction
    operations: tuple[Operation, ...]
    code: str


@dataclass
class Resolution:
    """Everything the rulebooks of a scenario come to, and what prevents it."""

    in_force: list[InForce] = field(default_factory=list)
    to_fill: list[EntryUse] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


_Key = tuple[date, int, Fraction]


def resolve(scenario: Scenario) -> Resolution:
    """Find the version of every entry employed for the day of every operation. Every code must exist."""
    index = Index(scenario)
    found = Resolution()
    uses = entry_uses(index, found.findings)
    shared = _shared(uses)
    for use in uses:
        if use.entry.to_fill and not (use.named or (use.entry.kind in APPLIED and use.operations)):
            found.to_fill.append(use)
            continue
        groups = _groups(index, use, found.findings)
        several = len({version.dated.start for version, _bonus, _operations in groups}) > 1
        for version, bonus, operations in groups:
            code = _code(use, version, bonus, shared=use.entry.id in shared, several=several)
            value = version.value if not bonus else Fraction(version.value or 0) + bonus
            found.in_force.append(InForce(use, version, value, bonus, tuple(operations), code))
    found.findings.extend(_codes_taken(scenario, found.in_force))
    return found


def day_of(scenario: Scenario, operation: Operation) -> date:
    """Return the day whose law applies to an operation: that of its decision, else that of the scenario."""
    return operation.decision_date or scenario.reference_date


def _shared(uses: list[EntryUse]) -> frozenset[str]:
    """Return the entries that several partners play: their rules carry the code of the partner."""
    players: dict[str, set[str | None]] = defaultdict(set)
    for use in uses:
        players[use.entry.id].add(use.partner)
    return frozenset(name for name, partners in players.items() if len(partners) > 1)


def _groups(index: Index, use: EntryUse, findings: list[Finding]) -> list[tuple[Version, Fraction, list[Operation]]]:
    """Gather the operations of an entry by version and bonus, in order of date, class and bonus."""
    found: dict[_Key, tuple[Version, Fraction, list[Operation]]] = {}
    refused: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for operation in use.operations:
        try:
            version, bonus = _version(index, use, operation)
        except (NotInForceError, NoRateError) as error:
            refused[error.found, error.expected, error.advice].append(operation.code)
        else:
            key = (version.dated.start, version.dated.anru_class or 0, bonus)
            found.setdefault(key, (version, bonus, []))[2].append(operation)
    if not use.operations and use.named and use.entry.to_fill:
        refused[_to_fill(use)].append("")
    findings.extend(_refusals(use, refused))
    return [found[key] for key in sorted(found)]


def _to_fill(use: EntryUse) -> tuple[str, str, str]:
    try:
        version_on(use.book, use.entry, use.book.horizon.start)
    except NotInForceError as error:
        return error.found, error.expected, error.advice
    raise AssertionError(use.entry.id)


def _version(index: Index, use: EntryUse, operation: Operation) -> tuple[Version, Fraction]:
    day = day_of(index.scenario, operation)
    if not use.entry.by_class or use.entry.to_fill:
        return version_on(use.book, use.entry, day), Fraction(0)
    commune = index.communes[operation.commune]
    number = class_of(use.entry, commune)
    try:
        version = version_on(use.book, use.entry, day, number)
        return version, with_bonus(use.book, use.entry, commune, day)
    except NotInForceError as error:
        found = _("{found} (commune « {commune} »)").format(found=error.found, commune=commune.code)
        raise NotInForceError(found, error.expected, error.advice) from None


def _refusals(use: EntryUse, refused: dict[tuple[str, str, str], list[str]]) -> Iterator[Finding]:
    for (found, expected, advice), operations in refused.items():
        where = _("{found} ; opérations : {codes}").format(found=found, codes=listed(operations))
        column = "entry" if use.named else "rulebook"
        yield Finding("rulebooks", use.row, column, where if any(operations) else found, expected, advice)


def _code(use: EntryUse, version: Version, bonus: Fraction, *, shared: bool, several: bool) -> str:
    """Name a rule after its version; the date, the bonus and the partner are added when they tell versions apart."""
    parts = [version.code]
    if several and version.dated.id is None:
        parts.append(str(version.dated.start))
    if bonus:
        parts.append("B" + rate_to_text(bonus).replace("/", "-"))
    if shared and use.partner is not None:
        parts.append(use.partner)
    return ".".join(parts)


def _codes_taken(scenario: Scenario, lines: list[InForce]) -> Iterator[Finding]:
    """Yield the rules of rulebooks whose code is that of a rule of the scenario, or is too long."""
    taken = {rule.code for rule in scenario.rules}
    for line in lines:
        if line.version.entry.kind not in APPLIED:
            continue
        if line.code in taken:
            yield Finding(
                "rulebooks", line.use.row, "rulebook",
                _("« {code} », qui est aussi une règle du scénario").format(code=line.code),
                _("un code que n'emploie aucune ligne de « rules »"),
                _("Supprimez la ligne de « rules » que le recueil remplace, ou changez son code."),
            )  # fmt: skip
        if len(line.code) > LONGEST_CODE:
            yield Finding(
                "rulebooks", line.use.row, "partner", _("le code de règle « {code} »").format(code=line.code),
                _("{count} caractères au plus").format(count=LONGEST_CODE),
                _("Donnez un code plus court au partenaire."),
            )  # fmt: skip


def rule_of(line: InForce) -> Rule:
    """Return the ordinary rule of one applied version, scoped by the operations it applies to."""
    entry, dated = line.version.entry, line.version.dated
    values: dict[str, Any] = {
        "kind": str(entry.kind),
        "code": line.code,
        "label": _label(line),
        "operations": tuple(sorted(operation.code for operation in line.operations)),
        "negotiable": entry.force == "negotiable",
        "reference": str(dated.reference),
        "mark": str(dated.mark),
    }
    if entry.kind in OF_PARTNER:
        values["partner"] = line.use.partner
    if entry.kind is EntryKind.DE_MINIMIS or (entry.kind is EntryKind.AMOUNT_CEILING and entry.unit is Unit.EUR):
        values["amount"] = line.value
    elif entry.kind in (EntryKind.AMOUNT_CEILING, EntryKind.FLAT_AID):
        values["amount_per_unit"] = line.value
    elif entry.kind is not EntryKind.REGION_OR_DEPARTEMENT:
        values["rate"] = line.value
    if entry.kind in (EntryKind.RATE_CEILING, EntryKind.RATE_FLOOR, EntryKind.PUBLIC_AID_CAP):
        values["base"] = str(entry.base)
    if entry.kind in COUNTING:
        values["counts"] = entry.counts
    for name in ("base_max", "base_max_per_unit", "base_max_per_building"):
        if getattr(dated, name) is not None:
            values[name] = getattr(dated, name)
    return _RULE.validate_python(values)


def _label(line: InForce) -> str:
    entry, dated = line.version.entry, line.version.dated
    # Part of the scenario, hence of its fingerprint: in the language of the rulebook, whoever reads it.
    words = [f"version du {dated.start}"]
    if dated.anru_class is not None:
        words.append(f"classe {dated.anru_class}")
    if line.bonus:
        words.append(f"bonus de {rate_to_text(line.bonus)}")
    return f"{entry.sentence} ({', '.join(words)})"


def derogations_of(scenario: Scenario, lines: list[InForce]) -> tuple[Derogation, ...]:
    """Return the derogations of the scenario on the rules in force, then those that the texts themselves carry.

    A derogation that names an entry, or a version shared by several rules, lifts each of its rules.
    """
    rules = [line for line in lines if line.version.entry.kind in APPLIED]
    written = {rule.code for rule in scenario.rules}
    known: dict[str, list[str]] = defaultdict(list)
    for line in rules:
        for name in dict.fromkeys([line.code, line.version.code, line.version.entry.id]):
            known[name].append(line.code)
    found: list[Derogation] = []
    for derogation in scenario.derogations:
        if derogation.rule in written:
            found.append(derogation)
        else:
            codes = known.get(derogation.rule, ())
            found.extend(derogation.model_copy(update={"rule": code}) for code in codes)
    given = {(line.rule, line.operation) for line in found}
    for line in lines:
        for derogation in _carried(line, rules):
            if (derogation.rule, derogation.operation) not in given:
                given.add((derogation.rule, derogation.operation))
                found.append(derogation)
    return tuple(found)


def _carried(line: InForce, rules: list[InForce]) -> Iterator[Derogation]:
    """Yield what a text lifts by itself for the operations it concerns."""
    entry = line.version.entry
    concerned = {operation.code for operation in line.operations}
    for lifted in rules:
        same = lifted.use.partner is None or line.use.partner is None or lifted.use.partner == line.use.partner
        if lifted.version.entry.id in entry.lifts and same:
            for operation in lifted.operations:
                if operation.code in concerned:
                    yield Derogation(
                        rule=lifted.code, operation=operation.code, author=line.use.book.funder,
                        reference=str(line.version.dated.reference), reason=entry.sentence,
                    )  # fmt: skip
