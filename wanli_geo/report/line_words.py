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
}
