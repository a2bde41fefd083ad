"""A parcel as zipped Shapefiles: names of ten letters, texts of 254 bytes, UTF-8 or GB18030 with a .cpg that says so, and a note of what was cut."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pyogrio

from wanli_geo.errors import WrongUsage
from wanli_geo.report.exchange.features import FeatureSet, Parcel, by_form, checked_crs, moved

ENCODINGS = {"": "UTF-8", "utf-8": "UTF-8", "utf8": "UTF-8", "gb18030": "GB18030", "gbk": "GB18030"}
_NAME, _TEXT = 10, 254  # bytes that dBASE has for the name of a column and for a text
_WHEN = (2000, 1, 1, 0, 0, 0)
_DATE = "2000-01-01"


def encoding_of(text: str) -> str:
    """Read the encoding of a file, UTF-8 where none is asked for.

    Raises:
        WrongUsage: neither UTF-8 nor GB18030.
    """
    if text.lower() not in ENCODINGS:
        raise WrongUsage(f"不会写编码“{text}”；可用：utf-8、gb18030。", f"The encoding “{text}” is not written; use utf-8 or gb18030.")
    return ENCODINGS[text.lower()]


def shapefiles(parcel: Parcel, *, crs: str = "", encoding: str = "") -> bytes:
    """Write a parcel as a zip of Shapefiles, one a set and form of geometry; the same parcel gives the same bytes.

    Raises:
        WrongUsage: there is no such CRS or encoding.
    """
    code, letters = checked_crs(crs), encoding_of(encoding)
    files: dict[str, bytes] = {}
    notes = [parcel.title, "", f"坐标系 / CRS: {code}", f"编码 / Encoding: {letters}", ""]
    for one in moved(parcel, code).sets:
        for part, _ in by_form(one):
            written, told = _shapefile(part, letters)
            files |= written
            notes += told
    notes += ["", "说明 / About", *("\t".join(filter(None, row)) for row in parcel.about)]
    return zipped({**files, "README.txt": b"\xef\xbb\xbf" + "\r\n".join(notes).encode()})


def zipped(files: dict[str, bytes]) -> bytes:
    """Pack files so that the same files give the same bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _WHEN)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, content)
    return packed.getvalue()


def _shapefile(one: FeatureSet, encoding: str) -> tuple[dict[str, bytes], list[str]]:
    """One Shapefile's files by name, and what to know of its columns."""
    columns = one.columns
    names = short_names(columns)
    cut = dict[str, int]()
    layer = one.layer.rename(columns=names)
    for column in columns:
        layer[names[column]], cut[column] = _fitted(one.layer[column], encoding)
    with tempfile.TemporaryDirectory(prefix="wanli-geo-") as folder:
        pyogrio.write_dataframe(layer, Path(folder) / f"{one.name}.shp", driver="ESRI Shapefile", encoding=encoding,
                                layer_options={"DBF_DATE_LAST_UPDATE": _DATE})
        files = {file.name: file.read_bytes() for file in sorted(Path(folder).iterdir())}
    told = [f"{one.name}.shp  {one.zh}  {len(layer)}"]
    for column in columns:
        note = f"  （{cut[column]} 个值太长，已截到 {_TEXT} 字节 / {cut[column]} value(s) cut at {_TEXT} bytes）" if cut[column] else ""
        told.append(f"  {names[column]}\t{column}\t{one.headings.get(column, '')}{note}")
    return files, told


def short_names(columns: Sequence[str]) -> dict[str, str]:
    """Give every column a name of at most ten ASCII letters, digits and underscores, all different whatever their case."""
    taken, names = set[str](), dict[str, str]()
    for column in columns:
        plain = "".join(letter if letter.isascii() and (letter.isalnum() or letter == "_") else "_" for letter in column) or "_"
        names[column] = next(name for name in _candidates(plain) if name.lower() not in taken)
        taken.add(names[column].lower())
    return names


def _candidates(name: str) -> Iterable[str]:
    if len(name) <= _NAME:
        yield name
    # Vowels inside a word say least.
    yield (name[0] + "".join(letter for letter in name[1:] if letter not in "aeiou"))[:_NAME]
    yield name[:_NAME]
    for number in range(1, 10**6):
        yield f"{name[: _NAME - len(str(number)) - 1]}_{number}"


def _fitted(column: pd.Series[Any], encoding: str) -> tuple[pd.Series[Any], int]:
    """A column as dBASE holds it, and how many of its texts were cut; flags are 1 and 0, a column of nothing is a text."""
    if column.dtype != object:
        return column.astype("float64"), 0
    values = column.tolist()
    fitted = [None if value is None else cut_text(str(value), encoding) for value in values]
    return pd.Series(fitted, dtype=object, index=column.index), sum(one != value for one, value in zip(fitted, values, strict=True))


def cut_text(text: str, encoding: str) -> str:
    """Cut a text at a whole character so that it takes at most 254 bytes; NUL, which would end it, is left out."""
    text = text.replace("\0", "")
    while len(text.encode(encoding)) > _TEXT:
        text = text[: max(len(text) - 1 - (len(text.encode(encoding)) - _TEXT) // 4, 0)]
    return text
