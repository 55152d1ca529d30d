"""The canonical form of each scheme, and its check digit where it has one.

Check digits come from python-stdnum, except those it lacks: ROR's and that of German URNs.
"""

from __future__ import annotations

import re

from stdnum import ean, isbn, isni, issn

from normalizers.schemes.model import Fault

_CHECK_DIGIT = Fault("its check digit is wrong")
_PLACEHOLDER = Fault("it is nothing but zeros: it passes its check, and stands where there is no number")
_BASE_32 = {character: value for value, character in enumerate("0123456789abcdefghjkmnpqrstvwxyz")}
_ORCID_BLOCKS = (range(15_000_000, 35_000_001), range(900_000_000_000, 900_100_000_001))
_URN_CODES = dict(zip("0123456789abcdefghijklmnopqrstuvwxyz+:-/_.", (
    1, 2, 3, 4, 5, 6, 7, 8, 9, 41, 18, 14, 19, 15, 16, 21, 22, 23, 24, 25, 42, 26, 27, 13, 28, 29, 31, 12, 32, 33, 11, 34, 35, 36, 37, 38,
    49, 17, 39, 45, 43, 47,
), strict=True))  # fmt: skip
_COUNTRIES_WITH_CHECK_DIGIT = frozenset({"de"})
_FIRST_FIVE_DIGIT_ARXIV = "1501"


def as_written(found: re.Match[str]) -> str:
    """Keep the value."""
    return found[0]


def lower(found: re.Match[str]) -> str:
    """Write the value in lower case."""
    return found[0].lower()


def upper(found: re.Match[str]) -> str:
    """Write the value in upper case."""
    return found[0].upper()


def doi(found: re.Match[str]) -> str:
    """Write a DOI in lower case: DOI names do not tell cases apart (DOI Handbook, 2.4)."""
    return found[0].lower()


def handle(found: re.Match[str]) -> str:
    """Keep the local part of a handle: its server may tell cases apart (RFC 3650, section 3.1); the prefix never does."""
    prefix, slash, local = found[0].partition("/")
    return prefix.lower() + slash + local


def urn(found: re.Match[str]) -> str | Fault:
    """Write the scheme and the namespace of a URN in lower case (RFC 8141), for a national bibliography number its country too.

    German numbers end in a check digit.
    """
    _, namespace, rest = found[0].split(":", 2)
    namespace = namespace.lower()
    if namespace == "nbn":
        country, mark, local = re.split(r"([:-])", rest + ":", maxsplit=1)
        rest = (country.lower() + mark + local)[:-1]
        if country.lower() in _COUNTRIES_WITH_CHECK_DIGIT and not is_german_urn(f"urn:nbn:{rest}"):
            return _CHECK_DIGIT
    return f"urn:{namespace}:{rest}"


def is_german_urn(value: str) -> bool:
    """Check the last digit of a German URN by the algorithm of its national library.

    >>> is_german_urn("urn:nbn:de:bvb:19-146642")
    True
    """
    digits = "".join(str(_URN_CODES.get(character, "")) for character in value[:-1].lower())
    total = sum(place * int(digit) for place, digit in enumerate(digits, 1))
    return value[-1:] == str(total // int(digits[-1]))[-1]


def international_book_number(found: re.Match[str]) -> str | Fault:
    """Write an ISBN with 13 digits, hyphenated by the ranges of its agency (ISO 2108)."""
    digits = re.sub(r"[^0-9X]", "", found[0].upper())
    if not isbn.is_valid(digits):
        return _CHECK_DIGIT
    if _is_placeholder(digits):
        return _PLACEHOLDER
    return str(isbn.format(isbn.to_isbn13(digits)))


def serial_number(found: re.Match[str]) -> str | Fault:
    """Write an ISSN with its hyphen (ISO 3297). The lowest one that was given to a serial is 0000-0019."""
    digits = re.sub(r"[^0-9X]", "", found[0].upper())
    if _is_placeholder(digits):
        return _PLACEHOLDER
    return f"{digits[:4]}-{digits[4:]}" if issn.is_valid(digits) else _CHECK_DIGIT


def article_number(found: re.Match[str]) -> str | Fault:
    """Keep an EAN-13 (GS1)."""
    if _is_placeholder(found[0]):
        return _PLACEHOLDER
    return found[0] if ean.is_valid(found[0]) else _CHECK_DIGIT


def _is_placeholder(digits: str) -> bool:
    return not digits.strip("0")


def music_number(found: re.Match[str]) -> str | Fault:
    """Write an ISMN with 13 digits and no hyphens (ISO 10957)."""
    digits = re.sub(r"[\s-]", "", found[0].upper()).replace("M", "9790")
    return digits if ean.is_valid(digits) else _CHECK_DIGIT


def orcid(found: re.Match[str]) -> str | Fault:
    """Write an ORCID in four groups; it is an ISNI from the blocks set aside for ORCID."""
    groups = name_identifier(found)
    if isinstance(groups, str) and not is_orcid_block(groups):
        return Fault("it is not in a block that ISNI set aside for ORCID")
    return groups


def is_orcid_block(groups: str) -> bool:
    """Tell whether a name identifier in four groups lies in one of the blocks that ISNI set aside for ORCID."""
    number = int(groups.replace("-", "")[:-1])
    return any(number in block for block in _ORCID_BLOCKS)


def name_identifier(found: re.Match[str]) -> str | Fault:
    """Write an ISNI in four groups with hyphens (ISO 27729; check by ISO 7064 MOD 11-2)."""
    digits = re.sub(r"[^0-9X]", "", found[0].upper())
    if not isni.is_valid(digits):
        return _CHECK_DIGIT
    return "-".join(digits[start : start + 4] for start in range(0, 16, 4))


def ror(found: re.Match[str]) -> str | Fault:
    """Write a ROR in lower case."""
    value = found[0].lower()
    return value if is_ror(value) else _CHECK_DIGIT


def is_ror(value: str) -> bool:
    """Check nine lower-case characters against ISO 7064 MOD 97-10 over Crockford's base 32, as ROR computes it.

    >>> is_ror("03yrm5c26")
    True
    """
    number = 0
    for character in value[:-2]:
        number = number * 32 + _BASE_32[character]
    return 98 - number * 100 % 97 == int(value[-2:])


def arxiv(found: re.Match[str]) -> str | Fault:
    """Write an arXiv identifier without the subject class of old ones and the archive of new ones, with its version."""
    month = int(found["month"] or found["old_month"])
    if not 1 <= month <= 12:  # noqa: PLR2004 - a year has twelve months
        return Fault(f"it names a month {month}")
    version = (found["version"] or "").lower()
    if found["old"]:
        return f"{found['archive'].lower()}/{found['old']}{version}"
    if (len(found["number"]) == 5) is not (found["new"][:4] >= _FIRST_FIVE_DIGIT_ARXIV):  # noqa: PLR2004 - five digits since 2015
        return Fault("its number has five digits since 2015, and four before")
    return f"{found['new']}{version}"


def number(found: re.Match[str]) -> str:
    """Write a number without leading zeros."""
    return found[0].lstrip("0") or "0"
