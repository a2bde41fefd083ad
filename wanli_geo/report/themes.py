"""What each theme of the map draws, counts and says: its layers, its legend, its facts, its one line in the menu."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import geopandas as gpd
import shapely

from wanli_geo.answer import Fact
from wanli_geo.errors import UnknownLayer
from wanli_geo.report.palette import THEMES
from wanli_geo.workspace.inside import inside, length_m, waters_of
from wanli_geo.workspace.services import in_service
from wanli_geo.workspace.specs import SPECS
from wanli_geo.workspace.store import Workspace

# Theme → layer → the columns that its drawing and its pop-ups need.
LAYERS: dict[str, dict[str, tuple[str, ...]]] = {
    "blue": {
        "blue_net": ("name", "name_en", "kind", "width_m", "through", "break_reason", "confirmed", "accuracy"),
        "water_access": ("name", "name_en", "kind", "step_free", "status"),
    },
    "green": {
        "green_vein": ("name", "name_en", "kind", "status", "open_hours", "lit", "step_free", "toilet", "accuracy"),
        "entrances": ("of", "name", "name_en", "step_free", "open_hours"),
    },
    "orange": {
        "facilities": (
            "name", "name_en", "kind", "status", "in_use", "address", "capacity", "open_hours", "floor", "step_free", "accuracy",
        ),
        "life_circles": ("name", "name_en", "minutes", "metres", "profile", "method"),
    },
    "red": {
        "red_walkway": ("name", "name_en", "width_m", "step_free", "lit", "confirmed", "status"),
        "walkway_stops": ("name", "name_en", "kind", "order", "chainage_m", "story", "story_en", "picture", "audio", "maker",
                          "status"),
    },
    "night": {
        "night_run": ("name", "name_en", "width_m", "surface", "lit", "confirmed", "status"),
        "lamps": ("lux", "height_m", "in_use"),
        "run_amenities": ("name", "name_en", "kind", "open_hours"),
    },
    "plan": {
        "plan_projects": ("name", "name_en", "project", "project_en", "department", "stage", "due", "evidence", "plan_item"),
        "structure": ("name", "name_en", "role", "confirmed"),
        "signs": ("name", "name_en", "level", "targets", "minutes"),
    },
}


@dataclass(frozen=True)
class Sign:
    """One entry of a legend, and where it is drawn: the features of `layer` whose `column` is `value` (None: all of them).

    `symbol` is area, line, dash, dot or glyph; a glyph sign carries its character.
    """

    layer: str
    column: str | None
    value: str | bool | None
    zh: str
    en: str
    symbol: str
    color: str
    glyph: str = ""

    @property
    def key(self) -> str:
        return self.layer if self.column is None else f"{self.layer}:{str(self.value).lower()}"

    def to_dict(self) -> dict[str, str]:
        named = {"key": self.key, "zh": self.zh, "en": self.en, "symbol": self.symbol, "color": self.color}
        return {**named, "glyph": self.glyph} if self.glyph else named


_COLOR = {theme.code: theme.color for theme in THEMES}
_INK = {theme.code: theme.ink for theme in THEMES}


def _signs(layer: str, column: str, color: str, symbol: str, glyphs: Mapping[str, str]) -> tuple[Sign, ...]:
    """One sign for each choice of a column, named as the layer's contract names it."""
    choices = {code: (zh, en[:1].upper() + en[1:]) for code, zh, en in SPECS[layer].column(column).choices}
    return tuple(Sign(layer, column, code, *choices[code], symbol, color, glyph) for code, glyph in glyphs.items())


SIGNS: dict[str, tuple[Sign, ...]] = {
    "blue": (
        Sign("blue_net", "through", True, "滨水贯通", "Continuous walk by the water", "line", _COLOR["blue"]),
        Sign("blue_net", "through", False, "未贯通（断点）", "Broken off", "dash", "#c3272b"),
        *_signs("water_access", "kind", _INK["blue"], "glyph", {"steps": "阶", "platform": "台", "view": "景"}),
    ),
    "green": (
        Sign("green_vein", "kind", "park", "公园", "Park", "area", _COLOR["green"]),
        Sign("green_vein", "kind", "pocket_park", "口袋公园", "Pocket park", "area", "#7db36a"),
        Sign("green_vein", "kind", "street_green", "街头绿地", "Street green", "area", "#a9c993"),
        Sign("green_vein", "kind", "greenway", "绿道", "Greenway", "line", _INK["green"]),
        Sign("entrances", None, None, "公园入口", "Park entrance", "dot", _INK["green"]),
    ),
    "orange": (
        Sign("facilities", "status", "existing", "现状设施", "In service", "glyph", _INK["orange"], "设"),
        Sign("facilities", "status", "works", "在建设施", "Being built", "glyph", _COLOR["plan"], "建"),
        Sign("facilities", "status", "planned", "规划设施", "Planned", "glyph", _COLOR["plan"], "规"),
        Sign("facilities", "status", "closed", "停用设施", "Closed", "glyph", _COLOR["plan"], "停"),
        Sign("life_circles", None, None, "十五分钟生活圈", "15-minute life circle", "area", _COLOR["orange"]),
    ),
    "red": (
        Sign("red_walkway", None, None, "红色步道", "Red walkway", "line", _COLOR["red"]),
        *_signs("walkway_stops", "kind", _COLOR["red"], "glyph", {"painting": "绘", "sculpture": "塑", "new_media": "媒", "history": "史"}),
    ),
    "night": (
        Sign("night_run", None, None, "夜跑环道", "Night-run loop", "line", "#ffd27a"),
        Sign("lamps", None, None, "路灯", "Lamp", "dot", "#ffd27a"),
        *_signs("run_amenities", "kind", _COLOR["night"], "glyph", {"toilet": "厕", "water": "水", "aed": "急", "start": "起"}),
    ),
    "plan": (
        *_signs("plan_projects", "stage", _INK["plan"], "glyph", {"谋划": "谋", "立项": "立", "施工": "施", "完成": "完", "开放": "开"}),
        Sign("plan_projects", None, None, "项目所在的路段", "Stretch of street in a project", "line", _INK["plan"]),
        Sign("structure", "role", "road", "规划“一路”（待确认）", "The plan's one road (to be confirmed)", "line", _COLOR["red"]),
        Sign("structure", "role", "water", "规划“一水”（待确认）", "The plan's one water (to be confirmed)", "line", _COLOR["blue"]),
        Sign("structure", "role", "home", "规划“家园”（待确认）", "The plan's homes (to be confirmed)", "area", _COLOR["orange"]),
        Sign("signs", "level", "1", "路口导向牌（一级）", "Guide sign, first level", "dot", _INK["plan"]),
        Sign("signs", "level", "2", "路口导向牌（二级）", "Guide sign, second level", "dot", _COLOR["plan"]),
    ),
}


def theme_layers(workspace: Workspace, code: str) -> dict[str, gpd.GeoDataFrame]:
    """Give the layers that a theme draws, each with only the columns it needs and its `id`.

    Raises:
        UnknownLayer: there is no such theme.
    """
    if code not in LAYERS:
        raise UnknownLayer(f"没有主题“{code}”；现有：{'、'.join(LAYERS)}。", f"There is no theme “{code}”; there are: {', '.join(LAYERS)}.")
    layers = {name: workspace.layer(name)[["id", *columns, "geometry"]] for name, columns in LAYERS[code].items()}
    if code == "green":
        layers["entrances"] = layers["entrances"][layers["entrances"]["of"].isin(layers["green_vein"]["id"])]
    return layers


def legend_of(layers: Mapping[str, gpd.GeoDataFrame], code: str) -> list[dict[str, str]]:
    """Give the legend of a theme: only the signs that are on the map."""
    return [sign.to_dict() for sign in SIGNS[code] if _is_drawn(layers[sign.layer], sign)]


def _is_drawn(layer: gpd.GeoDataFrame, sign: Sign) -> bool:
    if sign.column is None:
        return bool(len(layer) > 0 and (sign.symbol != "line" or (shapely.get_dimensions(layer.geometry.to_numpy()) == 1).any()))
    return bool((layer[sign.column] == sign.value).fillna(False).any())


def facts_of(workspace: Workspace, code: str) -> tuple[Fact, ...]:
    """Count and measure a theme inside the boundary (everywhere where no boundary is drawn); lengths in the metric CRS."""
    return _FACTS[code](workspace)


def _count(layer: gpd.GeoDataFrame, column: str, value: str) -> int:
    return int((layer[column] == value).sum())


def _blue(workspace: Workspace) -> tuple[Fact, ...]:
    waters = waters_of(workspace)
    return (
        Fact("blue_length_m", "河道长度", "Length of waterways", waters.length_m, "m"),
        Fact("blue_through_m", "其中滨水贯通", "of which walkable throughout", waters.through_m, "m"),
        Fact("blue_broken_m", "其中未贯通", "of which broken off", waters.broken_m, "m"),
        Fact("blue_not_known_m", "其中贯通情况未查", "of which not surveyed", waters.unknown_m, "m"),
        Fact("water_access_count", "亲水点", "Places to reach the water", len(inside(workspace, "water_access")), ""),
    )


def _green(workspace: Workspace) -> tuple[Fact, ...]:
    green = inside(workspace, "green_vein")
    areas = green[shapely.get_dimensions(green.geometry.to_numpy()) == 2]
    return (
        Fact("green_count", "公园绿地", "Parks and greens", len(areas), ""),
        Fact("park_count", "其中公园", "of which parks", _count(areas, "kind", "park"), ""),
        Fact("pocket_park_count", "其中口袋公园", "of which pocket parks", _count(areas, "kind", "pocket_park"), ""),
        Fact("green_area_ha", "绿地面积", "Area of green", float(areas.area.sum()) / 10_000 if len(areas) else None, "ha"),
        Fact("greenway_m", "绿道长度", "Length of greenways", length_m(green), "m"),
    )


def _orange(workspace: Workspace) -> tuple[Fact, ...]:
    places = inside(workspace, "facilities")
    used, planned = places[in_service(places)], places[places["status"].isin(("planned", "works"))]
    complete = sum(survey == "complete" for survey in workspace.catalogue.surveyed.values())
    return (
        Fact("facilities_used", "在用设施", "Facilities in use", len(used), ""),
        Fact("facilities_planned", "规划与在建设施", "Planned or being built", len(planned), ""),
        Fact("kinds_used", "在用设施类别", "Kinds in use", int(used["kind"].nunique()), ""),
        Fact("kinds_complete", "查全的类别", "Kinds surveyed completely", complete, ""),
    )


def _red(workspace: Workspace) -> tuple[Fact, ...]:
    stops = workspace.layer("walkway_stops")
    kinds = tuple(
        Fact(f"stops_{code}", zh, en[:1].upper() + en[1:], _count(stops, "kind", code), "")
        for code, zh, en in SPECS["walkway_stops"].column("kind").choices
    )
    length = Fact("walkway_length_m", "步道长度", "Length of the walkway", length_m(workspace.metric("red_walkway")), "m")
    return (length, Fact("stops_count", "点位", "Stops", len(stops), ""), *kinds)


def _night(workspace: Workspace) -> tuple[Fact, ...]:
    lamps, amenities = workspace.layer("lamps"), workspace.layer("run_amenities")
    dark = int(lamps["in_use"].eq(False).fillna(False).sum())
    kinds = tuple(
        Fact(f"amenities_{code}", zh, en[:1].upper() + en[1:], _count(amenities, "kind", code), "")
        for code, zh, en in SPECS["run_amenities"].column("kind").choices
        if code != "start"
    )
    return (
        Fact("loop_length_m", "环道长度", "Length of the loop", length_m(workspace.metric("night_run")), "m"),
        Fact("lamps_count", "路灯", "Lamps", len(lamps), ""),
        Fact("lamps_dark", "其中不亮", "of which out of order", dark, ""),
        *kinds,
    )


def _plan(workspace: Workspace) -> tuple[Fact, ...]:
    projects = workspace.layer("plan_projects")
    stages = tuple(
        Fact(f"projects_{en}", zh, en[:1].upper() + en[1:], _count(projects, "stage", code), "")
        for code, zh, en in SPECS["plan_projects"].column("stage").choices
    )
    return (Fact("projects_count", "规划项目", "Projects", len(projects), ""), *stages)


_FACTS: dict[str, Callable[[Workspace], tuple[Fact, ...]]] = {
    "blue": _blue, "green": _green, "orange": _orange, "red": _red, "night": _night, "plan": _plan,
}

# Theme → the fact that its one line in the menu says, with the words around it.
_HEADLINES = {
    "blue": ("blue_length_m", "公里", "km"),
    "green": ("green_count", "处", "places"),
    "orange": ("kinds_used", "类", "kinds"),
    "red": ("stops_count", "站", "stops"),
    "night": ("loop_length_m", "公里", "km"),
    "plan": ("projects_count", "项", "projects"),
}


def summary(facts: tuple[Fact, ...], code: str) -> tuple[str, str]:
    """Say a theme in one short figure, in Chinese and in English; a figure that is not known is said so."""
    key, zh, en = _HEADLINES[code]
    value = next(fact.value for fact in facts if fact.key == key)
    if not isinstance(value, int | float) or value == 0:
        return "尚无数据", "no data yet"
    if key.endswith("_m") and value < 100:
        return f"{value:.0f} 米", f"{value:.0f} m"
    said = f"{value / 1000:.1f}" if key.endswith("_m") else f"{value:,}"
    return f"{said} {zh}", f"{said} {en}"
