r"""Mends web addresses that were encoded, escaped, widened or broken on their way; what stands around them is left alone.

>>> mend_addresses("https%3A%2F%2Fexample.org%2Fa")
'https://example.org/a'
>>> mend_addresses(r"https:\/\/example.org\/a")
'https://example.org/a'
>>> mend_addresses("ｈｔｔｐ：／／ｅｘａｍｐｌｅ．ｏｒｇ／ａ")
'http://example.org/a'
"""

from __future__ import annotations

import re
from urllib.parse import unquote

_ENCODED = re.compile(r"https?(?::|%3A)(?:/|%2F){2}[^\s<>\"'&]*", re.IGNORECASE)
_ESCAPED = re.compile(r"https?:[\\/][^\s<>\"']*", re.IGNORECASE)
_ESCAPES = re.compile(r"\\{1,4}/|/\\{1,4}|\\{1,4}(?=[A-Za-z0-9]|$)")
_LATEX = re.compile(r"\\{1,4}(?=[_%#&~])")
_WIDE = re.compile(r"[ｈＨ][ｔＴ]{2}[ｐＰ][ｓＳ]?：／／[\uff01-\uff5e]+")
_WIDTH = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
_INVISIBLE = re.compile("(?<=[!-~])[\u00ad\u200b-\u200d\u2060\ufeff]+(?=[!-~])")


def mend_addresses(text: str) -> str:
    """Give the text with its addresses mended; invisible characters between ASCII ones, which mean nothing there, are left out."""
    if "\\" in text:
        text = _ESCAPED.sub(lambda found: _LATEX.sub("", _ESCAPES.sub("/", found[0])), text)
    if "%" in text and "%2f" in text.casefold():
        text = _ENCODED.sub(lambda found: unquote(found[0]) if "%2f%2f" in found[0].casefold() else found[0], text)
    if not text.isascii():
        text = _WIDE.sub(lambda found: found[0].translate(_WIDTH), _INVISIBLE.sub("", text))
    return text
