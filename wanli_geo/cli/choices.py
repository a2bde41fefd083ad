"""The verbs that tell a walk and what there is to choose from: the way there, the nearest few, how much lies within."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from wanli_geo.cli.options import (
    Told,
    answers,
    day_,
    give,
    opened_study,
    people_,
    place,
    profile_,
    time_,
    workspace_,
)
from wanli_geo.cli.root import cli
from wanli_geo.errors import WrongUsage
from wanli_geo.study.opportunities import MEASURES


@cli.command()
@click.argument("words", nargs=-1, required=True, metavar="[WORKSPACE] COMPOUND KIND")
@answers(
    "walk",
    click.option("--mode", type=click.Choice(["distance", "time"]), default="distance", show_default=True,
                 help="最短，或最快（计过街等候）。 The shortest, or the quickest with waits."),
    profile_,
    day_,
    time_,
)
def walk(words: tuple[str, ...], told: Told, **asked: Any) -> None:
    """从一个小区（中间一户）到最近的设施怎么走，逐条说明。 The walk of a compound's middle home to the nearest facility, turn by turn.

    小区写编号或名称。 A compound by its id or its name.

    \b
    例 / Examples:
      wanli-geo walk cp-01 CANTEEN
      wanli-geo walk 岚灵小区 MARKET --mode time --profile elder --out walk.geojson
    """
    if not 2 <= len(words) <= 3:
        raise WrongUsage("请写小区和设施类别，如 wanli-geo walk cp-01 CANTEEN；前面可写工作区。",
                         "Name a compound and a facility kind, such as wanli-geo walk cp-01 CANTEEN; a workspace may stand before them.")
    *workspace, unit, kind = words
    study = opened_study(Path(workspace[0]) if workspace else None, None, asked)
    give(study, study.walk(unit, kind, **asked), told)


@cli.command()
@answers(
    "nearest",
    workspace_,
    click.option("--kind", "kinds", required=True, multiple=True, metavar="CODE", help="设施类别，可多次写。 Facility kind; repeatable."),
    click.option("--at", metavar="LON,LAT", help="从这一点；不写就是每个小区。 From this place; every compound if left out."),
    click.option("-k", "--count", "k", type=int, default=3, show_default=True, help="最近几处。 How many."),
    click.option("--within", default="5km", show_default=True, help="最远找到哪里：5km 或 30min（按时间比远近）。 How far to look."),
    profile_,
    day_,
    time_,
)
def nearest(workspace: Path | None, kinds: tuple[str, ...], at: str | None, told: Told, **asked: Any) -> None:
    """最近的几处设施：每个小区的，或一点的。 The nearest few facilities by name: of every compound, or of one place.

    \b
    例 / Examples:
      wanli-geo nearest --kind CANTEEN -k 3 --out nearest.csv
      wanli-geo nearest --at 121.401,31.271 --kind PHARMACY --kind TOILET --within 15min
    """
    here = None if at is None else place(at)
    study = opened_study(workspace, None, asked)
    give(study, study.nearest(kinds, at=here, **asked), told)


@cli.command()
@answers(
    "opportunities",
    workspace_,
    click.option("--kind", metavar="CODE", help="设施类别；数居民时不写。 Facility kind; none for --of people."),
    click.option("--within", default="500m,1000m", show_default=True, help="范围，逗号分开：500m,1km 或 5min,10min。 Thresholds."),
    click.option("--of", type=click.Choice(list(MEASURES)), help="加总什么：个数、面积、规模或居民。 What to add up; number of facilities."),
    people_,
    profile_,
    day_,
    time_,
)
def within(
    workspace: Path | None, kind: str | None, within: str, of: str | None, told: Told, **asked: Any
) -> None:
    """步行范围内有多少：设施个数、面积、规模或居民，小区取人均。 How much lies within a walk; of a compound, the mean over its people.

    \b
    例 / Examples:
      wanli-geo within --kind CANTEEN --within 500m,1000m
      wanli-geo within --of people --within 10min --out people.csv
    """
    if kind is None and of != "people":
        raise WrongUsage("请写 --kind 设施类别，或 --of people 数居民。", "Name a facility kind with --kind, or add up residents with --of people.")
    study = opened_study(workspace, None, asked)
    answer = study.opportunities(kind, [part.strip() for part in within.split(",")], of=of or "", **asked)
    give(study, answer, told)
