"""The page blue_green.html."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wanli_geo.publish.page import Page, Telling


def _content(telling: Telling) -> Mapping[str, Any]:
    return {}


PAGE = Page(
    "blue_green", "蓝网绿脉", "Water and green",
    "河道、亲水点、公园和绿地，从哪里进、几点开。",
    "Waterways, places by the water, parks and greens: where to enter, when they are open.",
    _content,
)
