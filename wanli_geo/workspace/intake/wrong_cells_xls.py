"""Cells of an XLS (Excel 97 to 2003) in which a formula went wrong: calamine gives them as empty, as it does those of an XLSX.

The file is a compound file of sectors ([MS-CFB] 2) whose stream “Workbook” is a row of records ([MS-XLS] 2.4).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from pathlib import Path

_SIGNS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_LAST = 0xFFFFFFFA  # sector numbers from here on say that a chain ends
_SMALL = 4096  # bytes; a stream of fewer is kept in sectors of 64
_FORMULA, _END, _SHEET, _BOOLEAN_OR_ERROR = 0x0006, 0x000A, 0x0085, 0x0205
_IS_ERROR = 2  # of a formula's result that is no number


def wrong_cells_xls(path: Path, part: str) -> dict[tuple[int, int], str]:
    """Find the error cells of a sheet: (row, column) from 0 → what Excel shows, such as “#N/A”; none where the file is laid out otherwise."""
    try:
        book = _workbook(path.read_bytes())
        beginnings = {_name(record): struct.unpack_from("<I", record)[0] for kind, record in _records(book, 0) if kind == _SHEET}
        return dict(_errors(book, beginnings[part])) if part in beginnings else {}
    except (struct.error, IndexError, UnicodeDecodeError):
        return {}


def _workbook(content: bytes) -> bytes:
    """The stream of the workbook; empty where there is none."""
    size = 1 << struct.unpack_from("<H", content, 30)[0]
    tables = [sector for sector in struct.unpack_from("<109I", content, 76) if sector < _LAST]
    following = _numbers(b"".join(content[(sector + 1) * size : (sector + 2) * size] for sector in tables))
    sectors = content[size:]
    folder = _chain(sectors, struct.unpack_from("<I", content, 48)[0], following, size)
    entries = [folder[at : at + 128] for at in range(0, len(folder), 128)]
    start, held = next((struct.unpack_from("<II", entry, 116) for entry in entries if _titled(entry)), (_LAST, 0))
    if held >= _SMALL:
        return _chain(sectors, start, following, size)[:held]
    small = _chain(sectors, struct.unpack_from("<I", entries[0], 116)[0], following, size)  # small streams share that of the root
    return _chain(small, start, _numbers(_chain(sectors, struct.unpack_from("<I", content, 60)[0], following, size)), 64)[:held]


def _titled(entry: bytes) -> bool:
    length = struct.unpack_from("<H", entry, 64)[0]
    return entry[: max(length - 2, 0)].decode("utf-16-le", "replace") in ("Workbook", "Book")


def _numbers(table: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(table) // 4}I", table)


def _chain(sectors: bytes, sector: int, following: Sequence[int], size: int) -> bytes:
    """Join sectors, each of which says in `following` which comes after it."""
    chain = list[bytes]()
    while sector < _LAST and len(chain) <= len(following):  # a chain that bites its tail ends too
        chain.append(sectors[sector * size : (sector + 1) * size])
        sector = following[sector]
    return b"".join(chain)


def _records(book: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """(kind, content) of the records from a place on, up to the end of their part."""
    while at + 4 <= len(book):
        kind, length = struct.unpack_from("<HH", book, at)
        if kind == _END:
            return
        yield kind, book[at + 4 : at + 4 + length]
        at += 4 + length


def _name(record: bytes) -> str:
    count, wide = record[6], record[7] & 1
    return record[8 : 8 + count * (1 + wide)].decode("utf-16-le" if wide else "latin-1")


def _errors(book: bytes, at: int) -> Iterator[tuple[tuple[int, int], str]]:
    for kind, record in _records(book, at):
        if kind == _BOOLEAN_OR_ERROR and record[7]:
            yield struct.unpack_from("<HH", record), _SIGNS.get(record[6], "#N/A")
        elif kind == _FORMULA and record[12:14] == b"\xff\xff" and record[6] == _IS_ERROR:
            yield struct.unpack_from("<HH", record), _SIGNS.get(record[8], "#N/A")
