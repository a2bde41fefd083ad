"""The audit of the night run: a loop in the village counted by hand, the sketch by another engine, and every way a loop is drawn badly."""

from __future__ import annotations

import io
import json
import xml.etree.ElementTree as ET
from contextlib import redirect_stdout
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pyproj
import pytest
import shapely

from tests.village import village
from wanli_geo.answer import Answer
from wanli_geo.cli import run
from wanli_geo.errors import BadMeasure, NothingToAnswer
from wanli_geo.report.writing import write
from wanli_geo.routes.light import BESIDE_M, SPACING_M
from wanli_geo.study import Study, open_study
from wanli_geo.workspace.store import save_workspace

LOOP = [(100, 100), (100, 300), (300, 300), (300, 100), (100, 100)]
LINE = shapely.LineString(LOOP)
MISSING = (360.0, 400.0, 440.0)
OF_LOOP = {"name": "环道", "width_m": 2.0, "surface": "asphalt", "confirmed": False}


def lamps(*, without: tuple[float, ...] = MISSING, **more: Any) -> list[Any]:
    """A lamp every 40 m, 12 lx, 6 m high."""
    own = {"lux": 12.0, "height_m": 6.0, "in_use": True, **more}
    return [(own, LINE.interpolate(place)) for place in np.arange(0, 800, 40.0) if place not in without]


def audited(line: Any = LINE, *, target_m: float = 800, **layers: Any) -> Answer:
    shapes = line if isinstance(line, list) else [line]
    layers = {"night_run": [(OF_LOOP, shape) for shape in shapes], "lamps": lamps(), **layers}
    return Study(village(**{name: rows for name, rows in layers.items() if rows})).routes.night_run(target_m=target_m)


def status(answer: Answer) -> dict[str, str]:
    return dict(zip(answer.tables["checks"]["key"], answer.tables["checks"]["status"], strict=True))


def keys(answer: Answer) -> set[str]:
    return {caveat.key for caveat in answer.caveats}


def test_a_loop_of_800_m_counted_by_hand() -> None:
    answer = audited()
    stretches = answer.features["stretches"]
    assert [round(float(answer.fact(key)), 6) for key in ("length_m", "dark_m", "dark_longest_m", "crossings", "crossings_left", "lamps")] \
        == pytest.approx([800, 115, 115, 4, 12, 17], abs=0.02)
    assert stretches["light"].tolist() == ["high"] * 7 + ["dark"] * 2 + ["high"] * 7
    assert stretches["lux"].tolist()[6:10] == pytest.approx([12 * 42.5 / 50, 0, 0, 12 * 42.5 / 50], abs=0.01)
    assert answer.features["dark"][["from_m", "to_m"]].to_numpy().ravel().tolist() == pytest.approx([342.5, 457.5], abs=0.02)
    assert answer.fact("spacing_to_height") == pytest.approx(40 / 6, abs=0.01)
    assert stretches["crossings"].tolist().count(1) == 4
    assert (stretches["width_m"] == 2.0).all()
    assert answer.fact("closed") is True
    assert status(answer) | {"light": "short", "dark": "short"} == status(answer)
    assert [status(answer)[key] for key in ("length", "closed", "simple", "pieces", "width", "width_two_way", "surface", "crossings", "marks")] \
        == ["ok", "ok", "ok", "ok", "ok", "short", "ok", "short", "unknown"]


def test_the_score_is_the_formula_it_states() -> None:
    # high 1 × 0.5, width 2 of 2.5 m 0.8 × 0.2, no crossing 1 × 0.15, asphalt 1 × 0.1, nothing in reach 0 × 0.05; with one crossing 0.5 × 0.15.
    score = audited().features["stretches"]["score"].to_numpy()
    assert np.unique(np.round(score, 4)).tolist() == [pytest.approx(value) for value in (0.41, 0.835, 0.91)]


def test_a_toilet_is_walked_to_over_the_streets_and_counts_while_it_is_open() -> None:
    toilet = [({"kind": "toilet", "name": "公厕", "open_hours": "Mo-Su 05:00-21:00"}, shapely.Point(200, 0))]
    answer = audited(run_amenities=toilet)
    # From the middles of the stretches beside the far corners, 25 m from them: 275 + 100 m.
    assert answer.fact("toilet_farthest_m") == pytest.approx(375, abs=0.1)
    assert answer.fact("water_farthest_m") is None
    assert status(answer)["toilet"] == "ok" and status(answer)["water"] == "unknown"
    row = answer.features["amenities"].iloc[0]
    assert (row["open"], row["walk_m"]) == (True, pytest.approx(100, abs=2.5))
    shut = audited(run_amenities=[(toilet[0][0] | {"open_hours": "Mo-Su 05:00-19:00"}, toilet[0][1])])
    assert shut.fact("toilet_farthest_m") is None
    assert bool(shut.features["amenities"].iloc[0]["open"]) is False


def test_the_loop_begins_at_its_start_and_the_marks_count_from_there() -> None:
    start = [({"kind": "start", "name": "起跑"}, shapely.Point(98, 200))]
    answer = audited(run_amenities=start)
    marks = answer.features["marks"]
    assert marks["text"].tolist() == ["起点", "100 米", "200 米", "300 米", "400 米", "0.5 公里", "600 米", "700 米"]
    assert marks["bearing"].tolist()[:3] == [0, 90, 90]
    assert answer.features["dark"]["from_m"].tolist() == pytest.approx([242.5], abs=0.02)


def test_a_gap_over_the_seam_is_one() -> None:
    answer = audited(lamps=lamps(without=(760.0, 0.0, 40.0)))
    assert answer.features["dark"][["from_m", "to_m", "metres"]].to_numpy().ravel().tolist() == pytest.approx([742.5, 57.5, 115], abs=0.02)


def test_works_on_the_line_are_told_by_name_and_halve_the_score() -> None:
    project = [({"project": "管线", "stage": "施工"}, shapely.LineString([(100, 100), (100, 200)]))]
    answer = audited(plan_projects=project)
    assert answer.fact("works_m") == pytest.approx(150, abs=51)
    assert answer.features["stretches"]["works"].iloc[0] == "管线"
    assert answer.features["stretches"]["score"].iloc[0] == pytest.approx(0.91 / 2)
    assert status(answer)["works"] == "short"
    assert audited(plan_projects=[({"project": "管线", "stage": "谋划"}, project[0][1])]).fact("works_m") == 0


def test_lamps_out_of_use_do_not_light() -> None:
    assert audited(lamps=lamps(without=())).fact("dark_m") == 0
    assert audited(lamps=lamps(without=(), in_use=False)).fact("dark_m") == pytest.approx(800, abs=0.02)


def test_no_lamps_at_all_is_unknown_and_never_dark() -> None:
    answer = audited(lamps=[])
    assert (answer.fact("dark_m"), answer.fact("lit_share")) == (None, None)
    assert set(answer.features["stretches"]["light"]) == {"unknown"}
    assert "no_lamps" in keys(answer)
    assert {status(answer)[key] for key in ("light", "dark")} == {"unknown"}


def test_lamps_without_lux_or_height_say_what_was_not_judged() -> None:
    answer = audited(lamps=lamps(lux=None, height_m=None))
    assert {"lux_missing", "height_missing"} <= keys(answer)
    assert set(answer.features["stretches"]["light"]) == {"spaced", "dark"}
    assert (answer.fact("spacing_to_height"), status(answer)["light"]) == (None, "unknown")


@pytest.mark.parametrize(("line", "short"), [
    (shapely.LineString(LOOP[:-1]), {"closed"}),
    (shapely.LineString([(100, 100), (300, 300), (300, 100), (100, 300), (100, 100)]), {"simple"}),
    (shapely.LineString([(100, 100), (100, 300), (100, 350), (100, 300), (300, 300), (300, 100), (100, 100)]), {"simple"}),
    ([LINE, shapely.LineString([(0, 0), (0, 90)])], {"pieces"}),
])
def test_a_loop_drawn_badly_is_told_and_not_refused(line: Any, short: set[str]) -> None:
    answer = audited(line)
    found = status(answer)
    assert {key for key in ("closed", "simple", "pieces") if found[key] == "short"} == short
    assert answer.features["route"].iloc[0].geometry.length > 0


def test_drawn_in_pieces_end_to_end_the_loop_is_the_same() -> None:
    pieces = [shapely.LineString(LOOP[:3]), shapely.LineString(LOOP[2:])]
    whole, parted = audited(), audited(pieces)
    same = [pytest.approx(fact.value) if isinstance(fact.value, float) else fact.value for fact in whole.facts]
    assert [fact.value for fact in parted.facts] == same


def test_without_a_loop_the_way_out_is_said() -> None:
    with pytest.raises(NothingToAnswer, match="wanli-geo import"):
        Study(village()).routes.night_run()
    with pytest.raises(BadMeasure):
        audited(target_m=0)
    with pytest.raises(BadMeasure):
        Study(village(night_run=[(OF_LOOP, LINE)])).routes.marks("night_run", every_m=0)
    with pytest.raises(BadMeasure):
        Study(village()).routes.marks("streets")


@cache
def sketch() -> tuple[Study, Answer]:
    study = open_study()
    return study, study.routes.night_run()


def test_the_sketched_loop_is_as_long_on_the_ellipsoid_as_another_engine_says() -> None:
    study, answer = sketch()
    lon, lat = shapely.get_coordinates(study.workspace.layer("night_run").geometry.iloc[0]).T
    assert answer.fact("length_ellipsoid_m") == pytest.approx(pyproj.Geod(ellps="GRS80").line_length(lon, lat), abs=0.05)
    assert abs(float(answer.fact("off_target_m"))) < 25


def test_the_five_dead_lamps_of_the_sketch_are_its_one_dark_gap() -> None:
    study, answer = sketch()
    dark = answer.features["dark"]
    assert len(dark) == 1
    lamps_ = study.workspace.metric("lamps")
    burning = lamps_[lamps_["in_use"].fillna(True).astype(bool)]
    line = study.workspace.metric("night_run").geometry.iloc[0]
    near = [lamp for lamp in burning.geometry if lamp.distance(line) <= BESIDE_M]
    where = [line.project(lamp) for lamp in near]
    reach = [shapely.LineString([(place + turn - SPACING_M / 2, 0), (place + turn + SPACING_M / 2, 0)])
             for place in where for turn in (-line.length, 0, line.length)]
    left = shapely.difference(shapely.LineString([(0, 0), (line.length, 0)]), shapely.union_all(reach))
    assert answer.fact("dark_m") == pytest.approx(left.length, abs=0.05)
    dead = lamps_[lamps_["note"].fillna("").str.contains("示意暗段")]
    assert len(dead) == 5
    gap = shapely.transform(dark.geometry.iloc[0], lambda xy: np.column_stack(
        pyproj.Transformer.from_crs("EPSG:4326", "EPSG:4549", always_xy=True).transform(*xy.T)))
    assert max(lamp.distance(gap) for lamp in dead.geometry) < BESIDE_M


def test_the_file_for_a_watch_is_the_loop_closed_with_its_marks_and_places() -> None:
    study, answer = sketch()
    root = ET.fromstring(write(answer, study.workspace, ".gpx"))  # noqa: S314
    space = {"g": "http://www.topografix.com/GPX/1/1"}
    tracks = root.findall("g:trk", space)
    points = [(one.get("lat"), one.get("lon")) for one in tracks[0].iterfind(".//g:trkpt", space)]
    assert len(tracks) == 1 and points[0] == points[-1]
    names = {one.findtext("g:name", namespaces=space) for one in root.findall("g:wpt", space)}
    assert {"起点", "0.5 公里", "1 公里", "公厕（富水路）（示意）"} <= names


def test_the_verbs_answer_and_refuse_in_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    save_workspace(village(night_run=[(OF_LOOP, LINE)], lamps=lamps()), tmp_path / "village")
    out = io.StringIO()
    with redirect_stdout(out):
        assert run(["route", "audit", "night_run", str(tmp_path / "village"), "--target", "800", "--json"]) == 0
    assert json.loads(out.getvalue())["facts"]["length_m"]["value"] == pytest.approx(800, abs=0.02)
    assert run(["route", "audit", "night_run", str(tmp_path / "village"), "--profile", "elder"]) == 2
    assert "--profile" in capsys.readouterr().err
    assert run(["route", "marks", "night_run", str(tmp_path / "village"), "--out", str(tmp_path / "marks.gpx")]) == 0
    assert b"<wpt" in (tmp_path / "marks.gpx").read_bytes()
