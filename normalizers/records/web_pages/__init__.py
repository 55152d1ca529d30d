"""Web pages about works: their tags, their JSON-LD and their links to a licence, as one record."""

from normalizers.records.web_pages.reader import WebPageReader

__all__ = ["WebPageReader"]
