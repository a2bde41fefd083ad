"""A compound's new counts reach its houses, in whole people, none lost and none twice."""

from __future__ import annotations

import shutil
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import Point, box

from wanli_geo.cli import run
from wanli_geo.workspace.geojson import layer_of
from wanli_geo.workspace.intake.spreading import spread
from wanli_geo.workspace.people import demand_of
from wanli_geo.workspace.specs import AGE_COLUMNS, SPECS
from wanli_geo.workspace.store import bundled, open_workspace

COUNTS = ["residents", *AGE_COLUMNS]


def compounds(**counts: float) -> gpd.GeoDataFrame:
    return layer_of(SPECS["compounds"], [{"id": "cp-1", "source": "s", "accuracy": "sketch", **counts}], [box(121.4, 31.26, 121.41, 31.27)])


def homes(*residents: float, accuracy: str = "sketch", ages: bool = True) -> gpd.GeoDataFrame:
    """Houses of cp-1; with ages, all live from 19 to 59."""
    rows = [{"id": f"hm-{row}", "compound_id": "cp-1", "source": "old", "accuracy": accuracy, "residents": count}
            | ({column: count if column == "residents_19_59" else 0 for column in AGE_COLUMNS} if ages else {})
            for row, count in enumerate(residents)]
    return layer_of(SPECS["homes"], rows, [Point(121.405, 31.265)] * len(rows))


def test_a_hundred_become_a_hundred_and_fifty_in_the_old_proportions() -> None:
    # 10 : 30 : 60 of 150 is 15 : 45 : 90.
    spread_ = spread(compounds(residents=100), compounds(residents=150), homes(10, 30, 60, ages=False), "人口.xlsx")
    assert spread_.homes["residents"].tolist() == [15, 45, 90]
    assert spread_.homes["source"].tolist() == ["old；人口.xlsx"] * 3
    assert spread_.compounds == ("cp-1",)


def test_what_is_left_over_goes_to_the_largest_remainders() -> None:
    # 100 × 1/3 each is 33.3: one of the three gets the one left over, the first.
    assert spread(compounds(residents=3), compounds(residents=100), homes(1, 1, 1, ages=False), "f").homes["residents"].tolist() == [34, 33, 33]


def test_people_of_no_stated_age_are_residents_of_no_age() -> None:
    after = compounds(residents=100, residents_0_6=0, residents_7_18=0, residents_19_59=60, residents_60_79=20, residents_80_plus=0)
    fresh = spread(compounds(residents=40), after, homes(10, 30), "f").homes
    assert fresh["residents_19_59"].tolist() == [15, 45]
    assert fresh["residents_60_79"].tolist() == [5, 15]
    assert fresh["residents"].tolist() == [25, 75]  # 15 + 5 + a quarter of the 20 left


def test_a_house_that_was_counted_keeps_its_count() -> None:
    kept = spread(compounds(residents=100), compounds(residents=150), homes(10, 30, 60, accuracy="surveyed"), "f")
    assert (kept.homes["residents"].tolist(), kept.compounds) == ([10, 30, 60], ())


def test_a_compound_that_did_not_change_leaves_its_houses_alone() -> None:
    assert spread(compounds(residents=150), compounds(residents=150), homes(10, 30, 60), "f").compounds == ()


def test_an_unknown_total_changes_nothing() -> None:
    assert spread(compounds(residents=100), compounds(), homes(10, 30), "f").homes["residents"].tolist() == [10, 30]


@given(st.lists(st.integers(0, 400), min_size=1, max_size=12), st.lists(st.integers(0, 900), min_size=5, max_size=5), st.integers(0, 300))
def test_nobody_is_lost_or_counted_twice_and_no_house_has_more_of_its_ages_than_people(old: list[int], ages: list[int], rest: int) -> None:
    after = compounds(residents=sum(ages) + rest, **dict(zip(AGE_COLUMNS, ages, strict=True)))
    fresh = spread(compounds(residents=-1), after, homes(*old), "f").homes[COUNTS].to_numpy()
    assert fresh.sum(axis=0).tolist() == [sum(ages) + rest, *ages]
    assert (fresh == np.round(fresh)).all() and (fresh >= 0).all()
    assert (fresh[:, 1:].sum(axis=1) <= fresh[:, 0]).all()


@pytest.mark.parametrize("residents", [300, 5_000])
def test_a_table_of_residents_reaches_the_walks_and_undo_brings_back_the_bytes(tmp_path: Path, residents: int) -> None:
    folder = tmp_path / "wanli"
    shutil.copytree(bundled(), folder)
    before = {file.name: file.read_bytes() for file in folder.glob("*.*") if file.is_file()}
    old = demand_of(open_workspace(folder)).people.sum()
    was = open_workspace(folder).layer("compounds").set_index("id")["residents"]["cp-01"]
    table = tmp_path / "人口.csv"
    table.write_text(f"小区名称,总人口\n岚灵小区,{residents}\n", "utf-8")
    assert run(["import", "table", str(table), "--layer", "compounds", "--into", str(folder)]) == 0
    assert demand_of(open_workspace(folder)).people.sum() == old - was + residents
    assert run(["undo", str(folder)]) == 0
    assert {file.name: file.read_bytes() for file in folder.glob("*.*") if file.is_file()} == before
