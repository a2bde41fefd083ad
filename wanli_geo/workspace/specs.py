"""The contract of every layer, one record each; it yields the check, the JSON Schema and the README table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from wanli_geo.errors import UnknownLayer
from wanli_geo.workspace.kinds import KINDS

ColumnType = Literal["text", "number", "integer", "boolean", "choice", "date", "list", "hours"]


@dataclass(frozen=True)
class Column:
    """One attribute of a layer.

    `choices` are (code, Chinese, English); `unit` stands in the name too (`width_m`); `refers` names the layer whose `id` is
    meant; a `date` is `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; `hours` is the subset of OSM opening_hours that `hours.py` reads.
    """

    name: str
    type: ColumnType
    zh: str
    en: str
    required: bool = False
    choices: tuple[tuple[str, str, str], ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    unit: str = ""
    refers: str = ""

    @property
    def codes(self) -> frozenset[str]:
        return frozenset(choice[0] for choice in self.choices)


@dataclass(frozen=True)
class LayerSpec:
    """The contract of one layer.

    `geometry` lists the allowed GeoJSON types; `theme` is the map theme it is drawn under; `file` the name of its file at rest.
    """

    name: str
    zh: str
    en: str
    theme: str
    geometry: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def file(self) -> str:
        return f"{self.name}.geojson"

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)


POINT = ("Point",)
LINE = ("LineString", "MultiLineString")
POLYGON = ("Polygon", "MultiPolygon")

ACCURACY = (
    ("surveyed", "实测", "surveyed"),
    ("official", "官方资料", "official"),
    ("osm", "开放街图", "OpenStreetMap"),
    ("sketch", "示意", "sketch"),
)
STATUS = (
    ("existing", "现状", "existing"),
    ("planned", "规划", "planned"),
    ("works", "在建", "under works"),
    ("closed", "停用", "closed"),
)


def _text(name: str, zh: str, en: str, **more: Any) -> Column:
    return Column(name, "text", zh, en, **more)


def _flag(name: str, zh: str, en: str) -> Column:
    return Column(name, "boolean", zh, en)


def _number(name: str, zh: str, en: str, unit: str = "", minimum: float = 0, maximum: float | None = None) -> Column:
    return Column(name, "number", zh, en, minimum=minimum, maximum=maximum, unit=unit)


def _count(name: str, zh: str, en: str) -> Column:
    return Column(name, "integer", zh, en, minimum=0)


def _choice(name: str, zh: str, en: str, *choices: tuple[str, str, str], required: bool = False) -> Column:
    return Column(name, "choice", zh, en, required=required, choices=choices)


def _hours(name: str = "open_hours", zh: str = "开放时间", en: str = "open hours") -> Column:
    return Column(name, "hours", zh, en)


AGE_COLUMNS = ("residents_0_6", "residents_7_18", "residents_19_59", "residents_60_79", "residents_80_plus")

_RESIDENTS = (
    _count("residents", "居民", "residents"),
    _count("residents_0_6", "0–6 岁", "aged 0–6"),
    _count("residents_7_18", "7–18 岁", "aged 7–18"),
    _count("residents_19_59", "19–59 岁", "aged 19–59"),
    _count("residents_60_79", "60–79 岁", "aged 60–79"),
    _count("residents_80_plus", "80 岁以上", "aged 80 and over"),
)

COMMON = (
    Column("id", "text", "编号", "id", required=True),
    _text("name", "名称", "name"),
    _text("name_en", "英文名", "English name"),
    Column("status", "choice", "状态", "status", choices=STATUS),
    _text("source", "来源", "source", required=True),
    Column("surveyed_on", "date", "调查日期", "surveyed on"),
    Column("accuracy", "choice", "精度", "accuracy", required=True, choices=ACCURACY),
    _flag("public", "可公开", "public"),
    _text("note", "备注", "note"),
)


def _spec(name: str, zh: str, en: str, theme: str, geometry: tuple[str, ...], *columns: Column) -> LayerSpec:
    return LayerSpec(name, zh, en, theme, geometry, COMMON + columns)


_KIND_CHOICES = tuple((kind.code, kind.zh, kind.en) for kind in KINDS.values())
_LEVEL = Column("level", "integer", "层", "level", minimum=-5, maximum=5)

_ALL = (
    _spec("boundary", "街道范围", "Boundary", "base", POLYGON, _text("code", "代码", "code")),
    _spec("committees", "居委会辖区", "Residents' committees", "base", POLYGON,
          _text("code", "代码", "code"), _text("office", "办公地址", "office"), _text("phone", "电话", "phone")),
    _spec("grid", "城运网格", "Operation grid", "base", POLYGON,
          _text("code", "代码", "code"), Column("committee_id", "text", "居委会", "committee", refers="committees")),
    _spec("streets", "道路与步行路径", "Streets and paths", "base", LINE,
          _choice("kind", "类型", "kind",
                  ("road", "道路", "road"), ("lane", "弄、支路", "lane"), ("path", "步行路", "path"),
                  ("footbridge", "人行天桥", "footbridge"), ("underpass", "地道", "underpass"),
                  ("steps", "台阶", "steps"), ("crossing", "过街", "crossing"), required=True),
          _number("width_m", "宽度", "width", "m", maximum=200),
          _flag("lit", "有路灯", "lit"), _text("surface", "路面", "surface"), _flag("step_free", "无台阶", "step-free"), _LEVEL,
          _choice("access", "通行", "access",
                  ("public", "公共", "public"), ("residents", "仅居民", "residents only"), ("private", "不可通行", "private")),
          _flag("signalised", "有信号灯", "signalised"), _number("slope_pct", "坡度（%）", "slope, percent", minimum=-100, maximum=100), _hours()),
    _spec("barriers", "铁路与围障", "Railways and barriers", "base", LINE,
          _choice("kind", "类型", "kind", ("railway", "铁路", "railway"), ("wall", "围墙", "wall"), ("fence", "围栏", "fence"),
                  ("expressway", "高架或快速路", "expressway"), required=True), _LEVEL),
    _spec("buildings", "其他建筑", "Other buildings", "base", POLYGON,
          _text("kind", "类型", "kind"), _number("levels", "层数", "levels", maximum=200)),
    _spec("compounds", "小区", "Residential compounds", "base", POLYGON,
          _flag("walled", "有围墙", "walled"), Column("committee_id", "text", "居委会", "committee", refers="committees"),
          *_RESIDENTS, _count("households", "户数", "households"), _text("address", "地址", "address"),
          Column("other_names", "list", "别名", "other names")),
    _spec("homes", "住宅楼", "Residential buildings", "base", POINT + POLYGON,
          Column("compound_id", "text", "小区", "compound", refers="compounds"), *_RESIDENTS,
          _count("households", "户数", "households"), _number("levels", "层数", "levels", maximum=200)),
    _spec("gates", "小区出入口", "Compound gates", "base", POINT,
          Column("compound_id", "text", "小区", "compound", required=True, refers="compounds"),
          _choice("kind", "类型", "kind", ("vehicle", "车行门", "vehicle"), ("pedestrian", "人行门", "pedestrian"), required=True),
          _hours(), _flag("residents_only", "仅本小区居民", "residents only"), _flag("step_free", "无台阶", "step-free")),
    _spec("facilities", "服务设施", "Facilities", "orange", POINT + POLYGON,
          Column("kind", "choice", "类别", "kind", required=True, choices=_KIND_CHOICES),
          _text("address", "地址", "address"), _number("capacity", "规模", "capacity"), _number("area_m2", "面积", "area", "m²"),
          _hours(), _number("floor", "楼层", "floor", minimum=-5, maximum=120), _flag("step_free", "无台阶", "step-free"),
          _flag("in_use", "在用", "in use"), _text("phone", "电话", "phone"),
          Column("functions", "list", "功能", "functions"), _text("plan_item", "计划条目", "plan item")),
    _spec("entrances", "入口", "Entrances", "orange", POINT,
          Column("of", "text", "属于", "of", required=True), _flag("step_free", "无台阶", "step-free"), _hours()),
    _spec("blue_net", "蓝网", "Blue net", "blue", LINE + POLYGON,
          _choice("kind", "类型", "kind", ("river", "河道", "river"), ("canal", "港、浜", "canal"), ("pond", "池塘", "pond"), required=True),
          _number("width_m", "宽度", "width", "m", maximum=5000), _flag("through", "滨水贯通", "continuous walk"),
          _text("break_reason", "断点原因", "why it breaks"), _flag("confirmed", "已确认", "confirmed")),
    _spec("water_access", "亲水点", "Water access", "blue", POINT,
          Column("blue_net_id", "text", "水系", "water", refers="blue_net"),
          _choice("kind", "类型", "kind", ("steps", "亲水台阶", "steps"), ("platform", "亲水平台", "platform"), ("view", "观景点", "viewpoint"),
                  required=True),
          _flag("step_free", "无台阶", "step-free")),
    _spec("green_vein", "绿脉", "Green vein", "green", LINE + POLYGON,
          _choice("kind", "类型", "kind", ("park", "公园", "park"), ("pocket_park", "口袋公园", "pocket park"),
                  ("street_green", "街头绿地", "street green"), ("greenway", "绿道", "greenway"), required=True),
          _hours(), _flag("lit", "有路灯", "lit"), _flag("step_free", "无台阶", "step-free"), _flag("toilet", "有厕所", "toilet")),
    _spec("structure", "一路一水两家园", "One road, one water, two homes", "plan", POINT + LINE + POLYGON,
          _choice("role", "角色", "role", ("road", "一路", "one road"), ("water", "一水", "one water"), ("home", "家园", "home"), required=True),
          _flag("confirmed", "已确认", "confirmed")),
    _spec("red_walkway", "红色步道", "Red walkway", "red", LINE,
          _number("width_m", "宽度", "width", "m", maximum=100), _text("surface", "路面", "surface"),
          _flag("step_free", "无台阶", "step-free"), _flag("lit", "有路灯", "lit"), _flag("confirmed", "已确认", "confirmed")),
    _spec("walkway_stops", "红色步道点位", "Walkway stops", "red", POINT,
          _choice("kind", "类型", "kind", ("painting", "绘画", "painting"), ("sculpture", "雕塑", "sculpture"),
                  ("new_media", "新媒体", "new media"), ("history", "历史", "history"), required=True),
          Column("walkway_id", "text", "步道", "walkway", refers="red_walkway"),
          _count("order", "次序", "order"), _number("chainage_m", "起点距离", "chainage", "m"),
          _text("story", "故事", "story"), _text("story_en", "英文故事", "English story"), _text("picture", "图片", "picture"),
          _text("audio", "语音", "audio"), _text("maker", "作者", "maker"), _text("qr", "二维码", "QR")),
    _spec("night_run", "夜跑环道", "Night-run loop", "night", LINE,
          _number("width_m", "宽度", "width", "m", maximum=100), _text("surface", "路面", "surface"), _flag("lit", "有路灯", "lit"),
          _flag("confirmed", "已确认", "confirmed")),
    _spec("lamps", "路灯", "Lamps", "night", POINT,
          _number("lux", "照度", "illuminance", "lx", maximum=1000), _number("height_m", "灯高", "height", "m", maximum=50),
          _flag("in_use", "在用", "in use")),
    _spec("run_amenities", "夜跑配套", "Run amenities", "night", POINT,
          _choice("kind", "类型", "kind", ("toilet", "厕所", "toilet"), ("water", "饮水", "water"), ("aed", "AED", "AED"),
                  ("start", "起点", "start"), required=True), _hours()),
    _spec("signs", "二级标识", "Signs", "plan", POINT,
          _choice("level", "级别", "level", ("1", "一级", "level 1"), ("2", "二级", "level 2"), required=True),
          Column("targets", "list", "指向", "targets"), Column("minutes", "list", "牌面分钟数", "painted minutes")),
    _spec("plan_projects", "规划项目", "Plan projects", "plan", POINT + LINE + POLYGON,
          _text("project", "项目", "project", required=True), _text("project_en", "项目英文", "project in English"),
          _text("department", "牵头部门", "department"),
          _choice("stage", "阶段", "stage", ("谋划", "谋划", "idea"), ("立项", "立项", "approved"), ("施工", "施工", "works"),
                  ("完成", "完成", "done"), ("开放", "开放", "open"), required=True),
          Column("due", "date", "期限", "due"), _text("evidence", "依据", "evidence"), _text("plan_item", "计划条目", "plan item")),
    _spec("life_circles", "生活圈", "Life circles", "orange", POLYGON,
          Column("origin", "text", "起点", "origin", required=True), _number("minutes", "分钟", "minutes", "min"),
          _number("metres", "米", "metres", "m"), _text("profile", "步行者", "profile"), _text("method", "方法", "method", required=True)),
)

SPECS: dict[str, LayerSpec] = {spec.name: spec for spec in _ALL}

THEMES = {
    "base": ("底图", "Base map"),
    "blue": ("蓝网", "Blue net"),
    "green": ("绿脉", "Green vein"),
    "orange": ("橙圈", "Orange circle"),
    "red": ("红色步道", "Red walkway"),
    "night": ("夜跑环道", "Night run"),
    "plan": ("规划进展", "Plan progress"),
}


def spec_of(name: str) -> LayerSpec:
    """Look a layer's contract up by its name.

    Raises:
        UnknownLayer: with all the names there are.
    """
    if name in SPECS:
        return SPECS[name]
    names = ", ".join(SPECS)
    raise UnknownLayer(f"没有图层“{name}”；现有：{names}。", f"There is no layer “{name}”; there are: {names}.")


def json_schema(spec: LayerSpec) -> dict[str, Any]:
    """Describe a layer's file as JSON Schema (draft 2020-12), geometry by type only."""
    properties = {column.name: _column_schema(column) for column in spec.columns if column.name != "id"}
    required = [column.name for column in spec.columns if column.required and column.name != "id"]
    feature = {
        "type": "object",
        "required": ["type", "id", "geometry", "properties"],
        "properties": {
            "type": {"const": "Feature"},
            "id": {"type": "string", "minLength": 1},
            "geometry": {
                "type": "object",
                "required": ["type", "coordinates"],
                "properties": {"type": {"enum": list(spec.geometry)}, "coordinates": {"type": "array"}},
            },
            "properties": {"type": "object", "properties": properties, "required": required},
        },
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"{spec.zh} / {spec.en}",
        "type": "object",
        "required": ["type", "features"],
        "properties": {"type": {"const": "FeatureCollection"}, "features": {"type": "array", "items": feature}},
    }


def _column_schema(column: Column) -> dict[str, Any]:
    """Null is allowed unless the column is required: unknown is a value of its own."""
    title = f"{column.zh} / {column.en}"
    if column.type == "choice":
        codes: list[str | None] = [choice[0] for choice in column.choices]
        return {"title": title, "enum": codes if column.required else [*codes, None]}
    plain = {"text": "string", "hours": "string", "date": "string", "number": "number", "integer": "integer", "boolean": "boolean",
             "list": "array"}[column.type]
    schema: dict[str, Any] = {"title": title, "type": plain if column.required else [plain, "null"]}
    if column.type == "date":
        schema["pattern"] = r"^\d{4}(-\d{2}(-\d{2})?)?$"
    if column.minimum is not None:
        schema["minimum"] = column.minimum
    if column.maximum is not None:
        schema["maximum"] = column.maximum
    return schema


def readme_table(specs: Iterable[LayerSpec] = tuple(SPECS.values())) -> str:
    """Write the layers as a Markdown table: name, Chinese, English, geometry, own columns."""
    shared = {column.name for column in COMMON}
    rows = ["| layer | 图层 | geometry | columns of its own |", "|---|---|---|---|"]
    for spec in specs:
        kinds = ", ".join(dict.fromkeys(name.removeprefix("Multi") for name in spec.geometry))
        own = ", ".join(f"`{column.name}`{'*' if column.required else ''}" for column in spec.columns if column.name not in shared)
        rows.append(f"| `{spec.name}` {spec.en} | {spec.zh} | {kinds} | {own} |")
    return "\n".join(rows)
