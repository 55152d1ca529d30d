"""Cuts sentences into clauses.

A sentence is cut into clauses at its punctuation and at the words that open a condition, an exception or a concession.
A clause is permissive or prohibitive by its own verb, or by that of the clause it continues; from its acts and its
polarity follow the facts: what may be done, what may not, and on which terms.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from normalizers.folding import Folded
from normalizers.rights.prose.accents import is_written
from normalizers.rights.prose.adverbs import hush
from normalizers.rights.prose.clause import ACTS, Clause
from normalizers.rights.prose.constructions import Constructions
from normalizers.rights.prose.draft import VERBS, Draft
from normalizers.rights.prose.endings import longest_with_endings
from normalizers.rights.prose.marks import clause_ends, signs_of
from normalizers.rights.prose.named import beside_names
from normalizers.rights.prose.pointed import POINTING
from normalizers.rights.prose.polarity import read_sentence
from normalizers.rights.prose.questions import answer_question, is_question
from normalizers.rights.prose.repeats import LONGEST_AT_HAND, SENTENCES_AT_HAND, Sentence, Sentences
from normalizers.rights.prose.sole import note_sole_condition
from normalizers.rights.prose.traders import doubt_traders
from normalizers.rights.prose.unread import unread_sentence
from normalizers.rights.prose.unsaid import OPEN_CONCEPTS, hush_unsaid
from normalizers.rights.prose.values import Values
from normalizers.rights.speech import Speech
from normalizers.terms import Found, Hits

MOST_TERMS = 256
"""Words about rights in one sentence. Real ones have under sixty; what has more is a list or damage, and is left unread as a whole."""
_OPENERS = frozenset({"provided", "unless", "but", "even"})
_EMPTY = VERBS | _OPENERS
_FEW = 2
_DENIALS = frozenset({"without", "not", "concord"})
_PASSED_OVER = frozenset({"either", "commercial", "but", "however", "ignored"})


class ClauseReader:
    """Reads the clauses of a text. Immutable."""

    def __init__(self, constructions: Constructions, values: Values) -> None:
        self._constructions = constructions
        self._values = values
        self._known = lru_cache(maxsize=SENTENCES_AT_HAND)(self._clauses)

    def read(self, folded: Folded, hits: Hits, speech: Speech) -> list[Clause]:
        """Give all clauses with their facts, in the order of the text."""
        if not hits.of("lexicon"):
            return []
        text = folded.text
        pointing = [item for item in hits.of("scopes") if item.concept in POINTING]
        sentences = Sentences(text, signs_of(folded), beside_names(text, hits), pointing)
        clauses: list[Clause] = []
        asked: list[Clause] = []
        for start, end, inside, tag in speech.sentences:
            if tag is None:
                continue
            own = [item for item in inside if tag in item.locales and (item.concept != "nor" or is_written(folded, item))]
            if tag != speech.main and len(own) <= _FEW and all(item.concept in _EMPTY for item in own):
                continue  # a lone verb in another language than the text's is a chance likeness
            if len(own) > MOST_TERMS:
                clauses.append(unread_sentence(own[0].of(tag), own[-1], tag))
                continue
            asks = is_question(text, start, end, own)
            own = [item for item in own if item.concept not in OPEN_CONCEPTS] if asks else own
            base, alone = sentences.alone(start, end, tag, own)
            read = self._known if end - base <= LONGEST_AT_HAND else self._clauses
            sentence = [clause.at(base) for clause in read(alone)]
            answer_question(asked, sentence)
            asked = sentence if asks else []
            clauses.extend(sentence)
        answer_question(asked, ())
        return clauses

    def _clauses(self, sentence: Sentence) -> Sequence[Clause]:
        text, ends = sentence.text, clause_ends(sentence.text, sentence.signs)
        found, ends = self._values.read(text, sentence.tag, sentence.found, ends)
        found, unsaid = hush_unsaid(ends, found, sentence.tag)
        soles = [item for item in found if item.concept == "sole"]
        found = [item for item in found if not _is_of_sole(item, soles)] if soles else found
        draft = Draft(self._constructions, sentence.tag, sentence.named, dict(sentence.pointed))
        position = 0
        draft.denials = denials = frozenset([item.start for item in found if item.concept in _DENIALS]) | _denied_denials(found)
        draft.changes = [item for item in found if item.concept == "adapt"]
        draft.trade = [item for item in found if item.concept == "commercial"]
        nor = {item.start: item for item in found if item.concept == "nor"}
        for hit in sorted(longest_with_endings(found), key=_opener_first):
            while ends[position].place < hit.start:
                draft.close(ends[position])
                position += 1
            while hit.concept == "ignored" and ends[position].place < hit.end:
                position += 1
            if hit.concept in _PASSED_OVER and _is_passed_over(text, hit, draft, denials):
                continue
            if hit.concept == "however" or (hit.concept == "but" and draft.begins_with_verb()):
                draft.opener = draft.opener or "but"
            elif hit.concept in _OPENERS:
                draft.open(hit.concept)
            elif hit.concept == "unless_after":
                draft.opener = "unless"
                draft.close()
            elif hit.concept == "imperative":
                opens = not text[ends[position - 1].place + 1 if position else 0 : hit.start].strip()
                if opens and not draft.has_verb():
                    draft.weighing = True
                    draft.add(hit, "permit")
            else:
                draft.take(hit, nor.get(hit.start))
        draft.close()
        hush(draft.clauses)
        read_sentence(draft.clauses)
        doubt_traders(sentence.text, draft.clauses)
        note_sole_condition(sentence.text, draft.clauses, soles, sentence.tag)
        return [*draft.clauses, *unsaid]


def _is_of_sole(item: Found, soles: Sequence[Found]) -> bool:
    """Tell whether a word is "the only", or the denial in a phrase that says the same ("nothing else is asked")."""
    inside = item.concept in {"not", "forbid"} and any(sole.start <= item.start and item.end <= sole.end for sole in soles)
    return inside or item.concept == "sole"


def _denied_denials(found: Sequence[Found]) -> frozenset[int]:
    """Give where phrases that permit hold a word that forbids, and so begin with a denial of it ("nothing prevents")."""
    forbids = [item for item in found if item.concept in {"forbid", "limit"}]
    permits = [item for item in found if item.concept == "permit"] if forbids else []
    return frozenset([item.start for item in permits if any(item.start < word.start and word.end <= item.end for word in forbids)])


def _opener_first(item: Found) -> tuple[int, bool]:
    """Order a word that both opens a clause and denies in it ("and nor"): it opens first."""
    return item.start, item.concept not in _OPENERS


def _is_passed_over(text: str, hit: Found, draft: Draft, denials: frozenset[int]) -> bool:
    """Tell whether such a word says nothing where it stands: "or" that repeats no denial, gain behind its denial, "but" behind acts."""
    if hit.concept == "either":
        return not draft.ends_in(denials)
    if hit.concept == "commercial":
        return text[hit.start - 1] == " " and any(
            word.concept == "noncommercial" and word.end == hit.start - 1 for word in draft.words[-1:]
        )
    if hit.concept in {"but", "however"}:
        only_acts = hit.concept == "but" and bool(draft.words) and all(word.concept in ACTS for word in draft.words)
        return only_acts or (draft.denied() and _is_set_off(text, hit))
    return True


def _is_set_off(text: str, hit: Found) -> bool:
    """Tell whether a word stands between commas, so that the clause goes on behind it ("may not, however, sell it")."""
    return hit.start > 1 and text.startswith(", ", hit.start - 2) and text.startswith(",", hit.end)
