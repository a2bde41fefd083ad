"""Signs of a village, counted on one's fingers; those of the sketch by another engine."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import openpyxl
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.village import home, village
from wanli_geo.answer import Answer
from wanli_geo.cli import run
from wanli_geo.errors import BadMeasure
from wanli_geo.study import Study, Waits, open_study
from wanli_geo.workspace.store import Workspace, save_workspace


def line(*xy: tuple[float, float], kind: str = "road", **more: Any) -> Any:
    return {"kind": kind, **more}, shapely.LineString(xy)


def place(x: float, y: float, name: str, kind: str = "CANTEEN", **more: Any) -> Any:
    return {"kind": kind, "name": name, **more}, shapely.Point(x, y)


def sign(x: float, y: float, targets: list[str], minutes: list[Any] | None = None, **more: Any) -> Any:
    return {"level": "2", "targets": targets, "minutes": minutes, "name": "一号牌", **more}, shapely.Point(x, y)


STREETS = [
    line((0, 0), (100, 0), name="东西路", name_en="East Road"), line((100, 0), (120, 0), kind="crossing", signalised=True),
    line((120, 0), (320, 0), name="东西路", name_en="East Road"), line((120, 0), (120, 300), name="北路", name_en="North Road"),
    line((0, 0), (0, 400), name="西路"),
]
PLACES = [place(320, 0, "东食堂"), place(120, 300, "北卫生站", "HEALTH_STATION", name_en="North health station"),
          place(0, 200, "西学校", "EDU_PRIMARY")]
METRO = place(320, 0, "东", "METRO", name_en="East station")


def town(*signs: Any, facilities: Any = PLACES, **layers: Any) -> Workspace:
    """A street with a crossing at 100 to 120 m, behind it a fork to the north; another street north from the western end."""
    return village(street_rows=STREETS, facilities=facilities, signs=list(signs), **layers)


def ask(*signs: Any, slack: float = 1.0, most: int = 12, **layers: Any) -> Answer:
    return Study(town(*signs, **layers)).routes.signs(slack=slack, most=most)


def faces(answer: Answer, *columns: str) -> list[tuple[Any, ...]]:
    return list(answer.tables["faces"][list(columns)].itertuples(index=False, name=None))


def test_minutes_are_those_of_the_walk_with_the_wait_at_the_lights() -> None:
    answer = ask(sign(0, 0, ["东食堂", "北卫生站", "西学校"], [5, 4, 3]))
    table = answer.tables["faces"]
    assert table["metres"].tolist() == pytest.approx([320, 420, 200], abs=0.01)
    assert table["adult_min"].tolist() == pytest.approx([(320 / 1.2 + 30) / 60, (420 / 1.2 + 30) / 60, 200 / 1.2 / 60], abs=1e-3)
    assert table["elder_min"].tolist() == pytest.approx([(320 / 0.9 + 30) / 60, (420 / 0.9 + 30) / 60, 200 / 0.9 / 60], abs=1e-3)
    # 4.9 to 6.4, 6.3 to 8.3 and 2.8 to 3.7 minutes, a minute more to both sides.
    assert faces(answer, "painted_min", "verdict", "right_min") == [(5, "accurate", 5), (4, "too_short", 7), (3, "accurate", 3)]
    assert faces(answer, "compass", "arrow", "street") == [("east", "→", "东西路"), ("east", "→", "东西路"), ("north", "↑", "西路")]
    assert [answer.fact(key) for key in ("signs", "faces", "faces_right", "faces_wrong", "faces_unknown")] == [1, 3, 2, 1, 0]
    assert answer.features["signs"][["status", "faces", "faces_wrong"]].iloc[0].tolist() == ["wrong", 3, 1]


def test_other_waits_make_other_minutes_right() -> None:
    workspace = town(sign(0, 0, ["东食堂"], [12]))
    assert Study(workspace).routes.signs().tables["faces"]["verdict"].tolist() == ["too_long"]
    assert Study(workspace, waits=Waits(signalised_s=420)).routes.signs().tables["faces"]["verdict"].tolist() == ["accurate"]


def test_a_sign_that_stands_aside_walks_to_the_street_first() -> None:
    answer = ask(sign(50, 12, ["东食堂"], [4]))
    assert answer.tables["faces"]["metres"].tolist() == pytest.approx([12 + 270], abs=0.01)


def test_a_park_is_reached_at_its_entrance_and_a_line_at_its_nearest_point() -> None:
    layers: dict[str, Any] = {
        "green_vein": [({"kind": "park", "name": "大公园"}, shapely.box(125, 50, 300, 250))],
        "entrances": [({"of": "green_vein-0"}, shapely.Point(120, 200))],
        "red_walkway": [({"name": "北路红色步道", "status": "works"}, shapely.LineString([(120, 100), (120, 300)]))],
    }
    answer = ask(sign(120, 0, ["大公园", "北路步道"], [3, 2]), **layers)
    assert answer.tables["faces"]["metres"].tolist() == pytest.approx([200, 100], abs=0.01)
    assert faces(answer, "place", "matched") == [("大公园", "by_name"), ("北路红色步道", "by_short_name")]
    assert any("“北路步道”为“北路红色步道”" in caveat.zh for caveat in answer.caveats)


def test_what_is_closed_planned_cut_off_or_nowhere_is_said_so() -> None:
    there = [*PLACES, place(50, 0, "旧食堂", status="closed"), place(60, 0, "新食堂", status="planned"), place(2_000, 2_000, "远食堂"),
             place(300, 0, "同名", "GYM"), place(0, 380, "同名", "GYM")]
    answer = ask(sign(0, 0, ["旧食堂", "新食堂", "远食堂", "同名", "东食唐"], [1, 1, 1, 1, 1]), facilities=there)
    assert faces(answer, "verdict", "reason") == [
        ("not_open", "place_closed"), ("not_open", "place_planned"), ("unreachable", "no_way"), ("unknown", "several_places"),
        ("unknown", "no_place")]
    assert [near.split("、")[0] for near in answer.tables["faces"]["near"].iloc[3:]] == ["同名", "东食堂"]
    assert answer.tables["faces"]["adult_min"].isna().all()
    assert [answer.fact(f"faces_{key}") for key in ("closed", "unreachable", "unknown", "wrong")] == [2, 1, 2, 3]
    # Nothing is guessed: what leads nowhere is to be covered, what is not known is left to the office.
    assert answer.tables["schedule"]["change"].tolist() == ["cover_line"] * 3


def test_lists_that_differ_and_minutes_that_are_none_are_findings() -> None:
    answer = ask(sign(0, 0, ["东食堂", "西学校"], [5]), sign(10, 0, ["东食堂"], [5, 6]), sign(20, 0, ["东食堂", "西学校"], ["不远", "3分钟"]),
                 sign(30, 0, ["东食堂"]))
    assert answer.tables["findings"][["code", "id"]].to_numpy().tolist() == [
        ["lists_differ", "signs-0"], ["lists_differ", "signs-1"], ["not_minutes", "signs-2"]]
    assert answer.tables["faces"]["verdict"].tolist() == ["accurate", "unpainted", "accurate", "unpainted", "accurate", "unpainted"]
    assert "findings" in {caveat.key for caveat in answer.caveats}


HOMES = [home(10, 0, 10), home(60, 0, 5), home(0, 300, 100)]


def test_the_fork_lacks_a_sign_and_the_schedule_says_what_to_paint_there() -> None:
    answer = ask(homes=HOMES, facilities=[*PLACES, METRO])
    # All 115 go to the metro and to the health station, and part at the fork; the corner in the west has two arms.
    points = answer.tables["decisions"]
    assert points[["name", "arms", "trips", "turning"]].to_numpy().tolist() == [["东西路—北路路口", 3, 230, 115]]
    assert [answer.fact(key) for key in ("decisions", "decisions_signed", "decisions_unsigned")] == [1, 0, 1]
    new = answer.tables["schedule"]
    assert new[["no", "level", "text", "text_en", "arrow"]].to_numpy().tolist() == [
        ["N01", "1", "东地铁站 3 分钟", "East station 3 min", "→"], ["N01", "1", "北卫生站 5 分钟", "North health station 5 min", "↑"]]
    assert new[["adult_min", "elder_min"]].to_numpy().tolist() == [[3, 4], [5, 6]]  # 200 m: 2.8, 3.7; 300 m: 4.2, 5.6
    assert new["bearing"].tolist() == pytest.approx([90, 0], abs=0.1)
    assert ask(homes=HOMES, facilities=[*PLACES, METRO], most=0).tables["schedule"].empty


@pytest.mark.parametrize(("y", "signed"), [(25.0, 1), (35.0, 0)])
def test_a_sign_within_thirty_metres_serves_the_corner(y: float, signed: int) -> None:
    answer = ask(sign(120, y, ["北卫生站"], [4]), homes=HOMES, facilities=[*PLACES, METRO])
    assert (answer.fact("decisions"), answer.fact("decisions_signed"), len(answer.features["decisions"])) == (1, signed, 1 - signed)


def test_corners_beyond_the_boundary_are_not_the_offices_to_sign() -> None:
    for west, count in ((-50.0, 1), (200.0, 0)):
        boundary = [({}, shapely.box(west, -50, 400, 400))]
        assert ask(homes=HOMES, facilities=[*PLACES, METRO], boundary=boundary).fact("decisions") == count


def test_old_signs_are_corrected_in_the_schedule_and_right_ones_left() -> None:
    answer = ask(sign(0, 0, ["东食堂", "北卫生站"], [5, 30]))
    assert answer.tables["schedule"][["no", "change", "place", "text", "painted_min"]].to_numpy().tolist() == [
        ["signs-0", "new_minutes", "一号牌", "北卫生站 7 分钟", 30]]


def test_no_sign_no_home_and_no_destination_are_an_answer_too() -> None:
    answer = ask(facilities=[])
    assert [answer.fact(key) for key in ("signs", "faces", "decisions", "share_right", "error_mean_min", "decision_first")] == [
        0, 0, None, None, None, None]
    assert {"no_such_goal", "no_people"} <= {caveat.key for caveat in answer.caveats}
    assert ask(facilities=[], homes=HOMES).fact("decisions") == 0


@pytest.mark.parametrize("wrong", [{"slack": -1}, {"slack": 99}, {"slack": float("nan")}, {"most": -1}, {"most": 1_000}])
def test_what_makes_no_sense_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(BadMeasure, match="不合理"):
        Study(town()).routes.signs(**wrong)


@settings(max_examples=10, deadline=None)
@given(st.lists(st.integers(1, 15), min_size=3, max_size=3), st.floats(0, 3), st.floats(0, 3))
def test_more_slack_only_makes_more_figures_right(minutes: list[int], slack: float, more: float) -> None:
    study = Study(town(sign(0, 0, ["东食堂", "北卫生站", "西学校"], minutes)))
    few, many = (study.routes.signs(slack=each).tables["faces"]["verdict"] == "accurate" for each in (slack, slack + more))
    assert (many | ~few).all()


def test_the_order_of_the_layers_rows_changes_no_verdict() -> None:
    signs = [sign(0, 0, ["东食堂", "北卫生站"], [5, 4], id="a"), sign(120, 100, ["西学校"], [9], id="b"), sign(300, 0, ["西学校"], [2], id="c")]
    one, other = (Study(town(*order, facilities=places)).routes.signs() for order, places in ((signs, PLACES), (signs[::-1], PLACES[::-1])))
    columns = ["sign_id", "target", "adult_min", "elder_min", "metres", "verdict", "bearing", "street"]
    tables = [answer.tables["faces"][columns].sort_values(["sign_id", "target"]).reset_index(drop=True) for answer in (one, other)]
    pd.testing.assert_frame_equal(*tables)


def test_every_minute_of_the_sketch_is_that_of_another_engine() -> None:
    study = open_study()
    answer = study.routes.signs()
    ground = study.ground()
    for walker, column in ((1.2, "adult_min"), (0.9, "elder_min")):
        graph = timed_graph(ground, walker)
        table = answer.tables["faces"]
        for target, layer, doors in DOORS:
            xy = doors_of(study.workspace, layer, doors)
            rows = table[table["target"] == target]
            assert len(rows)
            minutes = by_networkx(ground, graph, study.workspace, rows["sign_id"].tolist(), xy, walker)
            assert rows[column].tolist() == pytest.approx(minutes, abs=1e-3), target


DOORS = [("万里社区卫生服务站", "facilities", "万里社区卫生服务站"), ("万里公园", "entrances", "gv-park"), ("新村路地铁站", "facilities", "新村路")]


def doors_of(workspace: Workspace, layer: str, wanted: str) -> np.ndarray:
    frame = workspace.metric(layer)
    own = frame["of"] == wanted if layer == "entrances" else (frame["name"] == wanted) & (frame["kind"] != "BUS_STOP")
    identity = frame["id"][own]
    entrances = workspace.metric("entrances")
    if layer == "facilities" and entrances["of"].isin(identity).any():
        frame, own = entrances, entrances["of"].isin(identity)
    return shapely.get_coordinates(frame.geometry[own].to_numpy())


def timed_graph(ground: Any, m_per_s: float) -> nx.Graph:
    """The streets as seconds: length by speed; the wait of a crossing spread over its own edges by length."""
    network, streets = ground.network, ground.streets
    waits = {"crossing": lambda row: 30.0 if row["signalised"] is True else 10.0, "footbridge": lambda _: 60.0, "underpass": lambda _: 60.0}
    graph = nx.MultiGraph()
    whole = pd.Series(network.length).groupby(network.street).transform("sum").to_numpy()
    for edge, (tail, head, length, street) in enumerate(zip(network.tail, network.head, network.length, network.street, strict=True)):
        row = streets.iloc[street]
        seconds = length / m_per_s * (2.0 if row["kind"] == "steps" else 1.0)
        if row["kind"] in waits:
            seconds += waits[row["kind"]](row) * length / whole[edge]
        graph.add_edge(int(tail), int(head), weight=seconds, edge=edge)
    return graph


def by_networkx(ground: Any, graph: nx.Graph, workspace: Workspace, signs: list[str], doors: np.ndarray, m_per_s: float) -> list[float]:
    """Minutes from each sign, snapped by shapely to the nearest street, to the nearest door, the edge under each split by hand."""
    layer = workspace.metric("signs").set_index("id")
    network, own = ground.network, graph.copy()
    seconds = {data["edge"]: data["weight"] for _, _, data in graph.edges(data=True)}
    stops: dict[int, list[tuple[float, Any]]] = {}

    def stop(name: Any, point: shapely.Point) -> None:
        edge = int(np.argmin(shapely.distance(network.lines, point)))
        share = shapely.line_locate_point(network.lines[edge], point, normalized=True)
        own.add_edge(name, (name, "on"), weight=shapely.distance(network.lines[edge], point) / m_per_s)
        own.add_edge((name, "on"), int(network.tail[edge]), weight=share * seconds[edge])
        own.add_edge((name, "on"), int(network.head[edge]), weight=(1 - share) * seconds[edge])
        for other, place in stops.get(edge, []):
            own.add_edge((name, "on"), place, weight=abs(share - other) * seconds[edge])
        stops.setdefault(edge, []).append((share, (name, "on")))

    for row, xy in enumerate(doors):
        stop(("door", row), shapely.Point(xy))
    for identity in signs:
        stop(identity, layer.geometry[identity])
    found = nx.multi_source_dijkstra_path_length(own, {("door", row) for row in range(len(doors))})
    return [found[identity] / 60 for identity in signs]


def test_the_verb_tells_writes_and_draws(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    save_workspace(town(sign(0, 0, ["东食堂", "北卫生站"], [5, 4]), homes=HOMES, facilities=[*PLACES, METRO]), tmp_path / "w")
    out = tmp_path / "signs.xlsx"
    assert run(["route", "signs", str(tmp_path / "w"), "--json", "--slack", "0.5", "--most", "3", "--out", str(out)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["question"], told["params"]["slack_min"], told["facts"]["faces_wrong"]["value"]) == ("signs", 0.5, 1)
    book = openpyxl.load_workbook(out)
    assert {"牌面核对", "缺牌的岔口", "制牌表"} <= set(book.sheetnames)
    texts = {cell for row in book["制牌表"].iter_rows(values_only=True) for cell in row}
    assert {"东地铁站 3 分钟", "新增", "改分钟数", "北", "↑"} <= texts
    for suffix in ("svg", "kml", "gpkg", "geojson", "csv"):
        assert run(["route", "signs", str(tmp_path / "w"), "--lang", "en", "--out", str(tmp_path / f"signs.{suffix}")]) == 0
    assert "wrong: how many of its minutes" in (tmp_path / "signs.svg").read_text()
    assert run(["route", "signs", str(tmp_path / "w"), "--slack", "-1"]) == 2
    assert "不合理" in capsys.readouterr().err
