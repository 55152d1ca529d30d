"""An explanation as a person reads it: the text with its spans marked, the verdict, and the steps that led to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

from bulk.terminal import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_SPAN_STYLES = ("black on green", "black on cyan", "black on yellow", "black on magenta", "white on blue", "black on bright_red")
_PAIR = 2
_STATUS_STYLES = {"matched": "bold green", "ambiguous": "bold yellow", "none": "bold cyan", "unmatched": "bold red"}


def render_explanation(explanation: Mapping[str, Any]) -> Iterator[Text | Table]:
    """Lay out an explanation; what is said in colour is said in words as well, so that it loses nothing without colours."""
    result = explanation["result"]
    styles = _styles(result["evidence"])
    yield _marked(result, styles)
    yield Text()
    yield _verdict(result)
    for title, rows in _parts(result, explanation):
        if rows:
            yield Text()
            yield _table(title, rows, styles)


def _styles(evidence: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Choose a colour for everything that spans yield, in the order of the text."""
    yields = dict.fromkeys(span["yields"] for span in evidence)
    return {name: _SPAN_STYLES[index % len(_SPAN_STYLES)] for index, name in enumerate(yields)}


def _marked(result: Mapping[str, Any], styles: Mapping[str, str]) -> Text:
    text = Text(visible(result.get("read_as") or result["text"]))
    for span in result["evidence"]:
        text.stylize(styles[span["yields"]], span["start"], span["end"])
    return text


def _verdict(result: Mapping[str, Any]) -> Text:
    status = result["status"]
    verdict = Text.assemble((status, _STATUS_STYLES.get(status, "bold")), " ", " ".join(result["identifiers"]))
    if result["method"]:
        verdict.append(f"  by {result['method']}")
    if result.get("locale"):
        verdict.append(f", locale {result['locale']}")
    if result["vocabulary"]:
        verdict.append(f"  ({result['vocabulary']['name']} {result['vocabulary']['version']})", "dim")
    return verdict


def _parts(result: Mapping[str, Any], explanation: Mapping[str, Any]) -> Iterator[tuple[str, Sequence[Mapping[str, Any]]]]:
    yield "read from", result["evidence"]
    yield "candidates", result["candidates"]
    yield "issues", result["issues"]
    if license_found := result.get("license"):
        yield "license", [{"term": name, "value": value} for name, value in _flat(license_found)]
    if details := result.get("details"):
        yield "details", [{"detail": name, "value": value} for name, value in _flat(details)]
    yield "steps", explanation.get("trace") or ()


def _flat(members: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in members.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{name}.")
        elif value is not None:
            yield prefix + name, value


def _table(title: str, rows: Sequence[Mapping[str, Any]], styles: Mapping[str, str]) -> Table:
    """Show rows with whatever columns they have; a cell that names what a span yields has the colour of the span."""
    columns = tuple(dict.fromkeys(name for row in rows for name in row))
    table = Table(*columns, box=None, header_style="dim", title=title, title_justify="left", title_style="bold")
    for row in rows:
        table.add_row(*(_cell(name, row.get(name), styles) for name in columns))
    return table


def _cell(name: str, value: Any, styles: Mapping[str, str]) -> Text:
    shown = visible(_words(value))
    return Text(shown, style=styles.get(shown, "") if name == "yields" else "")


def _words(value: Any) -> str:
    """Put a JSON value in words."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(map(_words, value))
    if isinstance(value, dict):
        # Of a pair, such as a concept and its words, both sides speak for themselves.
        known = {name: _words(member) for name, member in value.items() if member not in (None, [], {})}
        return ": ".join(known.values()) if len(value) == _PAIR else ", ".join(f"{name} {words}" for name, words in known.items())
    return str(value)
