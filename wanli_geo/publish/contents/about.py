"""The page about.html."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wanli_geo.publish.page import Page, Telling


def _content(telling: Telling) -> Mapping[str, Any]:
    return {}


PAGE = Page(
    "about", "关于", "About",
    "资料从哪里来、怎么算的、示意和审图。",
    "Where the data comes from, how it is worked out, and how the map was reviewed.",
    _content, map=False,
)
