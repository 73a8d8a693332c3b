"""One page in plain words: conforme, non conforme or non vérifiable, one line per question, and why."""

from collections.abc import Mapping, Sequence
from textwrap import fill

from allocator.archive.verdict import Question, State, Verdict, overall
from scenarios.language import N_, _

QUESTIONS: Mapping[Question, str] = {
    Question.BYTES: N_("Octets intacts"),
    Question.RULES: N_("Chaque règle respectée exactement"),
    Question.OPTIMAL: N_("Meilleur plan possible, prouvé sans moteur"),
    Question.REPLAY: N_("Mêmes centimes quand on refait le calcul"),
    Question.LINKS: N_("Cohérence : tout suit des documents reçus"),
    Question.JOURNAL: N_("Place dans le journal du comité"),
    Question.SIGNATURE: N_("Signature"),
}
LETTERS = {Question.BYTES: "(a)", Question.RULES: "(b)", Question.OPTIMAL: "(c)", Question.REPLAY: "(d)"}

STATES: Mapping[State, str] = {
    State.CONFORMING: N_("CONFORME"),
    State.NOT_CONFORMING: N_("NON CONFORME"),
    State.UNVERIFIABLE: N_("NON VÉRIFIABLE"),
    State.NOT_ASKED: N_("sans objet"),
}

_ENDINGS: Mapping[State, str] = {
    State.CONFORMING: N_("Rien de ce qui a été vérifié ne contredit l'archive."),
    State.NOT_CONFORMING: N_("L'archive n'est pas ce qu'elle dit être : ne vous fondez pas sur elle."),
    State.UNVERIFIABLE: N_("Une question au moins reste sans réponse : ni oui, ni non."),
}

_WIDTH = 96


def subject(info: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return what an archive says of itself in ``bag-info.txt``: names and values, those it has."""
    fields = (
        ("Source-Organization", _("Comité")),
        ("External-Description", _("Scénario")),
        ("External-Identifier", _("Code et empreinte")),
        ("Sealed-At", _("Scellée le")),
        ("Contact-Name", _("Par")),
        ("Internal-Sender-Description", _("Motif")),
        ("Bag-Software-Agent", _("Programme")),
        ("Archive-Number", _("Numéro au journal")),
    )
    return [(label, info[name]) for name, label in fields if name in info]


def title(verdict: Verdict) -> str:
    """Return the question of a verdict, with its letter when it has one."""
    letter = LETTERS.get(verdict.question, "")
    return f"{letter} {_(QUESTIONS[verdict.question])}".strip()


def conclusion(verdicts: Sequence[Verdict]) -> str:
    """Say in one sentence what the verdicts come to."""
    return _(_ENDINGS[overall(verdicts)])


def text(name: str, info: Mapping[str, str], verdicts: Sequence[Verdict]) -> str:
    """Return the page, for an archive called ``name``."""
    lines = [_("Vérification de l'archive {name}").format(name=name), ""]
    line = _("{label} : {value}")
    lines += [line.format(label=label, value=value) for label, value in subject(info)]
    lines += ["", _("Verdict : {state}").format(state=_(STATES[overall(verdicts)])), conclusion(verdicts)]
    for verdict in verdicts:
        lines += ["", line.format(label=title(verdict), value=_(STATES[verdict.state]))]
        lines += [fill(f"- {reason}.", _WIDTH, subsequent_indent="  ") for reason in verdict.reasons]
    return "\n".join(lines) + "\n"
