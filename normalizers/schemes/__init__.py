"""The schemes of identifiers: what each looks like, its check digit, its canonical form and its address.

Pure tables and functions that any reader may use; nothing here knows a language.
"""

from normalizers.schemes.model import Broken, Identifier, Scheme

__all__ = ["Broken", "Identifier", "Scheme"]
