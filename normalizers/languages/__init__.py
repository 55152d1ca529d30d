"""Languages: from codes, tags, addresses and names in any language to the shortest BCP 47 tags."""

from normalizers.languages.building import build_language_reader
from normalizers.languages.detection import Detection, LanguageDetector, load_detector
from normalizers.languages.reader import LanguageReader

__all__ = ["Detection", "LanguageDetector", "LanguageReader", "build_language_reader", "load_detector"]
