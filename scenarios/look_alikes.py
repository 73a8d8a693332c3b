"""Characters that are not what they look like, named so that a person can find them.

A Cyrillic « а » prints exactly as a Latin one: a code that holds it is another code. The pairs are the letters of the
Cyrillic and Greek alphabets that Unicode's confusables list (UTS 39, "confusables.txt") maps to one ASCII letter.
"""

import unicodedata

from scenarios.language import N_, _

_LOOKS = dict(
    zip(
        "аеорсухіјѕԁһԛԝАВЕКМНОРСТУХІЈЅԌαορνΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
        "aeopcyxijsdhqwABEKMHOPCTYXIJSGaopvABEZHIKMNOPTYX",
        strict=True,
    )
)
_SCRIPTS = {"CYRILLIC": N_("cyrillique"), "GREEK": N_("grecque")}
_DASHES = "‐‑‒–—−"

REVERSING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that change the direction of the text around them: a figure could be shown in another order than it is."""


def advice_on_code(text: str) -> str | None:
    """Name the first character of a code that is not plain ASCII, and what to write instead; None when all are."""
    strange = next((character for character in text if not character.isascii()), None)
    if strange is None:
        return None
    point = f"U+{ord(strange):04X}"
    if strange in _LOOKS:
        script = _(_SCRIPTS[unicodedata.name(strange).split()[0]])
        return _(
            "Le caractère n° {rank}, « {strange} » ({point}), est une lettre {script} : tapez « {latin} »."
        ).format(rank=text.index(strange) + 1, strange=strange, point=point, script=script, latin=_LOOKS[strange])
    if strange in _DASHES:
        return _("Le caractère n° {rank} ({point}) n'est pas un tiret simple : tapez « - ».").format(
            rank=text.index(strange) + 1, point=point
        )
    if not strange.isprintable() or strange.isspace():
        return _("Le caractère n° {rank} ({point}) est invisible : supprimez-le.").format(
            rank=text.index(strange) + 1, point=point
        )
    base = unicodedata.normalize("NFKD", strange)[0]
    if base.isascii() and base.isalnum():
        return _("Écrivez « {base} » à la place de « {strange} » : un code n'a pas d'accent.").format(
            base=base, strange=strange
        )
    return None
