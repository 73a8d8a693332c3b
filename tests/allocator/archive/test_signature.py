"""Detached signatures, made here, by OpenSSL, or by somebody else."""

import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
)

from allocator.archive.bag import bag
from allocator.archive.opened import opened
from allocator.archive.pack import packed
from allocator.archive.refusal import ArchiveUnusableError
from allocator.archive.signature import (
    SIGNER,
    expected_key,
    key_fingerprint,
    public_pem,
    read_private_key,
    signature,
    signature_path,
)
from allocator.archive.verdict import State

KEY, OTHER = Ed25519PrivateKey.from_private_bytes(bytes(32)), Ed25519PrivateKey.from_private_bytes(bytes(31) + b"1")
OURS, THEIRS = (str(key_fingerprint(public_pem(key))) for key in (KEY, OTHER))


def _signed(folder: Path, key: Ed25519PrivateKey = KEY, content: bytes = b"x") -> Path:
    path = folder / "a.zip"
    path.write_bytes(packed(bag({"a": content}, {}, {SIGNER: public_pem(key)})))
    signature_path(path).write_bytes(key.sign(path.read_bytes()))
    return path


def _pem(key: Ed25519PrivateKey, protection: KeySerializationEncryption) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, protection)


def test_the_expected_key(tmp_path: Path) -> None:
    assert signature(opened(_signed(tmp_path)), OURS).state is State.CONFORMING


def test_without_a_key_a_sound_signature_says_whose_it_claims_to_be(tmp_path: Path) -> None:
    verdict = signature(opened(_signed(tmp_path)), None)
    assert verdict.state is State.NOT_ASKED
    assert OURS in verdict.reasons[0]


def test_the_wrong_key(tmp_path: Path) -> None:
    verdict = signature(opened(_signed(tmp_path, OTHER)), OURS)
    assert (verdict.state, verdict.reasons[-1]) == (State.NOT_CONFORMING, "ce n'est pas la clé attendue")


@pytest.mark.parametrize("key", [None, OURS])
def test_an_archive_altered_after_its_signature(tmp_path: Path, key: str | None) -> None:
    path = _signed(tmp_path)
    path.write_bytes(packed(bag({"a": b"y"}, {}, {SIGNER: public_pem(KEY)})))
    assert signature(opened(path), key).state is State.NOT_CONFORMING


@pytest.mark.parametrize("key", [None, OURS])
def test_an_altered_signature(tmp_path: Path, key: str | None) -> None:
    path = _signed(tmp_path)
    signature_path(path).write_bytes(bytes(64))
    assert signature(opened(path), key).state is State.NOT_CONFORMING


def test_a_key_put_in_the_place_of_the_signer(tmp_path: Path) -> None:
    path = _signed(tmp_path)
    path.write_bytes(packed(bag({"a": b"x"}, {}, {SIGNER: b"rien"})))
    assert signature(opened(path), None).state is State.NOT_CONFORMING


def test_a_signature_gone(tmp_path: Path) -> None:
    path = _signed(tmp_path)
    signature_path(path).unlink()
    assert signature(opened(path), None).state is State.UNVERIFIABLE
    assert signature(opened(path), OURS).state is State.UNVERIFIABLE


@pytest.mark.parametrize(("key", "state"), [(None, State.NOT_ASKED), (OURS, State.NOT_CONFORMING)])
def test_an_archive_without_signature(tmp_path: Path, key: str | None, state: State) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(packed(bag({"a": b"x"}, {}, {})))
    assert signature(opened(path), key).state is state


def test_openssl_verifies_the_signature(tmp_path: Path) -> None:
    openssl = shutil.which("openssl")
    assert openssl is not None
    _signed(tmp_path)
    (tmp_path / "key.pem").write_bytes(public_pem(KEY))
    command = [openssl, "pkeyutl", "-verify", "-pubin", "-inkey", "key.pem", "-rawin", "-in", "a.zip"]
    done = subprocess.run(
        [*command, "-sigfile", "a.zip.sig"], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr


def test_a_key_made_by_openssl(tmp_path: Path) -> None:
    openssl = shutil.which("openssl")
    assert openssl is not None
    path = tmp_path / "key.pem"
    subprocess.run([openssl, "genpkey", "-algorithm", "ed25519", "-out", path], check=True, capture_output=True)
    assert signature(opened(_signed(tmp_path, read_private_key(path))), None).state is State.NOT_ASKED


def test_keys_that_cannot_sign(tmp_path: Path) -> None:
    rsa = generate_private_key(public_exponent=65537, key_size=2048)
    for content in (
        b"rien",
        public_pem(KEY),
        _pem(KEY, BestAvailableEncryption(b"mot")),
        rsa.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
    ):
        (tmp_path / "key.pem").write_bytes(content)
        with pytest.raises(ArchiveUnusableError, match="clé privée Ed25519"):
            read_private_key(tmp_path / "key.pem")


def test_a_key_is_named_by_its_file_or_its_fingerprint(tmp_path: Path) -> None:
    (tmp_path / "key.pem").write_bytes(public_pem(KEY))
    assert expected_key(str(tmp_path / "key.pem")) == expected_key(f"SHA256:{OURS.upper()}") == OURS
    (tmp_path / "key.pem").write_bytes(b"rien")
    with pytest.raises(ArchiveUnusableError, match="clé publique"):
        expected_key(str(tmp_path / "key.pem"))
    assert OURS != THEIRS
