"""Every code a line employs exists, and every filter selects something."""

from collections.abc import Collection, Iterator

from scenarios.checks import rulebooks
from scenarios.checks.finding import Finding
from scenarios.document import Scenario
from scenarios.document.index import Index
from scenarios.language import N_, _
from scenarios.wording import closest, quoted

REFERENCES: tuple[tuple[str, str, str], ...] = (
    ("goals", "partners", "partner"),
    ("partners", "pool", "pool"),
    ("projects", "holder", "partner"),
    ("operations", "project", "project"),
    ("operations", "commune", "commune"),
    ("operations", "owner", "partner"),
    ("operations", "profile", "profile"),
    ("eligibilities", "operation", "operation"),
    ("eligibilities", "partner", "partner"),
    ("budgets", "holder", "holder"),
    ("decommitments", "holder", "holder"),
    ("envelopes", "partners", "partner"),
    ("envelopes", "natures", "nature"),
    ("envelopes", "territories", "territory"),
    ("envelopes", "projects", "project"),
    ("rules", "partner", "partner"),
    ("rules", "partners", "partner"),
    ("rules", "counterparts", "partner"),
    ("rules", "holder", "holder"),
    ("rules", "reserved_natures", "nature"),
    ("rules", "reserved_territories", "territory"),
    ("rules", "natures", "nature"),
    ("rules", "programmes", "programme"),
    ("rules", "projects", "project"),
    ("rules", "operations", "operation"),
    ("rules", "needed", "operation"),
    ("rulebooks", "partner", "partner"),
    ("rulebooks", "operations", "operation"),
    ("derogations", "rule", "rule"),
    ("derogations", "operation", "operation"),
    ("derogations", "project", "project"),
    ("locks", "operation", "operation"),
    ("locks", "partner", "partner"),
    ("plans", "operation", "operation"),
    ("plans", "partner", "partner"),
    ("references", "operation", "operation"),
    ("references", "partner", "partner"),
    ("loans", "operation", "operation"),
    ("loans", "partner", "partner"),
    ("past_aids", "partner", "partner"),
    ("decisions", "operation", "operation"),
    ("decisions", "partner", "partner"),
)
"""Columns that hold codes defined elsewhere: table, column, and what their codes name."""

SOURCES: dict[str, tuple[tuple[str, str], ...]] = {
    "pool": (("pools", "code"),),
    "partner": (("partners", "code"),),
    "holder": (("partners", "code"), ("pools", "code")),
    "project": (("projects", "code"),),
    "commune": (("communes", "code"),),
    "operation": (("operations", "code"),),
    "rule": (("rules", "code"),),
    "profile": (("profiles", "profile"),),
    "nature": (("operations", "nature"),),
    "programme": (("projects", "programme"),),
    "territory": (("communes", "territory"),),
}
"""Tables and columns that define the codes of each sort."""

_EXPECTED = {
    "pool": N_("un code de la table « pools »"),
    "partner": N_("un code de la table « partners »"),
    "holder": N_("un code de la table « partners » ou « pools »"),
    "project": N_("un code de la table « projects »"),
    "commune": N_("un code de la table « communes »"),
    "operation": N_("un code de la table « operations »"),
    "rule": N_("un code de la table « rules »"),
    "profile": N_("un profil de la table « profiles »"),
    "nature": N_("la nature d'une opération au moins"),
    "programme": N_("le programme d'un projet au moins"),
    "territory": N_("le territoire d'une commune au moins"),
}

_MOST_SUGGESTIONS = 20
"""Looking for close names among thousands takes long: done for the first unknown names only."""


def check(index: Index) -> Iterator[Finding]:
    """Yield every use of a code that no line defines."""
    known = known_codes(index.scenario)
    known["rule"].update(dict.fromkeys(rulebooks.derogable(index)))
    suggestions: dict[tuple[str, str], str | None] = {}
    for table, column, target in REFERENCES:
        codes = known[target]
        for row, line in enumerate(getattr(index.scenario, table)):
            value = getattr(line, column, None)
            if value is None or value in codes:
                continue
            for code in value if isinstance(value, tuple) else (value,):
                if code not in codes:
                    yield _unknown((table, row, column), code, target, codes, suggestions)


def known_codes(scenario: Scenario) -> dict[str, dict[str, None]]:
    """Return the codes of each sort, in the order of the document: a set would make suggestions depend on the run."""
    return {
        target: {getattr(line, column): None for table, column in sources for line in getattr(scenario, table)}
        for target, sources in SOURCES.items()
    }


def _unknown(
    place: tuple[str, int, str],
    code: str,
    target: str,
    codes: Collection[str],
    suggestions: dict[tuple[str, str], str | None],
) -> Finding:
    if (target, code) not in suggestions and len(suggestions) < _MOST_SUGGESTIONS:
        suggestions[target, code] = closest(code, codes)
    near = suggestions.get((target, code))
    if near is not None:
        advice = _("Écrivez « {near} », si c'est ce que vous vouliez dire.").format(near=near)
    elif target in {"nature", "programme", "territory"}:
        advice = _("Supprimez cette valeur du filtre, ou corrigez-la : elle ne désigne rien dans ce scénario.")
    else:
        advice = _("Ajoutez la ligne qui manque, ou corrigez ce code.")
    return Finding(*place, quoted([code]), _(_EXPECTED[target]), advice)
