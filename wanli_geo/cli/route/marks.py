"""The verb `wanli-geo route marks`: where the distance marks of a line stand, for a phone, a watch, or those who paint them."""

from __future__ import annotations

from pathlib import Path

import click

from wanli_geo.cli.options import Told, answers, give, workspace_
from wanli_geo.cli.route.group import route
from wanli_geo.study import open_study
from wanli_geo.study.marks import LAYERS


@route.command()
@answers(
    "marks",
    click.argument("layer", type=click.Choice(LAYERS)),
    workspace_,
    click.option("--every", "every_m", default=100.0, show_default=True, type=float, help="每隔几米一处。 Metres from mark to mark."),
    walked=False,
)
def marks(layer: str, workspace: Path | None, told: Told, every_m: float) -> None:
    """沿线每 100 米、半公里、整公里的里程标。 Distance marks along a line: every 100 m, each half and whole km.

    \b
    例 / Examples:
      wanli-geo route marks night_run --out marks.gpx
      wanli-geo route marks red_walkway --every 50 --out marks.xlsx
    """
    study = open_study(workspace)
    give(study, study.routes.marks(layer, every_m=every_m), told)
