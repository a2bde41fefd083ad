"""What the columns and codes of answers about lines are called: Chinese, English. One section a question."""

from __future__ import annotations

COLUMNS: dict[str, tuple[str, str]] = {
    # common to lines
    "chainage_m": ("起点距离（米）", "Chainage, m"),
    "from_m": ("从（米）", "From, m"),
    "to_m": ("到（米）", "To, m"),
    "offset_m": ("偏离（米，左为正）", "Aside, m (left +)"),
    # night_run
    # red_walkway
    # loops
    # marks
    # blue_net
    # green_links
    # structure
    # signs
    "sign_id": ("标识编号", "Sign, id"), "sign": ("标识", "Sign"), "order": ("次序", "Order"), "target": ("牌面文字", "As painted"),
    "place": ("地方", "Place"), "matched": ("怎么认出", "Known by"), "painted_min": ("牌面（分钟）", "Painted, min"),
    "adult_min": ("成人（分钟）", "Adult, min"), "elder_min": ("老人（分钟）", "Elder, min"), "right_min": ("应写（分钟）", "Should read, min"),
    "bearing": ("方位角（度）", "Bearing, °"), "compass": ("朝向", "Towards"), "arrow": ("箭头（上北）", "Arrow, north up"),
    "near": ("是不是", "Is it"), "no": ("牌号", "No."), "change": ("怎么改", "Change"), "level": ("级别", "Level"), "text": ("牌面中文", "Text"),
    "text_en": ("牌面英文", "Text in English"), "arms": ("岔路（条）", "Arms"), "trips": ("经过人次", "Trips"),
    "turning": ("离开大流的人次", "Trips off the main stream"),
    # works
}

WORDS: dict[str, tuple[str, str]] = {
    # night_run
    # red_walkway
    # loops
    # marks
    # blue_net
    # green_links
    # structure
    # signs
    "accurate": ("准", "right"), "wrong": ("不准", "wrong"), "too_short": ("写少了", "too short"), "too_long": ("写多了", "too long"),
    "not_open": ("没有开，去不了", "not open"), "unreachable": ("走不到", "no way there"), "unpainted": ("没写分钟数", "not painted"),
    "by_name": ("全名", "whole name"), "by_bare_name": ("去掉括号的名称", "name without brackets"), "by_short_name": ("简称", "shortened name"),
    "several_places": ("叫这个名字的不止一处", "several places are called so"), "no_place": ("资料里没有这个地方", "no such place in the data"),
    "place_closed": ("已停用", "closed"), "place_planned": ("还没有建成", "not there yet"),
    "place_shut": ("这时入口都关着", "all entrances shut then"), "no_way": ("路不通", "no way leads there"),
    "new_sign": ("新增", "new"), "new_minutes": ("改分钟数", "correct the minutes"), "cover_line": ("遮住这一条", "cover this line"),
    "north": ("北", "N"), "northeast": ("东北", "NE"), "east": ("东", "E"), "southeast": ("东南", "SE"), "south": ("南", "S"),
    "southwest": ("西南", "SW"), "west": ("西", "W"), "northwest": ("西北", "NW"),
    "lists_differ": ("个数对不上", "lists differ"), "not_minutes": ("不是分钟数", "no minutes"),
    # works
}

# What the tables of these answers are called, as sheets of a workbook and as headings.
TABLES: dict[str, tuple[str, str]] = {
    # night_run
    # red_walkway
    # loops
    # marks
    # blue_net
    # green_links
    # structure
    # signs
    "faces": ("牌面核对", "Faces"), "decisions": ("缺牌的岔口", "Corners without a sign"), "schedule": ("制牌表", "Schedule"),
    # works
}
