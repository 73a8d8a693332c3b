"""No secret is in the repository, and no text from a user is shown as HTML."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PATTERNS = {
    "private key": r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----\s*\n?[A-Za-z0-9+/]{40}",
    "cloud key": r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bAIza[0-9A-Za-z_-]{35}\b",
    "token": r"\b(?:gh[pousr]_[0-9A-Za-z]{36}|github_pat_\w{60,}|glpat-[\w-]{20}|xox[abprs]-[\w-]{10,}|sk-[\w-]{32,})",
    "web token": r"\beyJ[\w-]{20,}\.eyJ[\w-]{20,}\.[\w-]{20,}",
    "password in an address": r"\b[a-z][a-z0-9+]*://[^\s:/@\"'<>{}]+:(?!motdepasse@|hunter2@|secret@|[*$]|%s)[^\s:/@\"'<>{}]{3,}@",
    "value named as a secret": (
        r"(?i)\b(?:client_secret|cookie_secret|api_key|secret_key|access_token|password|passwd)[\"']?\s*[:=]\s*"
        r"[\"'](?!hunter2|motdepasse|\*+|\$|<|\{)[^\"'\s]{8,}[\"']"
    ),
}
NEVER_TRACKED = re.compile(r"(^|/)(secrets\.toml|\.env|\.pgpass|id_(rsa|ed25519)|[^/]*\.(key|p12|pfx))$")


def tracked() -> list[Path]:
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S607
    if done.returncode != 0:
        pytest.skip("ce n'est pas un dépôt git")
    return [ROOT / name for name in done.stdout.split("\0") if name]


def test_no_secret_is_in_the_repository() -> None:
    found = []
    for path in tracked():
        if not path.is_file() or path == Path(__file__):
            continue
        text = path.read_bytes().decode("utf-8", "ignore")
        for kind, pattern in PATTERNS.items():
            found += [f"{path.relative_to(ROOT)}: {kind}: {match[0][:30]}" for match in re.finditer(pattern, text)]
    assert found == []


def test_no_file_made_for_secrets_is_in_the_repository() -> None:
    assert [path for path in tracked() if NEVER_TRACKED.search(path.relative_to(ROOT).as_posix())] == []


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("private key", "-----BEGIN PRIVATE KEY-----\n" + "A" * 64), ("cloud key", "AKIA" + "A" * 16),
        ("token", "ghp_" + "a" * 36), ("web token", f"eyJ{'a' * 20}.eyJ{'a' * 20}.{'a' * 20}"),
        ("password in an address", "postgresql://comite:azertyuiop@serveur/comite"),
        ("value named as a secret", 'cookie_secret = "azertyuiop"'),
    ],
)  # fmt: skip
def test_each_sort_of_secret_would_be_seen(kind: str, text: str) -> None:
    assert re.search(PATTERNS[kind], text)


def test_no_page_shows_html_that_is_not_ours() -> None:
    """``unsafe_allow_html`` is nowhere, and ``st.html`` is given constants of the program only."""
    faults = []
    for path in [*(ROOT / "ui").rglob("*.py"), ROOT / "app.py"]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            names = {keyword.arg for keyword in node.keywords}
            html = isinstance(node.func, ast.Attribute) and node.func.attr in {"html", "iframe"}
            given = node.args[0] if node.args else None
            ours = isinstance(given, ast.Constant) or (isinstance(given, ast.Attribute) and given.attr.isupper())
            if "unsafe_allow_html" in names or (html and not ours):
                faults.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert faults == []
