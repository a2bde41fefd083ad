"""The red walkway of a village known by heart: every number can be counted on the fingers."""

from itertools import pairwise

import networkx as nx
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.village import SIDE, STEP, corner, home, streets, village
from wanli_geo.errors import BadMeasure, BadPublication, NothingToAnswer
from wanli_geo.study import Study, open_study
from wanli_geo.workspace.store import save_workspace

LINE = ({"name": "步道", "width_m": 3.0, "step_free": True, "lit": True}, shapely.LineString([corner(10), corner(14)]))  # 400 m east


def bare(*corners):
    """A walkway that says nothing of itself."""
    return {"name": "步道"}, shapely.LineString([corner(one) for one in corners])


def stop(x, kind="history", y=200.0, **own):
    return {"kind": kind, **own}, shapely.Point(x, y)


def asked(*walkway, **layers):
    layers = {"homes": [home(0, 0)], **layers}
    asking = {name: layers.pop(name) for name in ("stop_min", "within", "profile") if name in layers}
    return Study(village(red_walkway=list(walkway or [LINE]), **layers)).routes.red_walkway(**asking)


def check(answer, key):
    return answer.tables["checks"].set_index("key").loc[key]


def told_of(answer, key):
    return [caveat.en for caveat in answer.caveats if caveat.key == key]


# -- stops -----------------------------------------------------------------------------------------------------------------------

STOPS = [stop(100, order=1), stop(200, "painting", order=2, chainage_m=190), stop(400, "sculpture", y=206.0, order=3)]


def test_stops_by_their_points_with_spacing_and_minutes():
    answer = asked(walkway_stops=STOPS)
    stops = answer.tables["stops"]
    assert stops["chainage_m"].tolist() == pytest.approx([100, 200, 400], abs=0.02)
    assert stops["offset_m"].tolist() == pytest.approx([0, 0, 6], abs=0.02)  # to the left, northward
    assert stops["recorded_m"].iloc[1] == 190
    assert stops["next_m"].iloc[:2].tolist() == pytest.approx([100, 200], abs=0.02)
    assert stops["minutes"].tolist() == pytest.approx([100 / 54, 200 / 54 + 2, 400 / 54 + 4], abs=0.01)  # 0.9 m/s are 54 m a minute
    assert [answer.fact(f"stops_{kind}") for kind in ("painting", "sculpture", "new_media", "history")] == [1, 1, 0, 1]
    assert answer.fact("spacing_mean_m") == pytest.approx(150, abs=0.02)
    assert answer.fact("spacing_longest_m") == pytest.approx(200, abs=0.02)
    assert answer.fact("spacing_longest_from_m") == pytest.approx(200, abs=0.02)


def test_the_time_of_an_elder_with_stops():
    answer = asked(walkway_stops=STOPS, stop_min=3.0)
    assert answer.fact("walk_min") == pytest.approx(400 / 54, abs=0.001)
    assert answer.fact("walk_min_with_stops") == pytest.approx(400 / 54 + 9, abs=0.001)


def test_waits_at_crossings_are_told_besides():
    answer = asked()
    assert answer.fact("crossings") > 0
    assert answer.fact("crossing_wait_min") == pytest.approx(answer.fact("crossings") * 10 / 60)
    assert answer.fact("walk_min") == pytest.approx(400 / 54, abs=0.001)


def test_a_stop_keeps_its_place_when_the_line_is_redrawn():
    redrawn = {"name": "步道"}, shapely.LineString([corner(10), corner(5), corner(6), corner(11), corner(14)])  # round a block: 200 m more
    (before,), (after,) = (asked(line, walkway_stops=[stop(200, chainage_m=200)]).tables["stops"].to_dict("records") for line in (LINE, redrawn))
    assert before["chainage_m"] == pytest.approx(200, abs=0.02)
    assert after["chainage_m"] == pytest.approx(400, abs=0.02)
    assert after["recorded_m"] == 200
    assert after["offset_m"] == pytest.approx(0, abs=0.02)


def test_a_walkway_that_is_not_open_yet_is_said_so():
    planned = {**LINE[0], "status": "planned"}, LINE[1]
    assert told_of(asked(planned), "not_open")
    assert not told_of(asked(), "not_open")


def test_an_order_back_and_forth_is_told_with_its_metres():
    answer = asked(walkway_stops=[stop(100, order=2), stop(300, order=1), stop(350, order=3)])
    assert answer.fact("story_back_m") == pytest.approx(400, abs=0.1)
    assert "400 m" in told_of(answer, "order_back")[0]
    assert answer.fact("walk_min_with_stops") == pytest.approx(800 / 54 + 6, abs=0.01)


def test_an_order_that_is_incomplete_gives_way_to_the_line():
    answer = asked(walkway_stops=[stop(300, order=1), stop(100)])
    assert answer.tables["stops"]["chainage_m"].tolist() == pytest.approx([100, 300], abs=0.02)
    assert told_of(answer, "order")


def test_with_no_stop_on_it_the_whole_line_is_one_gap():
    answer = asked(walkway_stops=[stop(100, y=4_000.0)])
    assert answer.fact("stops") == 0
    assert answer.fact("spacing_mean_m") is None
    assert answer.fact("spacing_longest_m") == pytest.approx(400, abs=0.01)
    assert check(answer, "spacing")["status"] == "short"


def test_a_stop_far_off_or_of_another_walkway_is_left_out():
    answer = asked(walkway_stops=[stop(100), stop(100, y=401.0)])
    assert answer.fact("stops") == 1
    assert told_of(answer, "stops_far")


@given(st.lists(st.integers(0, 400), min_size=1, max_size=6, unique=True))
@settings(max_examples=10, deadline=None)
def test_one_stop_more_never_lengthens_the_longest_stretch(places):
    rows = [stop(place) for place in places]
    longest = [asked(walkway_stops=some).fact("spacing_longest_m") for some in (rows, rows[:-1])]
    assert longest[0] <= longest[1] + 0.02


# -- the line --------------------------------------------------------------------------------------------------------------------


def test_the_walkway_says_of_itself_what_counts():
    answer = asked()
    assert answer.fact("width_least_m") == 3.0
    assert answer.fact("step_free_share") == answer.fact("lit_share") == 1.0
    assert [check(answer, key)["status"] for key in ("continuous", "wide", "step_free", "lit")] == ["ok"] * 4
    assert len(answer.tables["stretches"]) == 8
    assert answer.tables["stretches"]["metres"].sum() == pytest.approx(400, abs=0.01)


def test_the_width_of_a_road_is_not_that_of_a_walk():
    rows = [({"kind": "road", "width_m": 14.0}, line) for line in streets()]
    answer = asked(bare(10, 14), street_rows=rows)
    assert answer.fact("width_least_m") is None
    assert check(answer, "wide")["status"] == "unknown"
    paths = [({"kind": "path", "width_m": 1.2, "surface": "gravel"}, line) for line in streets()]
    answer = asked(bare(10, 14), street_rows=paths)
    assert answer.fact("width_least_m") == 1.2
    assert check(answer, "wide")["status"] == "short"
    assert set(answer.tables["stretches"]["surface"]) == {"gravel"}


def test_steps_are_steps_whatever_the_walkway_says():
    row = shapely.LineString([corner(11), corner(12)])
    rest = [line for line in streets() if line.bounds[1] != 200 or line.bounds[3] != 200]
    west, east = shapely.LineString([corner(10), corner(11)]), shapely.LineString([corner(12), corner(14)])
    answer = asked(street_rows=[*(({"kind": "road"}, line) for line in (*rest, west, east)), ({"kind": "steps"}, row)])
    assert answer.fact("step_free_share") == pytest.approx(0.75, abs=0.02)
    assert check(answer, "step_free")["status"] == "short"


def test_lamps_count_where_they_are_on_record_and_the_record_elsewhere():
    dead = [({"in_use": False}, shapely.Point(x, 203)) for x in (20, 50, 80)]  # on record up to 102.5 m, half a spacing on
    answer = asked(lamps=dead)
    assert answer.fact("lit_share") == pytest.approx(297.5 / 400, abs=0.02)
    assert answer.fact("dark_longest_m") == pytest.approx(102.5, abs=5)
    assert answer.tables["stretches"]["light"].tolist()[:2] == ["dark"] * 2
    assert answer.tables["stretches"]["light"].tolist()[-1] == "stated"


def test_a_lamp_of_a_street_that_is_crossed_makes_nothing_dark():
    crossed = [({}, shapely.Point(100, y)) for y in (160, 190, 220)]
    assert asked(lamps=crossed).fact("lit_share") == 1.0


def test_the_light_of_lamps_is_their_mean_and_its_class():
    bright = [({"lux": 12.0, "height_m": 6.0}, shapely.Point(x, 203)) for x in range(0, 401, 25)]
    table = asked(bare(10, 14), lamps=bright).tables["stretches"]
    assert set(table["light"]) == {"high"}
    assert table["lux"].tolist() == pytest.approx([12.0] * 8)


def test_shade_is_where_a_green_lies_beside():
    park = ({"kind": "park"}, shapely.box(100, 205, 200, 290))
    assert asked(green_vein=[park]).fact("shade_share") == pytest.approx(112.5 / 400, abs=0.02)  # 100 m, and 6.2 m beyond either corner


def test_what_nobody_knows_is_none():
    answer = asked(bare(10, 14))
    assert answer.fact("benches") is None
    assert answer.fact("lit_share") is None
    assert check(answer, "lit")["status"] == "unknown"


def test_a_walkway_in_two_pieces_is_broken_by_so_many_metres():
    answer = asked(LINE, ({"name": "步道"}, shapely.LineString([corner(0), corner(4)])))
    assert answer.fact("pieces") == 2
    assert answer.fact("breaks") == 1
    assert check(answer, "continuous")["status"] == "short"
    assert "200 m apart" in told_of(answer, "breaks")[0]


def test_marks_stand_every_hundred_metres():
    assert asked().tables["marks"]["chainage_m"].tolist()[:4] == [0, 100, 200, 300]


def test_no_walkway_and_no_sense_are_one_sentence():
    with pytest.raises(NothingToAnswer, match="red walkway"):
        Study(village(homes=[home(0, 0)])).routes.red_walkway()
    with pytest.raises(BadMeasure, match="-1 minutes"):
        asked(stop_min=-1)


# -- people ----------------------------------------------------------------------------------------------------------------------


def test_five_minutes_of_an_elder_are_270_metres():
    homes = [home(200, 40, 7), home(200, 0, 11), home(400, 400, 13)]  # 260, 300 and 500 m from the end of the walkway at corner 11
    answer = asked(bare(10, 11), homes=homes)
    assert answer.fact("people_within") == 7
    assert answer.fact("people_total") == 31
    assert answer.fact("share_within") == pytest.approx(7 / 31)
    assert asked(bare(10, 11), homes=homes, within="300m").fact("people_within") == 18
    assert asked(bare(10, 11), homes=homes, profile="adult").fact("people_within") == 18  # 360 m


def test_a_street_that_comes_to_the_middle_of_the_line_is_a_way_in():
    line = {"name": "步道"}, shapely.LineString([corner(5), corner(7)])  # corner 6 is no vertex, and no step of 25 m
    assert asked(line, homes=[home(55, 0, 1)], within="146m").fact("people_within") == 1  # 45 m to corner 1, 100 m up


def graph():
    """The village's streets in steps of 5 m, for an engine of other people."""
    streets_of = nx.Graph()
    ticks = range(0, int(STEP * (SIDE - 1)) + 1, 5)
    for row in range(0, int(STEP * SIDE), int(STEP)):
        for low, high in pairwise(ticks):
            streets_of.add_edge((low, row), (high, row), weight=5)
            streets_of.add_edge((row, low), (row, high), weight=5)
    return streets_of


@given(st.lists(st.tuples(st.integers(0, 80), st.integers(0, 4), st.booleans()), min_size=1, max_size=8), st.integers(0, 4),
       st.sampled_from([100, 150, 300]))
@settings(max_examples=12, deadline=None)
def test_people_are_those_that_networkx_finds(spots, row, within):
    places = [(5 * along, 100 * across) if flat else (100 * across, 5 * along) for along, across, flat in spots]
    answer = asked(bare(5 * row, 5 * row + 2), homes=[home(x, y, 1) for x, y in places], within=f"{within}m")
    away = nx.multi_source_dijkstra_path_length(graph(), {(x, 100 * row) for x in range(0, 201, 5)})
    assert answer.fact("people_within") == sum(away[place] <= within for place in places)


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 4)), min_size=1, max_size=6), st.integers(1, 3))
@settings(max_examples=10, deadline=None)
def test_a_longer_walkway_never_has_fewer_people(spots, corners):
    homes = [home(x, 100 * row, 1) for x, row in spots]
    short, long = (asked(bare(*range(10, 11 + end)), homes=homes).fact("people_within") for end in (corners, corners + 1))
    assert long >= short


# -- the site --------------------------------------------------------------------------------------------------------------------


def published(folder, text):
    save_workspace(village(red_walkway=[LINE], walkway_stops=STOPS, homes=[home(0, 0)]), folder)
    (folder / "publish.toml").write_text(text, "utf-8")
    return open_study(folder).routes.red_walkway()


def test_each_stop_has_the_address_of_its_story(tmp_path):
    answer = published(tmp_path, 'public_url = "https://example.org/wanli"')
    assert answer.features["stops"]["address"].tolist()[0] == "https://example.org/wanli/red_walkway.html#walkway_stops-0"
    assert check(answer, "qr")["status"] == "ok"


def test_without_an_address_there_is_no_code_and_it_is_said():
    answer = asked(walkway_stops=STOPS)
    assert answer.features["stops"]["address"].isna().all()
    assert "no QR code is made" in told_of(answer, "no_qr")[0]
    assert check(answer, "qr")["status"] == "short"


def test_another_address_is_another_run(tmp_path):
    one = published(tmp_path, 'public_url = "https://example.org/a"')
    other = published(tmp_path, 'public_url = "https://example.org/b"')
    assert one.run_id != other.run_id


def test_a_bad_publish_toml_is_one_sentence(tmp_path):
    with pytest.raises(BadPublication, match="https"):
        published(tmp_path, 'public_url = "example.org"')


def test_row_order_changes_nothing():
    one, other = (asked(walkway_stops=rows) for rows in (STOPS, [STOPS[2], STOPS[0], STOPS[1]]))
    assert np.allclose(one.tables["stops"]["chainage_m"], other.tables["stops"]["chainage_m"])
    assert [fact.value for fact in one.facts] == pytest.approx([fact.value for fact in other.facts])
