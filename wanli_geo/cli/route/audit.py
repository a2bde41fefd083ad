"""The verb `wanli-geo route audit`: a line of the workspace held against what it promises."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from wanli_geo.cli.options import Told, answers, give, opened_study, workspace_
from wanli_geo.cli.route.group import route
from wanli_geo.errors import WrongUsage

# Layer → the question that audits it, which is the name of its method too, and which options of the verb the method takes.
LAYERS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "night_run": ("night_run", ("day", "time", "target_m")),
    "red_walkway": ("red_walkway", ("profile", "day", "time", "stop_min")),
    "green_vein": ("green_links", ("profile", "day", "time")),
    "blue_net": ("blue_net", ("profile", "day", "time")),
    "structure": ("structure", ()),
}


@route.command()
@answers(
    "night_run",  # of all layers the one with every kind of file; what the layer asked for cannot be written as is refused below
    click.argument("layer", type=click.Choice(list(LAYERS))),
    workspace_,
    click.option("--target", "target_m", type=float, help="应有几米，夜跑环道默认 2500。 Metres it should be, 2500 for the night run."),
    click.option("--profile", help="步行者，如 elder。 Walker."),
    click.option("--stop-min", type=float, help="红色步道每处停几分钟，默认 2。 Minutes at each stop of the walkway, 2 where not said."),
    click.option("--day", help="哪天：Mo…Su，PH 为节假日。 Day."),
    click.option("--time", help="几点；夜跑默认 20:00。 Time of that day, 20:00 for the night run."),
)
def audit(layer: str, workspace: Path | None, told: Told, **asked: Any) -> None:
    """体检一条线：真有多长、闭不闭合、亮不亮、宽不宽、哪里断。 Audit a line: its length, light, width, breaks.

    \b
    例 / Examples:
      wanli-geo route audit night_run --json
      wanli-geo route audit night_run my-district --time 20:00 --target 2500 --out night.pdf
      wanli-geo route audit red_walkway --profile elder --stop-min 3 --out walkway.pdf
      wanli-geo route audit green_vein --out green.pdf
    """
    question, takes = LAYERS[layer]
    told.see_to(question)
    study = opened_study(workspace, None, asked)
    given = {name: value for name, value in asked.items() if value is not None}
    if foreign := sorted(set(given) - set(takes)):
        names = ["--" + name.removesuffix("_m").replace("_", "-") for name in foreign]
        raise WrongUsage(f"体检 {layer} 不用 {'、'.join(names)}；请去掉。", f"The audit of {layer} does not take {', '.join(names)}; leave it out.")
    give(study, getattr(study.routes, question)(**given), told)
