"""The worked example of the README: what opening one gate of the sketch changes, to the figures told there."""

from __future__ import annotations

from typing import Any

from tests.readme import README
from wanli_geo.study import Study, open_study

TEXT = README.read_text("utf-8")


def of_the_compound(study: Study) -> Any:
    units = study.coverage("MARKET", "10min", profile="elder").tables["units"]
    return units[units["id"] == "cp-43"].iloc[0]


def minutes(study: Study) -> float:
    return float(study.walk("cp-43", "MARKET", profile="elder", mode="time").fact("walk_min"))


def test_the_readme_tells_what_opening_a_gate_changes() -> None:
    today = open_study()
    opened = today.with_gates(opened=["gt-43-2"])
    before, after = of_the_compound(today), of_the_compound(opened)
    people, few, many = f"{before['people']:,.0f}", f"{before['people_covered']:,.0f}", f"{after['people_covered']:,.0f}"
    slow, quick = f"{minutes(today):.1f}", f"{minutes(opened):.1f}"
    assert float(slow) - float(quick) > 2
    assert f"（`cp-43`，{people} 人）" in TEXT
    assert f"老人走到菜市场要 {slow} 分钟；\n假设这扇门全天开，只要 {quick} 分钟" in TEXT
    assert f"从 {few} 人变成 {many} 人" in TEXT
    assert f"takes {slow} minutes" in TEXT
    assert f"open all day, {quick}." in TEXT
    assert f"{few} are within ten minutes" in TEXT
    assert f"{many} with the gate open" in TEXT.replace("\n", " ")
