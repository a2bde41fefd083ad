"""The page circle.html."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wanli_geo.publish.page import Page, Telling


def _content(telling: Telling) -> Mapping[str, Any]:
    return {}


PAGE = Page(
    "circle", "15分钟生活圈", "15-minute circle",
    "每一类服务，15 分钟走得到的居民有多少。",
    "How many residents reach each service in a 15-minute walk.",
    _content,
)
