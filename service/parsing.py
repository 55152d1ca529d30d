"""How the value of a setting is read from text: each parser answers a value or says what it would have taken."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit


def whole(low: int, high: int) -> Callable[[str], int]:
    """Read a whole number between two bounds, written in plain digits."""

    def parse(text: str) -> int:
        if not (text.isascii() and text.isdigit()) or len(text) > len(str(high)) or not low <= int(text) <= high:
            raise ValueError(f"must be a whole number from {low} to {high}")
        return int(text)

    return parse


def seconds(low: float, high: float) -> Callable[[str], float]:
    """Read a number of seconds between two bounds, written in digits with at most one point."""

    def parse(text: str) -> float:
        if not (text.isascii() and text.replace(".", "", 1).isdigit()) or not low <= float(text) <= high:
            raise ValueError(f"must be a number of seconds from {low:g} to {high:g}, such as 2.5")
        return float(text)

    return parse


def choice(*allowed: str) -> Callable[[str], str]:
    """Read one of a few words."""

    def parse(text: str) -> str:
        if text not in allowed:
            raise ValueError(f"must be one of {', '.join(allowed)}")
        return text

    return parse


def address(text: str) -> str:
    """Read an address to listen on."""
    if text == "localhost":
        return text
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        raise ValueError("must be an IP address, such as 127.0.0.1 or ::, or localhost") from None


def place(text: str) -> str:
    """Read the path of a folder that need not exist yet, or one of the words ``auto`` and ``off``."""
    if not text or "\0" in text:
        raise ValueError("must be a folder, auto or off")
    return text


def folder(text: str) -> Path:
    """Read the path of a folder that exists."""
    path = Path(text)
    if not text or not path.is_dir():
        raise ValueError("must be a folder that exists")
    return path


def file(text: str) -> Path:
    """Read the path of a file that exists."""
    path = Path(text)
    if not text or not path.is_file():
        raise ValueError("must be a file that exists")
    return path


def path(text: str) -> Path:
    """Read a path, whether anything is there or not."""
    if not text or "\0" in text:
        raise ValueError("must be a path")
    return Path(text)


def store(text: str) -> str:
    """Read the URL of a database."""
    parts = urlsplit(text)
    if parts.scheme not in {"postgresql", "sqlite"} or len(parts.path.strip("/")) == 0:
        raise ValueError("must be postgresql://USER:PASSWORD@HOST/DATABASE or sqlite:////PATH/OF/A/FILE")
    return text


def object_store(text: str) -> str:
    """Read the fsspec URL of a folder of objects."""
    parts = urlsplit(text)
    if not parts.scheme or not (parts.netloc or parts.path.strip("/")) or "::" in text:
        raise ValueError("must be an fsspec URL of a folder, such as file:///srv/dumps or s3://bucket/dumps")
    return text


def truth(text: str) -> bool:
    """Read true or false."""
    if text.lower() not in {"true", "false"}:
        raise ValueError("must be true or false")
    return text.lower() == "true"


def address_of_service(text: str) -> str:
    """Read the address of a service as others see it, without a slash at its end."""
    found = urlsplit(text)
    if found.scheme not in {"http", "https"} or not found.hostname or found.query or found.fragment or text.endswith("/"):
        raise ValueError("must be the address of a service, such as https://drets.example.org or https://example.org/drets")
    return text


def origins(text: str) -> tuple[str, ...]:
    """Read the origins of pages, as browsers name them."""
    found = tuple(text.split())
    for origin in found:
        parts = urlsplit(origin)
        if parts.scheme not in {"http", "https"} or f"{parts.scheme}://{parts.netloc}" != origin:
            raise ValueError("must be origins with spaces between, such as https://example.org")
    return found
