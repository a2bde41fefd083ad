"""What an import would do: rows to features, told again by id or name, nothing lost, everything wrong told at once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from tests.village import CRS, ORIGIN, village
from wanli_geo.errors import Refused, WrongUsage
from wanli_geo.workspace.findings import errors
from wanli_geo.workspace.intake.asked import Asked
from wanli_geo.workspace.intake.draft import Draft, apply, draft
from wanli_geo.workspace.intake.preview import preview
from wanli_geo.workspace.intake.raw import Raw
from wanli_geo.workspace.store import open_workspace, save_workspace, to_degrees

YARD = shapely.box(10, 10, 90, 90)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The village with one compound and its gate, and one canteen."""
    made = tmp_path / "village"
    save_workspace(village(
        compounds=[({"id": "cp-1", "name": "东园", "residents": 100, "accuracy": "sketch", "address": "富平路423弄"}, YARD)],
        gates=[({"id": "gt-1", "compound_id": "cp-1", "kind": "pedestrian"}, shapely.Point(10, 50))],
        facilities=[({"id": "fa-1", "name": "老食堂", "kind": "CANTEEN", "phone": "110"}, shapely.Point(200, 200))],
    ), made)
    return made


def lonlat(x: float, y: float) -> tuple[float, float]:
    point = to_degrees(shapely.Point(ORIGIN + np.array([x, y])), CRS)
    return round(point.x, 7), round(point.y, 7)


def table(headings: str, *rows: tuple[Any, ...]) -> Raw:
    names = headings.split()
    columns = {name: [row[place] for row in rows] for place, name in enumerate(names)}
    return Raw("台账.xlsx", "xlsx", "Sheet1", ("Sheet1",), "", columns, list(range(2, len(rows) + 2)), None, "")


def drawn(folder: Path, raw: Raw, layer: str = "facilities", **asked: Any) -> Draft:
    return draft(raw, Asked(layer, **{"datum": "wgs84", **asked}), open_workspace(folder))


def codes(made: Draft) -> list[str]:
    return [finding.code for finding in errors(made.findings)]


def canteen(name: str, x: float, y: float, *more: Any) -> tuple[Any, ...]:
    return name, "CANTEEN", *lonlat(x, y), *more


PLACES = "名称 类别 经度 纬度"


def test_a_name_that_is_there_is_updated_and_a_new_one_is_added(folder: Path) -> None:
    made = drawn(folder, table(PLACES, canteen("老食堂", 300, 300), canteen("新食堂", 100, 100)))
    assert list(made.changed) == ["fa-1"] and set(made.changed["fa-1"]) == {"geometry"}
    assert len(made.added) == 1 and made.removed == ()
    assert apply(made, folder) is not None
    layer = open_workspace(folder).layer("facilities").set_index("name")
    assert layer.loc["老食堂", "phone"] == "110"  # the file has no such column
    assert (layer.loc["新食堂"].geometry.x, layer.loc["新食堂"].geometry.y) == lonlat(100, 100)
    assert layer.loc["新食堂", "accuracy"] == "official"


def test_importing_again_changes_nothing(folder: Path) -> None:
    raw = table(PLACES, canteen("甲食堂", 300, 300), canteen("乙食堂", 100, 100))
    apply(drawn(folder, raw), folder)
    again = drawn(folder, raw)
    assert (again.added, dict(again.changed), again.unchanged, dict(again.files)) == ((), {}, 2, {})
    assert apply(again, folder) is None


def test_counts_by_compound_keep_its_shape_its_gate_and_that_it_is_a_sketch(folder: Path) -> None:
    before = open_workspace(folder).layer("compounds").geometry.iloc[0]
    made = drawn(folder, table("小区名称 户数 居民数", ("东园", 60, 150)), "compounds")
    assert {column: to for column, (_, to) in made.changed["cp-1"].items()} == {"households": 60, "residents": 150}
    apply(made, folder)
    row = open_workspace(folder).layer("compounds").iloc[0]
    assert row.geometry.equals(before) and row["accuracy"] == "sketch" and row["residents"] == 150
    assert "台账.xlsx" in row["source"]


def test_what_bears_no_name_is_told_by_its_place(folder: Path) -> None:
    streets = open_workspace(folder).layer("streets")
    raw = Raw("路.gpkg", "gpkg", "路", ("路",), "", {"类型": ["道路"] * len(streets)}, list(range(1, len(streets) + 1)),
              np.array(shapely.reverse(streets.geometry.to_numpy())), "EPSG:4326")
    made = drawn(folder, raw, "streets")
    assert (made.added, dict(made.changed), made.unchanged) == ((), {}, len(streets))


def test_an_empty_cell_does_not_wipe_what_is_known(folder: Path) -> None:
    made = drawn(folder, table(f"{PLACES} 电话", canteen("老食堂", 200, 200, None)))
    assert (dict(made.changed), made.unchanged) == ({}, 1)


def test_a_point_for_a_compound_keeps_its_shape(folder: Path) -> None:
    made = drawn(folder, table("小区名称 经度 纬度 户数", ("东园", *lonlat(50, 50), 7)), "compounds")
    assert set(made.changed["cp-1"]) == {"households"}
    assert "point_unused" in [finding.code for finding in made.findings] and not made.refused


def test_replace_takes_out_what_is_not_in_the_file_and_undo_has_it(folder: Path) -> None:
    made = drawn(folder, table(PLACES, canteen("新食堂", 100, 100)), replace=True)
    assert made.removed == ("fa-1",)


def test_what_others_point_to_is_not_taken_out(folder: Path) -> None:
    made = drawn(folder, table("编号 小区名称 WKT", ("cp-2", "西园", "POLYGON ((121.4 31.26, 121.401 31.26, 121.401 31.261, 121.4 31.26))")),
                 "compounds", replace=True, skip_bad_rows=True)
    assert made.refused and "no_such_feature" in codes(made)


def test_one_key_twice_is_an_error_that_names_both_rows(folder: Path) -> None:
    made = drawn(folder, table(PLACES, canteen("新食堂", 100, 100), canteen("新食堂", 150, 100)))
    assert codes(made) == ["key_twice"] and made.refused
    assert "第 3 行" in errors(made.findings)[0].zh and "第 2 行" in errors(made.findings)[0].zh
    with pytest.raises(Refused, match="--skip-bad-rows"):
        apply(made, folder)


def test_a_new_shop_of_a_chain_does_not_move_the_one_that_is_there(folder: Path) -> None:
    shops = [canteen("罗森", 100, 100, "富平路1号"), canteen("罗森", 300, 300, "香泉路5号")]
    headings = f"{PLACES} 地址"
    assert apply(drawn(folder, table(headings, shops[0])), folder) is not None
    made = drawn(folder, table(headings, *shops))
    assert (len(made.added), len(made.changed), codes(made)) == (1, 0, [])
    assert [(one.code, one.index) for one in made.findings if one.code == "namesake"] == [("namesake", 1)]
    assert apply(made, folder) is not None
    assert codes(drawn(folder, table(PLACES, canteen("罗森", 200, 200)))) == ["two_there"]
    unsure = drawn(folder, table(PLACES, canteen("罗森", 200, 200), canteen("老食堂", 200, 200)), replace=True, skip_bad_rows=True)
    assert unsure.removed == ()  # neither shop is lost for a row that may mean either
    said = drawn(folder, table(f"{PLACES} 电话", canteen("罗森", 300, 300, "119")))  # at the very place of one of them
    assert (len(said.added), len(said.changed), codes(said)) == (0, 1, [])


def test_a_gate_whose_kind_is_corrected_is_still_that_gate(folder: Path) -> None:
    raw = table("小区名称 门名称 类型 经度 纬度", ("东园", "南门", "人行", *lonlat(50, 10)))
    assert apply(drawn(folder, raw, "gates"), folder) is not None
    made = drawn(folder, table("小区名称 门名称 类型", ("东园", "南门", "车行")), "gates")
    assert (len(made.added), [set(change) for change in made.changed.values()], codes(made)) == (0, [{"kind"}], [])


def test_bad_rows_can_be_left_out_and_all_of_them_are_told(folder: Path) -> None:
    raw = table(PLACES, canteen("新食堂", 100, 100), ("无处", "CANTEEN", None, None), ("怪类", "不是类别", *lonlat(0, 0)))
    made = drawn(folder, raw)
    assert {finding.index for finding in errors(made.findings)} == {1, 2} and made.refused
    skipping = drawn(folder, raw, skip_bad_rows=True)
    assert skipping.left_out == (1, 2) and len(skipping.added) == 1 and not skipping.refused


def test_a_row_without_coordinates_is_placed_by_its_address_as_a_sketch(folder: Path) -> None:
    made = drawn(folder, table("名称 类别 地址", ("活动室", "CANTEEN", "富平路423弄"), ("远处", "CANTEEN", "无名路999号")))
    assert list(made.located) == [0] and "no_such_address" in codes(made)
    skipping = drawn(folder, table("名称 类别 地址", ("活动室", "CANTEEN", "富平路423弄")))
    assert not skipping.refused
    assert skipping.layer.set_index("name").loc["活动室", "accuracy"] == "sketch"


def test_a_column_of_their_own_numbers_tells_features_again(folder: Path) -> None:
    raw = table(f"台账号 {PLACES}", ("A1", *canteen("甲", 100, 100)), ("A2", *canteen("甲", 200, 100)))
    apply(drawn(folder, raw, key="台账号"), folder)
    renamed = table(f"台账号 {PLACES}", ("A1", *canteen("乙", 100, 100)), ("A2", *canteen("甲", 200, 100)))
    made = drawn(folder, renamed, key="台账号")
    assert (made.added, len(made.changed), made.unchanged) == ((), 1, 1)
    with pytest.raises(WrongUsage, match="--key"):
        drawn(folder, raw, key="没有这列")


def test_the_catalogue_says_the_least_accuracy_and_every_source(folder: Path) -> None:
    apply(drawn(folder, table("小区名称 户数", ("东园", 60)), "compounds", source="街道台账", licence="内部"), folder)
    told = open_workspace(folder).catalogue.layers["compounds"]
    assert told.accuracy == "sketch"
    assert "街道台账" in told.source and "内部" in told.licence and "测试小村" in told.source


def test_kinds_said_complete_are_complete(folder: Path) -> None:
    apply(drawn(folder, table(PLACES, canteen("新食堂", 100, 100)), complete=("toilet",)), folder)
    assert open_workspace(folder).survey_of("TOILET") == "complete"


def test_nothing_is_written_by_drawing_up(folder: Path) -> None:
    before = {file: file.read_bytes() for file in folder.iterdir()}
    drawn(folder, table(PLACES, canteen("新食堂", 100, 100)))
    assert {file: file.read_bytes() for file in folder.iterdir()} == before


def test_what_changed_since_the_draft_is_not_overwritten(folder: Path) -> None:
    made = drawn(folder, table(PLACES, canteen("新食堂", 100, 100)))
    (folder / "facilities.geojson").write_bytes((folder / "facilities.geojson").read_bytes() + b"\n")
    with pytest.raises(Refused, match="changed since"):
        apply(made, folder)


def test_what_another_import_wrote_after_the_workspace_was_opened_is_not_overwritten(folder: Path) -> None:
    opened = open_workspace(folder)
    assert apply(drawn(folder, table(PLACES, canteen("新食堂", 100, 100))), folder) is not None
    for layer, raw in (("facilities", table(PLACES, canteen("又一食堂", 0, 0))), ("compounds", table("小区名称 户数", ("东园", 60)))):
        with pytest.raises(Refused, match="changed since"):
            apply(draft(raw, Asked(layer, datum="wgs84"), opened), folder)
    assert "新食堂" in set(open_workspace(folder).layer("facilities")["name"])


def test_a_closed_line_of_a_drawing_is_the_area_it_is_the_edge_of(folder: Path) -> None:
    edge = np.array([lonlat(x, y) for x, y in ((200, 200), (280, 200), (280, 280), (200, 280), (200, 200))])
    shapes = np.array([shapely.LineString(edge), shapely.LineString(edge[:-1])], dtype=object)
    raw = Raw("总图.dxf", "dxf", "", (), "", {"名称": ["西园", "未闭合"]}, [1, 2], shapes, "")
    made = drawn(folder, raw, "compounds", skip_bad_rows=True)
    assert [finding.code for finding in errors(made.findings)] == ["wrong_geometry"]
    assert made.layer.set_index("name").geometry["西园"].equals(shapely.Polygon(edge))
    assert drawn(folder, raw, "streets", kind="road").layer.geometry.iloc[-1].geom_type == "LineString"


def test_control_points_place_a_local_plane(folder: Path) -> None:
    made = drawn(folder, table("名称 类别 X Y", ("新食堂", "CANTEEN", 100.0, 200.0)), datum="",
                 controls=_controls((0, 0), (400, 0), (0, 400)))
    assert not made.refused and made.placed.fit is not None
    point = made.layer.set_index("name").loc["新食堂"].geometry
    assert (point.x, point.y) == pytest.approx(lonlat(100, 200), abs=2e-7)


def _controls(*places: tuple[float, float]) -> tuple[Any, ...]:
    from wanli_geo.workspace.intake.asked import Control

    return tuple(Control(x, y, *lonlat(x, y)) for x, y in places)


def test_the_preview_is_json_and_shows_every_row(folder: Path) -> None:
    made = drawn(folder, table(PLACES, canteen("老食堂", 200, 200), canteen("新食堂", 100, 100), ("怪类", "不是类别", *lonlat(0, 0))))
    told = json.loads(json.dumps(preview(made), ensure_ascii=False))
    assert {one["properties"]["row"]: one["properties"]["status"] for one in told["features"]["features"]} == {2: "unchanged", 3: "added", 4: "bad"}
    assert told["refused"] and told["counts"]["errors"] == 1
    assert [one["column"] for one in told["columns"]] == ["name", "kind", "lon", "lat"]
