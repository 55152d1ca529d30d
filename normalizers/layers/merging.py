"""Puts the labels of layers into the locales, after checking that no label says two things without anybody having meant it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

import langcodes
from msgspec import Struct
from msgspec.structs import replace

from normalizers.errors import Fault, LocaleDataError
from normalizers.folding import fold_key
from normalizers.layers.model import Layer, LayerConcept, LayerLabel
from normalizers.layers.targets import TARGETS
from normalizers.localedata import Label, Locale


class Clash(Struct, frozen=True):
    """A label of a layer that names another concept elsewhere; ``other_file`` is the layer's own where it contradicts itself."""

    layer: str
    tag: str
    label: str
    other_file: str
    fault: Fault


class _Place(Struct, frozen=True):
    concept: str
    file: str
    line: int
    shared: bool


def find_clashes(locales: Mapping[str, Locale], layers: Iterable[Layer]) -> Iterator[Clash]:
    """Yield the labels that name one concept here and another one there, in the same language, where neither side says they share it."""
    known: dict[tuple[str, str], dict[str, list[_Place]]] = {}
    for layer in layers:
        for concept, label in layer.labels():
            words = known.get((label.tag, layer.vocabulary))
            if words is None:
                words = known[label.tag, layer.vocabulary] = _embedded(locales.get(label.tag), layer.vocabulary)
            folded = fold_key(label.text)
            places = words.setdefault(folded, [])
            mine = _Place(concept.key, layer.file, label.line, layer.is_shared(label.tag, folded))
            other = next((place for place in places if place.concept != mine.concept and not (place.shared or mine.shared)), None)
            if other:
                where = f"{label.text!r} names {mine.concept!r} here, but {other.concept!r} in {other.file}:{other.line}"
                yield Clash(layer.name, label.tag, label.text, other.file, Fault(layer.file, label.line, f"labels.{label.tag}", where))
            places.append(mine)


def add_layers(locales: Mapping[str, Locale], layers: Iterable[Layer]) -> Mapping[str, Locale]:
    """Give the locales with the labels of the layers; raises LocaleDataError with every clash, each naming both files and lines.

    A language that has no locale gets one, with nothing but these labels.
    """
    layers = tuple(layers)
    clashes = tuple(clash.fault for clash in find_clashes(locales, layers))
    if clashes:
        raise LocaleDataError(clashes)
    added: dict[str, dict[str, dict[str, list[Label]]]] = {}
    files: dict[str, str] = {}
    for layer, concept, label in new_labels(locales, layers):
        section = added.setdefault(label.tag, {}).setdefault(TARGETS[layer.vocabulary][0], {})
        section.setdefault(concept.key, []).append(Label(label.text, label.kind, label.line))
        files.setdefault(label.tag, layer.file)
    merged = {tag: _extend(locales.get(tag) or _start(tag, files[tag]), sections) for tag, sections in added.items()}
    return MappingProxyType({**locales, **merged})


def new_labels(locales: Mapping[str, Locale], layers: Iterable[Layer]) -> Iterator[tuple[Layer, LayerConcept, LayerLabel]]:
    """Yield the labels of layers that neither the locales nor an earlier layer have for the same concept."""
    known: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for layer in layers:
        section = TARGETS[layer.vocabulary][0]
        for concept, label in layer.labels():
            seen = known.get((label.tag, section))
            if seen is None:
                locale = locales.get(label.tag)
                words = locale.labels(section) if locale else ()
                seen = known[label.tag, section] = {(key, fold_key(word.text)) for key, word in words}
            pair = concept.key, fold_key(label.text)
            if pair not in seen:
                seen.add(pair)
                yield layer, concept, label


def _embedded(locale: Locale | None, vocabulary: str) -> dict[str, list[_Place]]:
    words: dict[str, list[_Place]] = {}
    for section in TARGETS[vocabulary] if locale else ():
        for key, label in locale.labels(section) if locale else ():
            folded = fold_key(label.text)
            shared = locale is not None and folded in locale.shared.get(section, ())
            words.setdefault(folded, []).append(_Place(key, locale.file if locale else "", label.line, shared))
    return words


def _start(tag: str, file: str) -> Locale:
    nothing: Mapping[str, frozenset[str]] = MappingProxyType({})
    name = langcodes.Language.get(tag).display_name("en")
    return Locale(tag, name, file, MappingProxyType({}), months=(), prefixes=(), shared=nothing, examples=())


def _extend(locale: Locale, added: Mapping[str, Mapping[str, list[Label]]]) -> Locale:
    sections = dict(locale.sections)
    for name, concepts in added.items():
        section = dict(sections.get(name, {}))
        for key, labels in concepts.items():
            section[key] = (*section.get(key, ()), *labels)
        sections[name] = MappingProxyType(section)
    return replace(locale, sections=MappingProxyType(sections))
