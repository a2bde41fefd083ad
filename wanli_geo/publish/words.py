"""What the frame of every page says: Chinese, then English."""

from __future__ import annotations

FRAME: dict[str, tuple[str, str]] = {
    "skip": ("跳到正文", "Skip to the content"),
    "pages": ("全部页面", "All pages"),
    "map": ("地图", "Map"),
    "list": ("列表", "List"),
    "elder": ("大字", "Larger"),
    "night": ("夜间", "Night"),
    "day": ("日间", "Day"),
    "print": ("打印", "Print"),
    "aloud": ("朗读", "Read aloud"),
    "other": ("EN", "中文"),
    "other_told": ("EN: read this page in English", "中文：阅读本页中文版"),
    "other_lang": ("en", "zh-Hans"),
    "data_of": ("数据 {}", "Data of {}"),
    "sources": ("来源", "Sources"),
    "sketch": ("示意图：含手绘数据，不作审批依据", "Sketch: some of it drawn by hand, not a basis for approvals"),
    "number": ("审图号：{}", "Map approval number: {}"),
    "ground": ("未送审的依据（由发布单位说明）：{}", "Why it was not submitted for review, as the publisher states: {}"),
    "reviewer": ("审核：{}", "Reviewed by {}"),
    "date": ("发布日期：{}", "Released {}"),
    "feedback": ("意见反馈", "Tell us what is wrong"),
    "about": ("资料来源与说明", "Sources and method"),
    "north": ("北", "N"),
    "home": ("家门口", "Near me"),
}
