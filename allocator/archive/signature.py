"""The detached signature of an archive: Ed25519 over its bytes, 64 raw bytes beside it, that OpenSSL verifies too.

``openssl pkeyutl -verify -pubin -inkey KEY.pem -rawin -in FILE.zip -sigfile FILE.zip.sig``. Source: Josefsson and
Liusvaara, "Edwards-Curve Digital Signature Algorithm (EdDSA)", RFC 8032 (2017), through the library ``cryptography``.
"""

import re
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from allocator.archive.bag import sha256
from allocator.archive.opened import Opened
from allocator.archive.refusal import ArchiveUnusableError
from allocator.archive.verdict import Question, State, Verdict
from scenarios.language import _

SIGNER = "signer.pem"
"""The public key, carried by the archive beside its manifests."""

_FINGERPRINT = re.compile(r"[0-9a-f]{64}")


def signature_path(archive: Path) -> Path:
    """Return where the signature of an archive stands."""
    return archive.with_name(f"{archive.name}.sig")


def read_private_key(path: Path) -> Ed25519PrivateKey:
    """Read a private key in a PEM file without password. Raises ArchiveUnusableError, OSError."""
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise _no_key(path) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise _no_key(path)
    return key


def public_pem(key: Ed25519PrivateKey) -> bytes:
    """Return the public half of a key, in PEM."""
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def key_fingerprint(pem: bytes) -> str | None:
    """Return the SHA-256, in hexadecimal, of an Ed25519 public key in DER; None when the text is no such key."""
    key = _public_key(pem)
    return None if key is None else sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))


def signed_by(pem: bytes, signature: bytes, content: bytes) -> bool:
    """Tell whether a signature of some bytes is that of the key."""
    key = _public_key(pem)
    if key is None:
        return False
    try:
        key.verify(signature, content)
    except InvalidSignature:
        return False
    return True


def signature(archive: Opened, key: str | None) -> Verdict:
    """Say whether an archive is signed as it claims and, given the fingerprint of a key, by that key.

    Without a key, a sound signature only says that the archive is as the holder of the key it carries left it.
    """
    question, place = Question.SIGNATURE, signature_path(archive.path)
    pem = archive.sealed.get(SIGNER)
    if pem is None and not place.is_file():
        if key is None:
            return Verdict(question, State.NOT_ASKED, (_("l'archive n'est pas signée"),))
        return Verdict(question, State.NOT_CONFORMING, (_("l'archive n'est pas signée, une signature était attendue"),))
    if not place.is_file():
        return Verdict(question, State.UNVERIFIABLE, (_("la signature {name} manque").format(name=place.name),))
    carried = key_fingerprint(pem or b"")
    if carried is None or not signed_by(pem or b"", place.read_bytes(), archive.content):
        return Verdict(question, State.NOT_CONFORMING, (_("la signature n'est pas celle de ce fichier"),))
    by = _("signée par la clé d'empreinte {fingerprint}").format(fingerprint=carried)
    if key is None:
        unknown = _("à comparer avec celle que publie le signataire (--key)")
        return Verdict(question, State.NOT_ASKED, (by, unknown))
    if key != carried:
        return Verdict(question, State.NOT_CONFORMING, (by, _("ce n'est pas la clé attendue")))
    return Verdict(question, State.CONFORMING, (by,))


def expected_key(text: str) -> str:
    """Return the fingerprint that an option names: a fingerprint, or a PEM file of a public key.

    Raises ArchiveUnusableError when it is neither, OSError.
    """
    fingerprint = text.lower().removeprefix("sha256:")
    if _FINGERPRINT.fullmatch(fingerprint):
        return fingerprint
    found = key_fingerprint(Path(text).read_bytes())
    if found is None:
        sentence = _("{path} ne contient pas de clé publique Ed25519 (PEM).")
        raise ArchiveUnusableError(sentence.format(path=text))
    return found


def _public_key(pem: bytes) -> Ed25519PublicKey | None:
    try:
        key = load_pem_public_key(pem)
    except (ValueError, UnsupportedAlgorithm):
        return None
    return key if isinstance(key, Ed25519PublicKey) else None


def _no_key(path: Path) -> ArchiveUnusableError:
    sentence = _("{path} ne contient pas de clé privée Ed25519 lisible (PEM, sans mot de passe).")
    return ArchiveUnusableError(sentence.format(path=path))
