"""The legs of the walk: inside compounds along their paths, out of open ones along their edge, through nobody else's compound."""

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.study.test_isochrone import degrees
from tests.study.test_laws import around, indoors, shuffled, spot, walks
from tests.village import CRS, ORIGIN, Rows, canteen, home, streets, village
from wanli_geo.answer import Answer
from wanli_geo.errors import BadMeasure
from wanli_geo.study import Study
from wanli_geo.workspace.store import Workspace, to_metres

BLOCK = shapely.box(104, 104, 196, 196)
ROADS = [({"kind": "road"}, line) for line in streets()]
NORTH = ({"compound_id": "compounds-0", "kind": "pedestrian"}, shapely.Point(150, 200))
# From the north gate south, then west.
HOOK = [[(150, 200), (150, 150)], [(150, 150), (120, 150)]]


def hook(**more: object) -> list[tuple[dict[str, object], shapely.LineString]]:
    return [inner(*xy, **more) for xy in HOOK]


def inner(*xy: tuple[float, float], **more: object) -> tuple[dict[str, object], shapely.LineString]:
    return {"kind": "lane", "access": "residents", **more}, shapely.LineString(xy)


def block(*paths: tuple[dict[str, object], shapely.LineString], walled: bool | None = True, **layers: Rows) -> Workspace:
    """The village with the block between corners 6, 7, 11 and 12 as a compound, a gate to the north and a canteen north of it."""
    given_layers = {"gates": [NORTH], "facilities": [canteen(150, 300)], **layers}
    return village(street_rows=[*ROADS, *paths], compounds=[({"name": "围墙里", "walled": walled}, BLOCK)], **given_layers)


def inhabitant(x: float, y: float, people: float = 10) -> tuple[dict[str, object], shapely.Point]:
    return home(x, y, people, compound_id="compounds-0")


def walked(workspace: Workspace, **more: object) -> list[float]:
    return Study(workspace).coverage("CANTEEN", "5km", **more).features["homes"]["walk_m"].tolist()  # type: ignore[arg-type]


def caveats(answer: Answer) -> dict[str, str]:
    return {one.key: one.en for one in answer.caveats}


def test_inside_one_walks_along_the_inner_path_where_one_is_drawn() -> None:
    # Gate to canteen: 50 + 100 + 50. Home on the end of the path: 30 + 50; 10 m beside it: 12 more. Without the path 58.3 × 1.2.
    homes = [inhabitant(120, 150), inhabitant(120, 140)]
    assert walked(block(*hook(), homes=homes)) == pytest.approx([280, 292], abs=0.01)
    assert walked(block(homes=homes[:1])) == pytest.approx([200 + 1.2 * np.hypot(30, 50)], abs=0.01)


def test_the_walk_drawn_and_told_follows_the_inner_path() -> None:
    answer = Study(block(*hook(), homes=[inhabitant(120, 140)])).walk("compounds-0", "CANTEEN")
    line = shapely.transform(to_metres(answer.features["walk"].geometry.iloc[0], CRS), lambda xy: xy - ORIGIN)
    assert np.round(shapely.get_coordinates(line)[:5], 1).tolist() == [[120, 140], [120, 150], [150, 150], [150, 200], [150, 200]]
    turns = answer.tables["turns"]
    assert turns["turn"].tolist() == ["start", "go", "left", "gate", *turns["turn"].tolist()[4:]]
    assert turns["metres"].tolist()[:3] == pytest.approx([12, 30, 50], abs=0.01)
    assert turns["zh"].tolist()[:4] == [
        "从家走到小区里的路上 12 米", "沿小区里的路走 30 米", "左转，沿小区里的路走 50 米", "出小区，沿道路走 50 米"]
    assert turns["en"].tolist()[3] == "Out of the compound, along the road, 50 m"
    assert turns["metres"].sum() == pytest.approx(answer.fact("walk_m"), abs=0.001) == pytest.approx(292, abs=0.01)


def test_a_door_deep_inside_is_reached_from_the_gate_along_the_path_and_by_neighbours_without_the_gate() -> None:
    workspace = block(*hook(), homes=[inhabitant(150, 180), home(150, 300)], facilities=[canteen(120, 150)])
    assert walked(workspace) == pytest.approx([30 + 30, 200 + 80], abs=0.01)
    far = Study(workspace).walk("homes-1", "CANTEEN").tables["turns"]
    assert far["zh"].tolist()[-2:] == ["进小区，沿小区里的路走 50 米", "右转，沿小区里的路走 30 米"]
    near = Study(workspace).walk("compounds-0", "CANTEEN").tables["turns"]
    assert (near["turn"].tolist(), near["metres"].tolist()) == (["go", "right"], pytest.approx([30, 30], abs=0.01))


def test_inner_steps_are_not_for_the_wheelchair_and_a_path_shut_at_the_hour_is_not_walked() -> None:
    straight = 200 + 1.2 * np.hypot(30, 50)
    steps = block(*hook(kind="steps"), homes=[inhabitant(120, 150)])
    assert walked(steps) == pytest.approx([280], abs=0.01)
    assert walked(steps, profile="wheelchair") == pytest.approx([straight], abs=0.01)
    shut = block(*hook(open_hours="Mo-Su 18:00-22:00"), homes=[inhabitant(120, 150)])
    assert walked(shut) == pytest.approx([straight], abs=0.01)
    assert walked(shut, time="19:00") == pytest.approx([280], abs=0.01)


def test_the_detour_is_a_parameter_told_with_every_answer() -> None:
    workspace = block(homes=[inhabitant(150, 150)])
    for detour, metres in ((1.0, 250), (1.2, 260), (2.0, 300)):
        answer = Study(workspace, inner_detour=detour).coverage("CANTEEN", "1km")
        assert answer.features["homes"]["walk_m"].tolist() == pytest.approx([metres], abs=0.01)
        assert answer.params["inner_detour"] == detour
        assert f"times {detour:g}" in caveats(answer)["walked"]
    for wrong in (0.9, 2.1, float("nan")):
        with pytest.raises(BadMeasure, match="1 到 2"):
            Study(workspace, inner_detour=wrong)


def test_the_leg_from_a_gate_to_the_street_cuts_through_nobodys_compound() -> None:
    # The gate in the east wall of the first yard; the neighbours' yard lies between it and the canteen on the street at x = 200. One goes
    # 50 m along the wall to a street, then 45 + 50 m; where the neighbours' yard is open, straight over.
    for walled, metres in ((True, 12 + 50 + 45 + 50), (False, 12 + 45)):
        yards = [({"walled": True}, shapely.box(110, 110, 155, 190)), ({"walled": walled}, shapely.box(160, 102, 195, 198))]
        gates = [({"compound_id": "compounds-0", "kind": "pedestrian"}, shapely.Point(155, 150)),
                 ({"compound_id": "compounds-1", "kind": "pedestrian"}, shapely.Point(195, 150))]
        workspace = village(compounds=yards, gates=gates, homes=[inhabitant(145, 150)], facilities=[canteen(200, 150)])
        assert walked(workspace)[:1] == pytest.approx([metres], abs=0.01)


def test_an_open_compound_is_left_along_its_edge_wherever_that_is_best() -> None:
    # Home in the middle, 50 m from each of four streets; canteens on them. Straight to the south street: 46 m inside count 1.2, 4 do not.
    homes = [inhabitant(150, 150)]
    for x, y in ((150, 100), (200, 150), (150, 200), (100, 150)):
        assert walked(block(walled=False, gates=[], homes=homes, facilities=[canteen(x, y)])) == pytest.approx([1.2 * 46 + 4], abs=0.01)
    assert "no_gate" not in caveats(Study(block(walled=False, gates=[], homes=homes)).coverage("CANTEEN"))


def test_an_open_compound_reaches_a_street_that_is_not_the_nearest() -> None:
    # Home 20 m from the south edge. The canteen is on the north street; the nearest street is the south one, from which it is far.
    # Ways out stand at the corners (104, 196) and (196, 196) and at most 50 m apart between: at (150, 196), 66 m straight north.
    north = walked(block(walled=False, gates=[], homes=[inhabitant(150, 130)], facilities=[canteen(150, 200)]))
    assert north == pytest.approx([1.2 * 66 + 4], abs=0.01)
    assert walked(block(walled=None, gates=[], homes=[inhabitant(150, 130)], facilities=[canteen(150, 200)])) == pytest.approx(
        [1.2 * 26 + 4 + 50 + 100 + 50], abs=0.01)


def test_where_a_street_crosses_the_edge_of_an_open_compound_one_leaves_there() -> None:
    # A lane from the middle of the yard east through its edge at (196, 127); the home stands on it.
    lane = ({"kind": "lane"}, shapely.LineString([(160, 127), (200, 127)]))
    east = ({"kind": "road"}, shapely.LineString([(200, 100), (200, 127), (200, 200)]))
    workspace = village(street_rows=[*ROADS, lane, east], compounds=[({"walled": False}, BLOCK)], homes=[inhabitant(160, 127)],
                        facilities=[canteen(200, 127)])
    assert walked(workspace) == pytest.approx([40], abs=0.01)


def test_the_fallback_of_a_compound_without_a_gate_is_told_with_its_factor() -> None:
    answer = Study(block(gates=[], homes=[inhabitant(150, 130)], facilities=[canteen(150, 100)])).coverage("CANTEEN", "1km")
    assert answer.features["homes"]["walk_m"].tolist() == pytest.approx([1.2 * 26 + 4], abs=0.01)
    assert caveats(answer)["no_gate"].startswith("1 compound(s)")
    assert "times 1.2" in caveats(answer)["no_gate"]


def test_a_gate_behind_the_canal_is_no_way_out_and_a_home_with_no_other_is_counted_in_a_caveat() -> None:
    canal = [({"kind": "canal"}, shapely.LineString([(90, 170), (198, 170)]))]
    south = ({"compound_id": "compounds-0", "kind": "pedestrian"}, shapely.Point(150, 100))
    homes = [inhabitant(150, 150)]
    # By the south gate 60 + 50 + 200 + 50; by the north gate behind the canal it would be 60 + 200.
    both = Study(block(gates=[NORTH, south], homes=homes, blue_net=canal)).coverage("CANTEEN", "1km")
    assert both.features["homes"]["walk_m"].tolist() == pytest.approx([60 + 50 + 200 + 50], abs=0.01)
    assert "inner_barred" not in caveats(both)
    alone = Study(block(homes=homes, blue_net=canal)).coverage("CANTEEN", "1km")
    assert alone.features["homes"]["walk_m"].tolist() == pytest.approx([260], abs=0.01)
    assert caveats(alone)["inner_barred"].startswith("1 place(s)")
    bridged = Study(block(inner((150, 150), (150, 200)), homes=homes, blue_net=canal)).coverage("CANTEEN", "1km")
    assert bridged.features["homes"]["walk_m"].tolist() == pytest.approx([250], abs=0.01)
    assert "inner_barred" not in caveats(bridged)


def test_a_band_from_inside_follows_the_path_to_the_gate_and_to_the_neighbours() -> None:
    study = Study(block(*hook(), homes=[inhabitant(150, 180, 5), home(150, 300, 7)]))
    bands = study.isochrone(*degrees(120, 150), metres=[59, 60, 279, 280]).tables["bands"]
    assert bands["people"].tolist() == [0, 5, 5, 12]


DOOR = {"of": "facilities-0"}


@pytest.mark.parametrize(("north", "south", "metres"), [(None, None, 90), ("Mo-Su 11:00-13:00", None, 110), (None, "Mo-Su 11:00-13:00", 90)])
def test_an_entrance_shut_at_the_hour_is_no_door(north: str | None, south: str | None, metres: float) -> None:
    doors = [({**DOOR, "open_hours": north}, shapely.Point(90, 0)), ({**DOOR, "open_hours": south}, shapely.Point(110, 0))]
    workspace = village(homes=[home(0, 0)], facilities=[canteen(100, 10)], entrances=doors)
    assert walked(workspace) == pytest.approx([metres], abs=0.01)
    assert walked(workspace, time="12:00") == pytest.approx([90], abs=0.01)


def test_a_facility_whose_entrances_are_all_shut_is_closed_then() -> None:
    doors = [({**DOOR, "open_hours": "Mo-Su 11:00-13:00"}, shapely.Point(90, 0))]
    study = Study(village(homes=[home(0, 0, 5)], facilities=[canteen(100, 10), canteen(300, 0)], entrances=doors))
    answer = study.coverage("CANTEEN", "1km")
    assert answer.features["homes"]["walk_m"].tolist() == pytest.approx([300], abs=0.01)
    assert (answer.fact("facilities_used"), answer.fact("facilities_not_counted")) == (1, 0)
    assert answer.features["facilities"]["used"].tolist() == [False, True]
    assert caveats(answer)["doors_shut"].startswith("1 of")
    assert "doors_shut" not in caveats(study.coverage("CANTEEN", "1km", time="12:00"))


wall = shapely.box(110, 110, 190, 190)
path = st.lists(indoors, min_size=2, max_size=4, unique=True)
gate_sets = st.lists(around, min_size=1, max_size=3)


def yard(paths: list, gates: list, homes: list, canteens: list, *, walled: bool = True) -> Workspace:
    """The village with one compound: inner paths, gates on its wall, homes and canteens in it and around."""
    return village(
        street_rows=[*ROADS, *(inner(*xy) for xy in paths)],
        compounds=[({"walled": walled}, wall)],
        gates=[({"compound_id": "compounds-0", "kind": "pedestrian"}, shapely.Point(gate)) for gate in gates],
        homes=[home(x, y, compound_id="compounds-0") for x, y in homes],
        facilities=[canteen(x, y) for x, y in canteens],
    )


@given(st.lists(path, max_size=2), gate_sets, around, st.lists(indoors, min_size=1, max_size=3), st.lists(spot, min_size=1, max_size=2))
@settings(max_examples=200)
def test_a_gate_more_never_lengthens_a_walk_with_inner_paths(paths: list, gates: list, extra: tuple, homes: list, canteens: list) -> None:
    before, after = walks(yard(paths, gates, homes, canteens)), walks(yard(paths, [*gates, extra], homes, canteens))
    assert (after <= before + 1e-6).all()


@given(
    st.lists(path, max_size=2), gate_sets, st.lists(indoors, min_size=1, max_size=3), st.lists(spot, min_size=1, max_size=2), st.booleans(),
    st.randoms(use_true_random=False),
)
@settings(max_examples=200)
def test_the_order_of_rows_changes_no_way_inside(paths: list, gates: list, homes: list, canteens: list, walled: bool, random: object) -> None:
    workspace = yard(paths, gates, homes, canteens, walled=walled)
    order = {name: random.sample(range(len(layer)), len(layer)) for name, layer in workspace.layers.items()}  # type: ignore[attr-defined]
    one, two = walks(workspace), walks(shuffled(workspace, order))
    pd.testing.assert_series_equal(one, two, rtol=0, atol=1e-6, check_names=False)
