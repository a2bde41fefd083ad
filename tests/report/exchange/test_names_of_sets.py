"""Every set of features that an answer about lines hands over has a name of its own in Chinese."""

from __future__ import annotations

from pathlib import Path

import pytest

from wanli_geo.report.exchange.features import of_answer
from wanli_geo.study import Study, open_study


@pytest.fixture(scope="module")
def sketch() -> Study:
    return open_study(Path(__file__).resolve().parents[3] / "layers")


@pytest.mark.parametrize("question", ["night_run", "red_walkway", "loops", "blue_net", "green_links", "structure", "signs"])
def test_a_set_is_called_by_a_word_and_not_by_its_key(sketch: Study, question: str) -> None:
    answer = sketch.routes.loops(121.401, 31.271) if question == "loops" else getattr(sketch.routes, question)()
    assert [one.zh for one in of_answer(answer).sets if one.zh.isascii()] == []


def test_so_are_those_of_works(sketch: Study) -> None:
    assert [one.zh for one in of_answer(sketch.routes.works(street="香泉路")).sets if one.zh.isascii()] == []
