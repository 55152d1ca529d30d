"""Notices, before a request is answered, that it would be answered too late.

The work of a request is told by its length, for what is read is what came. What a byte costs is measured: the processor time of this
process over the bytes that it answered. All requests share one processor, so that a new one is answered after about all that is in
work and itself.
"""

from __future__ import annotations

from time import monotonic, process_time

_SAMPLE_SECONDS = 0.25
_IDLE_SECONDS = 2.0
"""After a pause the processor time since is of other things: the measuring starts anew."""

_NEWS = 0.4
"""How much of the measure each sample is."""

_OVERHEAD_BYTES = 500
"""What a request costs beside its bytes: its head is parsed, and its answer written."""


class Load:
    """What is in work, and what it will take.

    Args:
        longest: Seconds of work that may lie before a request that is let in.
    """

    def __init__(self, longest: float) -> None:
        self._longest = longest
        self._cost = 0.0
        self._in_work = 0
        self._done = 0
        self._since = monotonic()
        self._used = process_time()

    def is_too_much(self) -> bool:
        """Tell whether what is in work takes longer than a request should wait. While nothing is, any may come in, however large."""
        return self._in_work * self._cost > self._longest

    def begin(self, length: int) -> int:
        """Count a request in; gives its weight, to count it out by."""
        weight = length + _OVERHEAD_BYTES
        if not self._in_work and monotonic() - self._since > _IDLE_SECONDS:
            self._start_sample()
        self._in_work += weight
        return weight

    def end(self, weight: int) -> None:
        """Count a request out."""
        self._in_work -= weight
        self._done += weight
        if monotonic() - self._since >= _SAMPLE_SECONDS:
            sample = (process_time() - self._used) / self._done
            self._cost = sample if not self._cost else (1 - _NEWS) * self._cost + _NEWS * sample
            self._start_sample()

    def _start_sample(self) -> None:
        self._since, self._used, self._done = monotonic(), process_time(), 0
