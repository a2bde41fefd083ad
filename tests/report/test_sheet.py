"""A sheet is one file that asks nobody for anything, says what the answer says, and is the same each time."""

import math
import re

import numpy as np
import pytest

from tests.report.village import EVIL, saved_village
from wanli_geo.errors import WrongUsage
from wanli_geo.report import sheet_map
from wanli_geo.report.sheet import LEAFLET, sheet
from wanli_geo.study import Study
from wanli_geo.workspace.store import open_workspace

pytestmark = pytest.mark.skipif(
    not (LEAFLET / "leaflet.js").is_file(), reason="Leaflet 没有取来：请先 pip install -e .。 / Leaflet was not fetched: pip install -e . first."
)
ROWS_A_PAGE = 27
QUESTIONS = ("coverage", "gaps", "isochrone", "walk")


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    return Study(saved_village(tmp_path_factory.mktemp("village")))


@pytest.fixture(scope="module")
def answers(study):
    gate = study.workspace.layer("gates").geometry.iloc[0]
    return {
        "coverage": study.coverage("CANTEEN", "300m"),
        "gaps": study.gaps("CANTEEN", "300m", people="60-79"),
        "isochrone": study.isochrone(gate.x, gate.y, minutes=(2, 5)),
        "walk": study.walk("c2", "CANTEEN"),
    }


def own(page: str) -> str:
    """A sheet without Leaflet's own text and without the pictures inside."""
    page = page.replace((LEAFLET / "leaflet.js").read_text("utf-8").replace("//# sourceMappingURL=leaflet.js.map", ""), "")
    return re.sub(r"data:image/png;base64,[A-Za-z0-9+/=]+", "data:", page)


def words(page: str) -> str:
    """What a reader reads, tags and scripts left out."""
    bare = re.sub(r"<(script|style)>.*?</\1>", "", page, flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", bare))


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_sheet_names_no_address_and_no_other_file(answers, study, question, lang):
    page = own(sheet(answers[question], study.workspace, lang))
    assert not re.search(r"https?:|//[a-z]|<[^>]*\b(src|href)=|url\((?!#|data:)|@import", page)


def test_folium_brings_no_script_of_its_own(answers, study):
    page = sheet(answers["coverage"], study.workspace)
    assert page.count("<script>") == 2
    assert not re.search(r"jquery|bootstrap|awesome|cdn", own(page), re.IGNORECASE)


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_same_answer_gives_the_same_bytes(answers, study, question):
    assert sheet(answers[question], study.workspace) == sheet(answers[question], study.workspace)


def test_a_name_with_markup_in_it_stays_a_name(answers, study):
    for question in ("coverage", "walk"):
        page = own(sheet(answers[question], study.workspace))
        assert EVIL not in page
        assert "<img" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in sheet(answers["coverage"], study.workspace)


def test_the_figure_the_parts_and_the_table_are_the_answers(answers, study):
    told = words(sheet(answers["coverage"], study.workspace))
    assert "步行 300 米内有社区食堂的居民" in told
    assert "10.0% · 100 人" in told
    assert "缺口 900 人" in told
    assert "西园 200 128 米 太远" in told
    assert f"运行号 {answers['coverage'].run_id}" in told


def test_an_english_sheet_is_english_throughout(answers, study):
    told = words(sheet(answers["coverage"], study.workspace, "en"))
    assert "Five Streets" in told
    assert "Residents within a 300 m walk of a community canteen" in told
    assert "Yard c2 200 128 m too far" in told
    without_owners = told.replace("村庄，手绘", "").replace("村委会", "").replace("餐", "")
    assert not re.findall(r"[\u4e00-\u9fff]+", without_owners)


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_caveat_source_and_the_word_sketch_travel_with_the_numbers(answers, study, question):
    told = words(sheet(answers[question], study.workspace))
    for caveat in answers[question].caveats:
        assert caveat.zh in told
    for part in ("村庄，手绘", "2026-11", "CC0", "© 村委会", "示意"):
        assert part in told


def test_gaps_are_headed_by_the_people_in_them(answers, study):
    told = words(sheet(answers["gaps"], study.workspace))
    assert "步行 300 米内有社区食堂的60–79 岁居民" in told
    assert "60 人在缺口中 · 共 80 人" in told


def test_a_walk_is_headed_by_its_ends_and_its_length(answers, study):
    told = words(sheet(answers["walk"], study.workspace, "en"))
    assert "From Yard c2 to the nearest community canteen on foot" in told
    assert "428 m · 6 min" in told


def test_a_kind_nobody_looked_for_is_drawn_unknown_not_as_a_gap(study):
    told = sheet(study.coverage("PHARMACY", "300m"), study.workspace)
    assert 'fill="url(#unknown)"' in told
    assert "未知" in words(told)
    assert "超出" not in words(told).split("数据")[0].split("小区")[0]


def test_a_legend_shows_only_the_shades_on_the_map(answers, study):
    told = words(sheet(answers["coverage"], study.workspace))
    assert "超出 0–100 米" in told
    assert "超出 200–400 米" in told
    assert "400 米以上" not in told


def test_another_language_is_refused(answers, study):
    with pytest.raises(WrongUsage, match="use zh or en"):
        sheet(answers["coverage"], study.workspace, "fr")


def test_pixels_and_degrees_are_each_others_inverse():
    view = sheet_map.View.of((121.38, 31.26, 121.42, 31.28))
    places = np.array([[121.39, 31.27], [121.401, 31.279]])
    assert view.degrees(view.pixels(places)) == pytest.approx(places, abs=1e-9)
    assert view.px_per_m == pytest.approx(695 / (0.04 * 1.08 * 111_320 * np.cos(np.radians(31.27))), rel=2e-3)


def test_bands_are_drawn_as_rings_that_do_not_overlap(answers):
    rings = sheet_map.rings(answers["isochrone"].features["bands"])
    assert len(rings) == 2
    assert rings[0].intersection(rings[1]).area == pytest.approx(0, abs=1e-15)


@pytest.mark.parametrize("question", QUESTIONS)
def test_it_opens_from_a_file_draws_its_map_and_complains_of_nothing(answers, study, question, tmp_path, browser, heard):
    from tests.conftest import listen

    file = tmp_path / "sheet.html"
    file.write_text(sheet(answers[question], study.workspace), "utf-8")
    page = listen(browser.new_page(viewport={"width": 1240, "height": 900}), heard)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    assert page.locator(".map path.leaflet-interactive, .map svg path").count() > 10
    assert page.locator(".map .name").count() > 3
    assert [address for address in asked if not address.startswith("data:")] == [file.as_uri()]
    page.close()
    assert heard == []


def test_names_on_the_map_do_not_cover_one_another(answers, study, tmp_path, browser):
    file = tmp_path / "sheet.html"
    file.write_text(sheet(answers["coverage"], study.workspace), "utf-8")
    page = browser.new_page(viewport={"width": 1240, "height": 900})
    page.goto(file.as_uri())
    boxes = page.locator(".map .name").evaluate_all("all => all.map(one => one.getBoundingClientRect()).map(b => [b.x, b.y, b.right, b.bottom])")
    page.close()
    for place, (x0, y0, x1, y1) in enumerate(boxes):
        assert not any(x0 < u1 and u0 < x1 and y0 < v1 and v0 < y1 for u0, v0, u1, v1 in boxes[place + 1 :])


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("question", ["coverage", "gaps"])
def test_the_bundled_map_prints_on_one_side_of_paper_and_its_full_table_on_the_next(wanli, tmp_path, browser, question, lang):
    study = Study(open_workspace(wanli))
    file = tmp_path / "sheet.html"
    answer = getattr(study, question)("CANTEEN", "10min", people="60+", profile="elder")
    file.write_text(sheet(answer, study.workspace, lang), "utf-8")
    page = browser.new_page(viewport={"width": 1240, "height": 900})
    page.goto(file.as_uri())
    printed = page.pdf(prefer_css_page_size=True, print_background=True)
    page.close()
    rows = int((answer.tables["units"]["people_gap"] > 0).sum())
    assert len(re.findall(rb"/Type /Page\b(?!s)", printed)) == 1 + math.ceil(rows / ROWS_A_PAGE)
