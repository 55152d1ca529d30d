"""What a clause says of the licence that changed works must have: the same one, another, or any."""

from __future__ import annotations

from collections.abc import Iterator

from normalizers.rights.prose.clause import Clause, Fact
from normalizers.rights.prose.constructions import Word

OF_LICENSES = frozenset({"same_license", "any_license", "free_license"})


def read_license(clause: Clause, word: Word) -> Iterator[Fact]:
    """Yield what a word of ``OF_LICENSES`` says; no particular licence is asked for by ``free_license``, whatever verb stands around it."""
    if word.concept == "same_license":
        last = clause.words[-1]
        unsure = last.concept == "not" and last.start > word.end and not clause.has("require")  # "to keep this licence: no"
        yield Fact("unread_terms", holds=True, word=word) if unsure else Fact("share_alike", not clause.has("not_required"), word)
    elif word.concept == "free_license":
        yield Fact("share_alike", holds=False, word=word)
    elif not clause.has("same_license"):
        terms = _other_terms(clause, word)
        yield terms
        if terms.question == "share_alike" and not terms.holds and clause.has("adapt"):
            yield Fact("derivatives", holds=True, word=word, weak=True)


def _other_terms(clause: Clause, word: Word) -> Fact:
    """Say what "under any licence" or "under another licence" means for changed works: that they are free, or not, to leave this one."""
    if clause.permits is False or clause.has("not"):
        return Fact("share_alike" if clause.has("adapt") else "unread_terms", holds=True, word=word)
    return Fact("unread_terms", holds=True, word=word) if clause.has("require") else Fact("share_alike", holds=False, word=word)
