"""One folding of text, for the index and for the query alike.

Folding takes away what differs without meaning: case, Latin, Greek and Cyrillic accents, width and presentation forms,
Arabic and Hebrew vowel points, kinds of dash, quote and digit. It keeps what carries meaning, such as the vowel signs
of the scripts of India and the marks of Thai. Every folded character knows the character of the text it came from.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import lru_cache

_LETTERS = {
    "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ŋ": "n", "ə": "e",
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ئ": "ي", "ؤ": "و", "ک": "ك",
    "ة": "ه", "ۀ": "ه", "ہ": "ه", "ھ": "ه", "ە": "ه",
    "ך": "כ", "ם": "מ", "ן": "נ", "ף": "פ", "ץ": "צ",
    "。": ".", "、": ",", "،": ",", "؛": ";", "؟": "?", "।": ".", "॥": ".", "۔": ".", "・": " ", "·": "", "•": ";", "…": ".",
    **dict.fromkeys("▶▷►▸■□●◆◇◎▪▫★☆※➤➢", ";"), **dict.fromkeys("✕✖✗✘❌", "x"),
    "「": " ", "」": " ", "『": " ", "』": " ", "《": " ", "》": " ", "【": "(", "】": ")", "〔": "(", "〕": ")",
}  # fmt: skip
_SPACED = frozenset("-‐‑‒–—―−־_'’‘ʼ`´׳״\"“”„«»‹›*#=~^<>{}")
# combining accents; Hebrew points; Arabic marks; variation selectors
_MARK_RANGES = (
    (0x0300, 0x036F),
    (0x0591, 0x05BD),
    (0x05BF, 0x05BF),
    (0x05C1, 0x05C2),
    (0x05C4, 0x05C7),
    (0x0610, 0x061A),
    (0x064B, 0x065F),
    (0x0670, 0x0670),
    (0x06D6, 0x06ED),
    (0xFE00, 0xFE0F),
)
_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\u0640")
# a blank line, a line that opens with the mark of a list, a middle dot before an item and the Greek semicolon end what stands before them
_STOP = re.compile(r"\n(?=[ \t]*(?:\n|[-*•–—] ))|[\u00b7\u0387](?=\s)|(?<=\s)\u30fb(?=\S)")
_STOPS = "\n\u00b7\u0387\u30fb"
_SPACES = re.compile(r" {2,}")
UNSPACED = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af"
"""The letters of scripts that write no spaces between words, or join particles to them, as the inside of a character class."""
_UNSPACED = re.compile(f"[{UNSPACED}]")


class Folded:
    """A folded text that knows, for each of its characters, which original character it stands for.

    The way back is worked out only when a span is asked for: most texts are folded to be looked up, not to be quoted.
    """

    __slots__ = ("_expanded", "_origins", "_source", "original", "text")

    def __init__(self, original: str) -> None:
        self.original = original
        self._source = _STOP.sub(";", original) if any(sign in original for sign in _STOPS) else original
        self._expanded = self._source.translate(_TABLE)
        self.text = (_SPACES.sub(" ", self._expanded) if "  " in self._expanded else self._expanded).strip(" ")
        self._origins: Sequence[int] | None = None

    @property
    def key(self) -> str:
        """Give what ``fold_key`` makes of the text, from what is folded already."""
        return " ".join(fold_words(self.original))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Give the span of the original text that a non-empty span of the folded text covers."""
        origins = self._origins or self.origins()
        return origins[start], origins[end - 1] + 1

    def origins(self) -> Sequence[int]:
        """Give the place in the original text of each character of the folded one, and of those after it that were left out."""
        if self._origins is None:
            self._origins = _origins(self._source, self._expanded)
        return self._origins

    def place(self, index: int) -> int:
        """Give the place in the folded text of the first character that stands for one at or behind a place of the original."""
        if self._origins is None:
            self._origins = _origins(self._source, self._expanded)
        return min(bisect_left(self._origins, index), len(self.text))


class Respelt(Folded):
    """A folded text with other words at some spans of it, in order; each still knows what was written there."""

    __slots__ = ()

    def __init__(self, folded: Folded, words: Iterable[tuple[int, int, str]]) -> None:
        super().__init__(folded.original)
        own, origins, texts, end = self.origins(), list[int](), list[str](), 0
        for start, stop, word in words:
            texts += self.text[end:start], word
            origins += own[end:start]
            origins += (own[min(start + place, stop - 1)] for place in range(len(word) - 1))
            origins.append(own[stop - 1])
            end = stop
        self.text, self._origins = "".join((*texts, self.text[end:])), [*origins, *own[end:]]


def fold(text: str) -> Folded:
    r"""Fold a text, keeping sentence punctuation and the way back to the original.

    >>> fold("No-Comercial  (Versió)").text
    'no comercial (versio)'
    >>> fold("Adapt\n\nThe licensor").text
    'adapt; the licensor'
    """
    return Folded(text)


@lru_cache(maxsize=65536)
def fold_key(text: str) -> str:
    """Fold a label or a whole value to the key it is indexed and looked up by: letters, marks and digits, single spaces.

    >>> fold_key("Article (Recerca) ; «Versió publicada»")
    'article recerca versio publicada'
    """
    key = " ".join(fold_words(text))
    return text if key == text else key


def fold_words(text: str) -> list[str]:
    """Fold a text to its words, as ``fold_key`` does; nothing of it is kept, so that it suits texts that hardly repeat."""
    return text.translate(_WORD_TABLE).split()


def letters_of(text: str) -> str:
    """Give a folded text with a space for each character that is no part of a word; every character keeps its place."""
    return text.translate(_LETTER_TABLE)


def is_unspaced(character: str) -> bool:
    """Tell whether the script of a character writes words without spaces between them, or joins particles to them."""
    return _UNSPACED.match(character) is not None


def is_word(character: str) -> bool:
    """Tell whether a character is part of a word: a letter, a digit, or a mark that belongs to one."""
    return character.isalnum() or unicodedata.category(character).startswith("M")


def is_framed(text: str) -> bool:
    """Tell whether the first and the last character of a text stay as letters or digits, and nothing else, when it is folded."""
    return _WORD_TABLE[ord(text[0])].isalnum() and _WORD_TABLE[ord(text[-1])].isalnum()


class _FoldTable(dict[int, str]):
    """The folding of each code point, filled as code points are met; bounded by Unicode itself.

    ``uneven`` are the characters met that do not become one other.
    """

    def __init__(self) -> None:
        super().__init__()
        self.uneven: set[str] = set()

    def __missing__(self, point: int) -> str:
        folded = _fold_character(chr(point))
        if len(folded) != 1:
            self.uneven.add(chr(point))
        self[point] = folded
        return folded


class _WordTable(dict[int, str]):
    """Like the folding table, for keys: whatever is no part of a word becomes a space."""

    def __missing__(self, point: int) -> str:
        kept = self[point] = "".join(folded if is_word(folded) else " " for folded in _TABLE[point])
        return kept


class _LetterTable(dict[int, str]):
    """A space for whatever is no part of a word; all else as it stands."""

    def __missing__(self, point: int) -> str:
        kept = self[point] = chr(point) if is_word(chr(point)) else " "
        return kept


def _fold_character(character: str) -> str:
    if character in _SPACED or character.isspace():
        return " "
    if character in _INVISIBLE:
        return ""
    folded = []
    for part in unicodedata.normalize("NFKD", character).casefold():
        if part in _INVISIBLE or any(low <= ord(part) <= high for low, high in _MARK_RANGES):
            continue
        if part.isdecimal():
            folded.append(str(unicodedata.decimal(part)))
        elif part in _SPACED or part.isspace() or unicodedata.category(part) in {"Cc", "Cf", "Cn", "Co"}:
            folded.append(" ")
        else:
            folded.append(_LETTERS.get(part, part))
    return unicodedata.normalize("NFC", "".join(folded)) if "\uac00" <= character <= "\ud7af" else "".join(folded)


def _origins(original: str, expanded: str) -> Sequence[int]:
    # Where every character stands for one of the other, counting is enough.
    origins: Sequence[int] = range(len(expanded))
    if len(expanded) != len(original) or not (original.isascii() or _TABLE.uneven.isdisjoint(original)):
        origins = [index for index, character in enumerate(original) for _ in _TABLE[ord(character)]]
    if "  " not in expanded and not expanded.startswith(" "):
        return origins
    kept: list[int] = []
    end = len(expanded) - len(expanded.lstrip(" "))
    for gap in _SPACES.finditer(expanded, end):
        kept += origins[end : gap.start() + 1]
        end = gap.end()
    return [*kept, *origins[end:]]


_TABLE = _FoldTable()
_WORD_TABLE = _WordTable()
_LETTER_TABLE = _LetterTable()
