"""Reads one entry of BibTeX into a tree of its fields: abbreviations in full, LaTeX decoded, names apart, what it inherits added."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping, Sequence

from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares.names import InvalidNameError, parse_single_name_into_parts, split_multiple_persons_names
from bibtexparser.model import DuplicateBlockKeyBlock, DuplicateFieldKeyBlock, Entry, ParsingFailedBlock

from normalizers.errors import MalformedRecordError, RecordSyntaxError
from normalizers.records.json_syntax import step
from normalizers.records.mapping import Node
from normalizers.records.model import Place
from normalizers.records.references.bibtex_values import join_pieces
from normalizers.records.references.latex import decode_latex

_PERSONS = frozenset({"author", "editor", "translator"})
_AS_WRITTEN = frozenset({"url", "doi", "eprint", "isbn", "issn", "file", "crossref", "xdata", "pdf"})
_REFERRING = ("crossref", "xdata")
# The title of a book is the title of what the chapter is in; its other fields are those of the chapter.
_INHERITED_AS = {"title": "booktitle", "subtitle": "booksubtitle"}
_NOT_INHERITED = frozenset({"crossref", "xdata", "ids", "key", "entrytype", "label", "shorthand"})
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WORDS = re.compile(r"[^\W\d_]+|\d+")
_WHOLE_BRACE = re.compile(r"\{[^{}]*\}")
_OPENING = re.compile(r"\s*@(?!\s*(?:string|comment|preamble)\b)", re.IGNORECASE)
_OTHERS = "others"

# What it warns of is told as a fault of the record, with its place.
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)


def read_entry(text: str) -> Node:
    """Read one entry, with the abbreviations before it and the entries it refers to behind it. Raises RecordSyntaxError."""
    library = parse_string(text, parse_stack=[])
    entries = [_entry(block) for block in library.blocks if isinstance(block, (Entry, DuplicateBlockKeyBlock, DuplicateFieldKeyBlock))]
    if any(_is_cut_off(block, entries) for block in library.failed_blocks):
        raise MalformedRecordError(
            f"not an entry of BibTeX: {getattr(library.failed_blocks[0].error, 'abort_reason', 'it cannot be read')}"
        )
    if not entries:
        raise MalformedRecordError("there is no entry of BibTeX")
    abbreviations: dict[str, str] = {}
    for string in library.strings:
        abbreviations[string.key.lower()] = join_pieces(string.value, abbreviations, "")
    return _tree(entries, abbreviations)


def _is_cut_off(failed: ParsingFailedBlock, entries: Sequence[Entry]) -> bool:
    """Tell whether a block that failed is the record, or a part of it: it stands before the entry, or there is none."""
    if isinstance(failed, (DuplicateBlockKeyBlock, DuplicateFieldKeyBlock)):
        return False
    return not entries or (_OPENING.match(failed.raw or "") is not None and (failed.start_line or 0) <= (entries[0].start_line or 0))


def _entry(block: Entry | DuplicateBlockKeyBlock | DuplicateFieldKeyBlock) -> Entry:
    found = block if isinstance(block, Entry) else block.ignore_error_block
    if not isinstance(found, Entry):
        raise RecordSyntaxError("not an entry of BibTeX")
    return found


def _tree(entries: list[Entry], abbreviations: Mapping[str, str]) -> Node:
    first, *others = entries
    fields = _values(first, abbreviations, "")
    by_key = {entry.key.lower(): entry for entry in others}
    wanted = {key.strip().lower() for name in _REFERRING for key, _ in fields.get(name, ()) for key in key.split(",")}
    if by_key.keys() - wanted:
        raise RecordSyntaxError(f"{len(entries)} entries are more than one record")
    inherited = _inherited(fields, by_key, abbreviations)
    children = [Node("entrytype", first.entry_type.lower(), place=Place("/entrytype")), Node("key", first.key, place=Place("/key"))]
    return Node("entry", children=(*children, *_nodes({**inherited, **fields})))


def _values(entry: Entry, abbreviations: Mapping[str, str], pointer: str) -> dict[str, list[tuple[str, str]]]:
    values: dict[str, list[tuple[str, str]]] = {}
    for field in entry.fields:
        place = step(pointer, field.key)
        text = join_pieces(str(field.value), abbreviations, place)
        values.setdefault(field.key.lower(), []).append((text, place))
    return values


def _inherited(
    fields: Mapping[str, list[tuple[str, str]]], by_key: Mapping[str, Entry], abbreviations: Mapping[str, str]
) -> dict[str, list[tuple[str, str]]]:
    """Give what an entry takes over from those it refers to."""
    taken: dict[str, list[tuple[str, str]]] = {}
    for name in _REFERRING:
        for keys, _ in fields.get(name, ()):
            for parent in filter(None, (by_key.get(key.strip().lower()) for key in keys.split(","))):
                for own, values in _values(parent, abbreviations, step("", name)).items():
                    inherited = _INHERITED_AS.get(own, own) if name == "crossref" else own
                    if own not in _NOT_INHERITED:
                        taken.setdefault(inherited, values)
    return taken


def _nodes(fields: Mapping[str, list[tuple[str, str]]]) -> Iterator[Node]:
    issued: list[Node] = []
    for name, values in fields.items():
        for text, pointer in values:
            if name in _PERSONS:
                yield Node(name, children=tuple(_people(text, pointer)), place=Place(pointer))
            elif name in {"year", "month", "day"}:
                issued.append(Node(name, _part_of_date(name, text), place=Place(pointer)))
            elif name == "eprint":
                kind = next((value for key in ("eprinttype", "archiveprefix") for value, _ in fields.get(key, ())), "")
                yield Node(name, text.strip(), attributes={"type": kind} if kind else {}, place=Place(pointer))
            else:
                yield Node(name, text.strip() if name in _AS_WRITTEN else decode_latex(text), place=Place(pointer))
    if issued:
        yield Node("issued", children=tuple(issued), place=issued[0].place)


def _part_of_date(name: str, text: str) -> str:
    """Write the month as a number, with two digits as in a date: "feb", "{February}", "2" are "02"."""
    shown = decode_latex(text)
    if name == "year":
        return shown
    words = _WORDS.findall(shown)
    months = [f"{_MONTHS.index(word[:3].lower()) + 1:02}" for word in words if word[:3].lower() in _MONTHS]
    days = [word.zfill(2) for word in words if word.isdigit()]
    if months:
        return "-".join([months[0], *days[:1]]) if len(months) == 1 and len(words) <= len(("month", "day")) else shown
    return days[0] if len(words) == 1 and days else shown


def _people(text: str, pointer: str) -> Iterator[Node]:
    for index, name in enumerate(split_multiple_persons_names(text)):
        place = Place(step(pointer, index))
        if name == _OTHERS:
            yield Node(_OTHERS, name, place=place)
        elif _WHOLE_BRACE.fullmatch(name):
            yield Node("organization", decode_latex(name), place=place)
        else:
            yield _person(name, place)


def _person(name: str, place: Place) -> Node:
    try:
        parts = parse_single_name_into_parts(name)
    except InvalidNameError:
        return Node("organization", decode_latex(name), place=place)
    family = decode_latex(" ".join((*parts.von, *parts.last)))
    given = decode_latex(" ".join((*parts.first, *parts.jr)))
    halves = (Node("family", family, place=place), *((Node("given", given, place=place),) if given else ()))
    return Node("person", children=halves, place=place)
