"""A copy of the bundled workspace that a user may change. It follows the bundled one until it is changed."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from pathlib import Path

import platformdirs

from wanli_geo.errors import ReadOnly
from wanli_geo.workspace.store import bundled

STAMP = ".copied-from"


def demo_copy(home: Path | None = None) -> Path:
    """Give the user's own copy of the bundled workspace, making it where there is none.

    A copy the user has not touched follows the bundled workspace when that has changed; one that was touched is left as it is.

    Args:
        home: the folder to keep it in; the user's data folder where not given.

    Raises:
        ReadOnly: the folder cannot be written.
    """
    folder, fresh = home_of_copy(home), digest(bundled())
    home = folder.parent
    stamp = folder / STAMP
    if folder.is_dir() and (not stamp.is_file() or stamp.read_text("ascii") == fresh or digest(folder) != stamp.read_text("ascii")):
        return folder
    try:
        _replace(folder, fresh)
    except OSError as wrong:
        raise ReadOnly(
            f"写不了“{home}”（{wrong.strerror}）；可用 wanli-geo serve 直接打开自带的数据，或用 XDG_DATA_HOME 换一个文件夹。",
            f"“{home}” cannot be written ({wrong.strerror}); open the bundled data with `wanli-geo serve`, or set XDG_DATA_HOME to another folder.",
        ) from wrong
    return folder


def home_of_copy(home: Path | None = None) -> Path:
    """Where the user's own copy is kept, made or not."""
    return (platformdirs.user_data_path("wanli-geo", appauthor=False) if home is None else home) / "wanli"


def digest(folder: Path) -> str:
    """Sum up the layers, the catalogue, the plan and the standards of a folder: the same content gives the same 64 hex digits."""
    whole = hashlib.sha256()
    own = (file for file in folder.glob("standards/*") if file.is_file())  # a user's own standards are a change like any other
    for file in sorted([*(file for file in folder.iterdir() if file.suffix in (".geojson", ".json", ".toml")), *own]):
        whole.update(f"{file.name}\0{hashlib.sha256(file.read_bytes()).hexdigest()}\0".encode())
    return whole.hexdigest()


def _replace(folder: Path, stamp: str) -> None:
    """Copy beside, then put in place: a reader sees the old copy or the new one, never half of it."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".copying-") as beside:
        copy = Path(beside) / "new"
        copy.mkdir()
        for file in bundled().iterdir():
            if file.is_file():
                shutil.copyfile(file, copy / file.name)  # content only: an installed copy is read-only, the user's is not
        (copy / STAMP).write_text(stamp, "ascii")
        if folder.exists():
            folder.rename(Path(beside) / "old")
        copy.rename(folder)
