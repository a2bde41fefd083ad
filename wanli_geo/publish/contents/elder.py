"""The page elder.html."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wanli_geo.publish.page import Page, Telling


def _content(telling: Telling) -> Mapping[str, Any]:
    return {}


PAGE = Page(
    "elder", "长者版", "Easy version",
    "大字、简单的话：吃饭、看病、买药、坐车、上厕所，最近在哪里。",
    "Large text and plain words: where to eat, see a doctor, buy medicine, take a bus.",
    _content, map=False,
)
