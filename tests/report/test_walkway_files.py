"""The red walkway as files: a map with its stops by number, plates with their codes, waypoints with their stories."""

import io
import re

import numpy as np
import openpyxl
import pytest
import shapely

from tests.village import corner, home, village
from wanli_geo.report.plates import plates, wrapped
from wanli_geo.report.qr import modules
from wanli_geo.report.tables import tongue_of
from wanli_geo.report.writing import write
from wanli_geo.study import Study, open_study
from wanli_geo.workspace.store import save_workspace

LINE = ({"name": "步道"}, shapely.LineString([corner(10), corner(14)]))
STORY = "这里曾是一片稻田，老人们说，站在桥上能看到很远的地方。"


def stops(count=3):
    kinds = ("history", "painting", "sculpture")
    return [({"kind": kinds[nth % 3], "name": f"第{nth + 1}站", "name_en": f"Stop {nth + 1}", "story": STORY, "story_en": "Rice once grew here."},
             shapely.Point(40.0 * nth + 20, 200)) for nth in range(count)]


def workspace(folder=None, count=3):
    made = village(red_walkway=[LINE], walkway_stops=stops(count), homes=[home(0, 0)])
    if folder is None:
        return made
    save_workspace(made, folder)
    (folder / "publish.toml").write_text('public_url = "https://example.org/wanli"', "utf-8")
    return open_study(folder).workspace


def drawn_plates(opened, lang="zh"):
    sections = plates(Study(opened).routes.red_walkway(), tongue_of(opened, lang))
    return [section.blocks[0].draw(174, 240) for section in sections]


def test_a_plate_carries_the_code_of_its_own_stop(tmp_path):
    (svg,) = drawn_plates(workspace(tmp_path))
    paths = re.findall(r'<path d="([^"]*)" fill="#000000"', svg)
    assert len(paths) == 3
    for nth, path in enumerate(paths):
        code = np.array(modules(f"https://example.org/wanli/red_walkway.html#walkway_stops-{nth}"))
        painted = np.zeros_like(code)
        for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1", path):
            painted[int(y), int(x) : int(x) + int(length)] = True
        assert (painted == code).all()


def test_without_an_address_the_plate_says_why():
    (svg,) = drawn_plates(workspace())
    assert "#000000" not in svg
    assert "没有二维码" in svg
    assert "No QR code" in drawn_plates(workspace(), "en")[0]


def test_eight_plates_go_on_a_page():
    assert len(drawn_plates(workspace(count=8))) == 1
    assert len(drawn_plates(workspace(count=9))) == 2
    assert drawn_plates(workspace(count=0)) == []


def test_a_plate_tells_the_story_in_both_languages():
    (svg,) = drawn_plates(workspace())
    told = "".join(re.findall(r">([^<]+)</text>", svg))
    for text in ("第1站", "Stop 1", STORY, "Rice once grew here.", "历史 · 20 米"):
        assert text.replace(" ", "") in told.replace(" ", "")


@pytest.mark.parametrize("text", [STORY, "Rice once grew here, as far as one could see.", "一 word 两 words，三。", "a" * 60])
@pytest.mark.parametrize("most", [20.0, 31.0, 60.0])
def test_a_text_is_broken_without_losing_a_letter(text, most):
    lines = wrapped(text, 2.7, most)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert not any(line[0] in "，。,." for line in lines)


def test_a_phone_gets_the_line_and_the_stops_with_their_stories():
    opened = workspace()
    gpx = write(Study(opened).routes.red_walkway(), opened, ".gpx").decode()
    assert gpx.count("<trk>") == 1
    assert gpx.count(f"<desc>{STORY}</desc>") == 3


def test_the_map_numbers_the_stops_and_draws_the_line_red():
    opened = workspace()
    svg = write(Study(opened).routes.red_walkway(), opened, ".svg").decode()
    assert "#c3272b" in svg
    assert all(f">{number}</text>" in svg for number in (1, 2, 3))


def test_a_walkway_without_stops_is_drawn_too():
    opened = workspace(count=0)
    answer = Study(opened).routes.red_walkway()
    assert all(write(answer, opened, suffix) for suffix in (".svg", ".xlsx", ".kml", ".gpx", ".csv"))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_workbook_speaks_one_language_in_its_headings(lang):
    opened = workspace()
    book = openpyxl.load_workbook(io.BytesIO(write(Study(opened).routes.red_walkway(), opened, ".xlsx", lang=lang)))
    raw = {"from_m", "next_m", "story_en", "recorded_m", "shade", "address", "without_stops", "checks", "stories"}
    cells = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}
    assert not raw & (cells | set(book.sheetnames))
