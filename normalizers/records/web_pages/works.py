"""Which things of schema.org are works that a record may be about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_WORKS = frozenset((
    "ArchiveComponent", "Article", "Atlas", "AudioObject", "Audiobook", "BlogPosting", "Book", "Chapter", "Clip", "Collection",
    "ComicStory", "Course", "CreativeWork", "CreativeWorkSeries", "DataFeed", "Dataset", "DigitalDocument", "Drawing", "Episode",
    "Game", "Guide", "HowTo", "LearningResource", "Legislation", "LegislationObject", "Manuscript", "Map", "MathSolver",
    "MedicalScholarlyArticle", "MediaObject", "Movie", "MusicAlbum", "MusicComposition", "MusicRecording", "NewsArticle", "Newspaper",
    "NoteDigitalDocument", "Painting", "Patent", "Periodical", "Photograph", "Play", "PodcastEpisode", "Poster",
    "PresentationDigitalDocument", "PublicationIssue", "PublicationVolume", "Report", "Review", "ScholarlyArticle", "Sculpture",
    "SheetMusic", "ShortStory", "SoftwareApplication", "SoftwareSourceCode", "SpreadsheetDigitalDocument", "Statement", "TechArticle",
    "TextDigitalDocument", "TextObject", "Thesis", "VideoObject", "VisualArtwork",
))  # fmt: skip
"""CreativeWork and what is below it (https://schema.org/CreativeWork, release 29), but for pages, parts of pages, comments and the like."""


def is_work(kinds: Any) -> bool:
    """Tell whether one of the types of a thing is that of a work: a name, an address that ends in it, or a list of these."""
    return any(kind.rpartition("/")[2].rpartition(":")[2] in _WORKS for kind in _texts(kinds))


def _texts(kinds: Any) -> Iterator[str]:
    if isinstance(kinds, str):
        yield from kinds.split()
    elif isinstance(kinds, list):
        yield from (kind for kind in kinds if isinstance(kind, str))
