"""Laws of patterns: no regular expression of the code takes more than time in proportion to a text, whatever stands in it.

Every compiled pattern is found by walking the modules. Hostile texts are made of the pattern itself: of each pair of characters that it
speaks of, many times over, behind a beginning that it takes, with an end that it does not take. Of a pattern that tries again from each of
n places, or in n ways, four times the text takes sixteen times as long.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
import signal
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from functools import cache
from itertools import product
from re import _constants as codes  # type: ignore[attr-defined, unused-ignore]  # the one parser of expressions; mypy knows it only at times
from re import _parser as parser  # type: ignore[attr-defined, unused-ignore]  # the same
from types import FrameType, ModuleType
from typing import Any

import pytest
from msgspec import Struct

PACKAGES = ("normalizers", "bulk", "service", "drets")
RUN_BY_ALEMBIC = "service.store.migrations."
LENGTHS = (12, 20, 28, 512, 2_048)
"""Of texts: the first few show exponential growth before it becomes endless."""

QUICK = 0.002
"""Seconds in which any pattern that reads each character a few times is through the longest text, on a slow machine too."""

ENDLESS = 2.0
"""Seconds after which a search is given up."""

MOST = 8
"""How much longer four times the text may take."""

ANYWHERE = frozenset({"search", "split", "sub", "subn", "findall", "finditer"})
AT_THE_START = frozenset({"match", "fullmatch"})
PASSED_ON = {"normalizers.records.sections.texts._BETWEEN": frozenset({"split"})}
"""Patterns that a module hands to another, and what that one does with them."""

_MOST_SIGNS = 6
_SAMPLES: Mapping[Any, str] = {
    codes.CATEGORY_DIGIT: "1",
    codes.CATEGORY_NOT_DIGIT: "a",
    codes.CATEGORY_SPACE: " ",
    codes.CATEGORY_NOT_SPACE: "a",
    codes.CATEGORY_WORD: "a",
    codes.CATEGORY_NOT_WORD: "-",
}

Found = tuple[str, re.Pattern[Any], frozenset[str]]
"""A pattern, its place, and the ways in which the module uses it; all of them where nothing tells."""


def modules() -> Iterator[ModuleType]:
    for package in PACKAGES:
        root = importlib.import_module(package)
        yield root
        for entry in pkgutil.walk_packages(root.__path__, f"{package}."):
            if entry.name.startswith(RUN_BY_ALEMBIC):
                continue
            try:
                yield importlib.import_module(entry.name)
            except ModuleNotFoundError as missing:  # an extra that is not installed
                if str(missing.name).split(".")[0] in PACKAGES:
                    raise


def patterns_in(value: Any, place: str, depth: int = 4) -> Iterator[tuple[str, re.Pattern[Any]]]:
    if isinstance(value, re.Pattern):
        yield place, value
    elif depth and isinstance(value, Mapping):
        for key, member in value.items():
            yield from patterns_in(member, f"{place}[{key!r:.20}]", depth - 1)
    elif depth and isinstance(value, tuple | list | frozenset):
        for number, member in enumerate(value):
            yield from patterns_in(member, f"{place}[{number}]", depth - 1)
    elif depth and not isinstance(value, type):
        for name in members_of(value):
            yield from patterns_in(getattr(value, name, None), f"{place}.{name}", depth - 1)


def members_of(value: Any) -> Sequence[str]:
    if isinstance(value, Struct):
        return value.__struct_fields__
    return [member.name for member in fields(value)] if is_dataclass(value) else []


@cache
def ways_in(module: ModuleType) -> Mapping[str, frozenset[str]]:
    """Tell by which methods each name or attribute of a module is searched with; those of a table are named by who walks through it."""
    ways: dict[str, set[str]] = {}
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        if isinstance(node, ast.Attribute) and node.attr in ANYWHERE | AT_THE_START:
            owner = node.value.id if isinstance(node.value, ast.Name) else node.value.attr if isinstance(node.value, ast.Attribute) else ""
            ways.setdefault(owner if owner in vars(module) else owner.lstrip("_"), set()).add(node.attr)
    return {name: frozenset(found) for name, found in ways.items()}


def ways_of(module: ModuleType, name: str, place: str, attributes: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Tell in which ways a pattern is used: all of them where nothing tells."""
    member = place.rpartition(".")[2]
    if member != name and member in attributes:
        return attributes[member]
    if place in PASSED_ON:
        return PASSED_ON[place]
    own = ways_in(module)
    others = frozenset().union(*(ways for owner, ways in own.items() if owner not in vars(module)))
    return own.get(name) or others or ANYWHERE | AT_THE_START


@cache
def all_patterns() -> tuple[Found, ...]:
    every = tuple(modules())
    attributes: dict[str, frozenset[str]] = {}
    for module in every:
        for owner, ways in ways_in(module).items():
            if owner not in vars(module):
                attributes[owner] = attributes.get(owner, frozenset()) | ways
    found: dict[tuple[str | bytes, int], Found] = {}
    for module in every:
        for name, value in vars(module).items():
            for place, pattern in patterns_in(value, f"{module.__name__}.{name}"):
                known = found.get((pattern.pattern, pattern.flags))
                ways = ways_of(module, name, place, attributes)
                found[pattern.pattern, pattern.flags] = (known[0], pattern, known[2] | ways) if known else (place, pattern, ways)
    return tuple(found.values())


def signs_in(tree: Any) -> Iterator[str]:
    """Give a character for each thing that a pattern speaks of."""
    for code, argument in tree:
        if code in {codes.LITERAL, codes.NOT_LITERAL}:
            yield chr(argument)
        elif code is codes.RANGE:
            yield chr(argument[0])
        elif code is codes.CATEGORY:
            yield _SAMPLES[argument]
        else:
            for below in parts_of(code, argument):
                yield from signs_in(below)


def parts_of(code: Any, argument: Any) -> Iterator[Any]:
    """Give the patterns within a part of a pattern."""
    if code is codes.IN:
        yield [item for item in argument if item[0] is not codes.NEGATE]
    elif isinstance(argument, parser.SubPattern):
        yield argument
    elif isinstance(argument, tuple | list):
        for each in argument:
            yield from parts_of(None, each)


def beginning_of(tree: Any) -> str:
    """Give the shortest text that the first parts of a pattern take, as far as that is easily told."""
    written = ""
    for code, argument in tree:
        if code is codes.LITERAL:
            written += chr(argument)
        elif code is codes.IN:
            written += next(signs_in([(code, argument)]), "") if argument[0][0] is not codes.NEGATE else "a"
        elif code is codes.SUBPATTERN:
            written += beginning_of(argument[-1])
        elif code in {codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT}:
            written += beginning_of(argument[2]) * min(argument[0], 5)
        elif code is codes.BRANCH:
            written += beginning_of(argument[1][0])
    return written


def hostile(pattern: re.Pattern[Any]) -> Iterator[Callable[[int], Any]]:
    """Give makers of texts of any length."""
    is_bytes = isinstance(pattern.pattern, bytes)
    tree = parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE if is_bytes else pattern.flags)
    signs = list(dict.fromkeys([*signs_in(tree), "a", "1", " "]))
    # The first and the last are those where parts of a pattern meet most often.
    signs = signs if len(signs) <= _MOST_SIGNS else [*signs[: _MOST_SIGNS // 2], *signs[-_MOST_SIGNS // 2 :]]
    for before, (one, other), after in product(dict.fromkeys(("", beginning_of(tree))), product(signs, signs), ("", "\x1a")):
        unit = one if one == other else one + other

        def make(length: int, before: str = before, unit: str = unit, after: str = after) -> Any:
            text = before + (unit * length)[:length] + after
            return text.encode("latin-1", "replace") if is_bytes else text

        yield make


def consume(pattern: re.Pattern[Any], text: Any, *, anywhere: bool) -> None:
    if anywhere:
        for _ in pattern.finditer(text):
            pass
    else:
        pattern.match(text)
        pattern.fullmatch(text)


@contextmanager
def stopped_after(longest: float) -> Iterator[None]:
    """Stop a search that does not end; the engine of the expressions looks for signals now and then."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, longest)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def seconds(pattern: re.Pattern[Any], text: Any, *, anywhere: bool) -> float:
    best = QUICK
    for attempt in range(3):
        began = time.thread_time()
        consume(pattern, text, anywhere=anywhere)
        took = time.thread_time() - began
        best = took if attempt == 0 else min(best, took)
        if best < QUICK:
            break
    return best


def growth(pattern: re.Pattern[Any], make: Callable[[int], Any], *, anywhere: bool) -> float:
    """Tell how much longer a text took than one of a quarter; 0 where even the longest took no time worth the name."""
    # Nearly all are quick: only where the middle one shows anything are the others looked at.
    before = 0.0
    for length in LENGTHS:
        took = seconds(pattern, make(length), anywhere=anywhere)
        if took > QUICK:
            return took / max(before, 1e-6)
        before = took
    return 0.0


def steep(pattern: re.Pattern[Any], ways: frozenset[str]) -> Iterator[tuple[str, float]]:
    for make in hostile(pattern):
        for anywhere, wanted in ((True, ANYWHERE), (False, AT_THE_START)):
            if not ways & wanted:
                continue
            try:
                with stopped_after(ENDLESS):
                    times = growth(pattern, make, anywhere=anywhere)
            except TimeoutError:
                times = float("inf")
            if times > MOST:
                yield repr(make(12)), times


def test_no_pattern_takes_more_than_time_in_proportion() -> None:
    found = all_patterns()
    assert len(found) > 150, "the walk over the modules finds hardly any pattern"
    faults = {place: next(steep(pattern, ways), None) for place, pattern, ways in found}
    assert {place: fault for place, fault in faults.items() if fault} == {}


@pytest.mark.parametrize("written", [r"(?:a+)+b", r"\s*;", r"(?:\d+,?)*$", r"[a-z]+\d*$"])
def test_a_pattern_that_is_slow_is_found(written: str) -> None:
    assert next(steep(re.compile(written), ANYWHERE), None)
