"""The office's work plan against the map: where each of its items is, what answers it today, and what it aims at."""

from __future__ import annotations

import pandas as pd

from wanli_geo.answer import Answer, Caveat, Fact
from wanli_geo.errors import NothingToAnswer
from wanli_geo.study.audit_plan import made_of_plan
from wanli_geo.study.words import data_caveats, made_of
from wanli_geo.workspace.plan import LATER, PLAN, Plan, accounted, plan_of
from wanli_geo.workspace.store import Workspace

_STANDINGS = {
    "mapped": ("已上图", "On the map"),
    "computed": ("由软件算出", "Computed, never drawn by hand"),
    "empty": ("图层里还没有", "Nothing in the layer yet"),
    "never": ("永不上图", "Never mapped"),
}
_TARGETS = ("id", "name", "name_en", "target", "said", "said_en", "unit", "basis", "due", "items", "measure", "measure_en")


def plan(workspace: Workspace) -> Answer:
    """Account for every item of the workspace's plan, and name its targets.

    Raises:
        NothingToAnswer: the workspace has no plan.
        BadPlan: the plan cannot be read.
        BadLayer: a layer of it has error findings.
    """
    own = plan_of(workspace)
    if own is None:
        raise NothingToAnswer(
            f"这个工作区没有工作计划：请照自带的 layers/{PLAN} 写一份，放在图层旁边。",
            f"This workspace has no work plan: write one after the bundled layers/{PLAN} and put it beside the layers.",
        )
    items, targets = accounted(workspace), _targets(own)
    layers = dict.fromkeys(name for item in own.items for name in item.layers)
    made = (*made_of(workspace, layers), *made_of_plan(workspace))
    return Answer(
        question="plan",
        params={"workspace": workspace.catalogue.name, "plan": own.head.zh},
        features={},
        tables={"items": items, "targets": targets},
        facts=_facts(items, targets),
        caveats=(*_caveats(items), *data_caveats(made, 0)),
        made_of=made,
    )


def _targets(own: Plan) -> pd.DataFrame:
    """One row a target; a number the plan does not give is missing."""
    rows = [{**vars(one), "name": one.zh, "name_en": one.en, "items": ", ".join(one.items)} for one in own.targets]
    return pd.DataFrame(rows, columns=list(_TARGETS)).astype({"target": float})


def _facts(items: pd.DataFrame, targets: pd.DataFrame) -> tuple[Fact, ...]:
    standing = (Fact(f"items_{code}", f"其中{zh}", f"of which {en[0].lower()}{en[1:]}", int((items["status"] == code).sum()), "项")
                for code, (zh, en) in _STANDINGS.items())
    later = items["answered_by"].str.split(", ").map(lambda questions: LATER in questions)
    return (
        Fact("items_total", "计划条目", "Items of the plan", len(items), "项"),
        *standing,
        Fact("items_later", "还答不了或答不全的条目", "Items not yet answered, or not wholly", int(later.sum()), "项"),
        Fact("targets_total", "指标", "Targets", len(targets), "项"),
        Fact("targets_explicit", "其中计划明写数目的", "of which with a number in the plan", int((targets["basis"] == "explicit").sum()), "项"),
        Fact("targets_not_given", "其中计划没有给数的", "of which without a number", int(targets["target"].isna().sum()), "项"),
    )


def _caveats(items: pd.DataFrame) -> list[Caveat]:
    notes = [
        Caveat(
            "plan_counted",
            "每个条目按主图层计数：要素注明计划条目的按注明，没有注明的按设施类别或全层；规划、在建的也算在内。已上图不等于已建成。",
            "Each item is counted in its first layer: by the item its features name, else by kind or as a whole; planned ones and works are "
            "counted too. On the map does not mean built.",
        ),
        Caveat(
            "plan_targets",
            "计划没有给数的指标留空，不作推定。",
            "A target for which the plan gives no number is left empty, never assumed.",
        ),
    ]
    drawn = items.loc[(items["status"] == "never") & (items["features"] > 0), "id"].tolist()
    if drawn:
        notes.insert(0, Caveat(
            "never_drawn",
            f"条目 {'、'.join(drawn)} 永不上图，图层里却有注明它的要素；请删去。",
            f"{', '.join(drawn)} must never be mapped, yet features name it; delete them.",
        ))
    return notes
