"""Which stretches of street a closure closes: in the village, counted on one's fingers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from tests.village import CRS, ORIGIN, village
from wanli_geo.planning.closures import CloseStretch, closed_by, without
from wanli_geo.workspace.store import Workspace, to_degrees


def line(*xy: tuple[float, float]) -> shapely.LineString:
    return shapely.LineString(xy)


def places(*xy: tuple[float, float]) -> tuple[tuple[float, float], ...]:
    degrees = to_degrees(shapely.points(np.array(xy, dtype=float) + ORIGIN), CRS)
    return tuple((float(x), float(y)) for x, y in shapely.get_coordinates(degrees))


def town(*rows: tuple[str, Any], kind: str = "road") -> Workspace:
    return village(street_rows=[({"kind": kind, "name": name}, shape) for name, shape in rows])


def closed(workspace: Workspace, *closures: CloseStretch) -> list[tuple[str, float, float]]:
    found = closed_by(workspace, closures)
    names = workspace.layer("streets")["name"]
    return [(names[row], round(start, 2), round(end, 2)) for row, start, end in zip(found.row, found.start, found.end, strict=True)]


def test_by_a_line_everything_that_runs_along_it_is_closed_and_what_crosses_it_or_lies_farther_off_is_not() -> None:
    workspace = town(("main", line((0, 0), (300, 0))), ("path", line((0, 5), (300, 5))), ("service", line((0, 15), (300, 15))),
                     ("across", line((150, -100), (150, 100))))
    assert closed(workspace, CloseStretch(line=places((50, 2), (250, 2)))) == [("main", 50, 250), ("path", 50, 250)]


def test_by_a_name_the_path_beside_stays_open() -> None:
    workspace = town(("main", line((0, 0), (300, 0))), ("path", line((0, 5), (300, 5))))
    assert closed(workspace, CloseStretch("main", places((50, 0), (250, 0)))) == [("main", 50, 250)]


@pytest.mark.parametrize("kind", ["footbridge", "underpass"])
def test_what_passes_over_or_under_the_works_stays_open(kind: str) -> None:
    over = ({"kind": kind, "name": "over"}, line((0, 3), (300, 3)))
    workspace = village(street_rows=[({"kind": "road", "name": "main"}, line((0, 0), (300, 0))), over])
    assert closed(workspace, CloseStretch(line=places((50, 0), (250, 0)))) == [("main", 50, 250)]


def test_a_street_that_turns_off_where_the_works_end_is_closed_to_its_bend_only() -> None:
    workspace = town(("bent", line((0, 0), (200, 0), (200, 200))))
    assert closed(workspace, CloseStretch(line=places((100, 0), (200, 0)))) == [("bent", 100, 200)]
    assert closed(workspace, CloseStretch(line=places((100, 0), (200, 0), (200, 100)))) == [("bent", 100, 300)]


def test_all_pieces_of_a_name_are_closed_and_between_two_places_those_between() -> None:
    workspace = town(("main", line((0, 0), (100, 0))), ("main", line((200, 0), (100, 0))), ("main", line((200, 0), (300, 0))))
    assert closed(workspace, CloseStretch("main")) == [("main", 0, 100)] * 3
    assert closed(workspace, CloseStretch("main", places((50, 0), (260, 0)))) == [("main", 50, 100), ("main", 0, 100), ("main", 0, 60)]


def test_a_street_drawn_in_parts_is_closed_by_its_whole_chainage() -> None:
    workspace = town(("parts", shapely.MultiLineString([[(0, 0), (100, 0)], [(150, 0), (250, 0)]])))
    found = closed_by(workspace, [CloseStretch("parts", places((160, 0), (230, 0)))])
    assert (found.start.round(2).tolist(), found.end.round(2).tolist()) == ([110], [180])
    assert without(workspace.metric("streets"), found).length.round(2).tolist() == [110, 70, 20]


def test_of_a_ring_street_the_shorter_way_round_between_two_places_is_closed_over_the_seam_too() -> None:
    workspace = town(("ring", line((50, 0), (100, 0), (100, 100), (0, 100), (0, 0), (50, 0))))
    assert closed(workspace, CloseStretch("ring", places((20, 0), (80, 0)))) == [("ring", 0, 30), ("ring", 370, 400)]


@given(st.lists(st.tuples(st.floats(0, 300), st.floats(0, 300)).filter(lambda two: abs(two[0] - two[1]) > 10), max_size=5))
def test_what_is_closed_twice_is_closed_once_and_split_streets_keep_their_length(pairs: Any) -> None:
    workspace = town(("main", line((0, 0), (300, 0))))
    found = closed_by(workspace, [CloseStretch("main", places((low, 0), (high, 0))) for low, high in pairs])
    union = shapely.union_all([shapely.box(min(two), 0, max(two), 1) for two in pairs]).area if pairs else 0
    assert found.metres.sum() == pytest.approx(union, abs=6.1 * max(len(pairs), 1))  # an end by an end of the street is the end of the street
    split = without(workspace.metric("streets"), found)
    assert split.length.sum() == pytest.approx(300, abs=1e-3)
    assert split["id"].is_unique
    assert split[split["status"] == "closed"].length.sum() == pytest.approx(found.metres.sum(), abs=1e-3)
