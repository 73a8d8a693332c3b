"""Damage, drawn from a seed: bytes flipped, words replaced by worse ones, parts of a package lost or swapped."""

import io
import re
import warnings
import zipfile
from collections.abc import Callable, Mapping
from random import Random

EVIL = (
    "", " ", "NaN", "nan", "inf", "-Infinity", "1e308", "1e-400", "-0", "-1", "0", "9" * 400, "0x10", "1_000", "١٢٣",
    "²", "1,5", "1 000", "1/0", "0/0", "1.005", "100 %", "101 %", "0001-01-01", "9999-12-31", "2026-02-30", "20260101",
    "=1+1", "=cmd|' /C calc'!A0", "@SUM(1)", "<script>alert(1)</script>", "[b]gras[/b]", "{}", "{0}", "{code}", "%s",
    "../../etc/passwd", "C:\\con", "\x00", "\x1b[31m", "\ufeff", "\u202e", "\u200b", "\u0430", "é", "e\u0301",
    "\U0001f4a5", "\ud7ff\ue000", "x" * 70_000, "null", "~", "true", "oui", "*a", "&a", "!!python/object:os.system",
    "!!set", "---", "|", "[" * 60, "{" * 60, '"', "'", "#", "\t", "\r", "\n\n", ",", ";",
)  # fmt: skip
"""What stands in the place of a word."""

_WORD = re.compile(r"[^\s,:;\[\]{}<>\"'|=/]+")
_XML_TEXT = re.compile(rb">([^<>]+)<|=\"([^\"]*)\"")
Damage = Callable[[Random, bytes], bytes]


def flipped(random: Random, content: bytes) -> bytes:
    """Change a few bits."""
    damaged = bytearray(content)
    for _time in range(random.randint(1, 8)):
        damaged[random.randrange(len(damaged))] ^= 1 << random.randrange(8)
    return bytes(damaged)


def cut(random: Random, content: bytes) -> bytes:
    """Stop too early."""
    return content[: random.randrange(len(content))]


def repeated(random: Random, content: bytes) -> bytes:
    """Write a stretch again somewhere else."""
    start = random.randrange(len(content))
    stretch = content[start : start + random.randint(1, 400)]
    place = random.randrange(len(content))
    return content[:place] + stretch * random.randint(1, 3) + content[place:]


def removed(random: Random, content: bytes) -> bytes:
    """Lose a stretch."""
    start = random.randrange(len(content))
    return content[:start] + content[start + random.randint(1, 200) :]


def noisy(random: Random, content: bytes) -> bytes:
    """Put random bytes somewhere."""
    place = random.randrange(len(content))
    return content[:place] + random.randbytes(random.randint(1, 40)) + content[place:]


def worded(random: Random, content: bytes) -> bytes:
    """Replace one to three words by worse ones."""
    text = content.decode("utf-8", "replace")
    for _time in range(random.randint(1, 3)):
        words = list(_WORD.finditer(text))
        if words:
            word = random.choice(words)
            text = text[: word.start()] + random.choice(EVIL) + text[word.end() :]
    return text.encode("utf-8", "surrogatepass")


def moved_lines(random: Random, content: bytes) -> bytes:
    """Lose, repeat, or swap lines."""
    lines = content.splitlines(keepends=True) or [content]
    first, second = random.randrange(len(lines)), random.randrange(len(lines))
    choice = random.randrange(3)
    if choice == 0:
        del lines[first]
    elif choice == 1:
        lines.insert(second, lines[first])
    else:
        lines[first], lines[second] = lines[second], lines[first]
    return b"".join(lines)


def recoded(random: Random, content: bytes) -> bytes:
    """Write the text in another encoding, or begin it with a byte-order mark."""
    text = content.decode("utf-8", "replace")
    encoding = random.choice(["utf-16", "utf-16-le", "utf-32", "cp1252", "utf-7", "utf-8-sig"])
    return text.encode(encoding, "replace")


def xml_worded(random: Random, content: bytes) -> bytes:
    """Replace one value of an XML part, a text or an attribute, by a worse one; nothing to replace: flip bits."""
    found = list(_XML_TEXT.finditer(content))
    if not found:
        return flipped(random, content) if content else b"<"
    group = random.choice(found)
    start, end = group.span(1) if group[1] is not None else group.span(2)
    evil = random.choice((*EVIL, "-1", "A0", "XFE1", "A1048577", "A1:B", "4294967296")).encode("utf-8", "surrogatepass")
    return content[:start] + evil.replace(b"<", b"&lt;").replace(b'"', b"&quot;") + content[end:]


RAW: tuple[Damage, ...] = (flipped, cut, repeated, removed, noisy)
TEXT: tuple[Damage, ...] = (worded, worded, worded, worded, moved_lines, recoded, *RAW)
XML: tuple[Damage, ...] = (xml_worded, xml_worded, xml_worded, xml_worded, *RAW)


def unzipped(content: bytes) -> dict[str, bytes]:
    """Return the parts of a sound package."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: Mapping[str, bytes], twice: str | None = None) -> bytes:
    """Return a package of some parts, one of them there twice if asked."""
    target = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")  # zipfile warns of a name written twice
        for name, content in parts.items():
            archive.writestr(name, content)
        if twice is not None:
            archive.writestr(twice, b"")
    return target.getvalue()


def package(random: Random, content: bytes, damages: tuple[Damage, ...]) -> bytes:
    """Damage one part of a package, its list of parts, or its very bytes."""
    parts = unzipped(content)
    names = sorted(parts)
    name = random.choice(names)
    choice = random.randrange(10)
    if choice == 0:
        return random.choice(RAW)(random, content)
    if choice == 1:
        del parts[name]
        return zipped(parts)
    if choice == 2:
        return zipped(parts, twice=name)
    if choice == 3:
        parts[random.choice(["../../trop-haut", "/abs", "xl/vbaProject.bin", "data/x/y/z", "a\\b", "é"])] = b"x"
        return zipped(parts)
    if choice == 4:
        other = random.choice(names)
        parts[name], parts[other] = parts[other], parts[name]
        return zipped(parts)
    parts[name] = random.choice(damages)(random, parts[name] or b"\x00")
    return zipped(parts)
