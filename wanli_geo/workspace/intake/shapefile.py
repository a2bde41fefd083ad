"""Shapefile: the files that belong together found and checked, its texts never mojibake."""

from __future__ import annotations

import shutil
import struct
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from wanli_geo.workspace.faults import found
from wanli_geo.workspace.findings import Finding
from wanli_geo.workspace.intake import dbf, drivers
from wanli_geo.workspace.intake.encodings import ENCODINGS, codec
from wanli_geo.workspace.intake.layers import layer_of
from wanli_geo.workspace.intake.limits import MOST_BYTES
from wanli_geo.workspace.intake.raw import Raw
from wanli_geo.workspace.intake.source import Source

SUFFIXES = (".shp", ".shx", ".dbf", ".prj", ".cpg")
_HEADER = 100


def read(source: Source) -> Raw:
    """Read a loose Shapefile, with the files of the same name beside it."""
    beside = {path.suffix.lower(): path for path in source.path.parent.iterdir() if path.stem == source.path.stem and path.is_file()}
    files = {suffix: beside[suffix] for suffix in SUFFIXES if suffix in beside} | {".shp": source.path}
    if sum(path.stat().st_size for path in files.values()) > MOST_BYTES:
        raise source.refusal("连同旁边的文件超过 100 MB；请拆成几份。", "and the files beside it have more than 100 MB; split it.")
    return read_set(source, {suffix: _copied(path, source.folder, suffix) for suffix, path in files.items()})


def _copied(path: Path, folder: Path, suffix: str) -> Path:
    """Copy a file into the private folder, where nothing else lies that GDAL might look at."""
    return Path(shutil.copyfile(path, folder / f"layer{suffix}"))


def read_set(source: Source, files: Mapping[str, Path], part: str = "", parts: tuple[str, ...] = ()) -> Raw:
    """Read the files of one Shapefile, by suffix; all of one stem, in a folder of their own.

    Raises:
        BadFile: the .shx is missing, a file is cut off, or its texts are in no encoding tried.
    """
    count = _checked(source, files)
    header = _table(source, files, count)
    layer = drivers.read(source, files[".shp"], "ESRI Shapefile", encoding="ISO-8859-1")
    source.tell(0.6)
    widths = header.widths if header else []
    if len(widths) != len(layer.columns):
        widths = [0] * len(layer.columns)  # GDAL counts fields otherwise: then no text is taken as cut
    cpg = files[".cpg"].read_bytes()[:40].decode("ascii", "replace").strip() if ".cpg" in files else ""
    texts = dbf.decoded(layer.columns, widths, dbf.candidates(codec(source.encoding) if source.encoding else "", cpg))
    if texts is None:
        told = source.encoding or "UTF-8 / GB18030"
        raise source.refusal(f"的文字不是 {told} 编码；请注明编码。", f"holds texts that are not in {told}; state the encoding.")
    findings = _told(source.layer, texts, cpg, has_table=header is not None)
    crs = layer.crs if ".prj" in files else ""
    return layer_of(source, texts.columns, layer.wkb, "shp", crs=crs, part=part, parts=parts, encoding=texts.encoding,
                    rows=[fid + 1 for fid in layer.fids], findings=findings)


def _checked(source: Source, files: Mapping[str, Path]) -> int:
    """See that .shp and .shx are whole and point nowhere else; give the number of shapes."""
    if ".shx" not in files:
        raise source.refusal("缺少同名的 .shx；请把 .shp、.shx、.dbf、.prj 一起放好或打包。",
                             "lacks its .shx; keep .shp, .shx, .dbf and .prj together, or pack them.")
    size = files[".shp"].stat().st_size
    with files[".shp"].open("rb") as file:
        beginning = file.read(_HEADER)
    index = files[".shx"].read_bytes()
    if len(beginning) < _HEADER or len(index) < _HEADER or not beginning.startswith(b"\x00\x00\x27\x0a") or not index.startswith(b"\x00\x00\x27\x0a"):
        raise _cut(source)
    places = np.frombuffer(index[_HEADER : len(index) - (len(index) - _HEADER) % 8], dtype=">i4").reshape(-1, 2).astype(np.int64) * 2
    reach = places[:, 0] + places[:, 1] + 8
    if 2 * struct.unpack_from(">i", beginning, 24)[0] > size or (places < 0).any() or (reach > size).any():
        raise _cut(source)
    return len(places)


def _table(source: Source, files: Mapping[str, Path], count: int) -> dbf.Header | None:
    """See that the .dbf is whole and has as many records as there are shapes; None where there is no .dbf."""
    if ".dbf" not in files:
        return None
    header = dbf.header(files[".dbf"].read_bytes())
    if header is None or not header.whole or header.records != count:
        raise source.refusal("的 .dbf 已损坏，或与 .shp 的个数不符；请重新导出。",
                             "has a .dbf that is broken or does not match its .shp; export it again.")
    return header


def _cut(source: Source) -> Exception:
    return source.refusal("的 .shp 或 .shx 不完整；请重新复制或重新导出。", "has a .shp or .shx that is cut off; copy or export it again.")


def _told(layer: str, texts: dbf.Texts, cpg: str, *, has_table: bool) -> list[Finding]:
    findings = [found("cut_text", layer, column=name, count=count) for name, count in texts.cut.items()]
    if not has_table:
        findings.append(found("no_attributes", layer))
    written = any(type(value) is str and not value.isascii() for values in [*texts.columns.values(), list(texts.columns)] for value in values)
    if written and cpg and ENCODINGS.get(cpg.lower().replace("_", "-")) != texts.encoding:
        findings.append(found("wrong_cpg", layer, stated=cpg, encoding=texts.encoding.upper()))
    return findings
