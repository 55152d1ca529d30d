"""XML as the crosswalks build it."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def add(parent: Any, name: str, text: str | None = None, /, **attributes: str | None) -> Any:
    """Add an element, named in Clark notation; attributes without a value are left out, ``language`` is ``xml:lang``."""
    element = etree.SubElement(parent, name)
    if text is not None:
        element.text = readable(text)
    for attribute, value in attributes.items():
        if value is not None:
            element.set(LANGUAGE if attribute == "language" else attribute, readable(value))
    return element


def readable(text: str) -> str:
    """Put U+FFFD in the place of characters that XML cannot hold, such as control characters (XML 1.0, section 2.2)."""
    return _FORBIDDEN.sub("\ufffd", text)


def dump(element: Any) -> bytes:
    """Write an element on lines of its own, with its namespaces, and no declaration: the file that takes it has one."""
    written: bytes = etree.tostring(element, encoding="UTF-8", xml_declaration=False, pretty_print=True)
    return written
