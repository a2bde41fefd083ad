"""The verbs that look deeper: how much falls to each where all compete for it, and how evenly the walk falls on people."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from wanli_geo.access.catchments import DECAYS, METHODS
from wanli_geo.cli.options import Told, answers, day_, give, kind_, opened_study, people_, profile_, time_, workspace_
from wanli_geo.cli.root import cli
from wanli_geo.study.catchments import SUPPLIES


@cli.command()
@answers(
    "catchments",
    workspace_,
    kind_,
    click.option("--within", default="1km", show_default=True, help="服务范围：1km 或 15min。 How far one comes to a facility."),
    click.option("--method", type=click.Choice(list(METHODS)), default="2sfca", show_default=True,
                 help="算法：两步、增强、修正、三步、平衡。 The floating catchment area."),
    click.option("--decay", type=click.Choice(list(DECAYS)), help="远近怎么计，不写用该算法自己的。 How walks weigh; the method's own if left out."),
    click.option("--of", type=click.Choice(SUPPLIES), default="number", show_default=True, help="分什么：个数、面积或规模。 What is shared out."),
    people_,
    profile_,
    day_,
    time_,
)
def catchments(workspace: Path | None, decay: str | None, told: Told, **asked: Any) -> None:
    """每千名居民分到多少设施：大家都去的，就得分享。 What falls to a thousand residents where all compete for it.

    两步移动搜索法（2SFCA）及其改进：先看每处设施有多少人会来，再看每栋楼能从各处分到多少；分得最少的小区排在前面。
    The two-step floating catchment area and its kin; compounds with the least come first.

    \b
    例 / Examples:
      wanli-geo catchments --kind CANTEEN --within 1km
      wanli-geo catchments --kind PARK --of area_m2 --method e2sfca --decay gaussian --within 15min --out parks.csv
      wanli-geo catchments --kind ELDER_DAY --of capacity --people 60+ --method 3sfca --json
    """
    study = opened_study(workspace, None, asked)
    give(study, study.catchments(decay=decay or "", **asked), told)


@cli.command()
@answers("equity", workspace_, kind_, people_, profile_, day_, time_)
def equity(workspace: Path | None, told: Told, **asked: Any) -> None:
    """走到最近设施的远近公不公平：各居委会、各年龄之间。 How evenly the walk to the nearest falls: by committee and by age.

    基尼系数、帕尔马比、泰尔指数、洛伦兹曲线，以及老人是不是走得更远（集中指数）。走不到的人另外列出。
    Gini, Palma, Theil, Lorenz curves, and whether the old walk farther; those without a walk are told apart.

    \b
    例 / Examples:
      wanli-geo equity --kind CANTEEN
      wanli-geo equity --kind MARKET --people 60+ --profile elder --out equity.csv
    """
    study = opened_study(workspace, None, asked)
    give(study, study.equity(**asked), told)
