"""The verb of works: a stretch of street closed, who detours, by how much, and the way round."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import shapely

from wanli_geo.cli.options import Told, answers, day_, give, numbers, opened_study, profile_, time_, workspace_
from wanli_geo.cli.route.group import route
from wanli_geo.errors import BadFile, BadMeasure


@route.command()
@answers(
    "works",
    workspace_,
    click.option("--street", default="", metavar="NAME", help="封哪条路（名称或编号）。 The street to close, by name or id."),
    click.option("--between", multiple=True, metavar="LON,LAT", help="只封路上两点之间，写两次。 Only between two places on it; give it twice."),
    click.option("--project", default="", metavar="ID", help="按画成线的规划项目封，如 pp-06。 Close along a plan project drawn as a line."),
    click.option("--line", type=click.Path(path_type=Path, exists=True, dir_okay=False),
                 help="沿文件里的线封（GeoJSON，WGS84）。 Close along the line of a GeoJSON file."),
    click.option("--kinds", default="", metavar="CODE,…", help="看走到哪些设施，如 MARKET,METRO；不写为日常的几类。 What one walks to."),
    profile_,
    day_,
    time_,
)
def works(workspace: Path | None, told: Told, street: str, between: tuple[str, ...], project: str, line: Path | None, kinds: str,
          **asked: Any) -> None:
    """封一段路：谁要绕、绕多少、从哪里绕，步道和环道哪一段受影响。 Close a stretch of street: who detours, how far, the way round.

    \b
    例 / Examples:
      wanli-geo route works --street 香泉路
      wanli-geo route works --street 富水路 --between 121.3978,31.2743 --between 121.4021,31.2741 --out works.pdf
      wanli-geo route works --project pp-06 --kinds MARKET,METRO --json
    """
    study = opened_study(workspace, None, asked)
    places = [_place(text) for text in between]
    codes = [code.strip() for code in kinds.split(",") if code.strip()]
    drawn = _line(line) if line else []
    give(study, study.routes.works(street=street, project=project, between=places, line=drawn, kinds=codes, **asked), told)


def _place(text: str) -> tuple[float, float]:
    here = numbers(text, "--between")
    if len(here) != 2:
        raise BadMeasure(f"--between 要写成 经度,纬度，如 121.401,31.271；收到“{text}”。",
                         f"--between takes LON,LAT such as 121.401,31.271; got “{text}”.")
    return here[0], here[1]


def _line(file: Path) -> list[tuple[float, float]]:
    """The vertices of the one line of a GeoJSON file.

    Raises:
        BadFile: it is no GeoJSON, or does not hold just one line.
    """
    try:
        shape = shapely.from_geojson(file.read_bytes())
    except shapely.errors.GEOSException as wrong:
        raise BadFile(f"“{file}”不是 GeoJSON；请画一条线另存为 GeoJSON（WGS84）。",
                      f"“{file}” is no GeoJSON; draw one line and save it as GeoJSON (WGS84).") from wrong
    parts = [part for part in shapely.get_parts(shapely.get_parts(shape)) if part.geom_type == "LineString"]
    if len(parts) != 1:
        raise BadFile(f"“{file}”里有 {len(parts)} 条线；请只留一条。", f"“{file}” holds {len(parts)} lines; keep one.")
    return [(float(x), float(y)) for x, y in shapely.get_coordinates(parts[0])]
