"""An OpenID Connect provider for the tests, on a free port: discovery, authorize, token, keys, sign-out.

It says yes to everybody as ``person``, and plays one ``fault`` at a time when asked. What it checks of the client is
what a real provider checks: redirect address, scope, secret, single use of a code, PKCE.
"""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT = "comite"
KEY_ID = "essai"


class Fault(StrEnum):
    """What a dishonest or broken provider may send."""

    STATE = "state"
    NONCE = "nonce"
    EXPIRED = "expired"
    KEY = "key"
    ISSUER = "issuer"
    AUDIENCE = "audience"


@dataclass
class Provider:
    """What the provider knows, and what it saw."""

    secret: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    person: dict[str, Any] = field(default_factory=dict)
    fault: Fault | None = None
    redirect_uri: str = ""
    url: str = ""
    given: list[str] = field(default_factory=list)
    """Codes and tokens given out: none of them may be written anywhere."""
    refusals: list[str] = field(default_factory=list)
    signed_out: int = 0
    _key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": KEY_ID}))
    _stranger: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": KEY_ID}))
    _asked: dict[str, dict[str, str]] = field(default_factory=dict)

    def discovery(self) -> dict[str, Any]:
        """Return what the provider says of itself."""
        return {
            "issuer": self.url, "authorization_endpoint": f"{self.url}/authorize", "jwks_uri": f"{self.url}/keys",
            "token_endpoint": f"{self.url}/token", "end_session_endpoint": f"{self.url}/end",
            "response_types_supported": ["code"], "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
        }  # fmt: skip

    def keys(self) -> dict[str, Any]:
        """Return the public key that signs."""
        return {"keys": [{**self._key.as_dict(private=False), "use": "sig", "alg": "RS256"}]}

    def authorize(self, asked: dict[str, str]) -> str:
        """Give a code; return the address that carries it back."""
        expected = {"client_id": CLIENT, "response_type": "code", "redirect_uri": self.redirect_uri}
        self._expect({name: asked.get(name, "") for name in expected} == expected, f"authorize: {sorted(asked)}")
        self._expect("openid" in asked.get("scope", "").split() and bool(asked.get("nonce")), "authorize: no nonce")
        self._expect(asked.get("code_challenge_method") == "S256", "authorize: no PKCE")
        code = secrets.token_urlsafe(24)
        self._asked[code] = asked
        self.given.append(code)
        state = "x" * 30 if self.fault is Fault.STATE else asked.get("state", "")
        return f"{self.redirect_uri}?{urlencode({'code': code, 'state': state})}"

    def token(self, sent: dict[str, str], authorization: str) -> dict[str, Any]:
        """Exchange a code, once, for an identity token."""
        basic = base64.b64encode(f"{CLIENT}:{self.secret}".encode()).decode()
        self._expect(authorization == f"Basic {basic}" or sent.get("client_secret") == self.secret, "token: secret")
        asked = self._asked.pop(sent.get("code", ""), {})
        challenge = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        verified = base64.urlsafe_b64encode(challenge).decode().rstrip("=") == asked.get("code_challenge")
        self._expect(verified and sent.get("redirect_uri") == self.redirect_uri, "token: code, verifier or address")
        now = int(time.time())
        expired = self.fault is Fault.EXPIRED
        claims = {
            "iss": f"{self.url}/autre" if self.fault is Fault.ISSUER else self.url, "sub": "1",
            "aud": "autre" if self.fault is Fault.AUDIENCE else CLIENT, "iat": now - 7200 * expired,
            "exp": now + 3600 - 7200 * expired,
            "nonce": "x" * 20 if self.fault is Fault.NONCE else asked.get("nonce", ""), **self.person,
        }  # fmt: skip
        key = self._stranger if self.fault is Fault.KEY else self._key
        signed = jwt.encode({"alg": "RS256", "kid": KEY_ID}, claims, key)
        access = secrets.token_urlsafe(24)
        self.given += [signed, access]
        return {"access_token": access, "token_type": "Bearer", "expires_in": 3600, "id_token": signed}

    def _expect(self, fine: bool, what: str) -> None:
        if not fine:
            self.refusals.append(what)


class _Handler(BaseHTTPRequestHandler):
    provider: Provider

    def do_GET(self) -> None:
        """Answer discovery, keys, authorize and the end of a session."""
        parts = urlsplit(self.path)
        asked = dict(parse_qsl(parts.query))
        if parts.path == "/authorize":
            self._redirect(self.provider.authorize(asked))
        elif parts.path == "/end":
            self.provider.signed_out += 1
            self._redirect(asked["post_logout_redirect_uri"])
        elif parts.path == "/keys":
            self._json(self.provider.keys())
        elif parts.path == "/.well-known/openid-configuration":
            self._json(self.provider.discovery())
        else:
            self.send_error(404)

    def do_POST(self) -> None:
        """Answer the exchange of a code."""
        sent = dict(parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
        self._json(self.provider.token(sent, self.headers.get("Authorization", "")))

    def _redirect(self, address: str) -> None:
        self.send_response(302)
        self.send_header("Location", address)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _json(self, value: dict[str, Any]) -> None:
        content = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - the name of the base class
        """Write nothing."""


@contextmanager
def provider() -> Iterator[Provider]:
    """Run a provider until the block ends."""
    found = Provider()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"provider": found}))
    found.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
