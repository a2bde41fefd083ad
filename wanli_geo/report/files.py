"""An Answer as a file: GeoJSON for QGIS, CSV for Excel and WPS, with sources and caveats in both."""

from __future__ import annotations

import csv
import io
from typing import Any

import numpy as np
import pandas as pd

from wanli_geo.answer import Answer
from wanli_geo.report import audit_words, line_words
from wanli_geo.report.say import REASONS
from wanli_geo.report.wire import collection

# What a question's file holds: the features drawn and the table read, by the names the Answer gives them.
MAIN = {"coverage": ("units", "units"), "gaps": ("units", "units"), "isochrone": ("bands", "bands"),
         "isochrones": ("bands", "bands"), "walk": ("walk", "turns"), "by_age": ("", "ages"),
         "topology": ("islands", "islands"), "nearest": ("nearest", "nearest"),
         "opportunities": ("units", "opportunities"), "audit": ("compounds", "gaps"), "clause": ("units", "units"),
         "sheet": ("", "clauses"), "catchments": ("units", "units"), "equity": ("units", "units"),
         "green": ("units", "units"), "ledger": ("", "ledger"), "plan": ("", "items"),
         "night_run": ("stretches", "stretches"), "red_walkway": ("stretches", "stops"), "loops": ("loops", "loops"),
         "marks": ("marks", "marks"), "blue_net": ("banks", "breaks"), "green_links": ("missing", "missing"),
         "structure": ("structure", "structure"), "signs": ("signs", "faces"), "works": ("closed", "units")}
# The three walks of the question of green, as their columns begin.
_WALKS = {"green": "绿地", "park": "公园", "water": "亲水点"}

# Decimals of what is no length, time or count of people: those have one.
_DECIMALS = {"lon": 7, "lat": 7, "share_covered": 4, "speed_m_s": 2, "m_per_s": 2, "mean_number": 3, "access_per_1000": 4,
             "share_old": 4,
             **dict.fromkeys(("score", "lit_share", "green_share", "water_share", "road_share", "beside_share"), 4),
             **{f"{key}_share_land": 4 for key in _WALKS}}

COLUMNS = {
    **{name: zh for name, (zh, _) in (audit_words.COLUMNS | line_words.COLUMNS).items()},
    "id": "编号",
    "name": "名称",
    "name_en": "英文名",
    "committee": "居民区",
    "group": "年龄",
    "profile": "步行者",
    "speed_m_s": "速度（米/秒）",
    "people": "居民",
    "people_covered": "已覆盖",
    "people_gap": "缺口",
    "people_unknown": "未知",
    "share_covered": "覆盖比例",
    "status": "结论",
    "walk_m": "步行（米）",
    "walk_min": "步行（分钟）",
    "beyond_m": "超出（米）",
    "burden": "人×超出米",
    "nearest_id": "最近设施编号",
    "nearest_name": "最近设施",
    "reason": "原因",
    "minutes": "分钟",
    "metres": "米",
    "area_m2": "面积（平方米）",
    "street_m": "可达道路（米）",
    "places": "楼或小区（处）",
    "streets": "道路编号",
    "compound_id": "小区编号",
    "from": "起点",
    "origin": "起点",
    "lon": "经度",
    "lat": "纬度",
    "to": "终点",
    "kind": "类别",
    "rank": "第几近",
    "within": "范围",
    "mean_number": "人均几处",
    "mean_area_m2": "人均可达面积（平方米）",
    "mean_capacity": "人均可达规模",
    "mean_people": "人均可达居民",
    "at_least": "至少",
    "people_none": "范围内没有的居民",
    "people_unreached": "走不到的居民",
    "access_per_1000": "每千人可得",
    "share_old": "60岁以上占比",
    "turn": "转向",
    "street": "道路",
    "zh": "怎么走",
    "en": "way",
    **{f"{key}_{column}": f"{zh}：{told}" for key, zh in _WALKS.items() for column, told in (
        ("status", "结论"), ("walk_m", "步行（米）"), ("people_covered", "走得到的居民"), ("people_gap", "缺口居民"), ("people_unknown", "未知居民"),
        ("share_land", "走得到的用地比例"))},
}
WORDS = {
    "covered": "已覆盖",
    "gap": "缺口",
    "unknown": "未知",
    "empty": "无居民",
    "no_street": "附近没有路",
    "cut_off": "所接的路与主网不相连",
    "start": "出门",
    "go": "出发",
    "straight": "直行",
    "left": "左转",
    "right": "右转",
    "back": "掉头",
    "end": "到达",
    "gate": "过小区门",
    **{code: zh for code, (zh, _) in (audit_words.WORDS | line_words.WORDS).items()},
    **{code: zh for code, (zh, _) in REASONS.items()},
}
# Columns of ids and of names that people gave: no code stands in them, whatever a house or a street is called.
GIVEN = frozenset({"id", "name", "name_en", "committee", "committee_id", "compound_id", "nearest_id", "nearest_name", "second_name", "from", "to",
                   "origin", "street", "streets", "place", "sign", "target", "text", "text_en", "near"})
# A spreadsheet takes a cell that begins so for a formula; a quote before it keeps it a text.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def to_geojson(answer: Answer) -> bytes:
    """Write the answer's main features as a FeatureCollection; the facts, caveats and sources stand beside them as `answer`."""
    features = answer.features[MAIN[answer.question][0]]
    told = answer.to_dict()
    told.pop("tables")
    return collection(features, list(features.columns), answer=told) + b"\n"


def to_csv(answer: Answer) -> bytes:
    """Write the answer's main table as Excel and WPS open it: UTF-8 with BOM, Chinese headings, sources and run id in every row."""
    return table_csv(answer, answer.tables[MAIN[answer.question][1]])


def table_csv(answer: Answer, table: pd.DataFrame) -> bytes:
    """Write one table of an answer the same way."""
    sources = "；".join(dict.fromkeys(filter(None, (made.attribution for made in answer.made_of))))
    sketch = "示意" if any(made.accuracy == "sketch" for made in answer.made_of) else ""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([*(COLUMNS.get(str(name), str(name)) for name in table.columns), "数据说明", "运行编号"])
    note = safe("；".join(filter(None, (sketch, sources))))
    for row in table.itertuples(index=False):
        writer.writerow([*(_cell(value, str(name)) for name, value in zip(table.columns, row, strict=True)), note, answer.run_id])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _cell(value: Any, column: str) -> Any:
    """Missing stays empty; numbers are rounded for reading; codes are told in words; a text is never a formula."""
    if pd.isna(value):
        return ""
    if isinstance(value, bool | np.bool_):
        return "是" if value else "否"
    if isinstance(value, float):
        rounded = round(value, _DECIMALS.get(column, 1))
        return int(rounded) if rounded.is_integer() else rounded
    return safe(value if column in GIVEN else in_words(value, column)) if isinstance(value, str) else value


def in_words(code: str, column: str) -> str:
    """A code in Chinese as its own column means it; what is no code stays."""
    return WORDS.get(f"{column}:{code}", WORDS.get(code, code))


def safe(text: str) -> str:
    """Keep a text from being taken for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text
