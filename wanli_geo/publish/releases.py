"""Releases of a public site: written whole or not at all, recorded with who, when and what, compared, and rolled back byte for byte."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from wanli_geo.errors import NothingToAnswer, ReadOnly
from wanli_geo.workspace.publication import Publication
from wanli_geo.workspace.store import Workspace, bundled

RELEASE = "release.json"
# Every file of a zip has this time, so that the same files give the same bytes.
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_FILE_MODE = 0o644 << 16


@dataclass(frozen=True)
class Difference:
    """What a release changes against the one before: names of files, and of layers that were read."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    layers: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


@dataclass(frozen=True)
class Release:
    """One entry of the record.

    Attributes:
        number: from 1; `built` the moment, UTC; `again` the release this one brings back, if it does.
        files: place → sha256; `layers`: input layer → sha256.
    """

    number: int
    built: str
    title: str | None
    review_number: str | None
    ground: str | None
    reviewer: str | None
    date: str | None
    files: Mapping[str, str]
    layers: Mapping[str, str]
    difference: Difference
    again: int | None = None

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Put a site into a zip; the same files give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, _FILE_MODE, 3
            archive.writestr(entry, content)
    return out.getvalue()


class Record:
    """The releases of a workspace, kept in a folder: `0001.json` and the site of that release, `0001.zip`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def releases(self) -> list[Release]:
        """List what was released, oldest first."""
        return [_read(file) for file in sorted(self.folder.glob("[0-9]*.json"))]

    def files_of(self, number: int) -> dict[str, bytes]:
        """Give the site of a release as it went out.

        Raises:
            NothingToAnswer: there is no such release.
        """
        archive = self.folder / f"{number:04}.zip"
        if not archive.is_file():
            known = "、".join(str(one.number) for one in self.releases()) or "—"
            raise NothingToAnswer(f"没有第 {number} 次发布的存档；有：{known}。",
                                  f"There is no release {number} on record; there are: {known.replace('、', ', ')}.")
        with zipfile.ZipFile(archive) as held:
            return {name: held.read(name) for name in held.namelist()}

    def compare(self, files: Mapping[str, bytes], layers: Mapping[str, str]) -> Difference:
        """Tell what some files change against the last release."""
        before = self.releases()
        return _difference(before[-1] if before else None, sums_of(files), layers)

    def add(self, files: Mapping[str, bytes], publication: Publication, layers: Mapping[str, str], *, again: int | None = None) -> Release:
        """Record a release, with its files."""
        before = self.releases()
        stated = publication.model_dump(mode="json", include={"title", "review_number", "ground", "reviewer", "date"})
        release = Release(
            number=before[-1].number + 1 if before else 1, built=datetime.now(UTC).isoformat(timespec="seconds"), files=sums_of(files),
            layers=dict(layers), difference=self.compare(files, layers), again=again, **stated,
        )
        self.folder.mkdir(parents=True, exist_ok=True)
        _write(self.folder / f"{release.number:04}.zip", zipped(files))
        _write(self.folder / f"{release.number:04}.json", (json.dumps(release.to_dict(), ensure_ascii=False, indent=1) + "\n").encode())
        return release


def record_of(workspace: Workspace, out: Path) -> Record:
    """Find where the releases of a workspace are recorded: in its own folder, beside OUT where that is read-only."""
    folder = workspace.path
    inside = folder is not None and folder != bundled() and os.access(folder, os.W_OK)
    return Record(folder / "releases" if folder is not None and inside else out.with_name(f"{out.name}.releases"))


def layers_of(workspace: Workspace) -> dict[str, str]:
    """Name the layers of a workspace with the checksum of each."""
    return {name: workspace.digest(name) for name in sorted(workspace.layers)}


def sums_of(files: Mapping[str, bytes]) -> dict[str, str]:
    return {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())}


def see_to(out: Path) -> None:
    """See that OUT may be written: it is not there, empty, or a site of ours.

    Raises:
        ReadOnly: it holds something else.
    """
    if out.exists() and (not out.is_dir() or (any(out.iterdir()) and not (out / RELEASE).is_file())):
        raise ReadOnly(f"“{out}”里已有别的东西，不会覆盖；请换一个空文件夹。",
                       f"“{out}” holds something else and is not overwritten; choose an empty folder.")


def put(files: Mapping[str, bytes], out: Path) -> None:
    """Write a site into OUT: beside it first, then in its place, so that no reader ever meets half of it.

    Raises:
        ReadOnly: OUT holds something else.
    """
    see_to(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        for name, content in files.items():
            target = fresh / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        fresh.chmod(0o755)
        old = fresh.with_name(f"{fresh.name}-old")
        if out.exists():
            out.replace(old)
        fresh.replace(out)
        shutil.rmtree(old, ignore_errors=True)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _write(file: Path, content: bytes) -> None:
    half = file.with_name(f".{file.name}")
    half.write_bytes(content)
    half.replace(file)


def _read(file: Path) -> Release:
    told = json.loads(file.read_text("utf-8"))
    return Release(**{**told, "difference": Difference(**{key: tuple(value) for key, value in told["difference"].items()})})


def _difference(before: Release | None, files: Mapping[str, str], layers: Mapping[str, str]) -> Difference:
    old, old_layers = (before.files, before.layers) if before else ({}, {})
    both = files.keys() & old.keys()
    return Difference(
        added=tuple(sorted(files.keys() - old.keys())), changed=tuple(sorted(name for name in both if files[name] != old[name])),
        removed=tuple(sorted(old.keys() - files.keys())),
        layers=tuple(sorted(name for name in layers.keys() | old_layers.keys() if layers.get(name) != old_layers.get(name))),
    )
