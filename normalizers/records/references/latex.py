"""Text as LaTeX writes it: accents and special characters decoded, commands taken away, formulas kept."""

from __future__ import annotations

import re

from pylatexenc.latex2text import LatexNodes2Text

_COMMANDS = re.compile(r"[\\{}~$]|--|``|''")
_COMMENT = re.compile(r"(?<!\\)%")
_TWICE_ESCAPED = re.compile(r"\\\\(?=\\[\"'`^~=.])")
_SPACES = re.compile(r"(?:(?<!\s)\s*)?\n\s*")
_DECODER = LatexNodes2Text(math_mode="verbatim", strict_latex_spaces=False, keep_comments=True)


def decode_latex(text: str) -> str:
    r"""Decode a text; one in which there is nothing of LaTeX, or that cannot be read as such, stays as it is.

    A percent sign begins a comment in LaTeX, but not in a bibliography.

    >>> decode_latex(r"M{\"u}ller {\&} S\o n, 100% \textit{in vivo}")
    'Müller & Søn, 100% in vivo'
    """
    joined = _TWICE_ESCAPED.sub("", _SPACES.sub(" ", text.strip()))
    if not _COMMANDS.search(joined):
        return joined
    try:
        decoded = _DECODER.latex_to_text(_COMMENT.sub(r"\\%", joined)).strip()
    except Exception:  # noqa: BLE001 - the library raises what it likes on damaged LaTeX, and the text itself is better than none
        return joined
    return _SPACES.sub(" ", decoded) or joined
