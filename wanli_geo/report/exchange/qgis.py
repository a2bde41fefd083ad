"""A look as QGIS keeps it: QML, the style language that a layer's default style in a GeoPackage is written in (QGIS 3.22 and later)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.etree import ElementTree as ET

from wanli_geo.report.exchange.features import FeatureSet
from wanli_geo.report.exchange.looks import Class, Paint
from wanli_geo.report.exchange.xml import text_of

_TYPES = {"point": "marker", "line": "line", "polygon": "fill"}
_PLAIN = {"forceraster": "0", "symbollevels": "0", "enableorderby": "0"}
_GEOMETRY = {"point": "0", "line": "1", "polygon": "2"}


def qml(one: FeatureSet, form: str) -> str:
    """Write the style of a set of points, lines or polygons: a class of its column each, Chinese names of the fields as aliases."""
    look = one.look
    fitting = [cls for cls in look.classes if _fits(one, cls)]
    root = ET.Element("qgis", version="3.22.0", styleCategories="Symbology|Fields")
    if look.column and fitting:
        renderer = ET.SubElement(root, "renderer-v2", {"type": "categorizedSymbol", "attr": look.column, **_PLAIN})
        categories = ET.SubElement(renderer, "categories")
        rest = [] if _all_fit(one) else [Class("", "其他", look.other)]
        for place, cls in enumerate((*fitting, *rest)):
            ET.SubElement(categories, "category", render="true", symbol=str(place), value=_value(cls.value), type=_type(cls.value), label=cls.label)
        paints = [cls.paint for cls in (*fitting, *rest)]
    else:
        renderer = ET.SubElement(root, "renderer-v2", {"type": "singleSymbol", **_PLAIN})
        paints = [look.other]
    symbols = ET.SubElement(renderer, "symbols")
    for place, paint in enumerate(paints):
        _symbol(symbols, str(place), paint, form)
    aliases = ET.SubElement(root, "aliases")
    for place, name in enumerate(one.columns):
        ET.SubElement(aliases, "alias", field=name, index=str(place + 1), name=text_of(one.headings.get(name, "")))
    ET.SubElement(root, "layerGeometryType").text = _GEOMETRY[form]
    ET.indent(root, " ")
    return "<!DOCTYPE qgis>\n" + ET.tostring(root, encoding="unicode") + "\n"


def _fits(one: FeatureSet, cls: Class) -> bool:
    return one.look.column in one.layer and any(value == cls.value for value in one.values(one.look.column))


def _all_fit(one: FeatureSet) -> bool:
    return all(one.look.place(value) >= 0 for value in one.values(one.look.column))


def _value(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else f"{value:g}" if isinstance(value, float) else str(value)


def _type(value: object) -> str:
    return "bool" if isinstance(value, bool) else "double" if isinstance(value, float) else "string"


def _symbol(parent: ET.Element, name: str, paint: Paint, form: str) -> None:
    symbol = ET.SubElement(parent, "symbol", type=_TYPES[form], name=name, alpha=f"{paint.opacity:g}", clip_to_extent="1", force_rhr="0")
    for kind, options, inner in {"point": _marker, "line": _line, "polygon": _fill}[form](paint):
        layer = ET.SubElement(symbol, "layer", {"class": kind, "enabled": "1", "locked": "0", "pass": "0"})
        _options(layer, options)
        if inner is not None:
            _symbol(layer, f"@{name}@1", inner, "line")


_Layers = Iterator[tuple[str, Mapping[str, str], Paint | None]]


def _fill(paint: Paint) -> _Layers:
    yield "SimpleFill", {
        "color": _rgba(paint.flat), "style": "solid" if paint.flat else "no",
        "outline_color": _rgba(paint.edge), "outline_width": f"{paint.width_mm:g}",
        "outline_style": ("dash" if paint.dashed else "solid") if paint.edge else "no", "outline_width_unit": "MM", "joinstyle": "round",
    }, None
    if paint.hatch:
        yield "LinePatternFill", {
            "angle": "45", "distance": "1.1", "distance_unit": "MM", "line_width": "0.26", "line_width_unit": "MM", "color": _rgba(paint.hatch),
        }, Paint("", paint.hatch, 0.26)


def _line(paint: Paint) -> _Layers:
    yield "SimpleLine", {
        "line_color": _rgba(paint.edge or paint.fill), "line_width": f"{paint.width_mm:g}", "line_width_unit": "MM",
        "line_style": "dash" if paint.dashed else "solid", "capstyle": "flat" if paint.dashed else "round", "joinstyle": "round",
    }, None


def _marker(paint: Paint) -> _Layers:
    size = 4.2 if paint.glyph else 2.0
    yield "SimpleMarker", {
        "name": "circle", "color": _rgba(paint.fill or "#ffffff"),
        "outline_color": _rgba(paint.edge), "outline_width": "0.35", "outline_style": "solid",
        "size": f"{size:g}", "size_unit": "MM",
    }, None
    if paint.glyph:
        yield "FontMarker", {
            "chr": paint.glyph, "color": _rgba(paint.edge), "font": "Microsoft YaHei", "size": "2.6", "size_unit": "MM",
            "horizontal_anchor_point": "1", "vertical_anchor_point": "1",
        }, None


def _options(layer: ET.Element, options: Mapping[str, str]) -> None:
    held = ET.SubElement(layer, "Option", type="Map")
    for name, value in options.items():
        ET.SubElement(held, "Option", type="QString", name=name, value=value)


def _rgba(color: str) -> str:
    if not color:
        return "0,0,0,0"
    return ",".join(str(int(color[place : place + 2], 16)) for place in (1, 3, 5)) + ",255"
