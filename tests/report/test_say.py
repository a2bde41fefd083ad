"""Numbers on paper are rounded as a person rounds, and never into something else."""

import re
from pathlib import Path

import pytest

import webapp
from wanli_geo.errors import WrongUsage
from wanli_geo.report import say
from wanli_geo.standards.ledger import REASONS


@pytest.mark.parametrize(("value", "decimals", "said"), [
    (27_700.4, 0, "27,700"), (0.5, 0, "1"), (2.5, 0, "3"), (-0.4, 0, "0"), (-2.5, 0, "-3"), (4.25, 1, "4.3"), (0, 0, "0"),
])
def test_halves_are_rounded_away_from_zero(value, decimals, said):
    assert say.number(value, decimals) == said


@pytest.mark.parametrize(("value", "said"), [
    (0.0, "0.0%"), (1.0, "100.0%"), (0.4617, "46.2%"), (0.0001, "<0.1%"), (0.99996, ">99.9%"), (0.9994, "99.9%"),
])
def test_nearly_all_is_not_all_and_nearly_none_is_not_none(value, said):
    assert say.share(value) == said


@pytest.mark.parametrize(("value", "unit", "zh", "en"), [
    (None, "人", "—", "—"), (float("nan"), "m", "—", "—"), (28_200.0, "人", "28,200 人", "28,200"), (412.4, "m", "412 米", "412 m"),
    ("村食堂", "", "村食堂", "村食堂"), (0.462, "share", "46.2%", "46.2%"), (3.14159, "ha", "3.1 公顷", "3.1 ha"), (7, "台", "7.0 台", "7.0 台"),
])
def test_a_fact_is_said_with_its_unit_and_the_unknown_is_a_dash(value, unit, zh, en):
    assert (say.fact(value, unit, "zh"), say.fact(value, unit, "en")) == (zh, en)


def test_a_reason_without_words_is_said_as_it_stands():
    assert (say.reason("river", "en"), say.reason(None, "zh"), say.reason("new_code", "zh")) == ("river or rail", "—", "new_code")


def test_another_language_is_refused_with_those_there_are():
    with pytest.raises(WrongUsage, match="zh、en"):
        say.lang_of("fr")


def test_every_reason_of_an_audit_has_words_on_paper():
    assert set(REASONS) <= set(say.REASONS)


def test_the_page_gives_the_same_reasons_in_chinese():
    words = (Path(webapp.__file__).parent / "static/js/say/audit_words.js").read_text("utf-8")
    on_page = dict(re.findall(r'reason_(\w+): \["([^"]+)"', words))
    differing = {code: (zh, on_page.get(code)) for code, (zh, _) in say.REASONS.items() if on_page.get(code) != zh}
    assert differing == {}


def test_a_mean_of_places_is_not_rounded_to_none() -> None:
    assert say.fact(0.4, "处", "zh") == "0.4 处"
    assert say.fact(9.0, "处", "zh") == say.fact(9, "处", "zh") == "9 处"
