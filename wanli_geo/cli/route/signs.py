"""`wanli-geo route signs`: whether signs tell the truth, and where one is missing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from wanli_geo.cli.options import Told, answers, day_, give, opened_study, time_, workspace_
from wanli_geo.cli.route.group import route

_SLACK = click.option("--slack", default=1.0, show_default=True, type=float, help="牌面分钟数容许差几分钟。 Minutes that painted ones may be off.")
_MOST = click.option("--most", default=12, show_default=True, type=int, help="最多建议几块新牌。 How many new signs to propose.")


@route.command("signs")
@workspace_
@answers("signs", _SLACK, _MOST, day_, time_)
def route_signs(workspace: Path | None, told: Told, slack: float, most: int, day: str, time: str, **asked: Any) -> None:
    """标识牌上的分钟数准不准，哪些岔口缺牌，新牌写什么。 Are painted minutes right, which corners lack a sign, what to paint.

    \b
    例 / Examples:
      wanli-geo route signs
      wanli-geo route signs --slack 2 --most 20 --out signs.xlsx
    """
    study = opened_study(workspace, None, asked)
    give(study, study.routes.signs(slack=slack, most=most, day=day, time=time), told)
