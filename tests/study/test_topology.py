"""Islands, the people on them, and the gates that lead nowhere."""

import shapely

from tests.village import canteen, home, streets, village
from wanli_geo.study import Study

ISLAND = ({"id": "lone", "kind": "lane"}, shapely.LineString([(700, 0), (800, 0)]))
ROWS = [({"kind": "road"}, line) for line in streets()]


def test_a_village_in_one_piece_has_no_island() -> None:
    answer = Study(village(homes=[home(0, 0, 5)])).topology()
    assert [answer.fact(key) for key in ("streets_m", "corners", "edges", "islands", "people_islands", "gates_nowhere")] == [
        answer.fact("streets_m"), 25, 40, 0, 0, 0]
    assert round(float(answer.fact("streets_m") or 0), 1) == 4000.0


def test_an_island_is_listed_with_the_people_who_have_nothing_else() -> None:
    homes = [home(710, 0, 5), home(790, 10, 2), home(0, 0, 9), home(-500, 0, 4), home(720, 5, None)]
    answer = Study(village(street_rows=[*ROWS, ISLAND], homes=homes, facilities=[canteen(0, 0)])).topology()
    table = answer.tables["islands"]
    assert table[["people", "places", "streets"]].to_numpy().tolist() == [[7, 3, "lone"]]
    assert (answer.fact("people_islands"), answer.fact("places_off"), answer.fact("people_off")) == (7, 1, 4)
    assert answer.features["islands"].geometry.iloc[0].geom_type == "MultiLineString"


def test_a_home_that_reaches_both_is_on_the_mainland() -> None:
    near = ({"kind": "lane"}, shapely.LineString([(430, 10), (480, 10)]))
    answer = Study(village(street_rows=[*ROWS, near], homes=[home(420, 10, 5)])).topology()
    assert (answer.fact("islands"), answer.fact("people_islands")) == (1, 0)


def test_gates_that_lead_nowhere_are_listed_with_the_reason() -> None:
    block = shapely.box(650, 20, 900, 400)
    gates = [({"compound_id": "compounds-0", "kind": "pedestrian"}, shapely.Point(x, y)) for x, y in ((750, 20), (775, 400))]
    answer = Study(village(street_rows=[*ROWS, ISLAND], compounds=[({"walled": True, "residents": 8}, block)], gates=gates)).topology()
    assert answer.tables["gates"][["id", "reason"]].to_numpy().tolist() == [["gates-0", "cut_off"], ["gates-1", "no_street"]]
    assert answer.to_json()


def test_a_street_closed_at_night_may_cut_the_village_in_two() -> None:
    rows = [({"kind": "road"}, shapely.LineString([(0, 0), (300, 0)])),
            ({"kind": "footbridge", "open_hours": "Mo-Su 06:00-22:00"}, shapely.LineString([(300, 0), (400, 0)])),
            ({"kind": "road"}, shapely.LineString([(400, 0), (500, 0)]))]
    study = Study(village(street_rows=rows, homes=[home(450, 0, 3)]))
    assert [study.topology(time=time).fact("people_islands") for time in ("10:00", "23:00")] == [0, 3]
