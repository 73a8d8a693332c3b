"""Every variable of the environment the program reads: what it says, what it may say, and what is wrong at start.

Each is read where it serves; here stand their names together, so that a mistake is told once, before anything works
with a default nobody chose. docs/deploiement.md lists the same ones.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path

from allocator.archive.seal import EPOCH
from scenarios.language import LANGUAGES, N_, _
from scenarios.language import VARIABLE as LANGUAGE
from scenarios.limits import ARCHIVE, DOCUMENT, SizeLimit
from ui.identities import identity_named

PREFIX = "ALLOCATOR_"
STORE = "ALLOCATOR_STORE"
ARCHIVES = "ALLOCATOR_ARCHIVES"
WORKERS = "ALLOCATOR_WORKERS"
LOG_LEVEL = "ALLOCATOR_LOG_LEVEL"
LONGEST_CALCULATION = "ALLOCATOR_LONGEST_CALCULATION_SECONDS"
MOST_WAITING = "ALLOCATOR_MOST_WAITING_CALCULATIONS"
ADMINISTRATORS = "ALLOCATOR_ADMINISTRATORS"
IDENTITY_CLAIM = "ALLOCATOR_IDENTITY_CLAIM"
ROLES_CLAIM = "ALLOCATOR_ROLES_CLAIM"
UNKNOWN_USERS = "ALLOCATOR_UNKNOWN_USERS"
OWN_DRAFTS_ONLY = "ALLOCATOR_OWN_DRAFTS_ONLY"
MOST_WORKERS = 64
MOST_SECONDS = 604_800  # a week
MOST_WAITING_ALLOWED = 1000
LEVELS = ("debug", "info", "warning", "error")


class Unknown(StrEnum):
    """What somebody who signs in and to whom no role was given is."""

    NOBODY = "personne"
    MEMBER = "membre"


YES, NO = "oui", "non"


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


@dataclass(frozen=True)
class _Count:
    """A whole number from 1 to ``most``. ``default``: when the environment gives none; 0: the machine says."""

    name: str
    most: int
    default: int = 0

    def wrong(self, text: str) -> str:
        """Say what was expected; empty when the text may be used."""
        fine = text.isascii() and text.isdecimal() and len(text) <= len(str(self.most)) and 1 <= int(text) <= self.most
        return "" if fine else _("un nombre entier de 1 à {most}").format(most=self.most)

    def setting(self, meaning: str) -> Setting:
        """Return its line among the settings."""
        return Setting(self.name, str(self.default or ""), meaning, self.wrong)

    def value(self) -> int:
        """Return what the environment gives, else the default."""
        text = os.environ.get(self.name, "")
        return self.default if not text or self.wrong(text) else int(text)


_WORKERS = _Count(WORKERS, MOST_WORKERS)
_LONGEST = _Count(LONGEST_CALCULATION, MOST_SECONDS, 1800)
_WAITING = _Count(MOST_WAITING, MOST_WAITING_ALLOWED, 20)


def _place(text: str) -> str:
    from scenarios.store import UnusableStoreError, parsed  # commands that open no database do not wait for it

    try:
        if "://" in text:
            parsed(text)
    except UnusableStoreError:
        return _("un fichier, « sqlite:///… » ou « postgresql://… »")
    return ""


def _identities(text: str) -> str:
    fine = all(identity_named(one) for one in text.split(","))
    return "" if fine else _("des identités séparées par des virgules")


def _claim(text: str) -> str:
    return "" if text.isprintable() and " " not in text else _("le nom d'une information du fournisseur d'identité")


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
    _WORKERS.setting(N_("calculs menés en même temps ; sans réglage, un par cœur")),
    _LONGEST.setting(N_("secondes après lesquelles l'application arrête un calcul")),
    _WAITING.setting(N_("calculs qu'un onglet peut avoir en attente")),
    Setting(LOG_LEVEL, "info", N_("ce que le serveur écrit dans son journal, et au-dessus"), _one_of(LEVELS)),
    Setting(
        IDENTITY_CLAIM, "email", N_("information du fournisseur d'identité qui nomme une personne"), _claim
    ),
    Setting(ROLES_CLAIM, "", N_("information du fournisseur qui donne les rôles ; sans réglage, le magasin"), _claim),
    Setting(ADMINISTRATORS, "", N_("identités des administrateurs, séparées par des virgules"), _identities),
    Setting(
        UNKNOWN_USERS, Unknown.NOBODY, N_("qui se connecte sans qu'un rôle lui ait été donné : personne, ou membre"),
        _one_of(tuple(Unknown)),
    ),
    Setting(
        OWN_DRAFTS_ONLY, NO, N_("qui parle pour un partenaire ne voit que les brouillons des siens"), _one_of((YES, NO))
    ),
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
    return _WORKERS.value() or len(os.sched_getaffinity(0))


def longest_calculation() -> int:
    """Return after how many seconds a calculation of the application is stopped."""
    return _LONGEST.value()


def most_waiting() -> int:
    """Return how many calculations one browser tab may have waiting."""
    return _WAITING.value()


def log_level() -> str:
    """Return the lowest level the server writes, in capital letters."""
    text = os.environ.get(LOG_LEVEL, "")
    return (text if text in LEVELS else "info").upper()


def chosen(name: str) -> str:
    """Return what a setting says: its text in the environment, else its default."""
    return os.environ.get(name) or next(one.default for one in SETTINGS if one.name == name)


def own_drafts_only() -> bool:
    """Tell whether who speaks for a partner sees, of the dossiers not settled, only those of that partner's people."""
    return chosen(OWN_DRAFTS_ONLY) == YES
