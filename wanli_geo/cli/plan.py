"""The verb that accounts for the work plan: every item with its place on the map, every target."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from wanli_geo.answer import Answer
from wanli_geo.cli.options import Told, answers, give, workspace_
from wanli_geo.cli.root import cli
from wanli_geo.cli.speech import say, tell
from wanli_geo.study import open_study

_GROUPS = {"mapped": "已上图 / On the map", "computed": "由软件算出 / Computed", "empty": "图层里还没有 / Nothing in the layer yet",
           "never": "永不上图 / Never mapped"}
_STATUS = {"existing": "现状 existing", "planned": "规划 planned", "works": "在建 works", "closed": "停用 closed"}
_UNITS = {"m": "米 m", "site": "处 sites", "building": "栋 buildings", "compound": "个小区 compounds", "award": "项 award", "document": "份 document",
          "project": "项 project", "lift": "台 lifts", "sign": "块 signs", "CNY": "元 CNY"}
_BASIS = {"explicit": "明写 explicit", "approx": "约数 approximate", "undefined": "所指未写明 not defined", "no_number": "未给数 no number given",
          "implied": "由文字推出 implied"}


@cli.command()
@answers("plan", workspace_, walked=False)
def plan(workspace: Path | None, told: Told) -> None:
    """工作计划的每个条目画在哪里、有几处，各项指标。 Where each item of the work plan is on the map, and its targets.

    \b
    例 / Examples:
      wanli-geo plan --json
      wanli-geo plan --out plan.xlsx
    """
    study = open_study(workspace)
    answer = study.plan()
    if told.out is not None or told.as_json:
        give(study, answer, told)
    else:
        _tell(answer)


def _tell(answer: Answer) -> None:
    for fact in answer.facts:
        tell(f"{fact.zh} / {fact.en}\t{fact.value} {fact.unit}")
    items, targets = answer.tables["items"], answer.tables["targets"]
    for code, title in _GROUPS.items():
        _tell_group(title, items[items["status"] == code], _item)
    _tell_group("指标 / Targets", targets, _target)
    for caveat in answer.caveats:
        say(f"· {caveat.zh} / {caveat.en}")
    say(f"运行 / run {answer.run_id}")


def _tell_group(title: str, rows: pd.DataFrame, line: Any) -> None:
    if rows.empty:
        return
    tell("")
    tell(f"{title} ({len(rows)})")
    for row in rows.to_dict("records"):
        tell("\t".join([row["id"], f"{row['name']} / {row['name_en']}", *line(row)]))


def _item(row: dict[str, Any]) -> list[str]:
    """Where it is and how many there are, of which status, and who answers; of what is never mapped the reason."""
    if row["status"] == "never":
        return [f"{row['reason']} / {row['reason_en']}"]
    of = [f"{name} {row[code]}" for code, name in _STATUS.items() if row[code]]
    count = f"{row['features']} ({', '.join(of)})" if of else str(row["features"])
    return [row["layer"], count, f"→ {row['answered_by'] or '—'}"]


def _target(row: dict[str, Any]) -> list[str]:
    return [_aim(row), row["due"] or "—", _BASIS[row["basis"]], row["items"] or "—"]


def _aim(row: dict[str, Any]) -> str:
    if pd.isna(row["target"]):
        return f"{row['said']} / {row['said_en']}" if row["said"] else "—"
    return f"{row['target']:.0%}" if row["unit"] == "share" else f"{row['target']:,.0f} {_UNITS[row['unit']]}"
