"""Builds the guide into the wheel; an editable install has none, for there the pages are still being written."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PLACE = "service/pages/built_guide"


class GuideHook(BuildHookInterface[Any]):
    """Called by hatchling before and after it builds a wheel."""

    _built: TemporaryDirectory[str] | None = None

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the guide beside the sources, and have it put into the wheel."""
        if version == "editable":
            return
        self._built = TemporaryDirectory(prefix="drets-guide-")
        build_guide(Path(self.root), Path(self._built.name))
        build_data["force_include"][self._built.name] = PLACE

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Forget what was built, once the wheel is written."""
        del version, build_data, artifact_path
        if self._built is not None:
            self._built.cleanup()


def build_guide(checkout: Path, folder: Path) -> None:
    """Build the guide into a folder; a link that leads nowhere ends the build."""
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(folder)]
    subprocess.run(command, cwd=checkout, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}, check=True)  # noqa: S603 - our own command
