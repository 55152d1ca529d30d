"""Reads a segment of a text: names, codes, and the words around them ("English, with abstracts in Catalan", "Chinese (Traditional)")."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from normalizers.languages.code_lists import CodeListReader
from normalizers.languages.codes import CodeTable
from normalizers.languages.cover import Coverer
from normalizers.languages.model import Part, Reading
from normalizers.languages.plausibility import is_familiar
from normalizers.languages.repairs import RepairReader
from normalizers.languages.resolution import NameReader
from normalizers.languages.sentences import SentenceReader
from normalizers.languages.tokens import Gap, Span, Token, is_address, key_of, tokenize
from normalizers.results import Issue


class PhraseReader(Struct, frozen=True):
    """Reads segments. Words that no locale knows make a segment unread, for they may change the language: "Old", "Sign Language"."""

    codes: CodeTable
    names: NameReader
    coverer: Coverer
    sentences: SentenceReader
    code_lists: CodeListReader
    repairs: RepairReader

    def read(self, text: str, span: Span, locale: str | None) -> list[Part]:
        """Read one segment into its parts."""
        if is_address(text, span):
            return [Part(span.start, span.end)]
        tokens = tokenize(text, span)
        if not tokens:
            return []
        codes = self.code_lists.read(text, tokens)
        if codes:
            return [codes]
        whole = self._part(text, tokens, locale)
        if whole.readings or not any(token.gap is Gap.COMMA for token in tokens[1:]):
            return [whole]
        return self._listed(text, tokens, locale)

    def _listed(self, text: str, tokens: Sequence[Token], locale: str | None) -> list[Part]:
        """Read what stands between commas one by one; what stands beside something unread may be half a name ("Greek, Ancient").

        Where all that was read names one language, it does so independently, and stands.
        """
        parts = [self._part(text, group, locale) for group in _groups(tokens)]
        unread = {number for number, part in enumerate(parts) if not part.readings}
        tags = [reading.settled for part in parts for reading in part.readings]
        if len(tags) > 1 and len(set(tags)) == 1:
            return parts
        for number, part in enumerate(parts):
            if unread & {number - 1, number + 1}:
                parts[number] = replace(part, readings=(), doubtful=(*part.readings, *part.doubtful))
        return parts

    def _part(self, text: str, tokens: Sequence[Token], locale: str | None) -> Part:
        start, end = tokens[0].start, tokens[-1].end
        inverted = self._inverted(tokens, locale)
        if inverted:
            return Part(start, end, (inverted,))
        items = self.coverer.cover(tokens, partial(self.code_lists.spelt, text))
        sentence = self.sentences.read(text, tokens, items, locale)
        originals = tuple(_original(reading) for reading in sentence.originals)
        if sentence.understood and sentence.readings:
            return Part(start, end, sentence.readings, issues=originals)
        repaired = self.repairs.read(text, tokens) if not sentence.readings else ()
        return Part(start, end, tuple(repaired), self._well_known(sentence.readings), originals)

    def _inverted(self, tokens: Sequence[Token], locale: str | None) -> Reading | None:
        """Read a name that a catalogue has turned round at a comma: "Sotho, Southern"."""
        groups = _groups(tokens)
        if len(groups) != 2:  # noqa: PLR2004 - what comes first in an index, and what comes first in speech
            return None
        return self.names.read(f"{key_of(groups[1])} {key_of(groups[0])}", tokens[0].start, tokens[-1].end, locale)

    def _well_known(self, readings: Sequence[Reading]) -> tuple[Reading, ...]:
        """Keep those readings of a text not understood that may be meant; the names of little known languages are words elsewhere."""
        return tuple(reading for reading in readings if any(is_familiar(tag, self.codes) for tag in reading.tags))


def _original(reading: Reading) -> Issue:
    return Issue("original_language", f"named as the language of the original: {', '.join(reading.tags)}")


def _groups(tokens: Sequence[Token]) -> list[list[Token]]:
    groups: list[list[Token]] = []
    for token in tokens:
        if token.gap is Gap.COMMA or not groups:
            groups.append([])
        groups[-1].append(token)
    return groups
