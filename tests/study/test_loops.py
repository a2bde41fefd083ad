"""Loops asked of a workspace: the village counted by hand, the sketch measured again on the ellipsoid, and what is said where there is none."""

from __future__ import annotations

import re
from pathlib import Path

import pyproj
import pytest
import shapely

from tests.village import CRS, ORIGIN, village
from wanli_geo.cli import run
from wanli_geo.errors import BadMeasure, NothingToAnswer, OffNetwork
from wanli_geo.study import Study, open_study
from wanli_geo.workspace.store import to_degrees

GEOD = pyproj.Geod(ellps="WGS84")


def here(x: float, y: float) -> tuple[float, float]:
    point = to_degrees(shapely.points([ORIGIN[0] + x, ORIGIN[1] + y]), CRS)
    return float(point.x), float(point.y)


@pytest.fixture(scope="module")
def study() -> Study:
    return Study(village())


def test_round_a_block_of_the_village(study: Study) -> None:
    answer = study.routes.loops(*here(50, 0), length_m=400)
    assert answer.fact("length_m") == pytest.approx(400, rel=0.01)
    assert answer.features["loops"].geometry.iloc[0].is_ring
    assert answer.features["marks"]["kind"].tolist()[:4] == ["start", "hundred", "hundred", "hundred"]


def test_the_nearest_length_is_told_where_there_is_none(study: Study) -> None:
    with pytest.raises(NothingToAnswer, match=r"400|600"):
        study.routes.loops(*here(50, 0), length_m=500, lollipop="never")


def test_a_start_off_every_street_is_told_how_far_the_nearest_is(study: Study) -> None:
    with pytest.raises(OffNetwork, match="600"):
        study.routes.loops(*here(-600, 0))


@pytest.mark.parametrize("length", [200, 20_001, float("nan"), -5])
def test_a_length_nobody_runs_is_refused(study: Study, length: float) -> None:
    with pytest.raises(BadMeasure):
        study.routes.loops(*here(0, 0), length_m=length)


def test_a_street_that_nobody_knows_cannot_be_avoided(study: Study) -> None:
    with pytest.raises(BadMeasure, match="避开"):
        study.routes.loops(*here(0, 0), avoid=["无名路"])


def test_a_place_to_pass_is_passed_and_a_street_avoided(study: Study) -> None:
    answer = study.routes.loops(*here(50, 0), length_m=1200, through=[here(250, 200)], avoid=["streets-1"])
    line = shapely.from_wkb(shapely.to_wkb(answer.features["loops"].geometry.iloc[0]))
    assert line.distance(shapely.Point(here(250, 200))) < 1e-6
    assert line.distance(shapely.Point(here(350, 100))) > 1e-4


def test_the_gpx_begins_with_the_best_loop_closed_and_as_long_as_asked(tmp_path: Path) -> None:
    out = tmp_path / "loop.gpx"
    assert run(["route", "loop", "--start", "121.401,31.271", "--length", "2500", "--out", str(out)]) == 0
    track = out.read_text("utf-8").split("<trk>")[1]
    points = [(float(lon), float(lat)) for lat, lon in re.findall(r'<trkpt lat="([\d.]+)" lon="([\d.]+)"', track)]
    assert points[0] == points[-1]
    assert GEOD.line_length(*zip(*points, strict=True)) == pytest.approx(2500, rel=0.01)


def test_the_best_start_is_found_and_the_answer_is_the_same_again() -> None:
    first, again = (open_study().routes.loops(also=[1000]) for _ in range(2))
    assert first.run_id == again.run_id
    assert first.to_dict() == again.to_dict()
    assert first.tables["loops"]["wanted_m"].tolist()[-1] == 1000
