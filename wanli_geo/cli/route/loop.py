"""The verb of the loop maker."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from wanli_geo.cli.options import Told, answers, day_, give, numbers, opened_study, place, workspace_
from wanli_geo.cli.route.group import route


@route.command()
@answers(
    "loops",
    workspace_,
    click.option("--start", metavar="LON,LAT", help="起点；不写就找最好的起点。 Start; the best one is found if left out."),
    click.option("--length", "length_m", default=2500.0, show_default=True, type=float, help="多长（米）。 Metres."),
    click.option("--tolerance", default=0.01, show_default=True, type=float, help="长度可差几成，0.01 即 1%。 Share the length may be off."),
    click.option("--through", multiple=True, metavar="LON,LAT", help="必经之处，可多次写。 A place to pass."),
    click.option("--avoid", multiple=True, metavar="PLACE", help="避开：经度,纬度、路名或道路编号，可多次写。 A place or street to avoid."),
    click.option("--proposals", default=3, show_default=True, type=click.IntRange(1, 10), help="几个方案。 How many proposals."),
    day_,
    click.option("--time", default="20:00", show_default=True, help="几点。 Time of that day."),
    click.option("--lollipop", type=click.Choice(["auto", "never", "always"]), default="auto", show_default=True,
                 help="可否来回走一段再绕圈；auto 为只在没有别的时。 A stem out and back to a loop; auto: only where there is no other."),
    click.option("--also", metavar="M,M", help="另外的长度，各一条，如 1000,3000,5000。 Further lengths, one loop each."),
)
def loop(workspace: Path | None, told: Told, start: str | None, through: tuple[str, ...], also: str | None, **asked: Any) -> None:
    """做跑步环线：多长、从哪出发；有灯、沿绿、沿水、少过马路。 Make a loop to run: lit, green, by the water, few roads to cross.

    \b
    例 / Examples:
      wanli-geo route loop --start 121.401,31.271 --length 2500 --json --out loop.gpx
      wanli-geo route loop --also 1000,3000,5000 --avoid 真北路 --out loops.pdf
    """
    lon, lat = place(start, "--start") if start else (None, None)
    places = [place(one, "--through") for one in through]
    further = numbers(also, "--also") if also else []
    study = opened_study(workspace, None, asked)
    give(study, study.routes.loops(lon, lat, through=places, also=further, **asked), told)
