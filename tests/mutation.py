"""Texts and records that nobody would write, made of real ones: cut, doubled, crossed, spoilt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from tests.case_files import CASES, load_cases

# What has broken readers before: control and format characters, surrogate-like and unassigned ones, marks without a letter, digits that
# are no decimals, letters that change length with their case, separators, brackets, and words that mean something here.
_ODD = (
    "\0", "\x1b", "\x85", "\u00ad", "\u200b", "\u200d", "\u202e", "\u2028", "\ufeff", "\ufffd", "\udcff", "\U0010ffff", "\u0301", "\u0338", "\u3099", "²", "½",
    "٣", "𝟝", "Ⅷ", "㍿", "İ", "ß", "ŉ", "ﬃ", "Ǆ", "ẞ", "ᾳ", "、", "。", "؛", "‐", "—", "''", '"', "<", "&#0;", "&amp;", "]]>", "<![CDATA[", "<![", "<b>", "<!--", "%00", "\\", "{", "[[",
    "(", ")", "/", ";;", "|", " ## ", "://", "http://creativecommons.org/licenses/", "by-nc-", "/9.9/", "CC ", "not ", "unless ", "no ", "4.0", "-1",
    "0000-00-00", "9999999999999999", "10.", "10.5555/", "978-", "urn:", "info:eu-repo/", "\n\n", "\r", "\t", "🏴󠁧󠁢󠁣󠁴󠁿", "👩‍👩‍👧", "न", "กำ", "中文", "한",
)  # fmt: skip
_LONGEST = 4_000


@dataclass(frozen=True, slots=True)
class Mutator:
    """Spoils texts; the same chance gives the same texts."""

    seeds: Sequence[str]

    def text(self, chance: Random) -> str:
        """Make one text of one or two real ones, with up to four faults."""
        text = chance.choice(self.seeds)
        for _ in range(chance.choice((0, 1, 1, 2, 3, 4))):
            text = self._spoil(text, chance)
        return text[:_LONGEST]

    def _spoil(self, text: str, chance: Random) -> str:
        start, end = sorted(chance.randrange(len(text) + 1) for _ in range(2))
        piece = text[start:end]
        return (
            text[:start] + text[end:],
            text[:end] + piece * chance.choice((1, 2, 30)) + text[end:],
            text[:start] + chance.choice(_ODD) + text[start:],
            text[:start] + chance.choice(_ODD) + text[end:],
            text[:start] + _piece(chance.choice(self.seeds), chance) + text[end:],
            text + chance.choice((" ", "; ", ". ", " - ", "\n", "")) + chance.choice(self.seeds),
            text[:start] + chance.choice((str.upper, str.lower, str.swapcase, str.title))(piece) + text[end:],
            text[:start] + "".join(chance.sample(piece, len(piece))) + text[end:],
        )[chance.randrange(8)]


def _piece(text: str, chance: Random) -> str:
    start, end = sorted(chance.randrange(len(text) + 1) for _ in range(2))
    return text[start:end]


def spoil_bytes(content: bytes, others: Sequence[bytes], chance: Random) -> bytes:
    """Put up to five faults into a file: bits turned, pieces gone, doubled, or of another file."""
    for _ in range(chance.choice((0, 1, 1, 2, 3, 5))):
        start, end = sorted(chance.randrange(len(content) + 1) for _ in range(2))
        end = min(end, start + 2_000)
        other = chance.choice(others)
        at = chance.randrange(len(other) + 1)
        content = (
            content[:start] + bytes([chance.randrange(256)]) + content[start + 1 :],
            content[:start] + content[end:],
            content[:end] + content[start:end] + content[end:],
            content[:start] + chance.choice(_ODD).encode(errors="surrogatepass") + content[start:],
            content[:start] + other[at : at + 300] + content[start:],
            content[:end],
        )[chance.randrange(6)]
    return content


def spoil_object(node: Any, mutator: Mutator, chance: Random) -> Any:
    """Change a JSON document here and there: other texts, numbers, nothing, other keys, and lists where there were none."""
    if isinstance(node, dict):
        keys = ((mutator.text(chance)[:40] if chance.random() < 0.03 else key, member) for key, member in node.items())
        return {key: spoil_object(member, mutator, chance) for key, member in keys if chance.random() > 0.03}
    if isinstance(node, list):
        members = [spoil_object(member, mutator, chance) for member in node]
        return members * chance.choice((1, 1, 1, 1, 2, 0))
    if chance.random() < 0.8:
        return node
    return chance.choice(
        (mutator.text(chance), mutator.text(chance), None, True, -1, 1e308, 2**53, "", [], {}, [node, node], {"@value": node})
    )


def strings_in(node: Any) -> Iterator[str]:
    """Give every text of a document that is no key."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict | list):
        for member in node.values() if isinstance(node, dict) else node:
            yield from strings_in(member)


def case_texts() -> list[str]:
    """Give the texts of all cases, in a fixed order."""
    documents = (load_cases(path) for path in sorted(CASES.rglob("*.yaml")))
    return sorted({text for document in documents for text in strings_in(document) if text.strip()})


def sample_files(folders: Iterable[Path], most: int) -> list[Path]:
    """Give the files below some folders that are not too large, in a fixed order."""
    return sorted(path for folder in folders for path in folder.rglob("*") if path.is_file() and 0 < path.stat().st_size <= most)
