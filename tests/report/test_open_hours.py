"""Open hours in words, alike on paper and on the page."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

import wanli_geo
from wanli_geo.report.open_hours import hours_told

TOLD = [
    ("24/7", "全天开放", "always open"),
    ("Mo-Fr 08:00-17:00; Sa 09:00-12:00; PH off", "周一至周五 08:00–17:00；周六 09:00–12:00；法定节假日 不开放",
     "Monday to Friday 08:00–17:00; Saturday 09:00–12:00; public holiday closed"),
    ("Mo-Su 05:00-21:00", "每天 05:00–21:00", "daily 05:00–21:00"),
    ("07:00-09:00,16:30-19:00", "每天 07:00–09:00、16:30–19:00", "daily 07:00–09:00, 16:30–19:00"),
    ("Mo,We,Fr", "周一、周三、周五 全天", "Monday, Wednesday, Friday all day"),
]


@pytest.mark.parametrize(("text", "zh", "en"), TOLD)
def test_hours_are_said_in_both_languages(text: str, zh: str, en: str) -> None:
    assert (hours_told(text, "zh"), hours_told(text, "en")) == (zh, en)


@pytest.mark.parametrize("text", ["from dawn", "Xx 08:00-09:00"])
def test_what_cannot_be_read_is_said_as_it_is_written(text: str) -> None:
    assert hours_told(text, "zh") == text


def test_none_on_record_is_nothing() -> None:
    assert hours_told(None, "zh") == hours_told("", "en") == ""


@pytest.mark.skipif(shutil.which("node") is None, reason="没有 Node.js / no Node.js")
def test_the_page_says_the_same_of_every_hour_in_the_layers(wanli: Path) -> None:
    workspace = wanli_geo.open(wanli).workspace
    layers = ("facilities", "gates", "green_vein", "entrances", "streets")
    texts = sorted({text for name in layers for text in workspace.layer(name)["open_hours"].dropna()})
    module = (Path(__file__).resolve().parents[2] / "webapp" / "static" / "js" / "hours" / "tell.js").as_posix()
    script = (f'import {{ sayHours }} from "{module}"; '
              f'console.log(JSON.stringify({json.dumps(texts)}.map((text) => [sayHours(text, "zh"), sayHours(text, "en")])));')
    done = subprocess.run(["node", "--input-type=module", "-e", script], capture_output=True, text=True, check=True)
    assert len(texts) > 5
    assert [[hours_told(text, "zh"), hours_told(text, "en")] for text in texts] == json.loads(done.stdout)
