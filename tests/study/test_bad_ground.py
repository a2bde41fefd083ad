"""Bad streets, gates and places: a finding, a caveat or a sentence, never a wrong number in silence."""

from math import isnan
from pathlib import Path

import pytest
import shapely

from tests.village import Rows, canteen, home, village
from wanli_geo.access.reach import Profile
from wanli_geo.errors import BadLayer, BadMeasure
from wanli_geo.study import Study
from wanli_geo.workspace.check import check_workspace
from wanli_geo.workspace.store import Workspace, save_workspace


def drawn(*lines: list[tuple[float, float]], at: tuple[float, float] = (90, 0), **layers: Rows) -> Workspace:
    rows = [({"kind": "road"}, shapely.LineString(line)) for line in lines]
    return village(street_rows=rows, **{"homes": [home(10, 0, 5)], "facilities": [canteen(*at)], **layers})


def told(workspace: Workspace, folder: Path) -> tuple[set[str], float, set[str]]:
    """The findings, the walk, the caveats."""
    save_workspace(workspace, folder / "v")
    answer = Study(workspace).coverage("CANTEEN", "500m")
    return ({one.code for one in check_workspace(folder / "v")}, float(answer.features["homes"]["walk_m"].iloc[0]),
            {one.key for one in answer.caveats})


def test_one_edge_is_a_network(tmp_path: Path) -> None:
    assert told(drawn([(0, 0), (100, 0)]), tmp_path)[:2] == (set(), pytest.approx(80, abs=0.01))


def test_a_street_without_length_is_refused_with_the_way_out() -> None:
    with pytest.raises(BadLayer, match="streets-1"):
        Study(drawn([(0, 0), (100, 0)], [(50, 0), (50, 0)])).coverage("CANTEEN")


def test_a_street_drawn_three_times_is_found_and_changes_no_walk(tmp_path: Path) -> None:
    lines = [[(0, 0), (100, 0)], [(0, 0), (100, 0)], [(100, 0), (0, 0)]]
    assert told(drawn(*lines), tmp_path)[:2] == ({"twice_drawn"}, pytest.approx(80, abs=0.01))


def test_a_street_that_crosses_itself_without_a_corner_is_found_and_joined(tmp_path: Path) -> None:
    loop = [(0, 0), (100, 0), (100, 50), (50, 50), (50, -50)]
    findings, metres, _ = told(drawn(loop, at=(50, -50)), tmp_path)
    assert "crosses_itself" in findings
    assert metres == pytest.approx(40 + 50, abs=0.01)
    mended = [(0, 0), (50, 0), (100, 0), (100, 50), (50, 50), (50, 0), (50, -50)]
    assert "crosses_itself" not in told(drawn(mended), tmp_path / "mended")[0]


@pytest.mark.parametrize(("end", "code"), [(200.0, "crossing_unjoined"), (199.0, "near_miss")])
def test_streets_that_only_touch_or_nearly_do_are_found_and_joined(end: float, code: str, tmp_path: Path) -> None:
    findings, metres, caveats = told(drawn([(0, 0), (end, 0)], [(200, -200), (200, 200)], at=(200, 150)), tmp_path)
    assert findings == {code}
    assert metres == pytest.approx(190 + 150, abs=0.02)  # the metre of the gap is walked too
    assert ("near_joined" in caveats) is (code == "near_miss")


def test_streets_of_openstreetmap_are_joined_at_their_nodes_only(tmp_path: Path) -> None:
    rows = [({"kind": "road", "accuracy": "osm"}, shapely.LineString(line)) for line in ([(0, 0), (300, 0)], [(200, -200), (200, 200)])]
    workspace = village(street_rows=rows, homes=[home(10, 0, 5)], facilities=[canteen(200, 150)])
    findings, metres, _ = told(workspace, tmp_path)
    assert "crossing_unjoined" in findings
    assert isnan(metres)


def test_a_railway_between_is_not_walked_over_however_near_the_ends(tmp_path: Path) -> None:
    railway = [({"kind": "railway"}, shapely.LineString([(199.5, -300), (199.5, 300)]))]
    findings, metres, _ = told(drawn([(0, 0), (199, 0)], [(200, -200), (200, 200)], at=(200, 150), barriers=railway), tmp_path)
    assert "near_miss" in findings
    assert isnan(metres)


@pytest.mark.parametrize("at", [(750.0, 0.0), (50.0, 700.0)])
def test_a_facility_on_an_island_or_off_every_street_is_told_of(at: tuple[float, float], tmp_path: Path) -> None:
    _, metres, caveats = told(drawn([(0, 0), (200, 0)], [(700, 0), (800, 0)], at=at), tmp_path)
    assert isnan(metres)
    assert "facilities_cut_off" in caveats


def test_a_gate_far_from_its_compound_is_an_error_found(tmp_path: Path) -> None:
    workspace = drawn(
        [(0, 0), (900, 0)], compounds=[({"walled": True}, shapely.box(0, 5, 60, 60))], homes=[home(30, 30, 5, compound_id="compounds-0")],
        gates=[({"compound_id": "compounds-0", "kind": "pedestrian"}, shapely.Point(400, 0))],
    )
    assert "gate_far" in told(workspace, tmp_path)[0]


@pytest.mark.parametrize("speed", [0.0, -1.0, 1e6, float("nan")])
def test_a_speed_nobody_walks_at_is_refused(speed: float) -> None:
    with pytest.raises(BadMeasure, match=r"0\.1"):
        Profile("x", "某人", "someone", speed, True, "test")
