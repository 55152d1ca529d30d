"""Mends texts that software damaged on their way: wrong encodings, entities, tags, addresses.

Whether to act is decided first, by cheap tests; most texts pass untouched and cost nothing.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

from ftfy import TextFixerConfig, fix_text
from ftfy.badness import BADNESS_RE, MOJIBAKE_CATEGORIES

from normalizers.addresses import mend_addresses

_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_BRACKETED_ADDRESS = re.compile(r"<(?P<address>(?:https?|ftp)://[^<>\s]+)>")
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9A-Fa-f]+|[A-Za-z]+);")
# What ends a line, and what ends a paragraph or an entry of a list: the text goes on with another sentence.
_BREAKS = {"br": "\n", "div": "\n", "td": "\n", "h1": "\n\n", "h2": "\n\n", "h3": "\n\n", "p": "\n\n", "li": "\n\n"}
_SURROGATE = re.compile("[\ud800-\udfff]")
_SPACE = re.compile(r"\s+")
_SPACES = re.compile(r" {2,}")
_LINE_ENDS = re.compile(r"(?:(?<!\s)\s*)?\n\s*")
_SECTION, _SECTION_START = "CDATA[", "<!["
_LINKS = ("href", "src", "rdf:about", "rdf:resource")
_TELLING = ("c1", "bad", "law", "currency", "start_punctuation", "end_punctuation", "numeric", "upper_accented", "box")
_SUSPECT = re.compile(f"[{''.join(MOJIBAKE_CATEGORIES[name] for name in _TELLING)}ŒœÙ°Ђ]")
_LONGEST_SHAPE = 6
_REMARKABLE = re.compile(f"[<&%\\\\{_SUSPECT.pattern[1:-1]}\ud800-\udfffｈＨ\u00ad\u200b-\u200d\u2060\ufeff]")
"""What any damage leaves behind: a text beyond ASCII without a single one of these is looked at once, and passes."""
_ONLY_ENCODING = TextFixerConfig(
    unescape_html=True,
    remove_terminal_escapes=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    uncurl_quotes=False,
    fix_line_breaks=False,
    fix_surrogates=True,
    remove_control_chars=False,
    normalization=None,
    explain=False,
)


def repair(text: str) -> str:
    r"""Give the text without mojibake, entities and tags; addresses in links and images are kept as words.

    >>> repair("Llicència <a href='https://example.org/l'>d&#39;ús</a>")
    "Llicència https://example.org/l d'ús"
    >>> repair("LlicÃ¨ncia")
    'Llicència'
    >>> repair("<ul><li>Copy<br/>it</li><li>Cite</li></ul>")
    'Copy\nit\n\nCite'
    >>> repair("see <https://example.org/l>")
    'see  https://example.org/l '
    >>> repair("<p><![CDATA[CC BY 4.0]]></p>")
    'CC BY 4.0'
    >>> repair("<p>CC BY <![CDi: 4.0</p>")
    'CC BY <![CDi: 4.0'
    >>> repair("CC BY \udcff 4.0")
    'CC BY � 4.0'
    """
    if not text.isascii():
        if not _REMARKABLE.search(text):
            return text
        if _is_bad(text):
            text = fix_text(text, _ONLY_ENCODING)
        text = join_halves(text)
    if "<" in text:
        text = _BRACKETED_ADDRESS.sub(r" \g<address> ", text)
    if "<" in text and _TAG.search(text):
        text = _without_tags(text)
    elif "&" in text and _ENTITY.search(text):
        text = fix_text(text, _ONLY_ENCODING)
    return mend_addresses(text)


def join_halves(text: str) -> str:
    r"""Join halves of characters (surrogates) that belong together, and replace single ones; UTF-8 has no way to write them.

    >>> join_halves("\ud83d\ude00 \ud83d")
    '😀 �'
    """
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace") if _SURROGATE.search(text) else text


def _is_bad(text: str) -> bool:
    """Tell what ftfy's ``is_bad`` tells, which would try some thirty shapes of damage at every letter, and spends most of it in vain.

    Each of its shapes holds a character that few texts hold, and is looked for around those.
    """
    return any(
        BADNESS_RE.search(text, max(0, found.start() - _LONGEST_SHAPE), found.start() + _LONGEST_SHAPE) for found in _SUSPECT.finditer(text)
    )


def _without_tags(text: str) -> str:
    parser = _Words()
    parser.feed(text)
    parser.close()
    words = _LINE_ENDS.sub(lambda gap: "\n\n" if "\n\n" in gap[0] else "\n", "".join(parser.words))
    return _SPACES.sub(" ", words).strip()


class _Words(HTMLParser):
    """Collects the words of a fragment, and the addresses that its links and images point to."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.words.append(_BREAKS.get(tag, " "))
        self.words.extend(f"{value} " for name, value in attrs if name in _LINKS and value)

    def handle_endtag(self, tag: str) -> None:
        if tag in _BREAKS and tag != "br":
            self.words.append(_BREAKS[tag])

    def handle_data(self, data: str) -> None:
        self.words.append(_SPACE.sub(" ", data))

    def unknown_decl(self, data: str) -> None:
        self.words.append(_SPACE.sub(" ", data.removeprefix(_SECTION)) if data.startswith(_SECTION) else "")

    def parse_marked_section(self, i: int, report: bool = True) -> int:  # noqa: FBT001, FBT002 -- so the standard library has it
        """Read a section of XML; what only begins like one, over which the parser gives up, is text."""
        try:
            return super().parse_marked_section(i, report)
        except AssertionError:
            self.words.append(_SECTION_START)
            return i + len(_SECTION_START)
