"""The verbs that judge: who is covered, where the gaps are, each age at its own speed, how far one walks, where the network is broken."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from wanli_geo.cli.options import (
    Told,
    answers,
    day_,
    give,
    kind_,
    numbers,
    opened_study,
    people_,
    place,
    profile_,
    time_,
    within_,
    workspace_,
)
from wanli_geo.cli.root import cli
from wanli_geo.errors import WrongUsage
from wanli_geo.workspace.origins import Origin, read_origins

_OF_A_KIND = (workspace_, kind_, within_, people_, profile_, day_, time_)


@cli.command()
@answers("coverage", *_OF_A_KIND)
def coverage(workspace: Path | None, told: Told, **asked: Any) -> None:
    """谁在步行范围内，谁不在，谁还不清楚。 Who is within the walk, who is not, of whom it is not known.

    \b
    例 / Examples:
      wanli-geo coverage --kind CANTEEN --within 500m --json
      wanli-geo coverage helsinki --kind PHARMACY --within 10min --profile elder --out gaps.html
      wanli-geo coverage --kind CANTEEN --open gt-01-2
    """
    study = opened_study(workspace, None, asked)
    give(study, study.coverage(**asked), told)


@cli.command()
@answers("gaps", *_OF_A_KIND)
def gaps(workspace: Path | None, told: Told, **asked: Any) -> None:
    """缺口小区，最重的在前（人数 × 超出米数）。 Compounds with a gap, heaviest first (people × metres beyond).

    \b
    例 / Example: wanli-geo gaps --kind MARKET --within 500m --out gaps.csv
    """
    study = opened_study(workspace, None, asked)
    give(study, study.gaps(**asked), told)


@cli.command()
@answers(
    "by_age",
    workspace_,
    kind_,
    click.option("--within", default="10min", show_default=True, help="10min 或 500m。 Minutes at each group's speed, or metres."),
    day_,
    time_,
)
def ages(workspace: Path | None, told: Told, **asked: Any) -> None:
    """各年龄段按各自的步行速度，谁走得到。 Each age group judged at its own walking speed.

    \b
    例 / Example: wanli-geo ages --kind CANTEEN --within 10min
    """
    study = opened_study(workspace, None, asked)
    give(study, study.by_age(**asked), told)


@cli.command()
@answers(
    "isochrone",
    workspace_,
    click.option("--at", multiple=True, metavar="LON,LAT", help="起点经度,纬度（WGS84），可多次写。 Origin, WGS84; repeatable."),
    click.option("--from", "listed", type=click.Path(path_type=Path, dir_okay=False, exists=True),
                 help="起点清单：.csv（id,lon,lat）或 .geojson。 A list of origins."),
    click.option("--minutes", show_default="5,10,15", help="时限，分钟，逗号分开。 Bands in minutes."),
    click.option("--metres", default="", help="改用米：300,500,1000。 Bands in metres instead."),
    profile_,
    day_,
    time_,
)
def isochrone(
    workspace: Path | None, at: tuple[str, ...], listed: Path | None, minutes: str | None, metres: str, told: Told, **asked: Any
) -> None:
    """从一点或许多点出发 5、10、15 分钟走到哪里。 How far one walks from a place, or from each of many.

    \b
    例 / Examples:
      wanli-geo isochrone --at 121.401,31.271 --minutes 5,10,15 --profile elder --out x.geojson
      wanli-geo isochrone --from canteens.csv --minutes 10 --out canteens.geojson
    """
    origins = [Origin(str(number), *place(text)) for number, text in enumerate(at, start=1)] + (read_origins(listed) if listed else [])
    if minutes and metres:
        raise WrongUsage("--minutes 和 --metres 只能写一样：时间和距离是两种算法。",
                         "Give --minutes or --metres, not both: time and distance are two things.")
    bands, lengths = numbers(minutes or "5,10,15", "--minutes"), numbers(metres, "--metres") if metres else []
    if not origins:
        raise WrongUsage("请用 --at 经度,纬度（如 121.401,31.271）或 --from 清单 给出起点。",
                         "Give an origin: --at LON,LAT such as 121.401,31.271, or a list with --from.")
    many = len(origins) > 1 or listed is not None
    if many:
        told.see_to("isochrones")
    study = opened_study(workspace, None, asked)
    if many:
        answer = study.isochrones(origins, minutes=bands, metres=lengths, **asked)
    else:
        answer = study.isochrone(origins[0].lon, origins[0].lat, minutes=bands, metres=lengths, **asked)
    give(study, answer, told)


@cli.command()
@answers("topology", workspace_, profile_, day_, time_)
def topology(workspace: Path | None, told: Told, **asked: Any) -> None:
    """路网断在哪里：不相连的路和住在那里的人，接不上路的门。 Where the network is broken: islands with their people, gates that lead nowhere.

    \b
    例 / Example: wanli-geo topology my-district --out islands.geojson
    """
    study = opened_study(workspace, None, asked)
    give(study, study.topology(**asked), told)
