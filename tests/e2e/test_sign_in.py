"""Signing in, in a real browser, against a provider of the tests: the authorization-code flow and its refusals."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from scenarios.store import Person, open_store
from tests.e2e.identity_provider import CLIENT, Fault, Provider, provider

ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium")
TIMEOUT = 120_000
"""Milliseconds: enough on a machine that does ten other things."""

ANNE, BRUNO = "anne@region.example", "bruno@region.example"

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="il manque chromium (Debian, Ubuntu) : sudo apt-get install chromium"),
]


class Application:
    """The application that asks who enters, its provider, its store and what it writes."""

    def __init__(self, folder: Path, identities: Provider) -> None:
        self.identities = identities
        self.store = folder / "store.sqlite"
        self.log = folder / "server.log"
        self.cookie_secret = "motdepasse" * 4
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            port = taken.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        identities.redirect_uri = f"{self.url}/oauth2callback"
        secrets = folder / "secrets.toml"
        secrets.write_text(
            f'[auth]\nredirect_uri = "{identities.redirect_uri}"\ncookie_secret = "{self.cookie_secret}"\n'
            f'client_id = "{CLIENT}"\nclient_secret = "{identities.secret}"\n'
            f'server_metadata_url = "{identities.url}/.well-known/openid-configuration"\n'
            'client_kwargs = { code_challenge_method = "S256" }\n',
            encoding="utf-8",
        )
        environment = {
            **os.environ, "ALLOCATOR_STORE": str(self.store), "ALLOCATOR_ADMINISTRATORS": ANNE,
            "ALLOCATOR_LOG_LEVEL": "debug", "PYTHONPATH": str(ROOT), "NO_PROXY": "127.0.0.1",
        }  # fmt: skip
        with self.log.open("ab") as written:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless=true",
                 f"--server.port={port}", f"--secrets.files={secrets}"],
                cwd=ROOT, env=environment, stdout=written, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip

    def await_health(self) -> None:
        deadline = time.monotonic() + TIMEOUT / 1000
        while time.monotonic() < deadline and self.process.poll() is None:
            with suppress(URLError, OSError), urlopen(f"{self.url}/_stcore/health", timeout=5):  # noqa: S310 - ours
                return
            time.sleep(0.2)
        raise AssertionError(self.log.read_text(encoding="utf-8")[-2000:])

    def stop(self) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@pytest.fixture(scope="module")
def application(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Application]:
    with provider() as identities:
        found = Application(tmp_path_factory.mktemp("sign-in"), identities)
        try:
            found.await_health()
            yield found
        finally:
            found.stop()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        yield found
        found.close()


@pytest.fixture
def page(chromium: Browser, application: Application) -> Iterator[Page]:
    """Open the application in a browser that nobody has signed in with."""
    application.identities.fault = None
    application.identities.person = {"email": ANNE, "email_verified": True, "name": "Anne Martin"}
    context = chromium.new_context(locale="fr-FR")
    context.set_default_timeout(TIMEOUT)
    expect.set_options(timeout=TIMEOUT)
    opened = context.new_page()
    opened.goto(application.url)
    yield opened
    context.close()


def sign_in(page: Page) -> None:
    page.get_by_role("button", name="Se connecter").click()


def test_nothing_is_shown_before_signing_in(page: Page, application: Application) -> None:
    for place in ("", "repartition?scenario=tutoriel", "administration"):
        page.goto(f"{application.url}/{place}")
        expect(page.get_by_role("button", name="Se connecter")).to_be_visible()
        expect(page.get_by_text("Connectez-vous avec le compte")).to_be_visible()
        expect(page.get_by_role("link", name="Répartition")).to_have_count(0)
        expect(page.get_by_text("Ouvrir l'exemple régional")).to_have_count(0)


def test_an_administrator_signs_in_gives_a_role_and_signs_out(page: Page, application: Application) -> None:
    sign_in(page)
    who = page.get_by_role("button", name=re.compile("Anne Martin"))
    expect(who).to_contain_text(f"Anne Martin ({ANNE}) · administrateur")
    assert application.identities.refusals == []
    page.goto(f"{application.url}/administration")
    page.get_by_label("Identité, souvent une adresse").fill(BRUNO)
    page.get_by_role("combobox", name="Rôles").click()
    page.get_by_role("option", name="auditeur").click()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text(f"Enregistré : {BRUNO}.")).to_be_visible()
    with open_store(str(application.store)) as store:
        assert store.person(BRUNO) == Person(BRUNO, frozenset({"auditeur"}))
        assert store.log()[-1].author == f"Anne Martin ({ANNE})"
    before = application.identities.signed_out
    who.click()
    page.get_by_role("button", name="Se déconnecter").click()
    expect(page.get_by_role("button", name="Se connecter")).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="Se connecter")).to_be_visible()
    assert application.identities.signed_out == before + 1


def test_who_was_given_no_role_reads_what_to_ask(page: Page, application: Application) -> None:
    application.identities.person = {"email": "Denis@Dep.example", "name": "Denis"}
    sign_in(page)
    expect(page.get_by_text("le comité ne vous a donné aucun rôle")).to_be_visible()
    expect(page.get_by_text("denis@dep.example")).to_be_visible()
    expect(page.get_by_role("link", name="Répartition")).to_have_count(0)
    with open_store(str(application.store)) as store:
        store.keep_person(Person("denis@dep.example", frozenset({"membre"})), "Chloé")
    page.reload()
    expect(page.get_by_role("button", name=re.compile("Denis"))).to_contain_text("membre")
    with open_store(str(application.store)) as store:
        store.forget_person("denis@dep.example", "Chloé")
    page.reload()
    expect(page.get_by_text("le comité ne vous a donné aucun rôle")).to_be_visible()


def test_an_address_that_is_not_verified_does_not_enter(page: Page, application: Application) -> None:
    application.identities.person = {"email": ANNE, "email_verified": False, "name": "Anne Martin"}
    sign_in(page)
    expect(page.get_by_text("n'a pas vérifié votre adresse")).to_be_visible()


@pytest.mark.parametrize("fault", list(Fault))
def test_an_answer_that_is_not_the_one_awaited_is_refused(fault: Fault, page: Page, application: Application) -> None:
    application.identities.fault = fault
    given = len(application.identities.given)
    with page.expect_response(lambda answer: "/oauth2callback" in answer.url):
        sign_in(page)
    expect(page.get_by_role("button", name="Se connecter")).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="Se connecter")).to_be_visible()
    expect(page.get_by_text("Anne Martin")).to_have_count(0)
    assert len(application.identities.given) == given + (1 if fault is Fault.STATE else 3), "where it was refused"
    application.identities.fault = None
    sign_in(page)
    expect(page.get_by_role("button", name=re.compile("Anne Martin"))).to_be_visible()


def test_a_cookie_that_was_altered_names_nobody(page: Page, application: Application) -> None:
    sign_in(page)
    expect(page.get_by_role("button", name=re.compile("Anne Martin"))).to_be_visible()
    cookies = page.context.cookies()
    (kept,) = [one for one in cookies if one["name"] == "_streamlit_user"]
    page.context.add_cookies(
        [{**kept, "value": f"A{kept['value'][1:]}" if kept["value"][0] != "A" else f"B{kept['value'][1:]}"}]
    )
    page.goto(application.url)
    expect(page.get_by_role("button", name="Se connecter")).to_be_visible()


def test_no_secret_is_written_in_the_journal_of_the_server(page: Page, application: Application) -> None:
    """Everything above ran with the most talkative journal; one sign-in more, in case this test runs alone."""
    sign_in(page)
    expect(page.get_by_role("button", name=re.compile("Anne Martin"))).to_be_visible()
    written = application.log.read_text(encoding="utf-8")
    assert '"level": "debug"' in written
    (cookie,) = [one["value"] for one in page.context.cookies() if one["name"] == "_streamlit_user"]
    hidden = [application.identities.secret, application.cookie_secret, cookie, *application.identities.given]
    assert [secret[:12] for secret in hidden if secret in written] == []
