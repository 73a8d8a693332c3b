"""Every variable of the environment the program reads: what it says, what it may say, and what is wrong at start.

Each is read where it serves; here stand their names together, so that a mistake is told once, before anything works
with a default nobody chose. docs/deploiement.md lists the same ones.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from allocator.archive.seal import EPOCH
from scenarios.language import LANGUAGES, N_, _
from scenarios.language import VARIABLE as LANGUAGE
from scenarios.limits import ARCHIVE, DOCUMENT, SizeLimit

PREFIX = "ALLOCATOR_"
STORE = "ALLOCATOR_STORE"
ARCHIVES = "ALLOCATOR_ARCHIVES"
WORKERS = "ALLOCATOR_WORKERS"
LOG_LEVEL = "ALLOCATOR_LOG_LEVEL"
MOST_WORKERS = 64
LEVELS = ("debug", "info", "warning", "error")


@dataclass(frozen=True)
class Setting:
    """One variable. ``wrong`` takes its text and says what was expected, or nothing when it may be used.

    ``secret``: its value is never shown, in a message or in the journal of the server.
    """

    name: str
    default: str
    meaning: str
    wrong: Callable[[str], str]
    secret: bool = False


class ConfigurationError(Exception):
    """The environment says something that cannot be used; ``str()`` tells every variable and what was expected."""


def _one_of(words: tuple[str, ...]) -> Callable[[str], str]:
    return lambda text: "" if text in words else _("l'un des mots {words}").format(words=", ".join(words))


def _count(text: str) -> str:
    fine = text.isascii() and text.isdecimal() and len(text) < 4 and 1 <= int(text) <= MOST_WORKERS
    return "" if fine else _("un nombre entier de 1 à {most}").format(most=MOST_WORKERS)


def _place(text: str) -> str:
    from scenarios.store import UnusableStoreError, parsed  # commands that open no database do not wait for it

    try:
        if "://" in text:
            parsed(text)
    except UnusableStoreError:
        return _("un fichier, « sqlite:///… » ou « postgresql://… »")
    return ""


def _seconds(text: str) -> str:
    fine = text.isascii() and text.isdecimal() and len(text) < 12
    return "" if fine else _("un nombre de secondes depuis 1970")


def _size(limit: SizeLimit) -> Setting:
    return Setting(
        limit.variable, str(limit.default), limit.meaning, lambda text: limit.refusal({limit.variable: text})
    )


SETTINGS = (
    Setting(LANGUAGE, LANGUAGES[0], N_("langue de ce qui est dit et écrit"), _one_of(LANGUAGES)),
    Setting(
        STORE, "~/.local/share/comite-des-financeurs/store.sqlite",
        N_("magasin des scénarios : un fichier, ou l'adresse d'une base"), _place, secret=True,
    ),
    Setting(
        ARCHIVES, "~/.local/share/comite-des-financeurs/archives", N_("dossier où les archives scellées sont gardées"),
        lambda text: _("un dossier, non un fichier") if Path(text).expanduser().is_file() else "",
    ),
    Setting(WORKERS, "", N_("calculs menés en même temps ; sans réglage, un par cœur"), _count),
    Setting(LOG_LEVEL, "info", N_("ce que le serveur écrit dans son journal, et au-dessus"), _one_of(LEVELS)),
    _size(DOCUMENT),
    _size(ARCHIVE),
    Setting(EPOCH, "", N_("heure des archives, en secondes depuis 1970, à la place de l'horloge"), _seconds),
)  # fmt: skip


def problems(environment: Mapping[str, str] = os.environ) -> Iterator[str]:
    """Yield a sentence for each variable that cannot be used, and for each one that nobody reads."""
    known = {setting.name: setting for setting in SETTINGS}
    for name, setting in known.items():
        text = environment.get(name, "")
        expected = setting.wrong(text) if text else ""
        if expected:
            found = (
                _("une valeur qui ne peut pas être employée") if setting.secret else _("« {name} »").format(name=text)
            )
            yield _("{name} : trouvé {found} ; attendu : {expected}.").format(name=name, found=found, expected=expected)
    for name in sorted(environment):
        if name.startswith(PREFIX) and name not in known:
            near = get_close_matches(name, known, n=1)
            advice = _("vouliez-vous dire {near} ?").format(near=near[0]) if near else _("ôtez-la.")
            yield _("{name} : variable inconnue ; {advice}").format(name=name, advice=advice)


def require_sound(environment: Mapping[str, str] = os.environ) -> None:
    """Raise ConfigurationError with everything wrong in the environment."""
    found = list(problems(environment))
    if found:
        raise ConfigurationError(
            "\n".join([_("Les réglages de l'environnement ne peuvent pas être employés."), *found])
        )


def workers() -> int:
    """Return how many calculations run at the same time."""
    text = os.environ.get(WORKERS, "")
    return int(text) if text and not _count(text) else len(os.sched_getaffinity(0))


def log_level() -> str:
    """Return the lowest level the server writes, in capital letters."""
    text = os.environ.get(LOG_LEVEL, "")
    return (text if text in LEVELS else "info").upper()
