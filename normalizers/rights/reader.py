"""The readers of the fields about rights. They share one pass over the text; each answers its own question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from normalizers.folding import fold
from normalizers.localedata import Locale
from normalizers.reading import Query
from normalizers.results import Candidate, Issue, Result, Status, as_json
from normalizers.rights.access import AccessLabels, read_access
from normalizers.rights.denials import Surroundings, outside, part_denied
from normalizers.rights.embargo import DateOf, read_embargo
from normalizers.rights.lexicon import RightsLexicon
from normalizers.rights.mentions import read_mentions
from normalizers.rights.names import NameReader
from normalizers.rights.others import OtherLicenses
from normalizers.rights.prose.clause import Clause
from normalizers.rights.prose.clauses import MOST_TERMS, ClauseReader
from normalizers.rights.prose.constructions import Constructions, Word
from normalizers.rights.prose.mending import Mended, Mender
from normalizers.rights.prose.spelling import Spelling
from normalizers.rights.prose.terms import conclude
from normalizers.rights.prose.values import Values
from normalizers.rights.respelt import settle
from normalizers.rights.scopes import with_scopes, without_references
from normalizers.rights.speech import Speech
from normalizers.rights.statements import read_statements
from normalizers.rights.tools import LegalTools
from normalizers.rights.urls import read_urls
from normalizers.rights.verdict import RESERVING, Readings, Verdict
from normalizers.terms import Hits
from normalizers.vocabularies import Vocabulary

_TEXTS_AT_HAND = 8
_ANY_FIELD = "rights"
FIELDS = ("license", "access_right", "rights_statement", "embargo")


class Passage(Struct, frozen=True):
    """A text with everything that one pass found in it; ``respelt`` is the same with its misspelt words as they were meant."""

    query: Query
    hits: Hits
    clauses: Sequence[Clause]
    readings: Readings
    speech: Speech
    respelt: Passage | None = None
    mended: Sequence[Mended] = ()


class RightsEngine:
    """Reads texts about rights. Immutable; ``date_of`` reads the dates of embargoes."""

    def __init__(
        self,
        locales: Mapping[str, Locale],
        vocabularies: Mapping[str, Vocabulary],
        date_of: DateOf,
    ) -> None:
        self._vocabularies = vocabularies
        self._tools = LegalTools(vocabularies["cc-legal-tools"])
        self._lexicon = RightsLexicon(locales, self._tools.ports)
        self._mender = Mender(Spelling(locales), self._lexicon)
        self._names = NameReader(self._tools)
        self._clauses = ClauseReader(Constructions(), Values(locales.values()))
        self._others = OtherLicenses(vocabularies["other-licenses"])
        self._verdict = Verdict(self._tools, self._others, vocabularies["rights-statements"])
        self._access = AccessLabels.build(locales.values())
        self._date_of = date_of
        # A record asks the same text for its licence, and then for what it says beside.
        self._examined = lru_cache(maxsize=_TEXTS_AT_HAND)(self._examine)

    def examine(self, query: Query) -> Passage:
        """Read a text in all four ways."""
        return self._examined(query.as_field(_ANY_FIELD))

    def _examine(self, query: Query) -> Passage:
        """Read a text as it stands and, where words are misspelt and a licence hangs on its prose, once more as it was meant."""
        passage = self._read(query)
        if passage.readings.named or not passage.readings.mentions.applying:
            return passage
        mended = self._mender.mend(query.folded, passage.hits, passage.speech)
        if not mended:
            return passage
        return replace(passage, respelt=self._read(query.respelt([(item.start, item.end, item.word) for item in mended])), mended=mended)

    def _read(self, query: Query) -> Passage:
        hits = self._lexicon.find(query.folded)
        speech = Speech(query.folded.text, hits, query.locale)
        others = list(self._others.read(query, hits))
        names = [*self._names.read(query, outside(query, hits, others), speech.main), *others]
        named = [*read_urls(query, self._tools), *names]
        surroundings = Surroundings(query, hits, named, speech)
        denials = part_denied(surroundings, without_references(query, hits, named))
        stated = with_scopes(query, hits, denials.standing)
        apart = surroundings.hits
        clauses = self._clauses.read(query.folded, apart, speech if apart is hits else Speech(query.folded.text, apart, query.locale))
        statements = tuple(read_statements(query, hits, clauses, self._vocabularies["rights-statements"]))
        choice = bool(hits.named("scopes", "choice"))
        reserved = any(statement.key in RESERVING for statement in statements)
        mentions = read_mentions(surroundings, hits, apart if denials.denied else hits, reserved=reserved)
        return Passage(
            query, hits, clauses, Readings(tuple(stated), conclude(query, clauses), statements, mentions, choice, denials), speech
        )

    def answer(self, field: str, passage: Passage) -> Result:
        """Answer one field about a text that was examined."""
        query = passage.query.as_field(field)
        if field in {"license", _ANY_FIELD}:
            result = self._weigh(query, passage)
            respelt = passage.respelt
            return settle(query, result, self._weigh(respelt.query.as_field(field), respelt), passage.mended) if respelt else result
        if field == "access_right":
            return read_access(query, passage.hits, self._vocabularies["coar-access-rights"], self._access)
        if field == "embargo":
            return read_embargo(query, passage.hits, self._date_of)
        return self._statement(query, passage)

    def speaks_of(self, field: str, passage: Passage) -> bool:
        """Tell at little cost whether a text says anything of a field beside its licence; most say nothing."""
        if field == "rights_statement":
            return any(statement.rights_statement for statement in passage.readings.statements)
        if field == "embargo":
            return bool(passage.hits.named("access_rights", "embargoed access"))
        return bool(passage.hits.of("access_rights")) or passage.query.folded.key in self._access.statuses

    def trace(self, query: Query) -> list[dict[str, Any]]:
        """Show the clauses of a text: their words, polarity and facts, for people who ask how an answer came about.

        Where misspelt words were read as they were meant, these clauses are shown, and what each such word was read as.
        """
        passage = self.examine(query)
        shown = passage.respelt or passage
        return [
            {
                "opener": clause.opener,
                "words": [_shown(shown.query, clause.base, word, passage.mended) for word in clause.words],
                "locale": clause.locale,
                "permits": clause.permits,
                "facts": [{"question": fact.question, "holds": fact.holds} for fact in clause.facts],
            }
            for clause in shown.clauses
        ]

    def _weigh(self, query: Query, passage: Passage) -> Result:
        result = self._verdict.weigh(query, passage.readings)
        return _doubted(query, result) if passage.readings.terms.unread else result

    def _statement(self, query: Query, passage: Passage) -> Result:
        vocabulary = self._vocabularies["rights-statements"]
        found = [statement for statement in passage.readings.statements if statement.rights_statement]
        if not found:
            return query.unmatched()
        keys = list(dict.fromkeys(str(statement.rights_statement) for statement in found))
        specific = [key for key in keys if not any(other != key and other.startswith(f"{key}-") for other in keys)]
        evidence = tuple(statement.evidence for statement in found)
        if len(specific) > 1:
            candidates = tuple(Candidate(vocabulary.concepts[key].identifier, key) for key in specific)
            return query.ambiguous(candidates, Issue("contradiction", "the text makes several statements"), evidence=evidence)
        identifier = vocabulary.concepts[specific[0]].identifier
        return Result(
            query.field, query.text, Status.MATCHED, (identifier,), found[0].method, evidence=evidence, vocabulary=vocabulary.stamp
        )


class RightsReader(Struct, frozen=True):
    """Answers one of the fields ``license``, ``access_right``, ``rights_statement`` and ``embargo``."""

    field: str
    engine: RightsEngine

    def read(self, query: Query) -> Result:
        """Read one text."""
        return self.engine.answer(self.field, self.engine.examine(query))


class CompositeRightsReader(Struct, frozen=True):
    """Answers the field ``rights``: the licence, with what the same text says of access, statement and embargo."""

    engine: RightsEngine
    field: str = "rights"

    def read(self, query: Query) -> Result:
        """Read one text; the answers to the other questions stand in ``details``, where they say anything."""
        passage = self.engine.examine(query)
        license_answer = self.engine.answer(self.field, passage)
        others = {field: self.engine.answer(field, passage) for field in FIELDS[1:] if self.engine.speaks_of(field, passage)}
        said = {field: as_json(result) for field, result in others.items() if result.status is not Status.UNMATCHED}
        status = license_answer.status
        if status is Status.UNMATCHED and said:
            status = Status.NONE
        return replace(license_answer, status=status, details={**license_answer.details, **said}) if said else license_answer


def _shown(query: Query, base: int, word: Word, mended: Sequence[Mended]) -> dict[str, str]:
    """Show a word as it was written and, where a part of it was misspelt, as it was read."""
    start, end = base + word.start, base + word.end
    shown = {"concept": word.concept, "text": query.folded_evidence(start, end, "", "").text}
    read = query.folded.text[start:end]
    return {**shown, "read_as": read} if any(item.word in read and item.word not in fold(shown["text"]).text for item in mended) else shown


def _doubted(query: Query, result: Result) -> Result:
    """Say that a sentence was not read; what the rest of the text names is only offered then, since that sentence may restrict it."""
    issue = Issue("too_long", f"a sentence with more than {MOST_TERMS} words about rights was not read")
    if result.status is not Status.MATCHED:
        return replace(result, issues=(*result.issues, issue))
    offered = tuple(Candidate(identifier, reason="beside a sentence that was not read") for identifier in result.identifiers)
    return query.ambiguous(offered, *result.issues, issue, evidence=result.evidence)
