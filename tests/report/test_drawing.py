"""A map on paper says what it shows, how large and from whom; it is the same each time, and no name in it is ever obeyed."""

import re
from xml.etree import ElementTree

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from tests.report.village import EVIL, village
from wanli_geo.errors import NothingToAnswer, UnknownLayer
from wanli_geo.report import palette
from wanli_geo.report.carto import pen
from wanli_geo.report.carto.frame import Frame
from wanli_geo.report.carto.inks import Ink, hatched
from wanli_geo.report.drawing import Entry, Overlay, ground_map, map_of, place_map, theme_map
from wanli_geo.report.naming import Name, fitting
from wanli_geo.study import Study
from wanli_geo.workspace.store import open_workspace

SVG = "{http://www.w3.org/2000/svg}"
THEMES = ("blue", "green", "orange", "red", "night", "plan")


@pytest.fixture(scope="module")
def study():
    return Study(village())


@pytest.fixture(scope="module")
def answers(study):
    gate = study.workspace.layer("gates").geometry.iloc[0]
    return {
        "coverage": study.coverage("CANTEEN", "300m"), "gaps": study.gaps("CANTEEN", "100m"), "walk": study.walk("c2", "CANTEEN"),
        "isochrone": study.isochrone(gate.x, gate.y, minutes=(2, 5)), "isochrones": study.isochrones([("a", gate.x, gate.y)], metres=(200,)),
        "nearest": study.nearest("CANTEEN"), "nearest_at": study.nearest("CANTEEN", at=(gate.x, gate.y)), "topology": study.topology(),
        "catchments": study.catchments("CANTEEN"), "equity": study.equity("CANTEEN"), "opportunities": study.opportunities("CANTEEN"),
        "people": study.opportunities(), "audit": study.audit(), "clause": study.clause("gb50180/10-EDU_PRIMARY"), "green": study.green(),
    }


QUESTIONS = ("coverage", "gaps", "walk", "isochrone", "isochrones", "nearest", "nearest_at", "topology", "catchments", "equity", "opportunities",
             "people", "audit", "clause", "green")


def parsed(svg):
    return ElementTree.fromstring(svg)  # noqa: S314 (our own drawing: that it can be parsed is half of what is asked)


def drawn(picture, width=174.0, height=127.0):
    return parsed(picture.draw(width, height))


def words(tree):
    return [text.text or "" for text in tree.iter(f"{SVG}text")]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("question", QUESTIONS)
def test_the_map_of_every_answer_has_title_scale_north_source_date_run_and_sketch(answers, study, question, lang):
    tree = drawn(map_of(answers[question], study.workspace, lang))
    told = " ".join(words(tree))
    assert tree.get("width") == "174mm" and tree.get("viewBox") == "0 0 174 127"
    assert tree.find(f"{SVG}title").text and tree.find(f"{SVG}desc").text
    assert re.search(r"1:[\d,]+", told) and {"zh": "北", "en": "N"}[lang] in words(tree)
    for part in ("2026-11", "© 村委会", answers[question].run_id, {"zh": "示意图", "en": "Sketch"}[lang]):
        assert part in told


@pytest.mark.parametrize("theme", THEMES)
def test_every_theme_is_drawn_with_its_legend(study, theme):
    assert len(words(drawn(theme_map(study.workspace, theme)))) > 5


def test_a_theme_that_is_none_is_refused(study):
    with pytest.raises(UnknownLayer, match="没有主题"):
        theme_map(study.workspace, "pink")


def test_an_answer_without_a_place_has_no_map(study):
    with pytest.raises(NothingToAnswer, match="没有图可画"):
        map_of(study.by_age("CANTEEN"), study.workspace)


@pytest.mark.parametrize(("width", "height"), [(60, 40), (174, 60), (90, 240), (400, 280)])
def test_at_any_size_the_legend_lies_on_the_map(study, width, height):
    tree = drawn(theme_map(study.workspace, "orange"), width, height)
    inner = tree.find(f"{SVG}svg")
    card = next(rect for rect in tree.iter(f"{SVG}rect") if rect.get("rx") == "1.4")
    x, y, wide, high, frame_wide, frame_high = (float(of.get(name)) for of, names in ((card, ("x", "y", "width", "height")),
                                                (inner, ("width", "height"))) for name in names)
    assert min(x, y) >= 0 and x + wide <= frame_wide and y + high <= frame_high


@pytest.mark.parametrize("question", ["coverage", "audit", "isochrone"])
def test_the_same_answer_gives_the_same_bytes(answers, study, question):
    one, two = (map_of(answers[question], study.workspace).draw(174, 127) for _ in range(2))
    assert one == two


def test_a_hostile_name_is_read_and_never_obeyed(study):
    svg = place_map(study.workspace, study.workspace.layer("compounds").geometry.iloc[3], highlight=["c4"]).draw(174, 127)
    tree = parsed(svg)
    assert EVIL in words(tree) and tree.find(f"{SVG}title").text == EVIL
    assert {element.tag for element in tree.iter()} <= {f"{SVG}{tag}" for tag in ("svg", "title", "desc", "path", "text", "rect", "circle")}


@given(st.text())
def test_any_text_at_all_makes_a_drawing_that_can_be_parsed(text):
    tree = parsed(pen.drawing(10, 10, 1, text, text, pen.words(1, 1, text, 2)))
    assert "\n" not in (tree.find(f"{SVG}text").text or "")


def test_a_place_shows_its_gates_and_the_walk(study, answers):
    compound = study.workspace.layer("compounds").geometry.iloc[1]
    told = words(drawn(place_map(study.workspace, compound, highlight=["c2"], walks=answers["walk"].features["walk"])))
    assert {"西园", "步行路线", "小区门", "社区食堂"} <= set(told)


def test_the_legend_names_only_what_is_drawn(answers, study):
    units = answers["coverage"].features["units"]
    told = words(drawn(map_of(answers["coverage"], study.workspace)))
    assert ("已覆盖" in told) == (units["status"] == "covered").any()
    assert ("未知（资料不全）" in told) == (units["status"] == "unknown").any()


def test_unknown_is_hatched_and_a_gap_outlined(study):
    svg = map_of(study.coverage("PHARMACY", "300m"), study.workspace).draw(174, 127)  # pharmacies were looked for only in part
    assert palette.UNKNOWN_STRIPE in svg
    assert palette.GAP_INK in map_of(study.coverage("CANTEEN", "100m"), study.workspace).draw(174, 127)


def test_the_legend_lies_beside_the_neighbourhood(answers, study):
    tree = drawn(map_of(answers["coverage"], study.workspace))
    card = next(rect for rect in tree.iter(f"{SVG}rect") if rect.get("rx") == "1.4")
    x, y, width, height = (float(card.get(name)) for name in ("x", "y", "width", "height"))
    edge = next(path for path in tree.iter(f"{SVG}path") if path.get("stroke-dasharray", "").startswith("2.2"))
    corners = np.array(re.findall(r"-?[\d.]+", edge.get("d")), dtype=float).reshape(-1, 2)
    assert not shapely.box(x, y, x + width, y + height).intersects(shapely.Polygon(corners))


def test_the_sketch_of_wanli_is_drawn_in_less_than_half_a_megabyte():
    assert len(ground_map(open_workspace()).draw(174, 127)) < 500_000


def test_a_map_of_one_s_own_is_drawn_with_its_legend(study):
    ink = Ink("#123456", "#654321")
    layer = Overlay(study.workspace.layer("compounds").geometry.to_numpy(), ink)
    svg = ground_map(study.workspace, "zh", layers=[layer], legend=[Entry("四个园", ink)], title="试").draw(100, 80)
    assert "#123456" in svg and "四个园" in svg


def test_a_map_at_night_is_dark(study):
    svg = ground_map(study.workspace, night=True).draw(174, 127)
    assert palette.NIGHT["ground"] in svg and palette.GROUND["inside"] not in svg


@pytest.mark.parametrize(("east", "north"), [(0.0, 0.0), (0.003, 0.0), (0.0, 0.003)])
def test_a_place_of_no_extent_is_drawn_with_what_lies_round_it(study, east, north):
    west, south = 121.4, 31.27
    picture = place_map(study.workspace, (west, south, west + east, south + north))
    assert 0.9 <= picture.aspect <= 1.5
    assert "nan" not in picture.draw(120, 120 / picture.aspect)


def test_a_workspace_of_nothing_but_streets_is_drawn():
    town = village()
    bare = type(town)(town.catalogue, {"streets": town.layer("streets")})
    assert "1横路" in words(drawn(ground_map(bare)))


side = st.floats(200, 20_000)


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6), side, side, st.floats(40, 400), st.floats(40, 400), st.floats(0.7, 2))
def test_a_frame_shows_all_that_it_was_asked_to_at_one_scale_both_ways(west, south, wide, high, width, height, unit):
    frame = Frame.of((west, south, west + wide, south + high), width, height, (2, 2, 2, 2), unit)
    corner, other = shapely.get_coordinates(frame.mm(shapely.points([[west, south], [west + wide, south + high]])))
    assert (np.array([corner[0], other[1]]) >= 2 - 1e-6).all() and other[0] <= width - 2 + 1e-6 and corner[1] <= height - 2 + 1e-6
    assert np.allclose([other[0] - corner[0], corner[1] - other[1]], np.array([wide, high]) * 1000 / frame.denominator / unit)
    assert np.allclose(frame.metres(tuple(corner)), (west, south), atol=1e-6)


@given(st.lists(st.builds(Name, st.text("路园a", min_size=1, max_size=6), st.tuples(st.floats(0, 100), st.floats(0, 100)), st.floats(-90, 90),
                          st.floats(1, 6), st.just("road")), max_size=12))
def test_names_never_lie_over_one_another_nor_over_the_frame(names):
    frame = shapely.box(0, 0, 100, 100)
    boxes = [name.box() for name in fitting(names, [shapely.box(40, 40, 60, 60)], frame)]
    assert all(frame.contains(box) for box in boxes)
    assert all(not one.intersects(other) for row, one in enumerate(boxes) for other in boxes[:row])


@given(st.floats(0, 50), st.floats(0, 50), st.floats(5, 30))
def test_a_hatch_lies_inside_and_reaches_everywhere(x, y, size):
    area = shapely.box(x, y, x + size, y + size)
    lines = hatched(np.array([area], dtype=object))
    assert (shapely.length(lines) - shapely.length(shapely.intersection(lines, area)) < 1e-6).all()
    assert shapely.multilinestrings(lines).buffer(0.9).intersection(area).area > 0.97 * area.area
