"""`drets explain`: a text, and how it is read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from rich.text import Text

from bulk.exits import Exit
from bulk.explanation import render_explanation
from bulk.terminal import visible
from normalizers import Registry

if TYPE_CHECKING:
    from tests.bulk.conftest import Drets


def test_the_answer_is_that_of_the_library(drets: Drets, registry: Registry) -> None:
    run = drets("explain", "--json", "license", "CC BY-NC 4.0")
    assert run.exit_code == Exit.DONE
    assert json.loads(run.stdout) == registry.explain("license", "CC BY-NC 4.0")


def test_a_pipe_gets_plain_lines(drets: Drets) -> None:
    run = drets("explain", "license", "CC", "BY-NC", "4.0")
    assert run.stdout.startswith("CC BY-NC 4.0\n\nmatched https://creativecommons.org/licenses/by-nc/4.0/  by name")
    assert "\x1b" not in run.stdout
    assert all(line == line.rstrip() for line in run.stdout.splitlines())


def test_every_span_is_marked_with_the_colour_of_what_it_yields(registry: Registry) -> None:
    explanation = registry.explain("license", "CC BY-NC 4.0")
    marked, *parts = render_explanation(explanation)
    assert isinstance(marked, Text)
    spans = [(span.start, span.end) for span in marked.spans]
    assert spans == [(span["start"], span["end"]) for span in explanation["result"]["evidence"]]
    assert len({str(span.style) for span in marked.spans}) == len({span["yields"] for span in explanation["result"]["evidence"]})
    assert parts


def test_the_clauses_of_a_statement_are_shown(drets: Drets, registry: Registry) -> None:
    text = "You may share this work, but not for commercial purposes. Creative Commons"
    (clause, *_) = registry.explain("license", text)["trace"]
    shown = drets("explain", "license", text).stdout
    assert "steps" in shown
    assert all(word["text"] in shown for word in clause["words"])


def test_an_unknown_field_is_refused_with_the_known_ones(drets: Drets) -> None:
    run = drets("explain", "licence", "CC0")
    assert run.exit_code == Exit.USAGE
    assert "license" in run.stderr


@pytest.mark.parametrize(("text", "shown"), [("a\x1b[2Jb\tc\nd", "a\u241b[2Jb\tc\nd"), ("\x7f\x9b0m", "\u2421\ufffd0m")])
def test_a_text_cannot_steer_a_terminal(text: str, shown: str) -> None:
    assert visible(text) == shown
    assert len(visible(text)) == len(text)
