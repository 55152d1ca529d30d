"""Keys by which the service knows who asks, and what each may ask for."""

from service.keys.book import Holder, KeyBook
from service.keys.secrets import Scope

__all__ = ["Holder", "KeyBook", "Scope"]
