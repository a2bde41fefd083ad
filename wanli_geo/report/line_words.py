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
    # works
    "people_affected": ("受影响居民", "people affected"),
    "people_cut_off": ("走不出去的居民", "people cut off"),
    "people_longer": ("多走的居民", "people walking farther"),
    "people_lost": ("走不到了的居民", "people who no longer can"),
    "extra_mean_m": ("平均多走（米）", "farther on average, m"),
    "extra_most_m": ("最多多走（米）", "farther at most, m"),
    "extra_m": ("多走（米）", "farther, m"),
    "kind_worst": ("最受影响的设施", "kind that suffers most"),
    "stretch": ("封闭段", "closed stretch"),
    "straight_m": ("原路（米）", "straight on, m"),
    "detour_m": ("绕行（米）", "way round, m"),
    "step_free_share": ("无台阶比例", "step-free share"),
    "lit_share": ("有路灯比例", "lit share"),
    "crossings": ("过街（处）", "crossings"),
    "walker": ("给谁走", "for whom"),
    "line_id": ("线路编号", "line id"),
    "street_id": ("道路编号", "street id"),
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
    # works
    "red_walkway": ("红色步道", "red walkway"),
    "night_run": ("夜跑环道", "night-run loop"),
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
    # works
    "detour": ("绕行", "Way round"),
    "touched": ("受影响的步道和环道", "Walkway and loop hit"),
    "kinds": ("走到各类设施", "By kind of place"),
    "shut": ("门只开在封闭段上的设施", "Facilities with doors on the closed stretch only"),
}
