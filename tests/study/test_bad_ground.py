"""Bad streets, gates, places and measures, as a user meets them: a finding, a caveat or a sentence, never a wrong number in silence.

On disk coordinates have 7 decimals: a walk is right to 5 cm.
"""

import json
from math import isnan
from pathlib import Path
from typing import Any

import pytest
import shapely

from tests.study.test_isochrone import degrees
from tests.village import Rows, canteen, home, village
from wanli_geo.access.reach import Profile
from wanli_geo.cli import run
from wanli_geo.errors import BadLayer, BadMeasure, NothingToAnswer
from wanli_geo.study import Study, Waits, open_study
from wanli_geo.workspace.check import check_workspace
from wanli_geo.workspace.store import Workspace, open_workspace, save_workspace

Capture = pytest.CaptureFixture[str]


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


def test_a_network_of_one_edge_answers_every_question(tmp_path: Path) -> None:
    save_workspace(drawn([(0, 0), (100, 0)]), tmp_path / "v")
    study = open_study(tmp_path / "v")
    bands = study.isochrone(*degrees(50, 0), metres=[20, 1_000]).tables["bands"]
    assert bands["street_m"].tolist() == pytest.approx([40, 100], abs=0.05)
    assert bands["people"].tolist() == [0, 5]
    assert study.walk("homes-0", "CANTEEN").fact("walk_m") == pytest.approx(80, abs=0.05)
    assert (study.topology().fact("islands"), study.topology().fact("edges")) == (0, 1)
    assert study.coverage("CANTEEN", "1.2min").fact("people_covered") == 5  # 80 m are 67 s
    assert study.coverage("CANTEEN", "1.1min").fact("people_gap") == 5


def test_one_edge_that_ends_where_it_begins_is_walked_the_shorter_way_round(tmp_path: Path) -> None:
    ring = [(0, 0), (100, 0), (100, 100), (0, 100), (0, 0)]
    assert told(drawn(ring, at=(0, 90)), tmp_path)[:2] == (set(), pytest.approx(100, abs=0.05))  # 10 + 90, not 90 + 100 + 100 + 10
    assert told(drawn(ring, at=(100, 30)), tmp_path / "other")[:2] == (set(), pytest.approx(120, abs=0.05))


def test_no_street_at_all_ends_in_a_sentence() -> None:
    planned = village(street_rows=[({"kind": "road", "status": "planned"}, shapely.LineString([(0, 0), (100, 0)]))], homes=[home(10, 0, 5)])
    with pytest.raises(NothingToAnswer, match=r"没有可走的道路.* / .*no street"):
        Study(planned).coverage("CANTEEN")


def with_street(folder: Path, *metres: tuple[float, float]) -> Path:
    """A village on disk of one good street, 100 m from west to east, and one more drawn by another program, at its full precision."""
    save_workspace(drawn([(0, 0), (100, 0)]), folder)
    file = folder / "streets.geojson"
    layer: dict[str, Any] = json.loads(file.read_text("utf-8"))
    coordinates = [list(degrees(*at)) for at in metres]
    layer["features"].append({**layer["features"][0], "id": "bad", "geometry": {"type": "LineString", "coordinates": coordinates}})
    file.write_text(json.dumps(layer), "utf-8")
    return folder


def test_a_street_without_length_is_an_error_found_and_no_question_is_answered_on_it(tmp_path: Path, capsys: Capture) -> None:
    folder = with_street(tmp_path / "v", (50, 0), (50, 0))
    assert run(["check", str(folder), "--json"]) == 1
    assert [(one["code"], one["id"]) for one in json.loads(capsys.readouterr().out)] == [("zero_length", "bad")]
    assert run(["coverage", str(folder), "--kind", "CANTEEN", "--json"]) == 1
    assert "wanli-geo check" in one_sentence(capsys)


def test_a_street_of_a_hundredth_of_a_millimetre_and_a_vertex_drawn_twice_change_no_walk(tmp_path: Path) -> None:
    for name, extra in {"dot": [(50, 0), (50.00001, 0)], "twice": [(50, 0), (50, 0), (50, 40)]}.items():
        answer = open_study(with_street(tmp_path / name, *extra)).coverage("CANTEEN", "500m")
        assert answer.features["homes"]["walk_m"].iloc[0] == pytest.approx(80, abs=0.05)


def test_a_street_that_vanishes_at_seven_decimals_is_refused_when_saved(tmp_path: Path) -> None:
    with pytest.raises(BadLayer, match="streets-1"):
        save_workspace(drawn([(0, 0), (100, 0)], [(50, 0), (50, 0)]), tmp_path / "v")
    assert not (tmp_path / "v").exists()


def one_sentence(capsys: Capture) -> str:
    """What stderr says, which must be one line in both languages beside an empty stdout."""
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == 1
    zh, en = said.err.split(" / ", 1)
    assert any("\u4e00" <= sign <= "\u9fff" for sign in zh)
    assert en.strip().endswith((".", "?"))
    return said.err


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A village on disk with nothing wrong: one street, a home, a canteen."""
    folder = tmp_path_factory.mktemp("good")
    save_workspace(drawn([(0, 0), (100, 0)]), folder)
    return folder


@pytest.mark.parametrize("within", ["-500m", "0m", "0.0m", "-5min", "0min", "1000000m", "1000000min", "nanm", "infm", "1e3m", "10 s"])
def test_a_radius_that_is_negative_nought_or_endless_ends_in_one_sentence(within: str, good: Path, capsys: Capture) -> None:
    for verb in ("coverage", "gaps", "ages"):
        assert run([verb, str(good), "--kind", "CANTEEN", f"--within={within}"]) == 2
        assert within in one_sentence(capsys)


@pytest.mark.parametrize("bands", ["--minutes=-5", "--minutes=0", "--minutes=5,-10", "--minutes=1000000", "--minutes=nan", "--minutes=inf",
                                   "--metres=-100", "--metres=0", "--metres=1000000"])
def test_a_band_that_is_negative_nought_or_endless_ends_in_one_sentence(bands: str, good: Path, capsys: Capture) -> None:
    assert run(["isochrone", str(good), "--at", ",".join(map(str, degrees(50, 0))), bands]) == 2
    assert one_sentence(capsys)


def test_a_street_that_crosses_itself_at_a_vertex_turns_there(tmp_path: Path) -> None:
    mended = [(0, 0), (50, 0), (100, 0), (100, 50), (50, 50), (50, 0), (50, -50)]
    assert told(drawn(mended, at=(50, -40)), tmp_path)[:2] == (set(), pytest.approx(80, abs=0.01))  # 40 + 40, not round the loop


def test_a_facility_on_an_island_serves_who_lives_there_and_nobody_else(tmp_path: Path) -> None:
    workspace = drawn([(0, 0), (600, 0)], [(0, 150), (100, 150)], at=(90, 150), homes=[home(10, 0, 5), home(10, 150, 3)])
    save_workspace(workspace, tmp_path / "v")
    answer = open_study(tmp_path / "v").coverage("CANTEEN", "500m")
    assert answer.features["homes"]["walk_m"].tolist() == [pytest.approx(float("nan"), nan_ok=True), pytest.approx(80, abs=0.05)]
    assert [answer.fact(f"people_{key}") for key in ("total", "covered", "gap", "circle_only")] == [8, 3, 5, 5]
    assert {"facilities_cut_off", "island"} <= {one.key for one in answer.caveats}
    assert open_study(tmp_path / "v").topology().fact("people_islands") == 3


@pytest.mark.parametrize(("x", "code"), [(355.0, "gate_off_edge"), (365.0, "gate_far")])
def test_a_gate_300_m_from_its_compound_is_found_and_nobody_is_led_through_it(x: float, code: str, tmp_path: Path) -> None:
    workspace = drawn(
        [(0, 0), (900, 0)], compounds=[({"walled": True}, shapely.box(0, 5, 60, 60))], homes=[home(30, 30, 5, compound_id="compounds-0")],
        gates=[({"compound_id": "compounds-0", "kind": "pedestrian"}, shapely.Point(x, 0))],
    )
    findings, metres, caveats = told(workspace, tmp_path)
    assert code in findings
    assert metres == pytest.approx(25 * 1.2 + 5 + 60, abs=0.05)  # as a compound without a gate: straight to the street, and on
    assert {"gates_far", "no_gate"} <= caveats


@pytest.mark.parametrize("speed", [0.0, -1.0, 1e6, float("nan"), float("inf")])
def test_a_speed_nobody_walks_at_is_refused(speed: float) -> None:
    with pytest.raises(BadMeasure, match=r"0\.1 到 3。 / .*0\.1 to 3\."):
        Profile("x", "某人", "someone", speed, True, "test")


@pytest.mark.parametrize("wait_s", [-1.0, 1e6, float("nan"), float("inf")])
def test_a_wait_nobody_waits_is_refused(wait_s: float) -> None:
    for name in ("signalised_s", "unsignalised_s", "over_or_under_s"):
        with pytest.raises(BadMeasure, match=r"0 到 600 秒。 / .*0 to 600 s\."):
            Waits(**{name: wait_s})


def test_a_wait_of_0_s_leaves_the_walk_alone(tmp_path: Path) -> None:
    rows = [({"kind": kind}, shapely.LineString(line)) for kind, line in (("road", [(0, 0), (40, 0)]), ("crossing", [(40, 0), (60, 0)]),
                                                                          ("road", [(60, 0), (100, 0)]))]
    save_workspace(village(street_rows=rows, homes=[home(10, 0, 5)], facilities=[canteen(90, 0)]), tmp_path / "v")
    for wait_s in (0.0, 600.0):
        row = Study(open_workspace(tmp_path / "v"), waits=Waits(unsignalised_s=wait_s)).coverage("CANTEEN", "30min").tables["units"].iloc[0]
        assert (row["walk_m"], row["walk_min"]) == pytest.approx((80, (80 / 1.2 + wait_s) / 60), abs=0.05)


@pytest.mark.parametrize(("street", "at", "metres"), [
    ([(0, 0), (100, 0), (50, 0), (50, 40)], (50, 40), 80),  # out, half way back and off: 40 + 40, not 90 + 50 + 40
    ([(0, 0), (100, 0), (50, 0)], (90, 0), 80),  # the canteen stands on both its ways
    ([(0, 0), (100, 0), (100, 50), (50, 50), (50, 0)], (50, 40), 80),  # ends on its own middle, where it has no vertex
])
def test_a_street_that_runs_back_over_itself_is_walked_by_the_ground_it_covers(
    street: list[tuple[float, float]], at: tuple[float, float], metres: float, tmp_path: Path
) -> None:
    assert told(drawn(street, at=at), tmp_path)[1] == pytest.approx(metres, abs=0.02)


def test_streets_drawn_over_one_another_in_part_are_one_street_there(tmp_path: Path) -> None:
    lines = [[(0, 0), (100, 0)], [(50, 0), (150, 0)], [(50, 0), (50, 40)]]
    assert told(drawn(*lines, at=(140, 0)), tmp_path)[1] == pytest.approx(130, abs=0.02)
    assert told(drawn(*lines, at=(50, 40)), tmp_path / "off")[1] == pytest.approx(80, abs=0.02)
