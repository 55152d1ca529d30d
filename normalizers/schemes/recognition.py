"""Tells of which scheme an identifier is: by its label, by its address, or by its form and check digit."""

from __future__ import annotations

import re

from msgspec.structs import replace

from normalizers.folding import fold_key
from normalizers.schemes.addresses import identifier_of_address
from normalizers.schemes.model import Broken, Identifier
from normalizers.schemes.table import LABELS, SCHEMES

_LABEL_WORDS = "|".join(r"[\s._:/-]*".join(label.split()) for label in sorted(LABELS, key=len, reverse=True))
_LABEL = re.compile(
    rf"[\[(]?(?P<label>{_LABEL_WORDS})[\])]?(?:\s*\([^()]{{1,40}}\))?(?:\s*[:=#./]+\s*|\s+|(?=[\dQ]))(?P<rest>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_LABEL_INSIDE = re.compile(rf"(?<![\w:/.-])(?:{_LABEL_WORDS})(?:\s*:\s*|\s+)(?=\S*\d)", re.IGNORECASE)
_ALTERNATIVE = re.compile(r"info:eu-repo/semantics/altIdentifier/(?P<label>\w+)/(?P<rest>\S+)", re.IGNORECASE)
_WRAPPING = " \t\r\n\"'`“”‘’«»"
_PLAIN = (
    {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
    | dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD))
    | {0x00A0: 0x20}
)
_TRAILING = ",;."
_PAIRS = {")": "(", "]": "[", "}": "{", ">": "<"}
_DOUBLED_SLASH = re.compile(r"(10\.[\d.]+)//+")
_YEARS = re.compile(r"(?:1[5-9]|20)\d\d/\d{1,4}")
# Narrower than the forms of the schemes: a report number such as "R1234" or "A12345" is told by nothing from an identifier.
_TOLD_BY_FORM = {
    "uniprot": re.compile(r"[A-NR-Z][0-9](?:[A-Z][A-Z0-9]{2}[0-9]){1,2}|[OPQ][0-9][A-Z0-9]{3}[0-9]"),
    "openalex": re.compile(r"[WASI][1-9]\d{8,9}"),
}
# "URI:" announces an address, and the address says of which scheme it is.
_ADDRESSES = frozenset({"url", "purl"})
_SHAPES_ALONE = frozenset({"orcid", "isbn", "issn", "ror", "ean13", "arxiv"})


def check(scheme: str, text: str) -> Identifier | Broken:
    """Check a text as an identifier of a scheme; labels and addresses around it are taken off first."""
    value = strip_wrapping(text)
    label, rest = split_label(value)
    if label in {scheme, "urn"}:
        value = strip_wrapping(rest)
    carried = identifier_of_address(value)
    if carried and carried[0] == scheme:
        value = carried[1]
    if scheme == "urn" and carried and carried[0] == "urn:nbn":
        scheme, value = carried
    return _check(scheme, value)


def recognize(text: str) -> Identifier | Broken | None:
    """Tell the scheme of a text by label, address or form, and check it; nothing where it looks like no identifier."""
    value = strip_wrapping(text)
    label, rest = split_label(value)
    if label in _ADDRESSES and not identifier_of_address(value):
        value = strip_wrapping(rest)
        label, rest = split_label(value)
    carried = identifier_of_address(value)
    if carried:
        return _check(*carried)
    return check(label, rest) if label else _recognize_bare(value)


def guesses(text: str) -> tuple[Identifier, ...]:
    """Give what a text without a label may be by its form alone, where that form is also one of other things.

    >>> [found.canonical for found in guesses("W2741809807")]
    ['openalex:W2741809807']
    """
    found = (SCHEMES[name].check(text) for name in _TOLD_BY_FORM if _TOLD_BY_FORM[name].fullmatch(text))
    return tuple(one for one in found if isinstance(one, Identifier))


def split_label(text: str) -> tuple[str | None, str]:
    """Split a label such as "ISSN" or "doi:" off a text and give the scheme it names; without one the text stays whole.

    >>> split_label("E-ISSN (online): 1478-6362")
    ('issn', '1478-6362')
    """
    found = _ALTERNATIVE.fullmatch(text) or _LABEL.fullmatch(text)
    if not found:
        return None, text
    scheme = LABELS.get(fold_key(found["label"]))
    if scheme is None:
        return None, text
    if not SCHEMES[scheme].named:
        return scheme, found["rest"]
    first = scheme.partition(":")[0]
    return scheme, found["rest"] if found["rest"].casefold().startswith(f"{first}:") else text


def label_starts(text: str) -> tuple[int, ...]:
    """Give the places in a text, other than its start, where a label stands before something that may be its identifier."""
    return tuple(found.start() for found in _LABEL_INSIDE.finditer(text) if found.start() > 0)


def scheme_named(scheme: str) -> str | None:
    """Give the name of the scheme that a name or a label stands for, if it is a known one.

    >>> scheme_named("e-ISSN")
    'issn'
    """
    return LABELS.get(fold_key(scheme))


def strip_wrapping(text: str) -> str:
    """Take off quotes, brackets around the whole, punctuation that ends a sentence, invisible characters and full width."""
    value = text.translate(_PLAIN)
    start, end = _within(value, 0, len(value))
    spare: dict[str, int] = {}
    while start < end:
        last = value[end - 1]
        opening = _PAIRS.get(last)
        if opening and last not in spare:
            spare[last] = value.count(last, start, end) - value.count(opening, start, end)
        if last in _TRAILING or spare.get(last, 0) > 0:
            spare[last] = spare.get(last, 0) - 1
            start, end = _within(value, start, end - 1)
        elif opening and value[start] == opening:
            start, end = _within(value, start + 1, end - 1)
        else:
            break
    return value[start:end]


def _within(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out quotes and spaces at both ends of a stretch: by its bounds, for a copy a sign would take the square of its length."""
    while start < end and text[start] in _WRAPPING:
        start += 1
    while start < end and text[end - 1] in _WRAPPING:
        end -= 1
    return start, end


def _check(scheme: str, value: str) -> Identifier | Broken:
    if scheme == "urn" and value[:8].casefold() == "urn:nbn:":
        scheme = "urn:nbn"
    elif scheme == "pmcid" and value.isdecimal():
        value = f"PMC{value}"
    definition = SCHEMES.get(scheme)
    if definition is None:
        return Broken(scheme, value, "its scheme is not known here")
    mended = _DOUBLED_SLASH.sub(r"\1/", value, count=1) if scheme == "doi" else value
    found = definition.check(mended)
    if isinstance(found, Identifier) and mended != value:
        return replace(found, remark="a doubled slash was made one")
    return found


def _recognize_bare(value: str) -> Identifier | Broken | None:
    """Try the schemes that need no label.

    A wrong check digit counts only if no other scheme reads the value, and not where a mere number has it. Two years ("2012/13")
    are no handle.
    """
    broken = None
    for scheme in SCHEMES.values():
        if scheme.bare and scheme.shape.fullmatch(value) and not _YEARS.fullmatch(value):
            found = _check(scheme.name, value)
            if isinstance(found, Identifier):
                return found
            if broken is None and scheme.name in _SHAPES_ALONE and not value.isdecimal():
                broken = found
    return broken or _broken_doi(value)


def _broken_doi(value: str) -> Broken | None:
    """Report what starts as a DOI and goes on as none."""
    return Broken("doi", value, "it does not have the form of one") if re.match(r"10\.\d{4,9}/", value) else None
