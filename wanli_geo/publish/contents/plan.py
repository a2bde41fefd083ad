"""The page plan.html."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wanli_geo.publish.page import Page, Telling


def _content(telling: Telling) -> Mapping[str, Any]:
    return {}


PAGE = Page(
    "plan", "规划进展", "What is being built",
    "正在建什么，什么时候好。",
    "What is being built, and when it will be done.",
    _content,
)
