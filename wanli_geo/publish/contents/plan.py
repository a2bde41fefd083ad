"""What is being built: every project with its stage, when it is due, where."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import shapely

from wanli_geo.publish.page import Page, Telling
from wanli_geo.publish.poster import Mark
from wanli_geo.publish.telling import choice, line_of, point_of, rows_of
from wanli_geo.workspace.specs import SPECS

_COLUMNS = ("id", "name", "name_en", "project", "project_en", "department", "stage", "due")
_GLYPHS = {"谋划": "谋", "立项": "立", "施工": "施", "完成": "完", "开放": "开"}
# What is being built first: it concerns who passes there today.
_ORDER = ("施工", "立项", "谋划", "完成", "开放")

_WORDS = {
    "lead": ("街道正在做的事，按进展分：正在施工的排在前面。", "What the street is working on, by stage: what is being built comes first."),
    "stages": ("谋划 → 立项 → 施工 → 完成 → 开放", "idea → approved → works → done → open"),
    "due": ("预计 {}", "due {}"),
    "due_none": ("时间还没有定", "no date set yet"),
    "department": ("由{}负责", "by {}"),
    "count": ("{} 项", "{}"),
    "whole": ("涉及整个街道", "concerns the whole neighbourhood"),
    "none": ("这里还没有项目资料。", "There are no projects in the data yet."),
    "unstated": ("进展没有登记", "stage not on record"),
    "sketch": ("项目的位置和时间按工作计划推定，以街道公布为准。",
               "Places and dates are inferred from the work plan; what the street announces holds."),
}


def _content(telling: Telling) -> Mapping[str, Any]:
    own = {key: telling.pick(*pair) for key, pair in _WORDS.items()}
    return {"own": own, "groups": groups(telling)}


def groups(telling: Telling) -> list[dict[str, Any]]:
    """Projects by stage, those under works first; within a stage by when they are due."""
    rows = [_project(telling, row) for row in rows_of(telling.layer("plan_projects"), _COLUMNS)]
    stages = (*_ORDER, None)
    return [{"stage": choice("plan_projects", "stage", stage, telling.lang) or telling.pick(*_WORDS["unstated"]),
             "glyph": _GLYPHS.get(stage or "", "·"),
             "rows": sorted((row for row in rows if row["stage"] == stage), key=lambda row: (row["due"] or "9999", row["title"]))}
            for stage in stages if any(row["stage"] == stage for row in rows)]


def _project(telling: Telling, row: Mapping[str, Any]) -> dict[str, Any]:
    due, department = row.get("due"), row.get("department")
    notes = [telling.pick(*_WORDS["due"]).format(due) if due else telling.pick(*_WORDS["due_none"])]
    if department:
        notes.append(telling.pick(*_WORDS["department"]).format(department))
    of = telling.pick(row["project"] or "", row["project_en"] or row["project"] or "")
    title = telling.name(row)
    return {"id": row["id"], "title": title or of, "of": of if of != title else "", "stage": row["stage"], "due": due, "notes": notes}


def _marks(telling: Telling) -> tuple[Mark, ...]:
    layer = telling.layer("plan_projects")
    return tuple(Mark(shape, "plan") for shape in layer.geometry if shapely.get_dimensions(shape) == 1)


def _data(telling: Telling) -> Mapping[str, Any]:
    layer = telling.layer("plan_projects")
    stages = {code for code, _, _ in SPECS["plan_projects"].column("stage").choices}
    shapes = layer.geometry.to_numpy()
    return {"lines": line_of(layer),
            "projects": [{"id": row["id"], "name": row["name"], "name_en": row["name_en"], "at": point_of(shapely.point_on_surface(shape)),
                          "glyph": _GLYPHS.get(row["stage"] or "", "·"), "stage": row["stage"] if row["stage"] in stages else None}
                         for row, shape in zip(rows_of(layer, ("id", "name", "name_en", "stage")), shapes, strict=True)]}


PAGE = Page(
    "plan", "规划进展", "What is being built",
    "正在建什么，什么时候好。",
    "What is being built, and when it will be done.",
    _content, _marks, _data,
)
