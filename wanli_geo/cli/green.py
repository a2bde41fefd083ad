"""The verb of green and blue: who walks to a green, a park, the water, and how much green there is a head."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from wanli_geo.cli.options import Told, answers, day_, give, opened_study, profile_, time_, workspace_
from wanli_geo.cli.root import cli


def _number(name: str, default: float, help_: str) -> Any:
    return click.option(name, default=default, show_default=True, type=float, help=help_)


@cli.command()
@answers(
    "green",
    workspace_,
    _number("--green-m", 300, "步行几米内见绿。 Metres to an entrance of a green."),
    _number("--green-m2", 400, "绿地至少多大（平方米）。 Least m² of a green."),
    _number("--park-m", 500, "步行几米内见园。 Metres to an entrance of a park."),
    _number("--park-m2", 5000, "公园至少多大（平方米）。 Least m² of a park."),
    _number("--water-m", 500, "步行几米内到亲水点。 Metres to a place to reach the water."),
    profile_,
    day_,
    time_,
)
def green(workspace: Path | None, told: Told, **asked: Any) -> None:
    """300 米见绿、500 米见园、走得到水边：多少人、多少小区用地；人均公园绿地。 Who walks to a green, a park, the water; green a head.

    \b
    例 / Examples:
      wanli-geo green --out green.csv
      wanli-geo green my-district --green-m 300 --park-m2 4000 --json
    """
    study = opened_study(workspace, None, asked)
    give(study, study.green(**asked), told)
