"""What a person asks to close: a street, a stretch of it, a plan project, a line; and what could be closed where nothing is said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from wanli_geo.errors import BadMeasure
from wanli_geo.planning.closures import CloseStretch, Place
from wanli_geo.workspace.store import Workspace

_SHOWN = 8


def closures_of(
    workspace: Workspace, *, street: str = "", project: str = "", between: Sequence[Place] = (), line: Sequence[Place] = ()
) -> tuple[list[CloseStretch], dict[str, Any]]:
    """Give what is to be closed, and how it was asked for, as an Answer's parameters hold it.

    Raises:
        BadMeasure: nothing is named, more than one thing is, or there is no such project with a line.
    """
    named = [text for text in (street, project) if text]
    if len(named) + bool(line) != 1 or (between and not street):
        raise _say_what(workspace, some=bool(named or line or between))
    if between and len(between) != 2:
        raise BadMeasure("封闭一段路要两个点：--between 写两次。", "A stretch of a street takes two places: give --between twice.")
    asked = {"street": street, "project": project, "between": [list(place) for place in between], "line": [list(place) for place in line]}
    asked = {key: value for key, value in asked.items() if value}
    if project:
        return [CloseStretch(line=tuple(xy)) for xy in _lines_of(workspace, project)], asked
    return [CloseStretch(street, tuple(between), tuple((float(x), float(y)) for x, y in line))], asked


def _lines_of(workspace: Workspace, text: str) -> list[list[Place]]:
    """The vertices of each line of a project, called by its id or name."""
    projects = _drawn(workspace)
    wanted = text.strip().casefold()
    called = projects[[wanted in {str(row[key]).strip().casefold() for key in ("id", "name", "name_en", "project")}
                       for row in projects.to_dict("records")]]
    if called.empty:
        raise _say_what(workspace, some=True, of=text)
    parts = shapely.get_parts(called.geometry.to_numpy())
    return [[(float(x), float(y)) for x, y in shapely.get_coordinates(part)] for part in parts]


def _drawn(workspace: Workspace) -> gpd.GeoDataFrame:
    """The plan projects drawn as lines."""
    projects = workspace.layer("plan_projects")
    return projects[shapely.get_dimensions(projects.geometry.to_numpy()) == 1]


def candidates(workspace: Workspace) -> list[tuple[str, str]]:
    """What the data says could be works, option and value with its name: projects drawn as lines, those under way first; streets in works."""
    projects = _drawn(workspace)
    under_way = (projects["stage"] == "施工") | (projects["status"] == "works")
    projects = pd.concat([projects[under_way], projects[~under_way]])
    streets = workspace.layer("streets")
    at_work = streets[streets["status"] == "works"]
    names = dict.fromkeys(row["name"] if isinstance(row["name"], str) else row["id"] for row in at_work.to_dict("records"))
    return [*(("--street", str(name)) for name in names),
            *(("--project", f"{row['id']}（{row['name'] or row['project']}）") for row in projects.to_dict("records"))]


def _say_what(workspace: Workspace, *, some: bool, of: str = "") -> BadMeasure:
    found = [f"{option} {value}" for option, value in candidates(workspace)]
    shown_zh = "、".join(found[:_SHOWN]) + (" …" if len(found) > _SHOWN else "")
    there_zh = f"资料里可封的工程有：{shown_zh}；也可以" if found else "请"
    there_en = f"projects at hand: {', '.join(found[:_SHOWN])}; or " if found else ""
    if of:
        first_zh, first_en = f"没有画成线的工程“{of}”", f"There is no project “{of}” drawn as a line"
    elif some:
        first_zh, first_en = "封哪里只能说一样（--between 只配 --street）", "Say one thing to close (--between goes with --street only)"
    else:
        first_zh, first_en = "请说封哪里", "Say what to close"
    return BadMeasure(f"{first_zh}；{there_zh}用 --street 路名，或 --line 文件。", f"{first_en}; {there_en}--street NAME or --line FILE.")
