"""What the columns and codes of an Answer's tables are called on paper, in both languages, and what kind of number each column holds."""

from __future__ import annotations

import pandas as pd
from pandas.api.types import is_bool_dtype, is_integer_dtype, is_numeric_dtype

from wanli_geo.report import audit_words, line_words, say
from wanli_geo.report.document import Kind
from wanli_geo.report.files import COLUMNS, WORDS
from wanli_geo.workspace.specs import SPECS

# In Chinese the titles are those of the CSV; here what they are not fit for on paper, and the rest in English.
_TITLES: dict[str, tuple[str, str]] = {
    "id": ("编号", "Id"),
    "name": ("名称", "Name"),
    "origin": ("起点", "From"),
    "from": ("起点", "From"),
    "walk_m": ("步行（米）", "Walk, m"),
    "walk_min": ("步行（分钟）", "Walk, min"),
    "beyond_m": ("超出（米）", "Beyond, m"),
    "burden": ("人×超出米", "People × m beyond"),
    "nearest_name": ("最近设施", "Nearest"),
    "nearest_id": ("最近设施编号", "Nearest, id"),
    "people_covered": ("已覆盖", "Covered"),
    "people_gap": ("缺口", "In a gap"),
    "people_unknown": ("未知", "Unknown"),
    "people_not_concerned": ("不涉及", "Not concerned"),
    "share_covered": ("覆盖比例", "Share covered"),
    "committee": ("居民区", "Committee"),
    "minutes": ("分钟", "Minutes"),
    "metres": ("米", "Metres"),
    "area_m2": ("面积（平方米）", "Area, m²"),
    "street_m": ("可达道路（米）", "Streets in reach, m"),
    "speed_m_s": ("速度（米/秒）", "Speed, m/s"),
    "zh": ("怎么走", "The way"),
    "kind": ("类别", "Kind"),
    "at_least": ("是下限", "At least"),
    "access_per_1000": ("每千人可得", "Per 1,000"),
    "gini": ("基尼系数", "Gini"),
    "layer": ("图层", "Layer"),
    "features": ("上图处数", "On the map"),
    "answered_by": ("由什么回答", "Answered by"),
    "question": ("规划问题", "The planner's question"),
    "target": ("目标", "Target"),
    "unit": ("单位", "Unit"),
    "due": ("期限", "Due"),
    "supply": ("供给", "Supply"),
    "people_coming": ("前来的居民", "People coming"),
    "supply_per_1000": ("每千人供给", "Supply per 1,000"),
    "idle": ("没有人走得到", "Nobody in reach"),
    "beyond_boundary": ("在范围外", "Beyond the boundary"),
    "number_500m": ("500 米内", "Within 500 m"),
    "required": ("要求", "Asked"),
    "clause_name": ("条文", "Clause"),
    "measure": ("判断依据", "Judged by"),
    "verified": ("已核实", "Verified"),
    "people_gap_left": ("仍有缺口的居民", "Still in a gap"),
    "units_gap_left": ("仍有缺口的小区", "Compounds still with a gap"),
    "speed": ("步速", "Speed"),
    "waits": ("等候", "Waits"),
    "threshold": ("标准", "Threshold"),
    "reason": ("原因", "Why"),
    "firm": ("稳或临界", "Firmness"),
    "status": ("结论", "Verdict"),
    "verdict": ("结论", "Verdict"),
    "errand": ("补什么", "What to collect"),
    "within": ("范围", "Within"),
    "people_none": ("范围内没有的居民", "With none"),
    "people_unreached": ("走不到的居民", "Unreached"),
    "share_old": ("60 岁以上占比", "Aged 60 and over"),
    "existing": ("现状", "Existing"),
    "planned": ("规划", "Planned"),
    "works": ("在建", "Works"),
    "closed": ("停用", "Closed"),
    "unstated": ("未注明", "Unstated"),
    "public": ("公开", "Public"),
    "said": ("计划原话", "In the plan's words"),
    "items": ("条目", "Items"),
    "places_unstated": ("人数不详（处）", "Places without people"),
    "residents_more": ("居民可能更多", "May be more residents"),
}
# Codes of cells that the CSV and the audit have no word for.
_CODES: dict[str, tuple[str, str]] = {
    "covered": ("已覆盖", "covered"), "gap": ("缺口", "gap"), "unknown": ("未知", "unknown"), "empty": ("无居民", "no residents"),
    "no_street": ("附近没有路", "no street near"), "cut_off": ("所接的路与主网不相连", "cut off"),
    "adult": ("成人", "adult"), "elder": ("老人", "elder"), "frail": ("高龄", "frail"),
    "escorted_child": ("带小孩", "escorted child"), "pram": ("推婴儿车", "pram"), "wheelchair": ("轮椅", "wheelchair"),
    "mapped": ("已上图", "on the map"), "computed": ("由软件算出", "computed"), "never": ("永不上图", "never mapped"), "all": ("全体", "all"),
    # of the work plan: on what a target rests, and what it counts
    "explicit": ("明写", "explicit"), "approx": ("约数", "approximate"), "undefined": ("所指未写明", "not defined"),
    "no_number": ("未给数", "no number given"), "implied": ("由文字推出", "implied"), "m": ("米", "m"), "site": ("处", "sites"),
    "building": ("建筑", "building"), "compound": ("个小区", "compounds"), "award": ("项", "awards"), "document": ("份", "documents"),
    "project": ("项", "projects"), "lift": ("台", "lifts"), "sign": ("块", "signs"), "CNY": ("元", "CNY"),
}
_PUBLIC = {"yes": ("公开", "yes"), "no": ("不公开", "no"), "area-only": ("只公开范围", "area only")}
# The verbs that answer an item of the work plan; `later` is not built yet.
ANSWERED_BY = {
    "coverage": ("覆盖", "coverage"), "gaps": ("缺口", "gaps"), "nearest": ("最近设施", "nearest"), "audit": ("体检", "audit"),
    "theme": ("主题图", "theme"), "isochrone": ("等时圈", "isochrone"), "green": ("见绿见园", "green"), "ages": ("分年龄", "ages"),
    "walk": ("路线", "walk"), "topology": ("路网检查", "topology"), "check": ("数据检查", "check"), "plan": ("工作计划", "plan"),
    "route audit blue_net": ("水岸贯通", "the water's edge"), "route audit green_vein": ("绿脉连通", "green links"),
    "route audit structure": ("空间格局", "the structure"), "route audit red_walkway": ("红色步道体检", "audit of the walkway"),
    "route audit night_run": ("夜跑环道体检", "audit of the night run"), "route loop": ("环线设计", "loop maker"),
    "route marks": ("里程标", "distance marks"), "route signs": ("标识核对", "signs"), "route works": ("施工绕行", "works"),
    "later": ("以后的版本", "later"),
}

_EXACT: dict[str, Kind] = {
    "lon": "degrees", "lat": "degrees", "metres": "metres", "minutes": "minutes", "gini": "number", "speed": "number", "waits": "number",
    "threshold": "number", "burden": "count", "m2_in_use": "area", "m2_per_1000": "area", "index_min": "area", "index_max": "area",
    "access_per_1000": "number", "supply_per_1000": "number", "mean_area_m2": "area", "mean_people": "count", "residents": "count",
    "trips": "count", "turning": "count", "bearing": "count", "short": "count",
}
_TITLES |= {f"{key}_{column}": (COLUMNS[f"{key}_{column}"], f"{key.title()}: {told}") for key in ("green", "park", "water")
            for column, told in (("status", "verdict"), ("walk_m", "walk, m"), ("people_covered", "covered"), ("people_gap", "in a gap"),
                                 ("people_unknown", "unknown"), ("share_land", "share of land"))}
_TITLES |= {f"{key}_share_people": (f"{zh}：占居民比例", f"{key.title()}: share of residents") for key, zh in (
    ("green", "绿地"), ("park", "公园"), ("water", "亲水点"))}
_ENDS: tuple[tuple[str, Kind], ...] = (
    ("_m2", "area"), ("_m", "metres"), ("_min", "minutes"), ("_share_land", "share"), ("_share_people", "share"),
    ("_share", "share"))
# How wide a column stands beside one of numbers, where a text is not twice as wide.
_WEIGHTS = {
    "id": 1.1, "name": 2.6, "standard": 1.9, "code": 1.6, "measure": 1.3, "verified": 0.9, "required": 1.0, "status": 1.5, "verdict": 1.2,
    "firm": 1.2, "reason": 1.7, "committee": 3.2, "nearest_name": 3.4, "tier": 1.8, "zh": 5.0, "errand": 5.0, "text": 6.0, "source": 4.0,
    "group": 1.0, "rank": 0.7, "clause_name": 3.2, "question": 4.0, "answered_by": 4.0, "layer": 2.4, "burden": 1.5,
    "text_en": 5.0, "sign": 2.2, "place": 3.2, "order": 0.7, "level": 0.8, "no": 0.9, "compass": 0.9, "arrow": 0.9, "change": 1.2, "street": 1.6,
    "collect": 4.0,
}


def title(column: str, lang: say.Lang) -> str:
    """What a column is called; one that nobody named, by its key in plain letters."""
    if column in _TITLES:
        return say.pick(lang, *_TITLES[column])
    named = line_words.COLUMNS.get(column) or audit_words.COLUMNS.get(column)
    english = named[1] if named else column.replace("_", " ")
    return say.pick(lang, COLUMNS.get(column, column), english[:1].upper() + english[1:])


def kind(column: str, values: pd.Series) -> Kind:
    """What a column holds: text, or which kind of number."""
    if not is_numeric_dtype(values) or is_bool_dtype(values):
        return "text"
    if column in _EXACT:
        return _EXACT[column]
    if column.startswith("share"):
        return "share"
    ended = next((of for end, of in _ENDS if column.endswith(end)), None)
    if ended is not None:
        return ended
    counted = is_integer_dtype(values) or column.startswith(("people", "number")) or "_people_" in column
    return "count" if counted else "number"


def weight(column: str, of: Kind) -> float:
    """Its share of the width on paper: a number takes 1, where it is no long one."""
    return _WEIGHTS.get(column, 2.0 if of == "text" else 1.0)


def word(code: str, lang: say.Lang, column: str = "") -> str:
    """A code of a cell in words, first as its own column means it; what is no code stays."""
    own = line_words.WORDS.get(f"{column}:{code}")
    known = own or audit_words.WORDS.get(code) or line_words.WORDS.get(code) or say.REASONS.get(code) or _CODES.get(code)
    return say.pick(lang, *known) if known else say.pick(lang, WORDS.get(code, code), code)


def layer(name: str, lang: say.Lang) -> str:
    """An input by what it is called, its own name beside it in Chinese: “道路（streets）”; a standard by its id."""
    if name.startswith("standards/"):
        return say.pick(lang, f"标准 {name[10:]}", f"standard {name[10:]}")
    if name == "plan_items":
        return say.pick(lang, "工作计划条目", "items of the work plan")
    return say.pick(lang, f"{SPECS[name].zh}（{name}）", SPECS[name].en) if name in SPECS else name


def public(code: str, lang: say.Lang) -> str:
    """What the public may see of an item of the work plan."""
    return say.pick(lang, *_PUBLIC.get(code, (code, code)))


def half(text: str, lang: say.Lang) -> str:
    """Of a text “中文 / English” the half that is read; any other text whole."""
    halves = text.split(" / ")
    return say.pick(lang, halves[0], halves[1]) if len(halves) == 2 else text
