"""Reads the addresses under which authorities publish languages: the code stands at their end."""

from __future__ import annotations

import re

from msgspec import Struct

from normalizers.languages.code_lists import retirement
from normalizers.languages.codes import CodeTable
from normalizers.languages.model import Part, Reading
from normalizers.languages.tokens import Span
from normalizers.results import Method

LONGEST_ADDRESS = 200

_HEAD, _CODE = r"(?:https?:)?//(?:www\.)?", r"(?P<code>[A-Za-z]{2,3})"
_SUFFIX = r"(?:\.(?:html?|rdf|json|nt|ttl|xml|madsrdf\.\w+))?/?"
_SHAPES = tuple(
    re.compile(shape, re.ASCII)
    for shape in (
        rf"{_HEAD}(?P<place>[\w.-]+/[^\s#]*)#{_CODE}",
        rf"{_HEAD}(?P<place>[\w.-]+/[^\s?]*)\?(?:id|show)={_CODE}",
        rf"{_HEAD}(?P<place>[\w.-]+/[^\s?#]*?){_CODE}{_SUFFIX}",
    )
)
_PLACES = re.compile(
    r"lexvo\.org/(?:id|page|data)/iso639-[1235]/"
    r"|id\.loc\.gov/vocabular(?:y|ies)/(?:iso639-[125]|languages)/"
    r"|(?:publications|op)\.europa\.eu/(?:\w\w/)?(?:web/eu-vocabularies/concept/-/)?resource/authority/language/"
    r"|iso639-3\.sil\.org/code/"
    r"|sil\.org/iso639-3/documentation\.asp"
    r"|(?:archive\.)?ethnologue\.com/(?:\d+/)?(?:language/|show_language\.asp)"
    r"|psi\.oasis-open\.org/iso/639/"
    r"|cdb\.iso\.org/lg/"
    r"|d-nb\.info/standards/vocab/iso639-[125]/"
)


class AddressReader(Struct, frozen=True):
    """Reads lexvo.org, the Library of Congress, the EU's authority table, SIL and Ethnologue, OASIS."""

    codes: CodeTable

    def read(self, text: str, span: Span) -> Part | None:
        """Read a stretch that is one address; None where it is none of these."""
        if span.end - span.start > LONGEST_ADDRESS:
            return None
        stretch = text[span.start : span.end].strip("<>")
        for shape in _SHAPES:
            match = shape.fullmatch(stretch)
            if match and _PLACES.fullmatch(match["place"]):
                return self._part(span, match["code"])
        return None

    def _part(self, span: Span, written: str) -> Part | None:
        code = self.codes.get(written)
        if not code:
            return None
        reading = Reading(span.start, span.end, (code.tag,), Method.URL, "address", issues=retirement(written, code))
        return Part(span.start, span.end, (reading,))
