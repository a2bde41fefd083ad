"""The attribute table of a Shapefile: what its header says, and which encoding its bytes are in."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wanli_geo.workspace.intake.encodings import ENCODINGS

_FIELD = 32  # bytes of a field's description
_ANYTHING = {"latin-1", "cp1252"}  # every byte is a letter in these, so that a .cpg naming one proves nothing


@dataclass(frozen=True)
class Header:
    """Of a .dbf: how many records, whether all are there, and the width in bytes of each field, in their order."""

    records: int
    whole: bool
    widths: list[int]


def header(content: bytes) -> Header | None:
    """Read the header of a .dbf; None where it is none."""
    if len(content) < _FIELD + 1:
        return None
    records, start, length = struct.unpack_from("<IHH", content, 4)
    fields = content[_FIELD : max(start - 1, 0)]
    widths = [fields[at + 16] for at in range(0, len(fields) - _FIELD + 1, _FIELD) if fields[at] != 0x0D]
    if not widths or not length:
        return None
    return Header(records, len(content) >= start + records * length, widths)


@dataclass(frozen=True)
class Texts:
    """The texts of a table, decoded.

    Attributes:
        columns: as they were given, with texts in place of Latin-1.
        encoding: that all of them are in.
        cut: heading → how many texts had half a character at the end of their field, which was dropped.
    """

    columns: dict[str, list[Any]]
    encoding: str
    cut: dict[str, int]


def decoded(columns: Mapping[str, list[Any]], widths: Sequence[int], candidates: Iterable[str]) -> Texts | None:
    """Decode texts that were read as Latin-1, byte for byte, by the first encoding that all of them are in; None where none is.

    A field holds so many bytes, not characters: the last character of a text that fills its field may be cut in half.
    """
    for encoding in candidates:
        try:
            cut: dict[str, int] = {}
            done = {_strictly(name, encoding): _column(name, values, width, encoding, cut)
                    for (name, values), width in zip(columns.items(), widths, strict=True)}
            return Texts(done, encoding, cut)
        except UnicodeError:
            continue
    return None


def candidates(stated: str, cpg: str) -> list[str]:
    """Order the encodings to try: the stated one alone; else what the .cpg names if that can be proved wrong; UTF-8; GB18030; Latin-1 last."""
    if stated:
        return [stated]
    named = ENCODINGS.get(cpg.strip().lower().replace("_", "-"), "")
    return list(dict.fromkeys([*([named] if named and named not in _ANYTHING else []), "utf-8", "gb18030", *([named] if named else [])]))


def _column(name: str, values: list[Any], width: int, encoding: str, cut: dict[str, int]) -> list[Any]:
    seen: dict[str, str] = {}
    halves = 0
    result = []
    for value in values:
        if type(value) is not str or value.isascii():
            result.append(value)
            continue
        if value not in seen:
            seen[value] = _decoded(value.encode("latin-1"), width, encoding)
        result.append(seen[value])
        halves += len(seen[value].encode(encoding)) != len(value)
    if halves:
        cut[_strictly(name, encoding)] = halves
    return result


def _strictly(text: str, encoding: str) -> str:
    """A heading of ten bytes may be cut too."""
    content = text.encode("latin-1")
    return _decoded(content, min(len(content), 10), encoding) if len(content) == 10 else content.decode(encoding)


def _decoded(content: bytes, width: int, encoding: str) -> str:
    for dropped in range(4 if len(content) == width else 1):
        try:
            return content[: len(content) - dropped].decode(encoding)
        except UnicodeDecodeError as wrong:
            if wrong.start < len(content) - 3 - dropped:
                raise
            last = wrong
    raise last
