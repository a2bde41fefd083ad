"""The page night_run.html."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wanli_geo.publish.page import Page, Telling


def _content(telling: Telling) -> Mapping[str, Any]:
    return {}


PAGE = Page(
    "night_run", "夜跑环道", "Night run",
    "一圈 2.5 公里：哪里亮、哪里有水和厕所。",
    "A loop of 2.5 km: where it is lit, where there is water and a toilet.",
    _content, night=True,
)
