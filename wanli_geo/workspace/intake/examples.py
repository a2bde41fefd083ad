"""What stands in the example row of a blank template, and what is said of a column beyond its type."""

from __future__ import annotations

from wanli_geo.workspace.specs import Column

# Column → what its example says, where its type does not say enough.
_EXAMPLES: dict[str, str | int | float] = {
    "name_en": "English name", "source": "街道台账", "note": "2024 年已核对",
    "committee_id": "香泉居委会", "compound_id": "岚灵小区", "blue_net_id": "横港", "walkway_id": "富水路红色步道", "of": "万里公园",
    "address": "新村路423弄5号", "office": "新村路423弄5号", "phone": "021-62345678", "code": "WL-01", "surface": "沥青",
    "residents": 1200, "residents_0_6": 60, "residents_7_18": 120, "residents_19_59": 660, "residents_60_79": 280, "residents_80_plus": 80,
    "households": 480, "area_m2": 350, "capacity": 60, "floor": 1, "levels": 6, "level": 0, "width_m": 3.5, "slope_pct": 2, "lux": 12,
    "height_m": 6, "order": 1, "chainage_m": 120, "minutes": 15, "metres": 1000, "plan_item": "D03",
    "project": "香泉路架空线入地", "project_en": "Xiangquan Road works",
    "department": "街道管理办", "evidence": "2021 年工作计划", "break_reason": "桥下不通", "origin": "万里公园", "profile": "elder",
    "method": "步行网络", "story": "这里曾是……", "story_en": "Here once stood …", "qr": "R-01",
    "picture": "ws-01.jpg", "audio": "ws-01.mp3", "maker": "万里街道居民画社",
    "functions": "助餐、送餐", "other_names": "灵石路1565弄小区、岚灵苑", "targets": "万里公园、社区食堂",
}
_NAMES = {
    "boundary": "万里街道", "committees": "香泉居委会", "grid": "第 1 网格", "streets": "新村路", "barriers": "沪宁铁路", "buildings": "中环大厦",
    "compounds": "岚灵小区", "homes": "5号楼", "gates": "岚灵小区 1 号门", "facilities": "新村路社区食堂", "entrances": "南门", "blue_net": "横港",
    "water_access": "横港亲水平台", "green_vein": "万里公园", "structure": "一路", "red_walkway": "富水路红色步道",
    "walkway_stops": "第一站", "night_run": "夜跑环道", "lamps": "L-001", "run_amenities": "公园厕所", "signs": "S-01", "plan_projects": "香泉路",
    "life_circles": "15 分钟生活圈",
}
_BY_TYPE: dict[str, str | int | float] = {
    "text": "文字", "number": 1, "integer": 1, "boolean": "是", "date": "2024-06-30", "list": "5、10",
    "hours": "周一至周五 8:00-17:00，周六 9:00-12:00，节假日休息",
}

# Type → how a cell of it is filled in.
HOW: dict[str, tuple[str, str]] = {
    "text": ("填文字。", "A text."),
    "number": ("只填数，不写单位。", "A number without its unit."),
    "integer": ("填整数；不知道就留空，不要填 0。", "A whole number; leave out what is not known, do not write 0."),
    "boolean": ("填“是”或“否”；不清楚就留空。", "是 or 否 (yes or no); leave out what is not known."),
    "choice": ("从下拉里选一项。", "Choose one of the list."),
    "date": ("写成 2024、2024-06 或 2024-06-30。", "Write 2024, 2024-06 or 2024-06-30."),
    "list": ("有几个就用“、”隔开。", "Several, with “、” or commas between."),
    "hours": ("写成“周一至周五 8:00-17:00，周六 9:00-12:00，节假日休息”或“24小时”。",
              "Write “Mo-Fr 08:00-17:00; Sa 09:00-12:00; PH off” or “24/7”."),
}
NOTES: dict[str, tuple[str, str]] = {
    "id": ("留空就自动编号；再次导入时，编号相同的一行是更新，不会重复。",
           "One is given where left out; on the next import the same id updates its row."),
    "source": ("资料从哪里来；留空就用导入时写的来源。", "Where it comes from; left out, what is said at the import holds."),
    "accuracy": ("位置有多准；留空按“官方资料”。", "How exact the place is; left out, it is “official”."),
    "address": ("路、弄、号，如“新村路423弄5号”；没有经纬度时按地址找位置。",
                "Road, lane and number; it finds the place where no coordinates are given."),
    "capacity": ("养老机构填床位，食堂填餐位，停车场填车位。", "Beds of a care home, seats of a canteen, spaces of a car park."),
    "floor": ("地下一层填 -1。", "The first basement is -1."),
    "phone": ("可写多个。", "There may be several."),
    "public": ("填“否”的不会出现在公开地图上。", "What says 否 (no) is never on the public map."),
    "residents_60_79": ("不含 80 岁以上。", "Without those of 80 and over."),
    "name": ("大家平时叫的名称。", "The name in use."),
}


def example(column: Column, layer: str) -> str | int | float:
    """Give a plausible value of a column, as a planner would write it."""
    if column.name == "name":
        return _NAMES[layer]
    if column.type == "choice":
        return column.choices[0][1]
    if column.type == "list" and column.name == "minutes":
        return "5、10"
    return _EXAMPLES.get(column.name, _BY_TYPE[column.type])
