"""The option ``--lang`` of every command: the language in which everything is said, help and errors included."""

import os
from collections.abc import Sequence

from scenarios.language import LANGUAGES, N_, VARIABLE, _, spoken
from ui.cli.failures import CommandError

OPTION = "--lang"
METAVAR = N_("LANGUE")
HELP = N_("Langue de tout ce qui est affiché et des classeurs écrits : {names}.")


def language_of(arguments: Sequence[str]) -> tuple[str, list[str]]:
    """Return the language asked, wherever the option stands, and the arguments without it.

    Nobody asks: the language of the environment, else French. Raises CommandError for one that is not spoken.
    """
    named, left = os.environ.get(VARIABLE) or spoken(), list(arguments)
    ends = left.index("--") if "--" in left else len(left)
    for place, argument in enumerate(left[:ends]):
        name, equals, value = argument.partition("=")
        if name == OPTION:
            if not equals and place + 1 == len(left):
                raise CommandError(_("L'option {option} attend une valeur.").format(option=OPTION))
            named = value if equals else left[place + 1]
            del left[place : place + (1 if equals else 2)]
            break
    if named not in LANGUAGES:
        sentence = _("La langue « {name} » n'existe pas. Langues : {names}.")
        raise CommandError(sentence.format(name=named, names=", ".join(LANGUAGES)))
    return named, left
