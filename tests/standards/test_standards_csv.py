"""Every row of the facts about standards stands in a pack with the same figures, or in a list here with the reason why not."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from wanli_geo.standards.clauses import Clause, Reference
from wanli_geo.standards.packs import bundled_packs

Row = dict[str, str]

PACK_OF = {
    "GB 50180-2018": "gb50180",
    "TD/T 1062-2021": "tdt1062",
    "上海15分钟社区生活圈规划导则(试行)2016": "shanghai2016",
    "上海15分钟社区生活圈规划技术标准(征求意见稿)2024": "shanghai2024",
    "上海2035 / 十四五": "shanghai2035",
    "完整居住社区建设标准(试行)2020/指南2022": "complete",
    "商务部一刻钟便民生活圈(2021)": "mofcom",
    "上海市养老服务设施布局专项规划(2022-2035)": "elder15",
    "国家养老配建": "elder15",
    "上海市儿童友好社区(2019-)": "children",
    "GB/T 51346-2019 城市绿地规划标准": "gbt51346",
    "国家园林城市/城市体检": "parks",
    "上海绿道": "parks",
}
IN_NO_PACK = {
    "合成材料面层健身步道要求(团体标准2018)": "widths and marks of a track, judged along the line and not by who walks to it",
    "健走步道配置要求": "widths and marks of a track, judged along the line and not by who walks to it",
    "CJJ 45-2015": "light on a road, judged along the line and not by who walks to it",
    "绿道规划设计导则(住建部2016)": "widths, slopes and rests of a greenway, judged along the line and not by who walks to it",
    "GB 55019-2021/GB 50763-2012": "ramps and widths, judged along the line and not by who walks to it",
}
# A facility with figures that no clause can hold: square metres per 100 households, where clauses count residents.
SHOWN_ONLY = {("国家养老配建", "ELDER_SPACE")}
# What elder15 takes from shanghai2016, for it has no standard of its own.
TAKEN = {"5-ELDER_CENTRE", "5-ELDER_DAY", "5-ELDER_ROOM", "5-15-ELDER_HOME"}
# Seven classes of one facility, told apart by the least area.
CLASSES = {"500000": "50ha", "200000": "20ha", "100000": "10ha", "50000": "5ha", "10000": "1ha", "4000": "4000m2", "2000": "2000m2"}
# Figures of a note that are no norm: the standard's own number, and a date that the note itself calls wrong.
NO_NORM = {"TD/T 1062-2021": {1062.0, 2022.0}}


@pytest.fixture(scope="module")
def rows(facts: Path) -> list[Row]:
    with (facts / "standards.csv").open(encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def in_packs(rows: list[Row]) -> list[Row]:
    return [row for row in rows if row["standard"] in PACK_OF]


def is_clause(row: Row) -> bool:
    return (row["role"] == "facility" and row["required"] in ("must", "should")
            and (row["standard"], row["facility_code"]) not in SHOWN_ONLY)


def tier_of(row: Row) -> str:
    return "" if row["circle"] == "none" else row["circle"]


def id_of(row: Row) -> str:
    if PACK_OF[row["standard"]] == "gbt51346":
        return f"x-PARK-{CLASSES[row['min_area_m2']]}"
    return f"{tier_of(row) or 'x'}-{row['facility_code']}"


def clause_of(row: Row) -> Clause:
    return next(clause for clause in bundled_packs()[PACK_OF[row["standard"]]].clauses if clause.id == id_of(row))


def reference_of(row: Row) -> Reference:
    key = (row["clause"], tier_of(row), row["name_zh"])
    return next(one for one in bundled_packs()[PACK_OF[row["standard"]]].references if (one.code, one.tier, one.zh) == key)


def figure(text: str) -> float | None:
    return float(text) if text else None


def figures(text: str) -> set[float]:
    return {float(found) for found in re.findall(r"(?<![A-Za-z.\d])\d+(?:\.\d+)?", text)}


def test_every_standard_is_in_a_pack_or_named_as_in_none(rows: list[Row]) -> None:
    assert {row["standard"] for row in rows} == PACK_OF.keys() | IN_NO_PACK.keys()
    assert set(PACK_OF.values()) == set(bundled_packs())


def test_every_clause_has_the_figures_of_its_row(rows: list[Row]) -> None:
    for row in filter(is_clause, in_packs(rows)):
        clause = clause_of(row)
        assert (clause.code, clause.tier, clause.required, clause.area_is) == (row["clause"], tier_of(row), row["required"], row["area_is"])
        assert clause.verified is (row["verified"] == "yes"), clause.id
        for name in ("max_walk_m", "max_walk_min", "min_area_m2", "max_area_m2", "per_1000_min_m2", "per_1000_max_m2"):
            assert getattr(clause, name) == figure(row[name]), (clause.id, name)
        assert clause.zh.startswith(row["name_zh"])


def test_every_reference_has_the_figures_of_its_row(rows: list[Row]) -> None:
    for row in (row for row in in_packs(rows) if not is_clause(row)):
        one = reference_of(row)
        assert one.verified is (row["verified"] == "yes")
        columns = ("max_walk_m", "max_walk_min", "min_area_m2", "max_area_m2", "per_1000_min_m2", "per_1000_max_m2")
        wanted = {float(row[name]) for name in columns if row[name]}
        assert wanted - figures(one.text) == set(), one.text


def test_no_figure_of_a_note_is_lost(rows: list[Row]) -> None:
    for row in in_packs(rows):
        said = clause_of(row).note if is_clause(row) else reference_of(row).text
        lost = figures(row["note"]) - figures(said) - NO_NORM.get(row["standard"], set())
        assert lost == set(), (row["standard"], row["facility_code"], said)


def test_no_clause_and_no_reference_stands_in_a_pack_without_its_row(rows: list[Row]) -> None:
    for pack in bundled_packs().values():
        own = [row for row in in_packs(rows) if PACK_OF[row["standard"]] == pack.id]
        taken = TAKEN if pack.id == "elder15" else set()
        assert {clause.id for clause in pack.clauses} == {id_of(row) for row in own if is_clause(row)} | taken
        assert len(pack.clauses) == sum(map(is_clause, own)) + len(taken)
        assert len(pack.references) == sum(not is_clause(row) for row in own)


def test_what_one_pack_takes_from_another_is_the_same_there() -> None:
    guideline = {clause.id: clause for clause in bundled_packs()["shanghai2016"].clauses}
    circle = {clause.id: clause for clause in bundled_packs()["elder15"].clauses}
    assert {id: circle[id] for id in TAKEN} == {id: guideline[id] for id in TAKEN}


def test_the_tiers_have_the_metres_of_their_rows(rows: list[Row]) -> None:
    said: dict[str, dict[str, float]] = {id: {} for id in bundled_packs()}
    for row in in_packs(rows):
        if row["facility_code"] == "TIER" and row["max_walk_m"]:
            # The one row for all of TD/T 1062 is of its 15-minute tier.
            said[PACK_OF[row["standard"]]]["15" if row["circle"] == "all" else row["circle"]] = float(row["max_walk_m"])
    assert {id: dict(pack.tiers) for id, pack in bundled_packs().items()} == said
