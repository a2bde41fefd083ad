"""The audit's codes and columns in the words of a street office, and in English."""

from __future__ import annotations

# Columns of the audit's tables: Chinese, English.
COLUMNS: dict[str, tuple[str, str]] = {
    "standard": ("标准", "standard"),
    "version": ("版本", "version"),
    "whose": ("谁的", "whose"),
    "unverified": ("未核实条文", "not verified"),
    "clause": ("条文编号", "clause"),
    "code": ("条款", "code"),
    "tier": ("层级", "tier"),
    "clause_name": ("条文", "clause"),
    "clause_name_en": ("条文英文", "clause in English"),
    "required": ("应配或宜配", "must or should"),
    "measure": ("判断依据", "judged by"),
    "basis": ("依据出处", "basis"),
    "verified": ("已核实", "verified"),
    "kinds": ("设施类别", "kinds"),
    "serves": ("对应人群", "serves"),
    "min_area_m2": ("最小面积（平方米）", "least area, m²"),
    "people_not_concerned": ("不涉及的居民", "not concerned"),
    "people_straight": ("直线圈内", "within the circle"),
    "people_circle_only": ("虚覆盖", "in the circle, not in the walk"),
    "people_backed": ("有第二处可去", "with a second within reach"),
    "people_evening": ("晚间走得到", "reached in the evening"),
    "gap_borderline": ("缺口中临界", "gap, borderline"),
    "covered_borderline": ("覆盖中临界", "covered, borderline"),
    "units_gap": ("有缺口的小区", "compounds with a gap"),
    "facilities": ("设施（处）", "facilities"),
    "facilities_area_unknown": ("面积不详（处）", "of unknown area"),
    "facilities_too_small": ("面积不够（处）", "too small"),
    "facilities_not_in_use": ("未在用（处）", "not in use"),
    "facilities_not_counted": ("未计面积（处）", "area not counted"),
    "surveyed": ("查全", "surveyed completely"),
    "source": ("来源", "source"),
    "committee_id": ("居委会编号", "committee id"),
    "committee_en": ("居委会英文", "committee in English"),
    "firm": ("稳或临界", "firm or borderline"),
    "people_all_covered": ("应配全覆盖", "all must clauses covered"),
    "people_any_gap": ("至少一条缺口", "in some gap"),
    "people_any_unknown": ("有未知", "unknown of some"),
    "clauses_covered": ("覆盖条文", "clauses covered"),
    "clauses_gap": ("缺口条文", "clauses in a gap"),
    "clauses_gap_firm": ("其中稳的", "of these firm"),
    "clauses_unknown": ("未知条文", "clauses unknown"),
    "area_is": ("面积指", "area is of"),
    "m2_in_use": ("在用面积（平方米）", "m² in use"),
    "residents": ("居民", "residents"),
    "m2_per_1000": ("每千人（平方米）", "m² per 1,000"),
    "index_min": ("指标下限", "index, least"),
    "index_max": ("指标上限", "index, most"),
    "verdict": ("结论", "verdict"),
    "what": ("补什么", "what"),
    "people_clauses": ("涉及 人×条文", "people × clauses"),
    "clauses": ("条文数", "clauses"),
    "text": ("内容", "text"),
    "severity": ("程度", "severity"),
    "count": ("数量", "count"),
    "home_id": ("楼编号", "house"),
    "unit_id": ("小区编号", "compound"),
    "groups": ("人群", "groups"),
    "second_id": ("第二近编号", "second nearest, id"),
    "second_name": ("第二近设施", "second nearest"),
    "second_m": ("第二近（米）", "second nearest, m"),
    "cost_min": ("步行（分钟）", "walk, min"),
    "second_min": ("第二近（分钟）", "second nearest, min"),
}
# Codes that stand in cells.
WORDS: dict[str, tuple[str, str]] = {
    "must": ("应配", "must"),
    "bundled": ("自带", "bundled"),
    "workspace": ("工作区", "workspace"),
    "should": ("宜配", "should"),
    "clause": ("条文", "clause"),
    "tier": ("层级默认，条文未写", "tier default, not in the clause"),
    "presence": ("有无", "presence"),
    "index": ("指标", "index"),
    "firm": ("稳", "firm"),
    "borderline": ("临界", "borderline"),
    "partly": ("部分临界", "partly borderline"),
    "building": ("建筑", "building"),
    "land": ("用地", "land"),
    "warning": ("提醒", "warning"),
}


def measure(text: str, lang: str) -> str:
    """How a clause is judged, “300m”, “15min”, `presence` or `index`, as one reads it."""
    if text in WORDS:
        return WORDS[text][lang == "en"]
    if text.endswith("min"):
        return f"{text[:-3]} 分钟" if lang == "zh" else f"{text[:-3]} min"
    return f"{text[:-1]} 米" if lang == "zh" else f"{text[:-1]} m"
