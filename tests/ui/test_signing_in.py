"""Claims read as a user: identity, roles, partner, age of the sign-in; secrets checked and never repeated."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from scenarios.store import Person, Store, open_store
from ui import signing_in
from ui.configuration import ConfigurationError
from ui.roles import Role, User

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
ANNE = "anne@region.example"
SOUND = {
    "client_id": "comite", "client_secret": "motdepasse-client", "cookie_secret": "motdepasse" * 4,
    "redirect_uri": "https://comite.example/oauth2callback",
    "server_metadata_url": "https://identite.example/.well-known/openid-configuration",
}  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(str(tmp_path / "store.sqlite")) as opened:
        yield opened


def claims(**changed: object) -> dict[str, object]:
    given = {"is_logged_in": True, "iat": int(NOW.timestamp()), "email": ANNE, "name": "Anne Martin", **changed}
    return {name: value for name, value in given.items() if value is not None}


def read(store: Store, **changed: object) -> User:
    return signing_in.user(claims(**changed), store, NOW)


def test_somebody_unknown_is_nobody_or_a_member(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    assert read(store) == User(f"Anne Martin ({ANNE})", frozenset())
    monkeypatch.setenv("ALLOCATOR_UNKNOWN_USERS", "membre")
    assert read(store).roles == {Role.MEMBER}


def test_roles_and_partner_come_from_the_store(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.keep_person(Person(ANNE, frozenset({"financier", "autre chose"}), "REG"), "Chloé")
    assert read(store, email="Anne@Region.example") == User(f"Anne Martin ({ANNE})", frozenset({Role.OFFICER}), "REG")
    store.keep_person(Person(ANNE, frozenset(), "REG"), "Chloé")
    monkeypatch.setenv("ALLOCATOR_UNKNOWN_USERS", "membre")
    assert read(store).roles == frozenset(), "refused by name, even where everybody is a member"


@pytest.mark.parametrize(
    ("given", "roles"),
    [
        (["financier", "auditeur", "Domain Users"], {Role.OFFICER, Role.AUDITOR}), ("membre", {Role.MEMBER}),
        (["FINANCIER"], set()), ([], set()), (None, set()), ({"financier": True}, set()), ([["financier"]], set()),
        ("financier auditeur", set()), (7, set()),
    ],
)  # fmt: skip
def test_roles_come_from_the_claim_when_it_is_named(
    given: object, roles: set[Role], store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.keep_person(Person(ANNE, frozenset({"administrateur"}), "REG"), "Chloé")
    monkeypatch.setenv("ALLOCATOR_ROLES_CLAIM", "groups")
    found = read(store, groups=given)
    assert (found.roles, found.partner) == (roles, "REG"), "what the store says of roles no longer counts"
    store.keep_person(Person(ANNE, frozenset(), "REG"), "Chloé")
    assert read(store, groups=given).roles == frozenset(), "but who is left without a role is refused"


def test_without_the_claim_named_a_claim_gives_nothing(store: Store) -> None:
    assert read(store, roles=["administrateur"], groups=["administrateur"]).roles == frozenset()


def test_the_settings_name_the_first_administrator(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALLOCATOR_ADMINISTRATORS", "bruno@region.example, ANNE@region.example")
    assert read(store).roles == {Role.ADMINISTRATOR}
    assert read(store, email="chloe@region.example").roles == frozenset()
    assert read(store, email=f"x@y.example ({ANNE})") == signing_in.NOBODY


def test_an_address_that_is_not_verified_names_nobody(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALLOCATOR_ADMINISTRATORS", ANNE)
    for verified in (False, "false", "true", 0):
        assert read(store, email_verified=verified) == signing_in.NOBODY
    assert read(store, email_verified=True).roles == {Role.ADMINISTRATOR}


def test_another_claim_may_name_people(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALLOCATOR_IDENTITY_CLAIM", "sub")
    store.keep_person(Person("aB3", frozenset({"auditeur"})), "Chloé")
    assert read(store, sub="aB3", email_verified=False).roles == {Role.AUDITOR}
    assert read(store, sub="ab3").roles == frozenset(), "what is no address is compared as it is"
    for absent in (None, "", " ", 12, "a\nb", "x" * 151, "a,b"):
        assert read(store, sub=absent) == signing_in.NOBODY
    assert read(store, sub="x" * 150).name == f"Anne Martin ({'x' * 150})"


def test_a_name_cannot_pass_for_another_identity(store: Store) -> None:
    names = {"Anne": "Anne (anne@region.example)", ANNE: ANNE, "": ANNE, None: ANNE, 3: ANNE}
    for given, line in names.items():
        assert read(store, name=given).name == line
    assert read(store, name="Bruno (bruno@region.example)").name.endswith(f" ({ANNE})")
    assert read(store, name="A\u202eB\n").name == f"A B ({ANNE})"
    assert len(read(store, name="x" * 1000).name) == 80 + len(f" ({ANNE})")


@pytest.mark.parametrize(
    ("age", "fresh"),
    [
        (timedelta(), True), (timedelta(hours=12) - timedelta(seconds=1), True), (timedelta(hours=12), False),
        (timedelta(hours=13), False), (-timedelta(minutes=2), True), (-timedelta(minutes=2, seconds=1), False),
    ],
)  # fmt: skip
def test_a_sign_in_lasts_twelve_hours(age: timedelta, fresh: bool, store: Store) -> None:
    assert (read(store, iat=(NOW - age).timestamp()) != signing_in.NOBODY) is fresh


@pytest.mark.parametrize("issued", [None, "1", True, float("nan"), float("inf"), 1e300, [1]])
def test_a_sign_in_without_a_date_counts_for_nothing(issued: object, store: Store) -> None:
    assert read(store, iat=issued) == signing_in.NOBODY


@pytest.mark.parametrize("signed", [False, None, "true", 1])
def test_who_has_not_signed_in_is_nobody(signed: object, store: Store) -> None:
    assert read(store, is_logged_in=signed) == signing_in.NOBODY


def test_a_sound_section_is_used() -> None:
    signing_in.require_sound(SOUND, {"ALLOCATOR_ADMINISTRATORS": ANNE})
    signing_in.require_sound({**SOUND, "redirect_uri": "http://127.0.0.1:8501/oauth2callback"}, {})
    signing_in.require_sound(None, {"ALLOCATOR_LANG": "fr"})


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        *(({name: None}, f"la clé {name} manque") for name in signing_in.REQUIRED),
        ({"cookie_secret": "motdepasse" * 3 + "x"}, "au moins 32 caractères"),
        ({"redirect_uri": "https://comite.example/"}, "redirect_uri doit finir par /oauth2callback"),
        ({"redirect_uri": "http://comite.example/oauth2callback"}, "redirect_uri doit commencer par https://"),
        ({"server_metadata_url": "http://identite.example/"}, "server_metadata_url doit commencer par https://"),
        ({"server_metadata_url": "https://[x"}, "server_metadata_url doit commencer par https://"),
    ],
)
def test_what_is_wrong_is_told_without_its_value(changed: dict[str, object], said: str) -> None:
    with pytest.raises(ConfigurationError) as refusal:
        signing_in.require_sound({**SOUND, **changed}, {})
    assert said in str(refusal.value)
    assert len(str(refusal.value).splitlines()) == 2
    assert "motdepasse" not in str(refusal.value)


def test_a_cookie_secret_of_32_characters_is_enough() -> None:
    signing_in.require_sound({**SOUND, "cookie_secret": "x" * 32}, {})


@pytest.mark.parametrize(
    "name", ["ADMINISTRATORS", "IDENTITY_CLAIM", "ROLES_CLAIM", "UNKNOWN_USERS", "OWN_DRAFTS_ONLY"]
)
def test_settings_of_sign_in_without_secrets_do_not_open_to_everybody(name: str) -> None:
    with pytest.raises(ConfigurationError, match="les secrets n'ont pas de section"):
        signing_in.require_sound(None, {f"ALLOCATOR_{name}": "x"})


def test_a_library_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(_name: str) -> None:
        raise ModuleNotFoundError("No module named 'httpx'", name="httpx")

    monkeypatch.setattr(signing_in.importlib, "import_module", absent)
    with pytest.raises(ConfigurationError, match="demande le paquet Python httpx, qui n'est pas installé"):
        signing_in.require_parts()
