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
    "length_m": ("长度（米）", "Length, m"),
    "wanted_m": ("想要（米）", "Wanted, m"),
    "score": ("得分", "Score"),
    "crossings": ("过马路（次）", "Roads crossed"),
    "lit_share": ("有灯", "Lit"),
    "green_share": ("沿绿", "Beside green"),
    "water_share": ("沿水", "Beside water"),
    "road_share": ("在马路边", "Along roads"),
    "twice_m": ("来回走两遍（米）", "Run twice, m"),
    "beside_share": ("与自身并行", "Beside itself"),
    "shape": ("形状", "Shape"),
    "loop": ("环线", "Loop"),
    "text": ("标记", "Mark"),
    # marks
    # blue_net
    # green_links
    # structure
    # signs
    # works
}

WORDS: dict[str, tuple[str, str]] = {
    # night_run
    # red_walkway
    # loops
    "loop": ("环形", "loop"),
    "lollipop": ("棒棒糖形", "lollipop"),
    "km": ("公里", "kilometre"),
    "half": ("半公里", "half kilometre"),
    "hundred": ("百米", "100 m"),
    # marks
    # blue_net
    # green_links
    # structure
    # signs
    # works
}

# What the tables of these answers are called, as sheets of a workbook and as headings.
TABLES: dict[str, tuple[str, str]] = {
    # night_run
    # red_walkway
    # loops
    "loops": ("环线方案", "Loops"),
    # marks
    # blue_net
    # green_links
    # structure
    # signs
    # works
}
