"""What the pages of the walkway and the night run say: figures that the answers give, of what the public may see."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from wanli_geo.publish.contents import night_run, red_walkway
from wanli_geo.publish.page import Page, Telling
from wanli_geo.publish.sources import Sources
from wanli_geo.report import say
from wanli_geo.study import Study
from wanli_geo.study.public import public_answers, public_walkable
from wanli_geo.workspace.publication import stated
from wanli_geo.workspace.store import open_workspace

STATED = {"review_number": "沪S(2026)000号", "reviewer": "王", "date": "2026-11-25"}


@pytest.fixture(scope="module")
def sources(wanli: Path) -> Sources:
    study = Study(open_workspace(wanli))
    return Sources(study.workspace, public_answers(study), public_walkable(study))


def telling(sources: Sources, lang: say.Lang = "zh", **more: object) -> Telling:
    return Telling(sources, stated({**STATED, **more}), lang)


def without(sources: Sources, key: str) -> Sources:
    return replace(sources, answers={name: answer for name, answer in sources.answers.items() if name != key})


def test_the_way_to_the_next_stop_is_told_for_the_old_and_the_quick(sources: Sources) -> None:
    first, *_, last = red_walkway.stops(telling(sources))
    assert (first["at_told"], first["next_told"]) == ("47 米", "220 米")
    assert first["next_min"] == "老人 4 分钟，成人 3 分钟"  # 220 m at 0.9 and at 1.2 m/s
    assert last["next_min"] == ""
    assert red_walkway.stops(telling(sources, "en"))[0]["next_min"] == "elder 4 min, adult 3 min"


def test_a_long_way_is_told_in_kilometres_as_the_scripts_tell_it(sources: Sources) -> None:
    content = red_walkway.PAGE.content(telling(sources))
    assert content["lead"].startswith("全长 1.57 公里，8 站")
    assert content["steps"] == "全程没有台阶。"
    assert content["unsure"]
    assert night_run.PAGE.content(telling(sources))["lap"] == "一圈 2.5 公里"


@pytest.mark.parametrize(("metres", "zh", "en"), [
    (0.4, "0 米", "0 m"), (999.4, "999 米", "999 m"), (999.6, "1 公里", "1 km"), (1006.0, "1.01 公里", "1.01 km"), (2499.4, "2.5 公里", "2.5 km"),
    (12_340.0, "12.3 公里", "12.3 km"),
])
def test_a_distance_is_metres_and_then_kilometres(metres: float, zh: str, en: str) -> None:
    assert (say.distance(metres, "zh"), say.distance(metres, "en")) == (zh, en)


def test_codes_are_made_only_where_the_address_is_known_and_each_opens_its_stop(sources: Sources) -> None:
    assert [name for name in red_walkway.PAGE.files(telling(sources)) if name.startswith("qr/")] == []
    files = red_walkway.PAGE.files(telling(sources, public_url="https://www.example.gov.cn/map"))
    assert b"https://www.example.gov.cn/map/red_walkway.html#ws-03" in files["qr/ws-03.svg"]


def test_the_loop_tells_its_dark_stretch_and_nothing_that_no_one_knows(sources: Sources) -> None:
    content = night_run.PAGE.content(telling(sources))
    assert ("94%", "有路灯") in content["tiles"]
    assert content["gaps"] == ["离起点 1.19 公里 到 1.33 公里"]
    data = night_run.PAGE.data(telling(sources))
    assert {mark["m"] for mark in data["marks"] if mark["ring"]} == {0.0, 500.0, 1000.0, 1500.0, 2000.0}
    assert sum(not lamp["on"] for lamp in data["lamps"]) == int((sources.workspace.layer("lamps")["in_use"] == False).sum())  # noqa: E712


@pytest.mark.parametrize(("page", "key"), [(red_walkway.PAGE, "red_walkway"), (night_run.PAGE, "night_run")])
def test_where_there_is_no_line_the_page_says_so_and_makes_no_files(sources: Sources, page: Page, key: str) -> None:
    bare = telling(without(sources, key))
    assert page.content(bare)["gpx"] is None
    assert dict(page.files(bare)) == {}
    assert page.marks(bare) == ()
