"""Every import of a workspace as one version that can be undone. The only file that writes into a workspace that is there.

    WORKSPACE/.versions/
        0001/               applied: `before/` the files as they were, `manifest.json`
        0002.undone/        the same, taken back
        0003.applying/      a stop in the middle: `after/` holds the files to be, and the next call finishes it
        0003.undoing/       likewise on the way back
        lock

A version is made whole beside and renamed into place; then the files are replaced, each whole; then it is renamed again. So a stop at
any point leaves every file old or new and nothing lost, and whoever comes next brings the started version to its end.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from wanli_geo.errors import NoWorkspace, ReadOnly, Refused
from wanli_geo.workspace.demo import home_of_copy
from wanli_geo.workspace.geojson import write_atomic
from wanli_geo.workspace.store import CATALOGUE, bundled

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

FOLDER = ".versions"
_MANIFEST, _BEFORE, _AFTER, _LOCK = "manifest.json", "before", "after", "lock"
_APPLYING, _UNDOING, _UNDONE = ".applying", ".undoing", ".undone"


@dataclass(frozen=True)
class Version:
    """One import.

    Attributes:
        when: local time, ISO.
        undone: it was taken back.
        digests: file name → sha256 before and after; None where there was no such file.
        made: what the import says of itself: layer, file and its sha256, counts, what was asked.
    """

    number: int
    when: str
    undone: bool
    digests: Mapping[str, tuple[str | None, str]]
    made: Mapping[str, Any]

    def to_dict(self) -> dict[str, Any]:
        return {"number": self.number, "when": self.when, "undone": self.undone, **self.made}


def write(folder: Path, files: Mapping[str, bytes], made: Mapping[str, Any], *, on: Mapping[str, str | None]) -> Version:
    """Replace files of a workspace as one version.

    Args:
        files: file name → content, written in this order.
        on: file name → sha256 that the version was made on, None where there was no such file.

    Raises:
        ReadOnly: the workspace is the bundled one, or cannot be written.
        Refused: another import is at work, or the files have changed since `on`.
    """
    with _alone(folder):
        if changed := [name for name in files if _digest(folder / name) != on.get(name)]:
            raise Refused(f"“{changed[0]}”在预览之后有了改动，没有导入；请重新导入一次。",
                          f"“{changed[0]}” has changed since the import was drawn up, so nothing was written; import once more.")
        version = Version(max((number for number, _ in _kept(folder)), default=0) + 1, datetime.now().astimezone().isoformat(timespec="seconds"),
                          False, {name: (on.get(name), hashlib.sha256(content).hexdigest()) for name, content in files.items()}, made)
        _finish(_prepared(folder, version, files))
        return version


def undo(folder: Path) -> Version:
    """Take the last import back: its files are again as they were, byte by byte.

    Raises:
        Refused: there is none, a file was changed since, or another import is at work.
        ReadOnly: the workspace cannot be written.
    """
    with _alone(folder):
        applied = [(number, kept) for number, kept in _kept(folder) if not kept.suffix]
        if not applied:
            raise Refused("这个工作区没有可以撤销的导入。", "This workspace has no import to undo.")
        number, kept = max(applied)
        version = _read(kept)
        if changed := [name for name, (_, after) in version.digests.items() if _digest(folder / name) != after]:
            raise Refused(f"“{changed[0]}”在第 {number} 次导入之后又改过，撤销会丢掉那些改动，没有撤销；原来的文件在 {kept / _BEFORE}。",
                          f"“{changed[0]}” was changed after import {number} and undoing would lose that; nothing was undone. "
                          f"The former files are in {kept / _BEFORE}.")
        _finish(kept.rename(kept.with_suffix(_UNDOING)))
        return _read(kept.with_suffix(_UNDONE))


def history(folder: Path) -> list[Version]:
    """List the imports of a workspace, the last first.

    Raises:
        NoWorkspace: there is none.
    """
    if not (folder / CATALOGUE).is_file():
        raise NoWorkspace(f"“{folder}”里没有 {CATALOGUE}，不是工作区。", f"“{folder}” has no {CATALOGUE}, so it is no workspace.")
    return [_read(kept) for _, kept in sorted(_kept(folder), reverse=True)]


def refuse_bundled(folder: Path) -> None:
    """Refuse to write into the bundled workspace.

    Raises:
        ReadOnly: it is that one.
    """
    if folder.resolve() == bundled().resolve():
        copy = home_of_copy()
        raise ReadOnly(f"自带的万里示意数据不能改；请先运行一次 wanli-geo demo，再导入它所用的副本：--into \"{copy}\"。",
                       f"The bundled Wanli sketch is not changed; run `wanli-geo demo` once and import into the copy it makes: --into \"{copy}\".")


# -- how a version is kept -------------------------------------------------------------------------------------------------------


def _kept(folder: Path) -> list[tuple[int, Path]]:
    """(number, folder) of every version, begun ones too."""
    return [(int(kept.name.split(".")[0]), kept) for kept in (folder / FOLDER).glob("[0-9]*") if kept.is_dir()]


def _read(kept: Path) -> Version:
    held = json.loads((kept / _MANIFEST).read_bytes())
    digests = {name: (before, after) for name, (before, after) in held["digests"].items()}
    return Version(held["number"], held["when"], kept.suffix in (_UNDONE, _UNDOING), digests, held["made"])


def _prepared(folder: Path, version: Version, files: Mapping[str, bytes]) -> Path:
    """Keep the files as they are and as they are to be; with the rename at the end the version has begun."""
    beside = Path(tempfile.mkdtemp(dir=folder / FOLDER, prefix=".new-"))
    for part in (_BEFORE, _AFTER):
        (beside / part).mkdir()
    for name, content in files.items():
        if version.digests[name][0] is not None:
            write_atomic(beside / _BEFORE / name, (folder / name).read_bytes())
        write_atomic(beside / _AFTER / name, content)
    manifest = {"number": version.number, "when": version.when, "digests": version.digests, "made": version.made}
    write_atomic(beside / _MANIFEST, (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode())
    return beside.rename(folder / FOLDER / f"{version.number:04d}{_APPLYING}")


def _finish(kept: Path) -> None:
    """Bring a version that has begun to its end; what it replaces already it replaces again."""
    folder, wanted = kept.parents[1], kept / (_AFTER if kept.suffix == _APPLYING else _BEFORE)
    for name, states in _read(kept).digests.items():
        if _digest(folder / name) not in states:
            continue  # changed by hand after the stop: that is not overwritten, and undoing will say so
        if (wanted / name).is_file():
            write_atomic(folder / name, (wanted / name).read_bytes())
        else:
            (folder / name).unlink(missing_ok=True)
    if kept.suffix == _APPLYING:
        kept = kept.rename(kept.with_suffix(""))
        shutil.rmtree(kept / _AFTER)  # they stand in the workspace
    else:
        kept.rename(kept.with_suffix(_UNDONE))


def _repair(folder: Path) -> None:
    """Clear what was never begun, finish what was."""
    for kept in (folder / FOLDER).glob(".new-*"):
        shutil.rmtree(kept)
    for _, kept in _kept(folder):
        if kept.suffix in (_APPLYING, _UNDOING):
            _finish(kept)
        elif not kept.suffix and (kept / _AFTER).is_dir():
            shutil.rmtree(kept / _AFTER)


def _digest(file: Path) -> str | None:
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else None


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let nobody else write meanwhile; what an earlier writer left half done is finished first. The lock falls with its holder."""
    refuse_bundled(folder)
    history(folder)
    try:
        (folder / FOLDER).mkdir(exist_ok=True)
        handle = os.open(folder / FOLDER / _LOCK, os.O_RDWR | os.O_CREAT)
    except OSError as wrong:
        raise _unwritable(folder, wrong) from wrong
    try:
        _lock(handle)
        _repair(folder)
        yield
    except BlockingIOError as wrong:
        raise Refused("另一个导入正在写这个工作区；请等它结束再试。",
                      "Another import is writing to this workspace; try again when it is done.") from wrong
    except OSError as wrong:
        raise _unwritable(folder, wrong) from wrong
    finally:
        os.close(handle)


def _lock(handle: int) -> None:
    """Raises BlockingIOError where another holds it."""
    if sys.platform == "win32":
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError as wrong:
            raise BlockingIOError(wrong.errno, wrong.strerror) from wrong
    else:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _unwritable(folder: Path, wrong: OSError) -> ReadOnly:
    return ReadOnly(f"“{folder}”写不进去（{wrong.strerror}）；请检查磁盘空间和权限。",
                    f"“{folder}” cannot be written to ({wrong.strerror}); see to space and rights.")
