"""The page list.html."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wanli_geo.publish.page import Page, Telling


def _content(telling: Telling) -> Mapping[str, Any]:
    return {}


PAGE = Page(
    "list", "列表版", "Everything as lists",
    "地图上的全部内容，逐条列出。",
    "All that the maps show, item by item.",
    _content, map=False,
)
