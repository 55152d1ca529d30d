"""Links by which a page names the licence of its work: ``rel="license"``, and the property of that name in RDFa and microdata.

HTML means by ``rel="license"`` the main content of the page. What stands in its foot is as a rule the licence of the site, and what
belongs to a thing within the page (a picture, a comment) is that thing's: such links are listed, not read.
"""

from __future__ import annotations

from typing import Any

from normalizers.records.mapping import Node
from normalizers.records.model import Place, RawField
from normalizers.records.web_pages.works import is_work

NAME = "license"
_PREFIXED = frozenset(f"{prefix}:{name}" for prefix in ("cc", "dc", "dct", "dcterms", "schema", "xhv") for name in (NAME, "rights"))
_SAYING = ("rel", "property", "itemprop")
_ADDRESSES = ("href", "resource", "src", "content")
_FOOT, _ROLE_OF_FOOT = "footer", "contentinfo"


def find_links(root: Any) -> tuple[list[Node], list[RawField]]:
    """Give the links that speak of the work, each address once, and those that speak of something else."""
    ours: dict[str, Node] = {}
    others: list[RawField] = []
    for element in root.iter():
        said = _said(element) if _names_license(element) else ""
        place = Place(line=element.sourceline)
        if said and _is_of_the_work(element):
            ours.setdefault(said, Node(NAME, said, place=place))
        elif said:
            others.append(RawField(f"{element.tag}/{NAME}", None, said, place, reason="not_of_the_work"))
    return list(ours.values()), others


def _names_license(element: Any) -> bool:
    words = {word for name in _SAYING for word in str(element.get(name) or "").lower().split()}
    return NAME in words or not words.isdisjoint(_PREFIXED)


def _said(element: Any) -> str:
    """Give the address of a license; the text of an element that has none, or one within the site."""
    address = next((str(element.get(name)).strip() for name in _ADDRESSES if element.get(name)), "")
    return address if "://" in address or address.startswith("//") else " ".join("".join(element.itertext()).split()) or address


def _is_of_the_work(element: Any) -> bool:
    """Ask what is around a link: the foot of the page, or a thing that it speaks of."""
    around = [element, *element.iterancestors()]
    if any(each.tag == _FOOT or each.get("role") == _ROLE_OF_FOOT or each.get("about") for each in around):
        return False
    thing = next((each for each in around[1:] if each.get("itemscope") is not None or each.get("typeof")), None)
    return thing is None or is_work(thing.get("itemtype") or thing.get("typeof"))
