"""Brings pages of the guide that are kept elsewhere in the repository to where the guide can show them, and turns links to them.

MkDocs calls the functions by their names (https://www.mkdocs.org/user-guide/configuration/#hooks).
"""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT = Path(__file__).parent
ELSEWHERE = {
    "README.md": "readme.md",
    "CHANGELOG.md": "changelog.md",
    "CONTRIBUTING.md": "contributing.md",
    "locales/README.md": "locales.md",
}
"""File in the repository, and page of the guide."""
ATTACHED = {"LICENSE": "license.txt", "normalizers/records/answer.schema.json": "answer.schema.json"}
"""Files that pages point to and readers download."""
LINK = re.compile(r"(\]\()([^)\s#:]+)([^)]*\))")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages and files that are kept elsewhere."""
    for source, page in (*ELSEWHERE.items(), *ATTACHED.items()):
        files.append(File.generated(config, page, content=(ROOT / source).read_text(encoding="utf-8")))
    return files


def on_page_markdown(markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Turn links between places in the repository into links between pages of the guide."""
    del config, files
    here = page.file.src_uri
    places = {page: source for source, page in ELSEWHERE.items()}
    folder = posixpath.dirname(places.get(here, f"docs/{here}"))

    def turned(link: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(folder, link[2]))
        there = ELSEWHERE.get(target) or ATTACHED.get(target) or (target.removeprefix("docs/") if target.startswith("docs/") else None)
        if there is None:
            return link[0]
        return f"{link[1]}{posixpath.relpath(there, posixpath.dirname(here) or '.')}{link[3]}"

    return LINK.sub(turned, markdown)
