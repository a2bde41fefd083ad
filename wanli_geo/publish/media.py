"""Pictures and recordings that a layer names: files in the folder `media/` of the workspace, which go along with the site."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

FOLDER = "media"
_SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".mp3", ".m4a", ".ogg"})


def media_file(workspace: Path | None, name: str | None) -> Path | None:
    """Find a file that a layer names; None where there is none, or it is no plain name of a picture or recording."""
    if workspace is None or not name or PurePosixPath(name).name != name or "\\" in name or Path(name).suffix.lower() not in _SUFFIXES:
        return None
    file = workspace / FOLDER / name
    return file if file.is_file() else None
