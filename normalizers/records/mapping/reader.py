"""Turns the tree of a record into fields by the table of its schema. What the table does not know is kept as unknown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct, field

from normalizers.folding import fold_key
from normalizers.records.field_names import FieldName
from normalizers.records.mapping.model import Rule, Schema
from normalizers.records.mapping.paths import Selector, Step
from normalizers.records.mapping.selection import Found, Taken, applies, own_text, select
from normalizers.records.mapping.tree import Node
from normalizers.records.model import Place, RawField
from normalizers.records.sections.abstracts import AbstractSection
from normalizers.records.sections.texts import TextSection, TitleSection

Find = Callable[[str], FieldName | None]
"""Looks a name up among the labels of the locales."""

QUALIFIER_RULE = "shape:qualifier"
UNKNOWN = "unknown_label"
_HAS_LANGUAGE = TitleSection.keys | AbstractSection.keys | TextSection.keys
# Fields whose values stand for a concept: its address and its name are two values of the same meaning.
_CODED = frozenset({"resource_type", "access_right", "version", "peer_review", "language", "rights"})
_NO_QUALIFIER = frozenset({"", "none", "*"})
_LANGUAGE_ATTRIBUTE = "xml:lang"


class _Branch(Struct):
    """Where the paths of the rules go on below a step, by the name of the next; ``rule`` ends here, ``order`` is its place."""

    step: Step
    below: dict[str, list[_Branch]] = field(default_factory=dict)
    attributes: dict[str, Rule] = field(default_factory=dict)
    rule: Rule | None = None
    order: int = 0

    def grow(self, step: Step) -> _Branch:
        """Give the branch for a step, a new one if there is none yet."""
        branches = self.below.setdefault(step.name, [])
        found = next((branch for branch in branches if branch.step == step), None)
        if found is None:
            found = _Branch(step)
            branches.append(found)
        return found


class _Above(Struct, frozen=True):
    """What holds for a node from above: the names on the way, where the rules may go on, and the language that is stated."""

    name: str
    branches: tuple[_Branch, ...]
    language: RawField | None = None


_Languages = tuple[RawField | None, RawField | None]
"""The language that is stated for a value itself, and the one that is stated further up."""


class _Value(Struct, frozen=True):
    """What a field holds, under which name, and where."""

    name: str
    text: str | None
    place: Place


class SchemaReader:
    """Reads trees by one schema. Immutable once built, safe to share between threads.

    ``find`` looks names up among the labels of the locales, where the schema wants that.
    """

    def __init__(self, schema: Schema, find: Find | None = None) -> None:
        self.schema = schema
        self._labels = find
        self._root = _Branch(Step("*"))
        for order, rule in enumerate(schema.rules):
            branch = self._root
            for step in rule.path.steps:
                branch = branch.grow(step)
            if rule.path.attribute:
                branch.attributes.setdefault(rule.path.attribute, rule)
            elif branch.rule is None:
                branch.rule, branch.order = rule, order

    def read(self, root: Node) -> tuple[RawField, ...]:
        """Give the fields of a record in its order; every text in the tree is in one of them."""
        above = _Above("", (self._root,), self._language(root))
        return tuple(self._level(root, "", above))

    def _level(self, node: Node, name: str, above: _Above) -> Iterator[RawField]:
        """Read what stands in a node that only holds others, then those."""
        if own_text(node):
            yield _unknown(name or node.name, own_text(node), node)
        taken = Taken()
        for attribute, rule in [pair for branch in above.branches for pair in branch.attributes.items()]:
            if node.attributes.get(attribute, "").strip() and (id(node), attribute) not in taken.attributes:
                taken.attributes.add((id(node), attribute))
                yield self._attribute(rule, attribute, node, name)
        yield from self._attributes(node, name, taken)
        for child in node.children:
            yield from self._node(child, above)

    def _attribute(self, rule: Rule, attribute: str, node: Node, name: str) -> RawField:
        origin, place = f"{self.schema.name}:{rule.path.text}", node.attribute_place(attribute)
        return RawField(f"{name}/@{attribute}".lstrip("/"), rule.field, node.attributes[attribute], place, origin)

    def _node(self, node: Node, above: _Above) -> Iterator[RawField]:
        name = f"{above.name}/{node.name}" if above.name else node.name
        branches = tuple(branch for branch in _next(above.branches, node.name) if applies(self.schema, branch.step, node))
        ending = min((branch for branch in branches if branch.rule), key=lambda branch: branch.order, default=None)
        stated = self._language(node)
        if ending and ending.rule:
            yield from self._field(ending.rule, node, name, (stated, above.language))
        elif any(branch.below or branch.attributes for branch in branches):
            yield from self._level(node, name, _Above(name, branches, stated or above.language))
        elif (found := self._labelled(node, name)) is not None:
            yield from self._labelled_field(found, node, name, (stated, above.language))
        else:
            yield from self._rest(node, name, Taken())

    def _find(self, name: str) -> FieldName | None:
        return self._labels(name) if self._labels else None

    def _labelled(self, node: Node, name: str) -> FieldName | None:
        """Look a name that stands in no path up among a user's names, and the labels; a node that only holds others is none of them."""
        if node.children and not own_text(node):
            return None
        own = next((found for found in map(self._find, (name, node.name)) if found and found.is_own), None)
        return own or (self._find(node.name) if self.schema.uses_labels else None)

    def _labelled_field(self, found: FieldName, node: Node, name: str, languages: _Languages) -> Iterator[RawField]:
        taken = Taken()
        links = self._links(node, taken)
        beside = (*_beside(languages, found), *self._attributes_below(node, name, taken))
        yield from _made(found, _Value(name, node.whole(), node.place), beside, links)

    def _field(self, rule: Rule, node: Node, name: str, languages: _Languages) -> Iterator[RawField]:
        taken = Taken()
        parts = list(self._parts(rule, node, name, taken))
        value = self._value(rule, node, taken)
        links = [*self._links(node, taken), *self._take_all(rule.also, node, taken)]
        found = self._named(rule, node)
        is_whole = not (rule.values or rule.parts or rule.also)
        rest = self._attributes_below(node, name, taken) if is_whole else self._rest(node, name, taken)
        beside = (*parts, *_beside(languages, found), *rest)
        shown = _composed(rule, node, self.schema) if rule.label else name
        for start, end, key in rule.cuts:
            piece = (value or "")[start - 1 : end]
            if any(map(str.isalnum, piece)):
                yield RawField(f"{shown}/{start}-{end}", key, piece, node.place, f"{self.schema.name}:{rule.path.text}")
        if rule.cuts:
            found = FieldName(None, (), "", frozenset())
        yield from _made(found, _Value(shown, self._trimmed(value), node.place), beside, links)

    def _trimmed(self, text: str | None) -> str | None:
        return text.strip().rstrip(self.schema.trim) if text and self.schema.trim else text

    def _links(self, node: Node, taken: Taken) -> list[Found]:
        """Take the addresses that stand for a value, or beside it."""
        return self._take_all(self.schema.link, node, taken)

    def _take_all(self, selector: Selector | None, node: Node, taken: Taken) -> list[Found]:
        selected = select(self.schema, selector, node) if selector else ()
        found = [each for each in selected if each.text.strip() and not taken.has(each)]
        for each in found:
            taken.take(each)
        return found

    def _named(self, rule: Rule, node: Node) -> FieldName:
        """Tell the field that a rule gives to a node."""
        origin = f"{self.schema.name}:{rule.path.text}"
        if rule.label and (found := self._find(_composed(rule, node, self.schema))):
            return found
        key = rule.field
        if rule.by and rule.cases:
            asked = (fold_key(found.text) for found in select(self.schema, rule.by, node))
            key = next((rule.cases[case] for case in asked if case in rule.cases), key)
        return FieldName(key, (), origin if key else "", frozenset())

    def _value(self, rule: Rule, node: Node, taken: Taken) -> str | None:
        if not rule.values and not rule.parts and not rule.also:
            return node.whole()
        if not rule.values:
            taken.texts.add(id(node))
            return own_text(node) or None
        texts: list[str] = []
        for selector in rule.values:
            found = [each for each in select(self.schema, selector, node) if not taken.has(each) and each.text.strip()]
            for each in found[:1] if rule.takes_first else found:
                taken.take(each)
                texts.append(each.text.strip())
        return rule.join.join(texts) if texts else None

    def _parts(self, rule: Rule, node: Node, name: str, taken: Taken) -> Iterator[RawField]:
        for selector, key in rule.parts:
            for each in select(self.schema, selector, node):
                if each.text.strip() and not taken.has(each):
                    taken.take(each)
                    origin = f"{self.schema.name}:{rule.path.text}/{selector.text}"
                    yield RawField(_joined(name, each), key, self._trimmed(each.text), each.place, origin)

    def _rest(self, node: Node, name: str, taken: Taken) -> Iterator[RawField]:
        """Yield all of a node that was not taken, as unknown; text with marks in it stays in one piece."""
        if id(node) in taken.nodes:
            yield from self._attributes_below(node, name, taken)
            return
        yield from self._attributes(node, name, taken)
        own = own_text(node)
        if own and id(node) not in taken.texts and not taken.nodes and not taken.attributes:
            yield _unknown(name, node.whole(), node)._replace(parts=_only(self._language(node)))
            for child in node.children:
                yield from self._attributes_below(child, f"{name}/{child.name}", taken)
            return
        if own and id(node) not in taken.texts:
            yield _unknown(name, own, node)
        for child in node.children:
            yield from self._rest(child, f"{name}/{child.name}", taken)

    def _attributes_below(self, node: Node, name: str, taken: Taken) -> Iterator[RawField]:
        yield from self._attributes(node, name, taken)
        for child in node.children:
            yield from self._attributes_below(child, f"{name}/{child.name}", taken)

    def _attributes(self, node: Node, name: str, taken: Taken) -> Iterator[RawField]:
        for attribute, text in node.attributes.items():
            is_used = attribute == _LANGUAGE_ATTRIBUTE or attribute in self.schema.attributes or (id(node), attribute) in taken.attributes
            if text.strip() and not is_used:
                yield RawField(f"{name}/@{attribute}".lstrip("/"), None, text, node.attribute_place(attribute), reason=UNKNOWN)

    def _language(self, node: Node) -> RawField | None:
        """Give the language that is stated for a node, as a part of what the node says."""
        found = next(select(self.schema, self.schema.language, node), None) if self.schema.language else None
        return RawField(found.name, "language", found.text, found.place, QUALIFIER_RULE) if found and found.text.strip() else None


def _next(branches: Sequence[_Branch], name: str) -> Iterator[_Branch]:
    for branch in branches:
        yield from branch.below.get(name, ())
        yield from branch.below.get("*", ())


def _composed(rule: Rule, node: Node, schema: Schema) -> str:
    """Put the name of a field together that its attributes give: "dc", "title", "alternative"."""
    texts = (found.text.strip() for selector in rule.label for found in select(schema, selector, node))
    return ".".join(text for text in texts if text.casefold() not in _NO_QUALIFIER)


def _beside(languages: _Languages, found: FieldName) -> Iterable[RawField]:
    """Give the language of a value; one that is stated further up says something only of texts."""
    stated, above = languages
    if stated:
        return (stated,)
    return (above._replace(),) if above and found.key in _HAS_LANGUAGE else ()


def _made(found: FieldName, value: _Value, beside: Iterable[RawField], links: Sequence[Found]) -> Iterator[RawField]:
    """Make the field. An address stands in for a text that is missing; beside one, it says the same in another way."""
    name, text, place = value.name, value.text, value.place
    if links and not (text or "").strip():
        name, text, place = _joined(name, links[0]), links[0].text, links[0].place
        links = links[1:]
    again = [RawField(_joined(value.name, link), found.key, link.text, link.place, found.rule) for link in links]
    uris = () if found.key in _CODED else [link._replace(key="uri") for link in again]
    kept = (*beside, *uris)
    reason = "" if found.key else "ambiguous_label" if found.candidates else "not_used" if found.is_own else UNKNOWN
    if text is None or not text.strip():
        reason = "" if text is None and kept else "empty"
    yield RawField(name, found.key, text, place, found.rule, reason, found.candidates, kept)
    if not uris:
        yield from again


def _unknown(name: str, text: str, node: Node) -> RawField:
    return RawField(name, None, text, node.place, reason=UNKNOWN)


def _only(language: RawField | None) -> tuple[RawField, ...]:
    return (language,) if language else ()


def _joined(name: str, found: Found) -> str:
    return f"{name}/{found.name}" if found.name else name
