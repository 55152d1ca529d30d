"""Notices, before a request is answered, that it would be answered too late.

The work of a request is told by its length, for what is read is what came. What a byte costs is measured: the processor time that this
process took while requests were in work, over the bytes that it answered. All requests share one processor, so that a new one is answered
after about all that is in work and itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic, process_time

_SAMPLE_SECONDS = 0.25
_SAMPLE_REQUESTS = 10
"""Fewer answers say little: the first ones of a process also pay for what is done once."""

_NEWS = 0.4
"""How much of the measure each sample is."""

_OVERHEAD_BYTES = 500
"""What a request costs beside its bytes: its head is parsed, and its answer written."""

_LARGEST = 32_768
"""Bytes by which one request weighs at most: larger ones are read in threads that take turns, and hold up others no longer."""


@dataclass(slots=True)
class Work:
    """One request that was let in, and the bytes of it that are worked on: none before its body has come."""

    length: int = 0

    @property
    def weight(self) -> int:
        """By how much it holds up others."""
        return min(self.length, _LARGEST)


class Load:
    """What is in work, and what it will take.

    Args:
        longest: Seconds of work that may lie before a request that is let in.
    """

    def __init__(self, longest: float) -> None:
        self._longest = longest
        self._cost = 0.0
        self._in_work = 0
        self._begun = process_time()
        self._start_sample()

    def is_too_much(self) -> bool:
        """Tell whether what is in work takes longer than a request should wait. While nothing is, any may come in, however large."""
        return self._in_work * self._cost > self._longest

    def begin(self, *, is_whole: bool = True) -> Work:
        """Count a request in; one whose body has yet to come is no work before, for a client that sends slowly holds up nobody."""
        work = Work()
        if is_whole:
            self.grow(work, 0)
        return work

    def grow(self, work: Work, length: int) -> None:
        """Count the body of a request in, once it is there."""
        if not self._in_work:
            self._begun = process_time()
        self._in_work -= work.weight
        work.length += length if work.length else length + _OVERHEAD_BYTES
        self._in_work += work.weight

    def end(self, work: Work) -> None:
        """Count a request out; one whose body never came was none."""
        if not work.length:
            return
        now = process_time()
        self._spent += now - self._begun
        self._begun = now
        self._in_work -= work.weight
        self._bytes += work.length
        self._answered += 1
        if self._answered >= _SAMPLE_REQUESTS and monotonic() - self._since >= _SAMPLE_SECONDS:
            sample = self._spent / self._bytes
            self._cost = sample if not self._cost else (1 - _NEWS) * self._cost + _NEWS * sample
            self._start_sample()

    def _start_sample(self) -> None:
        self._since, self._spent, self._bytes, self._answered = monotonic(), 0.0, 0, 0
