"""What the child read goes back as JSON and WKB, and is believed only after a look: a hostile file may own the child."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from wanli_geo.errors import BadFile
from wanli_geo.workspace.findings import Finding
from wanli_geo.workspace.intake.raw import Raw

_TABLE, _SHAPES = "table.json", "shapes.wkb"
_SIMPLE = {str, float, int, bool, type(None)}
_OF_FINDING = {field.name for field in fields(Finding)}


class NotWhole(ValueError):
    """What the child handed back is not what a reader writes."""


def hand_back(raw: Raw, folder: Path) -> None:
    """Write a Raw into a folder: everything but the geometry as JSON, the geometry as WKB end to end, its sizes in the JSON."""
    sizes = None
    if raw.geometry is not None:
        shapes = shapely.to_wkb(raw.geometry, output_dimension=2)
        sizes = [-1 if shape is None else len(shape) for shape in shapes]
        (folder / _SHAPES).write_bytes(b"".join(shape for shape in shapes if shape is not None))
    table = {
        "file": raw.file, "format": raw.format, "part": raw.part, "parts": raw.parts, "encoding": raw.encoding, "crs": raw.crs,
        "columns": dict(raw.columns), "rows": raw.rows, "findings": [finding.to_dict() for finding in raw.findings], "sizes": sizes,
    }
    _write(table, folder)


def hand_back_refusal(refused: BadFile, folder: Path) -> None:
    _write({"refused": [refused.zh, refused.en]}, folder)


def _write(said: dict[str, Any], folder: Path) -> None:
    (folder / _TABLE).write_bytes(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode(errors="replace"))


def taken(folder: Path, most_bytes: int) -> Raw:
    """Take what the child left in a folder.

    Raises:
        BadFile: the child refused the file.
        NotWhole: there is nothing, it is too much, or it is not of the right form.
    """
    said = _json(_bytes(folder / _TABLE, most_bytes))
    if "refused" in said:
        zh, en = _texts(said["refused"], 2)
        raise BadFile(zh, en)
    try:
        return _raw(said, folder, most_bytes)
    except (KeyError, TypeError, AttributeError) as wrong:
        raise NotWhole("a member is missing, or of another type") from wrong


def _bytes(path: Path, most: int) -> bytes:
    if path.is_symlink() or not path.is_file() or path.stat().st_size > most:
        raise NotWhole(path.name)
    return path.read_bytes()


def _json(content: bytes) -> dict[str, Any]:
    try:
        said = json.loads(content)
    except (ValueError, RecursionError) as wrong:
        raise NotWhole("no JSON") from wrong
    return said if isinstance(said, dict) else {}


def _texts(value: Any, count: int | None = None) -> list[str]:
    if type(value) is not list or any(type(text) is not str for text in value) or count not in (None, len(value)):
        raise NotWhole("no texts")
    return value


def _raw(said: dict[str, Any], folder: Path, most_bytes: int) -> Raw:
    names = _texts([said[name] for name in ("file", "format", "part", "encoding", "crs")])
    rows = said["rows"]
    if type(rows) is not list or set(map(type, rows)) - {int}:
        raise NotWhole("rows")
    for values in said["columns"].values():
        if type(values) is not list or len(values) != len(rows) or set(map(type, values)) - _SIMPLE:
            raise NotWhole("columns")
    geometry = None if said["sizes"] is None else _shapes(said["sizes"], len(rows), folder / _SHAPES, most_bytes)
    findings = tuple(_finding(member, len(rows)) for member in said["findings"])
    file, format, part, encoding, crs = names
    return Raw(file, format, part, tuple(_texts(said["parts"])), encoding, said["columns"], rows, geometry, crs, findings)


def _finding(member: dict[str, Any], count: int) -> Finding:
    texts, index = {key: member[key] for key in _OF_FINDING - {"index", "id", "column"}}, member["index"]
    _texts([*texts.values(), *(member[key] for key in ("id", "column") if member[key] is not None)])
    if member["severity"] not in ("error", "warning") or not (index is None or (type(index) is int and 0 <= index < count)):
        raise NotWhole("a finding")
    return Finding(**member)


def _shapes(sizes: Any, count: int, path: Path, most_bytes: int) -> npt.NDArray[Any]:
    content = _bytes(path, most_bytes)
    if type(sizes) is not list or len(sizes) != count or set(map(type, sizes)) - {int} or any(size < -1 for size in sizes):
        raise NotWhole("sizes")
    lengths = np.maximum(np.array(sizes, dtype=np.int64), 0)
    ends = np.cumsum(lengths)
    if int(lengths.sum()) != len(content):
        raise NotWhole("sizes")
    each = np.full(count, None, dtype=object)
    each[:] = [None if size < 0 else content[end - size : end] for size, end in zip(sizes, ends.tolist(), strict=True)]
    try:
        return np.asarray(shapely.from_wkb(each), dtype=object).reshape(count)
    except shapely.errors.GEOSException as wrong:
        raise NotWhole("shapes") from wrong
