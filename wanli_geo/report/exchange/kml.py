"""A parcel as KML for Google Earth, 奥维 and others: a folder a set, the page's colours, every column under its Chinese heading. WGS84."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import shapely

from wanli_geo.report import palette
from wanli_geo.report.exchange.features import FeatureSet, Parcel
from wanli_geo.report.exchange.xml import escaped

_NAMESPACE = "http://www.opengis.net/kml/2.2"
_PX_A_MM = 3.8


def kml(parcel: Parcel) -> bytes:
    """Write a parcel as KML 2.2."""
    about = "\n".join(" · ".join(filter(None, row[1:])) for row in parcel.about)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<kml xmlns="{_NAMESPACE}">', "<Document>", f"<name>{escaped(parcel.title)}</name>",
             f"<description>{escaped(about)}</description>"]
    for one in parcel.sets:
        lines += _styles(one)
    for one in parcel.sets:
        lines += ["<Folder>", f"<name>{escaped(one.zh)}</name>", *_placemarks(one), "</Folder>"]
    return "\n".join([*lines, "</Document>", "</kml>", ""]).encode()


def _styles(one: FeatureSet) -> Iterator[str]:
    paints = {place: cls.paint for place, cls in enumerate(one.look.classes)} | {-1: one.look.other}
    for place, paint in paints.items():
        line = paint.edge or paint.fill or palette.QUIET
        yield (f'<Style id="{_key(one, place)}">'
               f"<IconStyle><color>{colour(paint.edge if paint.glyph else paint.fill or line)}</color><scale>0.6</scale></IconStyle>"
               f"<LabelStyle><scale>0.7</scale></LabelStyle>"
               f"<LineStyle><color>{colour(line)}</color><width>{max(paint.width_mm * _PX_A_MM, 1):.1f}</width></LineStyle>"
               f"<PolyStyle><color>{colour(paint.flat or palette.WHITE, paint.opacity * 0.8 if paint.flat else 0.0)}</color></PolyStyle></Style>")


def _key(one: FeatureSet, place: int) -> str:
    return f"{one.name}-{place}" if place >= 0 else f"{one.name}-other"


def colour(color: str, opacity: float = 1.0) -> str:
    """Write `#rrggbb` as KML has it: opacity, blue, green, red."""
    return f"{round(opacity * 255):02x}{color[5:7]}{color[3:5]}{color[1:3]}"


def _placemarks(one: FeatureSet) -> Iterator[str]:
    for row, shape in zip(one.rows(), one.layer.geometry, strict=True):
        place = one.look.place(row.get(one.look.column))
        data = "".join(_data(column, one.headings.get(column, column), value) for column, value in row.items() if value is not None)
        yield (f"<Placemark><name>{escaped(row.get('name') or row['id'])}</name><styleUrl>#{_key(one, place)}</styleUrl>"
               f"<ExtendedData>{data}</ExtendedData>{geometry(shape)}</Placemark>")


def _data(column: str, heading: str, value: Any) -> str:
    return f'<Data name="{escaped(column)}"><displayName>{escaped(heading)}</displayName><value>{escaped(_told(value))}</value></Data>'


def _told(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return f"{value:.7f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def geometry(shape: shapely.Geometry) -> str:
    """Write a geometry as a KML element."""
    if shape.geom_type == "Point":
        return f"<Point>{_coordinates(shape)}</Point>"
    if shape.geom_type == "LineString":
        return f"<LineString><tessellate>1</tessellate>{_coordinates(shape)}</LineString>"
    if shape.geom_type == "Polygon":
        holes = "".join(f"<innerBoundaryIs><LinearRing>{_coordinates(ring)}</LinearRing></innerBoundaryIs>" for ring in shape.interiors)
        return f"<Polygon><outerBoundaryIs><LinearRing>{_coordinates(shape.exterior)}</LinearRing></outerBoundaryIs>{holes}</Polygon>"
    return f"<MultiGeometry>{''.join(geometry(part) for part in shape.geoms)}</MultiGeometry>"


def _coordinates(shape: shapely.Geometry) -> str:
    return f"<coordinates>{' '.join(f'{lon:.7f},{lat:.7f}' for lon, lat in shapely.get_coordinates(shape))}</coordinates>"
