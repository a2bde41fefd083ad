"""The packs there are: those of the house, and a planner's own in the `standards` folder of a workspace, which win."""

from __future__ import annotations

import difflib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from wanli_geo.errors import UnknownStandard
from wanli_geo.standards.clauses import Pack
from wanli_geo.standards.faults import found, refusal
from wanli_geo.standards.parsing import LARGEST, Origin, parse_pack
from wanli_geo.workspace.faults import brief
from wanli_geo.workspace.findings import Finding

FOLDER = "standards"  # of a workspace


@dataclass(frozen=True)
class Shelf:
    """The packs of a folder by id, the file of each, and the faults of those that cannot be read, by file."""

    packs: Mapping[str, Pack]
    files: Mapping[str, Path]
    faults: Mapping[str, list[Finding]]

    @property
    def findings(self) -> list[Finding]:
        return [fault for faults in self.faults.values() for fault in faults]


@cache
def bundled_packs() -> dict[str, Pack]:
    """Give the packs of the house by id, in the order of their ids."""
    return {pack.id: pack for pack in map(read_pack, _bundled_files())}


def packs_of(workspace: Path | None) -> dict[str, Pack]:
    """Give every pack by id: those of the house, with the workspace's own in place of those of the same id, and its others after them.

    Raises:
        BadPack: one of the workspace's own cannot be read.
    """
    own = shelf_of(workspace)
    for file, faults in own.faults.items():
        raise refusal(file, faults)
    return {**bundled_packs(), **own.packs}


def pack_called(id: str, workspace: Path | None = None) -> Pack:
    """Look a pack up by its id, in any letter case.

    Raises:
        UnknownStandard: with the near ids, or all of them.
        BadPack: one of the workspace's own cannot be read.
    """
    packs, wanted = packs_of(workspace), id.strip().lower()
    if wanted not in packs:
        alike = [key for key, pack in packs.items() if wanted and (wanted in key or wanted in pack.zh.lower())]
        near = "、".join(alike or difflib.get_close_matches(wanted, packs, n=3, cutoff=0.5) or packs)
        said = brief(id)
        raise UnknownStandard(f"没有“{said}”这个标准；相近的有：{near}；全部见 wanli-geo standards list。",
                              f"There is no standard “{said}”; near it: {near.replace('、', ', ')}; all of them by `wanli-geo standards list`.")
    return packs[wanted]


def shelf_of(workspace: Path | None) -> Shelf:
    """Read every pack in the `standards` folder of a workspace, good and bad; an empty shelf where there is none."""
    packs, files, faults = dict[str, Pack](), dict[str, Path](), dict[str, list[Finding]]()
    folder = None if workspace is None else workspace / FOLDER
    if folder is None or not os.path.lexists(folder):
        return Shelf(packs, files, faults)
    if not folder.is_dir():
        return Shelf(packs, files, {FOLDER: [found("no_folder", FOLDER, 1)]})
    for path in _own_files(folder):
        name = f"{FOLDER}/{path.name}"
        pack, wrong = _read(path, name, "workspace")
        if pack is not None and pack.id in files:
            wrong = [found("two_packs", name, 1, value=pack.id, other=files[pack.id].name)]
        if wrong or pack is None:
            faults[name] = wrong
        else:
            packs[pack.id], files[pack.id] = pack, path
    return Shelf(packs, files, faults)


def read_pack(path: Path, origin: Origin = "bundled") -> Pack:
    """Read one pack.

    Raises:
        BadPack: with the file, each line and the reason.
    """
    pack, faults = _read(path, path.name, origin)
    if pack is None:
        raise refusal(path.name, faults)
    return pack


def file_of(id: str, workspace: Path | None) -> Path:
    """The file of a pack that there is."""
    return shelf_of(workspace).files.get(id) or Path(__file__).parent / f"{id}.toml"


def _read(path: Path, name: str, origin: Origin) -> tuple[Pack | None, list[Finding]]:
    # A link may point out of the workspace, and a pipe may never end: neither is opened.
    try:
        if path.is_symlink() or not path.is_file():
            return None, [found("no_file", name, 1)]
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError:
        return None, [found("no_file", name, 1)]
    return parse_pack(content, name, origin)


def _bundled_files() -> list[Path]:
    return sorted(Path(__file__).parent.glob("*.toml"))


def _own_files(folder: Path) -> list[Path]:
    """The TOML files of a folder by name; hidden ones are what editors and other systems leave behind."""
    return sorted(path for path in folder.iterdir() if path.suffix.lower() == ".toml" and not path.name.startswith("."))
