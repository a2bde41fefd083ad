"""The page red_walkway.html."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wanli_geo.publish.page import Page, Telling


def _content(telling: Telling) -> Mapping[str, Any]:
    return {}


PAGE = Page(
    "red_walkway", "红色步道", "Red walkway",
    "一站一站走：绘画、雕塑、新媒体和这里的故事。",
    "Stop by stop: paintings, sculptures, new media and their stories.",
    _content,
)
