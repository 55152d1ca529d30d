"""The schemes of identifiers: what each looks like, its check digit, its canonical form and its address.

Pure tables and functions that any reader may use; nothing here knows a language.
"""

from normalizers.schemes.model import Broken, Identifier, Scheme
from normalizers.schemes.recognition import check, guesses, label_starts, recognize, scheme_named, split_label

__all__ = ["Broken", "Identifier", "Scheme", "check", "guesses", "label_starts", "recognize", "scheme_named", "split_label"]
