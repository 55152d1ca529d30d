"""Check digits, each by its standard."""

from __future__ import annotations

_BASE_32 = {character: value for value, character in enumerate("0123456789abcdefghjkmnpqrstvwxyz")}


def is_issn(digits: str) -> bool:
    """Check eight characters without a hyphen against ISO 3297: weights 8 to 2, modulus 11, X for ten.

    >>> is_issn("14786362")
    True
    """
    return sum((8 - place) * _digit(character) for place, character in enumerate(digits)) % 11 == 0


def is_isbn10(digits: str) -> bool:
    """Check ten characters without hyphens against ISO 2108: weights 10 to 1, modulus 11, X for ten.

    >>> is_isbn10("0306406152")
    True
    """
    return sum((10 - place) * _digit(character) for place, character in enumerate(digits)) % 11 == 0


def is_ean13(digits: str) -> bool:
    """Check thirteen digits against GS1: weights 1 and 3 in turn, modulus 10. ISBN-13 and ISMN use it too.

    >>> is_ean13("9780306406157")
    True
    """
    return sum(int(character) * (1, 3)[place % 2] for place, character in enumerate(digits)) % 10 == 0


def is_isni(digits: str) -> bool:
    """Check sixteen characters without hyphens against ISO 7064 MOD 11-2, which ISNI and ORCID share.

    >>> is_isni("0000000218250097")
    True
    """
    total = 0
    for character in digits[:-1]:
        total = (total + int(character)) * 2
    return (12 - total % 11) % 11 == _digit(digits[-1])


def is_ror(value: str) -> bool:
    """Check nine lower-case characters against ISO 7064 MOD 97-10 over Crockford's base 32, as ROR computes it.

    >>> is_ror("03yrm5c26")
    True
    """
    number = 0
    for character in value[:-2]:
        number = number * 32 + _BASE_32[character]
    return 98 - number * 100 % 97 == int(value[-2:])


def _digit(character: str) -> int:
    return 10 if character in "Xx" else int(character)
