"""What if a gate were open, or closed, or a street: edits as data, told in every answer."""

import numpy as np
import pytest
import shapely

from tests.village import CRS, ORIGIN, canteen, home, streets, village
from wanli_geo.errors import BadMeasure, Refused
from wanli_geo.planning.edits import CloseGate, CloseStretch, OpenGate, apply
from wanli_geo.study import Study
from wanli_geo.workspace.store import Workspace, to_degrees

BLOCK = shapely.box(104, 104, 196, 196)


def gate(x: float, y: float, **more: object) -> tuple[dict[str, object], shapely.Point]:
    return {"compound_id": "compounds-0", "kind": "pedestrian", **more}, shapely.Point(x, y)


def walled(**north: object) -> Workspace:
    """A walled block with a gate to the south that is always open, and one to the north; the canteen lies north."""
    return village(
        compounds=[({"walled": True, "name": "甲小区"}, BLOCK)],
        homes=[home(150, 150, 4, compound_id="compounds-0")],
        gates=[gate(150, 104), gate(150, 196, **north)],
        facilities=[canteen(150, 300)],
    )


def walk_m(study: Study) -> float:
    return study.coverage("CANTEEN", "20km").features["homes"]["walk_m"].iloc[0]


@pytest.mark.parametrize("why", [{"status": "planned"}, {"status": "closed"}, {"status": "works"}, {"open_hours": "Su 06:00-07:00"}])
def test_a_gate_opened_is_open_whatever_kept_it_shut(why: dict[str, object]) -> None:
    study = Study(walled(**why), inner_detour=1)
    assert walk_m(study) == pytest.approx(46 + 4 + 50 + 200 + 50, abs=0.01)
    assert walk_m(study.with_gates(opened=["gates-1"])) == pytest.approx(46 + 4 + 50 + 100 + 50, abs=0.01)


def test_a_gate_for_residents_only_lets_others_in_when_opened() -> None:
    workspace = walled(residents_only=True)
    inside = village(compounds=[({"walled": True}, BLOCK)], homes=[home(150, 300, 4)], facilities=[canteen(150, 150)],
                     gates=[gate(150, 104), gate(150, 196, residents_only=True)])
    assert walk_m(Study(workspace)) == pytest.approx(walk_m(Study(workspace).with_gates(opened=["gates-1"])))
    study = Study(inside, inner_detour=1)
    assert (walk_m(study), walk_m(study.with_gates(opened=["gates-1"]))) == (pytest.approx(350, abs=0.01), pytest.approx(250, abs=0.01))


def test_a_gate_closed_sends_one_round_and_nothing_is_changed_in_place() -> None:
    workspace = walled()
    study = Study(workspace, inner_detour=1)
    before = workspace.layer("gates").copy()
    round_about = study.with_gates(closed=["gates-1"])
    assert (walk_m(study), walk_m(round_about)) == (pytest.approx(250, abs=0.01), pytest.approx(350, abs=0.01))
    assert workspace.layer("gates").equals(before)
    assert walk_m(round_about.with_gates(opened=["gates-0"])) == pytest.approx(350, abs=0.01)


def test_every_answer_names_the_edits_and_the_layer_as_it_is_at_rest() -> None:
    study = Study(walled(status="planned"))
    what_if = study.with_gates(opened=["gates-1"])
    lon, lat = study.workspace.layer("gates").geometry.iloc[0].coords[0]
    asked = [
        (study.coverage("CANTEEN"), what_if.coverage("CANTEEN")), (study.gaps("CANTEEN"), what_if.gaps("CANTEEN")),
        (study.by_age("CANTEEN"), what_if.by_age("CANTEEN")), (study.walk("甲小区", "CANTEEN"), what_if.walk("甲小区", "CANTEEN")),
        (study.isochrone(lon, lat), what_if.isochrone(lon, lat)), (study.topology(), what_if.topology()),
        (study.nearest("CANTEEN"), what_if.nearest("CANTEEN")), (study.opportunities("CANTEEN"), what_if.opportunities("CANTEEN")),
    ]
    for plain, edited in asked:
        assert edited.params["gates_opened"] == ["gates-1"]
        assert edited.caveats[0].key == "scenario"
        assert "gates-1" in edited.caveats[0].zh
        assert edited.run_id != plain.run_id
        assert edited.made_of == plain.made_of
        assert "gates_opened" not in plain.params
        assert [one.key for one in plain.caveats].count("scenario") == 0
    assert sum(edited.question == "gaps" and len([one for one in edited.caveats if one.key == "scenario"]) == 1 for _, edited in asked) == 1


@pytest.mark.parametrize(("wanted", "names"), [("gates-9", "gates-0, gates-1"), ("甲小区", "gates-0, gates-1"), ("compounds-0", "gates-0, gates-1")])
def test_a_gate_there_is_not_ends_in_a_sentence_with_those_there_are(wanted: str, names: str) -> None:
    with pytest.raises(BadMeasure, match=f"There is no gate “{wanted}”; the gates of compounds-0 are: {names}"):
        apply(walled(), [OpenGate(wanted)])


def test_in_a_workspace_without_gates_the_sentence_says_so() -> None:
    with pytest.raises(BadMeasure, match="no gates"):
        apply(village(), [OpenGate("gates-0")])


def test_a_gate_is_not_opened_and_closed_at_once() -> None:
    with pytest.raises(BadMeasure, match="at once"):
        apply(walled(), [OpenGate("gates-1"), CloseGate("gates-1")])


def test_nobody_is_walled_in_by_an_edit() -> None:
    with pytest.raises(Refused, match="no gate left"):
        apply(walled(status="planned"), [CloseGate("gates-0")])
    assert apply(walled(status="planned"), [CloseGate("gates-0"), OpenGate("gates-1")])


def test_a_compound_keeps_a_gate_that_is_always_open_if_it_has_one() -> None:
    with pytest.raises(Refused, match="only gates with hours"):
        apply(walled(open_hours="Mo-Su 16:30-19:00"), [CloseGate("gates-0")])
    assert apply(walled(open_hours="Mo-Su 16:30-19:00"), [CloseGate("gates-0"), OpenGate("gates-1")])
    assert apply(walled(open_hours="24/7"), [CloseGate("gates-0")])


@pytest.mark.parametrize("profile", ["wheelchair", "pram"])
def test_wheels_take_no_gate_with_steps(profile: str) -> None:
    study = Study(walled(step_free=False), inner_detour=1)
    by_north, by_south = 46 + 4 + 50 + 100 + 50, 46 + 4 + 50 + 200 + 50
    assert walk_m(study) == pytest.approx(by_north, abs=0.01)
    told = study.coverage("CANTEEN", "20km", profile=profile)
    assert told.features["homes"]["walk_m"].iloc[0] == pytest.approx(by_south, abs=0.01)


def test_wheels_take_no_entrance_with_steps() -> None:
    entrances = [({"of": "facilities-0", "step_free": level}, shapely.Point(x, 0)) for x, level in ((100, False), (300, True))]
    study = Study(village(homes=[home(0, 0, 4)], facilities=[canteen(200, 0)], entrances=entrances))
    assert walk_m(study) == pytest.approx(100, abs=0.01)
    assert study.coverage("CANTEEN", "20km", profile="wheelchair").features["homes"]["walk_m"].iloc[0] == pytest.approx(300, abs=0.01)


def test_an_id_like_no_other_is_not_taken_for_a_gate_of_some_compound() -> None:
    with pytest.raises(BadMeasure, match="There is no gate “\\?”; the layer gates has their ids"):
        apply(walled(), [OpenGate("?")])


def test_a_closed_street_is_walked_round_and_every_answer_names_it() -> None:
    workspace = village(street_rows=[({"kind": "road", "name": f"路{row}"}, line) for row, line in enumerate(streets())],
                        homes=[home(0, 0)], facilities=[canteen(400, 0)])
    study = Study(workspace)
    closed = study.with_edits([CloseStretch("路0")])
    assert (walk_m(study), walk_m(closed)) == (pytest.approx(400, abs=0.01), pytest.approx(600, abs=0.01))
    answer = closed.coverage("CANTEEN", "500m")
    assert answer.fact("people_gap") == 10
    assert answer.params["streets_closed"] == [{"street": "路0"}]
    assert answer.caveats[0].zh == "假设：这些路不让人走（路0）。不是现状。"
    assert closed.today.coverage("CANTEEN", "500m").fact("people_covered") == 10


def test_a_street_closed_in_its_middle_keeps_its_rest_under_ids_that_are_unique() -> None:
    taken = ({"kind": "lane", "id": "streets-0~1"}, shapely.LineString([(0, -50), (10, -50)]))
    workspace = village(street_rows=[*(({"kind": "road"}, line) for line in streets()), taken])
    west, east = to_degrees(shapely.points(np.array([[100, 0], [200, 0]]) + ORIGIN), CRS)
    between = ((west.x, west.y), (east.x, east.y))
    edited = apply(workspace, [CloseStretch("streets-0", between)])
    layer = edited.metric("streets").set_index("id")
    assert layer.index.is_unique and sorted(layer.index.difference(workspace.layer("streets")["id"])) == [
        "streets-0~2", "streets-0~3", "streets-0~4"]
    assert layer.loc[["streets-0~2", "streets-0~3", "streets-0~4"]].length.round(3).tolist() == [100, 100, 200]
    assert layer["status"].loc["streets-0~3"] == "closed"
    assert edited.digest("streets") == workspace.digest("streets")
