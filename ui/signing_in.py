"""Who works here: the claims of an identity provider read as a user, with roles and partner.

Streamlit plays the OIDC flow (state, nonce, signature and dates of the token); nothing here sees a token or a secret's
value. Without an ``[auth]`` section in Streamlit's secrets there is no sign-in, and one local user has every role.
"""

import importlib
import os
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from scenarios.language import _
from scenarios.store import Store
from ui.configuration import (
    ADMINISTRATORS,
    IDENTITY_CLAIM,
    OWN_DRAFTS_ONLY,
    ROLES_CLAIM,
    UNKNOWN_USERS,
    ConfigurationError,
    Unknown,
    chosen,
)
from ui.identities import identities, identity_named, line_of
from ui.roles import Role, User

REQUIRED = ("client_id", "client_secret", "cookie_secret", "redirect_uri", "server_metadata_url")
"""Keys of the ``[auth]`` section, each needed."""

SHORTEST_COOKIE_SECRET = 32
CALLBACK = "/oauth2callback"

LONGEST_SESSION = timedelta(hours=12)
"""A sign-in counts this long: Streamlit's cookie lives thirty days, and roles taken from a claim would with it."""

CLOCK_GAP = timedelta(minutes=2)
"""How far the provider's clock may be ahead of this one, as Authlib admits for the token."""

NOBODY = User("", frozenset())
"""Who has not signed in: may do nothing."""

_LOCAL_HOSTS = {"localhost", "127.0.0.1", "::1"}
_SETTINGS = (ADMINISTRATORS, IDENTITY_CLAIM, OWN_DRAFTS_ONLY, ROLES_CLAIM, UNKNOWN_USERS)


def require_sound(section: Mapping[str, object] | None, environment: Mapping[str, str] = os.environ) -> None:
    """Raise ConfigurationError with everything wrong in the ``[auth]`` section; no value is repeated.

    ``section``: None when there is none. A setting of sign-in without a section is wrong too: an application meant to
    ask who enters must not open to everybody because a file is missing.
    """
    found = list(_faults(section, environment))
    if found:
        raise ConfigurationError("\n".join([_("La connexion ne peut pas être employée."), *found]))


def require_parts() -> None:
    """Raise ConfigurationError when a library that Streamlit signs in with is not installed."""
    try:
        importlib.import_module("authlib.integrations.starlette_client")
    except ModuleNotFoundError as error:
        sentence = _("La connexion demande le paquet Python {name}, qui n'est pas installé.")
        raise ConfigurationError(sentence.format(name=error.name)) from error


def _faults(section: Mapping[str, object] | None, environment: Mapping[str, str]) -> Iterator[str]:
    if section is None:
        for name in _SETTINGS:
            if environment.get(name):
                yield _("{name} règle la connexion, et les secrets n'ont pas de section [auth].").format(name=name)
        return
    texts = {name: str(section.get(name) or "") for name in REQUIRED}
    for name in REQUIRED:
        if not texts[name]:
            yield _("secrets, section [auth] : la clé {name} manque.").format(name=name)
    if texts["cookie_secret"] and len(texts["cookie_secret"]) < SHORTEST_COOKIE_SECRET:
        short = _("secrets, section [auth] : cookie_secret doit avoir au moins {count} caractères, tirés au sort.")
        yield short.format(count=SHORTEST_COOKIE_SECRET)
    if texts["redirect_uri"] and not texts["redirect_uri"].endswith(CALLBACK):
        yield _("secrets, section [auth] : redirect_uri doit finir par {end}.").format(end=CALLBACK)
    for name in ("redirect_uri", "server_metadata_url"):
        if texts[name] and not _guarded(texts[name]):
            bare = _("secrets, section [auth] : {name} doit commencer par https:// (http:// sur la machine seule).")
            yield bare.format(name=name)


def _guarded(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOCAL_HOSTS)


def is_fresh(claims: Mapping[str, object], now: datetime) -> bool:
    """Tell whether somebody is signed in, since less than LONGEST_SESSION."""
    issued = claims.get("iat")
    if claims.get("is_logged_in") is not True or isinstance(issued, bool) or not isinstance(issued, int | float):
        return False
    try:
        age = now - datetime.fromtimestamp(issued, UTC)
    except (ValueError, OverflowError, OSError):
        return False
    return -CLOCK_GAP <= age < LONGEST_SESSION


def identity(claims: Mapping[str, object]) -> str | None:
    """Return what names a person for good; None when the claim is absent, or is an address said not to be verified."""
    name = chosen(IDENTITY_CLAIM)
    found = claims.get(name)
    if name == "email" and claims.get("email_verified", True) is not True:
        return None
    return identity_named(found) if isinstance(found, str) else None


def user(claims: Mapping[str, object], store: Store, now: datetime) -> User:
    """Return who the claims name, with the roles they have now; NOBODY when they name nobody who is signed in.

    Roles come from the claim that the settings name, else from the store; the partner from the store; administrators
    named by the settings are administrators besides. Somebody known to neither is what the settings say of unknown
    people; somebody whom the store knows without any role is refused.
    """
    who = identity(claims) if is_fresh(claims, now) else None
    if who is None:
        return NOBODY
    known = store.person(who)
    claim = chosen(ROLES_CLAIM)
    given = _roles(claims.get(claim)) if claim else _roles(sorted(known.roles) if known else ())
    shut_out = known is not None and not known.roles
    if shut_out:
        given = frozenset()
    elif not given and chosen(UNKNOWN_USERS) == Unknown.MEMBER and (claim or known is None):
        given = frozenset({Role.MEMBER})
    if who in identities(chosen(ADMINISTRATORS)):
        given |= {Role.ADMINISTRATOR}
    return User(line_of(claims.get("name"), who), given, known.partner if known else None)


def _roles(given: object) -> frozenset[Role]:
    """Return the roles that a claim names, one text or a list of them; other words are those of other applications."""
    words = [given] if isinstance(given, str) else given if isinstance(given, list | tuple) else []
    return frozenset(Role(word) for word in words if isinstance(word, str) and word in set(Role))
