"""Which reader takes which format; and what an archive holds, which one of them then takes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from wanli_geo.workspace.intake import csvs, dxf, geojsons, geopackages, gpx, kml, shapefile, sheets
from wanli_geo.workspace.intake.archives import Member, members, unpack
from wanli_geo.workspace.intake.formats import FORMATS, fits
from wanli_geo.workspace.intake.raw import Raw
from wanli_geo.workspace.intake.source import Source

_PACKED = {"zip", "kmz"}
_ZIP = b"PK\x03\x04"


def read(source: Source) -> Raw:
    """Read a file by its format.

    Raises:
        BadFile: it cannot be read, or is not safe to read.
    """
    return _READERS[source.format](source)


def _workbook(source: Source) -> Raw:
    """Read a workbook; one that is an archive is looked through first, since calamine would unpack whatever it holds."""
    with source.path.open("rb") as file:
        packed = file.read(4) == _ZIP
    if packed:
        members(source)
    return sheets.read(source)


def _kmz(source: Source) -> Raw:
    """Read the main document of a KMZ: doc.kml, else its first KML."""
    inside = [member for member in members(source) if member.suffix == ".kml"]
    if not inside:
        raise source.refusal("里没有 KML；请重新导出。", "holds no KML; export it again.")
    main = min(inside, key=lambda member: member.name.name.lower() != "doc.kml")
    return kml.read(source.at(unpack(source, main, "doc.kml"), "kml"))


def _zip(source: Source) -> Raw:
    """Read a Shapefile of an archive, or its one file of another format."""
    inside = members(source)
    shapes = [member for member in inside if member.suffix == ".shp"]
    if shapes:
        return _shapefile(source, inside, shapes)
    readable = [member for member in inside if FORMATS.get(member.suffix, "zip") not in _PACKED]
    if not readable:
        raise source.refusal("里没有可读的文件（压缩包套压缩包也不读）；请打包 Shapefile 的全部文件，或一个表格、图层。",
                             "holds nothing that can be read (nor an archive within one); pack all files of a Shapefile, or one table or layer.")
    if len(readable) == 1:
        return _one(source, readable[0])
    parts = tuple(str(member.name) for member in readable)
    part = source.chosen(parts, parts[0])
    return replace(_one(replace(source, part=""), readable[parts.index(part)]), part=part, parts=parts)


def _one(source: Source, member: Member) -> Raw:
    path = unpack(source, member, f"inside{member.suffix}")
    format = FORMATS[member.suffix]
    with path.open("rb") as file:
        if not fits(format, file.read(20)):
            raise source.refusal(f"里的“{member.name.name}”内容与后缀不符；请重新导出。",
                                 f"holds “{member.name.name}”, which is not what its suffix says; export it again.")
    return read(source.at(path, format))


def _shapefile(source: Source, inside: Sequence[Member], shapes: Sequence[Member]) -> Raw:
    parts = tuple(str(member.name.with_suffix("")) for member in shapes)
    part = source.chosen(parts, parts[0])
    belonging = {member.suffix: member for member in inside if _stem(member.name) == PurePosixPath(part.casefold())}
    files = {suffix: unpack(source, belonging[suffix], f"layer{suffix}") for suffix in shapefile.SUFFIXES if suffix in belonging}
    return shapefile.read_set(source, files, part, parts)


def _stem(name: PurePosixPath) -> PurePosixPath:
    return PurePosixPath(str(name.with_suffix("")).casefold())


_READERS: dict[str, Callable[[Source], Raw]] = {
    "csv": csvs.read,
    "xlsx": _workbook, "xls": _workbook, "ods": _workbook,
    "geojson": geojsons.read,
    "gpkg": geopackages.read,
    "shp": shapefile.read,
    "kml": kml.read, "kmz": _kmz,
    "gpx": gpx.read,
    "dxf": dxf.read,
    "zip": _zip,
}
