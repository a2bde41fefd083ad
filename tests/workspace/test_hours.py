"""Opening hours: what the grammar takes, what it means, and what it refuses."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wanli_geo.errors import BadHours
from wanli_geo.workspace.hours import DAYS, parse_hours, usable

WEEK = DAYS[:7]


def open_days(text, minute):
    return " ".join(day for day in DAYS if parse_hours(text).is_open(day, minute))


@pytest.mark.parametrize(("text", "minute", "days"), [
    ("24/7", 0, "Mo Tu We Th Fr Sa Su PH"),
    ("Mo-Su", 1439, "Mo Tu We Th Fr Sa Su PH"),
    ("off", 600, ""),
    ("PH off", 600, ""),
    ("24/7; PH off", 600, "Mo Tu We Th Fr Sa Su"),
    ("08:00-17:00", 600, "Mo Tu We Th Fr Sa Su PH"),
    ("8:00-17:00", 480, "Mo Tu We Th Fr Sa Su PH"),
    ("Mo-Fr 08:00-17:00; Sa 09:00-12:00", 600, "Mo Tu We Th Fr Sa"),
    ("Mo-Fr 08:00-17:00; Sa 09:00-12:00", 500, "Mo Tu We Th Fr"),
    ("Mo,We,Fr-Sa 08:00-17:00", 600, "Mo We Fr Sa"),
    ("Sa-Mo 08:00-17:00", 600, "Mo Sa Su PH"),
    ("Mo-Fr,PH 08:00-17:00", 600, "Mo Tu We Th Fr PH"),
    ("Mo-Su 08:00-17:00; We off", 600, "Mo Tu Th Fr Sa Su PH"),
    ("Mo-Su 08:00-17:00; Su,PH off", 600, "Mo Tu We Th Fr Sa"),
    ("We off; Mo-Su 08:00-17:00", 600, "Mo Tu We Th Fr Sa Su PH"),
    ("Mo 08:00-11:30, 13:00-17:00", 700, ""),
    ("Mo 08:00-11:30, 13:00-17:00", 780, "Mo"),
    ("Fr 22:00-02:00", 60, "Sa"),
    ("Fr 22:00-02:00", 1320, "Fr"),
    ("Fr 22:00-02:00; Sa off", 60, "Sa"),
    ("Su 22:00-02:00", 60, "Mo PH"),
    ("Mo-Su 22:00-02:00", 60, "Mo Tu We Th Fr Sa Su PH"),
    ("Mo 20:00-24:00", 1439, "Mo"),
    ("Mo 20:00-24:00", 0, ""),
    (" Mo - Fr  08:00 - 17:00 ", 600, "Mo Tu We Th Fr"),
])
def test_the_days_on_which_it_is_open(text, minute, days):
    assert open_days(text, minute) == days


def test_a_range_holds_its_start_and_not_its_end():
    hours = parse_hours("Tu 08:00-17:00")
    assert [hours.is_open("Tu", minute) for minute in (479, 480, 1019, 1020)] == [False, True, True, False]


@pytest.mark.parametrize("text", [
    "", ";", "Mo-Fr 08:00-17:00;", "mo-fr 08:00-17:00", "Mo-Tu-We", "Mo-", "Xx 08:00-17:00", "Mo 8-17", "08:00", "08:00+", "08:60-09:00",
    "24:00-25:00", "08:00-24:01", "08:00-08:00", "Mo-Fr 08:00-17:00, Sa 09:00-12:00", "Mo-Fr；Sa", "Mo 08：00-17：00", "Mo 08:00–17:00", "PH-Mo off",
    "sunrise-sunset", "week 1-10 Mo", "Mo off 08:00-17:00", "周一至周五", "٠٨:٠٠-١٧:٠٠", "Mo" * 200, "A" + " " * 100_000,
])
def test_what_is_outside_the_grammar_is_refused_with_an_example(text):
    with pytest.raises(BadHours, match="Mo-Fr 08:00-17:00; Sa 09:00-12:00"):
        parse_hours(text)


def test_a_refusal_names_the_part():
    with pytest.raises(BadHours, match="“9-12” in the open hours “Mo-Fr 08:00-17:00; Sa 9-12”"):
        parse_hours("Mo-Fr 08:00-17:00; Sa 9-12")


def test_what_is_missing_counts_as_open():
    texts = [None, float("nan"), "", "24/7", "Mo 08:00-12:00", "Tu 08:00-12:00", "off"]
    assert usable(texts).tolist() == [True, True, True, True, False, True, False]
    assert usable(texts, "Mo", 12 * 60).tolist() == [True, True, True, True, False, False, False]
    assert usable([]).dtype == np.bool_


days = st.lists(st.sampled_from(DAYS), min_size=1, unique=True)
ranges = st.lists(st.tuples(st.integers(0, 1439), st.integers(1, 1440)).filter(lambda ends: ends[0] != ends[1]), min_size=1, max_size=3)


def clock(minutes):
    return f"{minutes // 60:02}:{minutes % 60:02}"


@given(days, ranges, st.sampled_from(WEEK), st.integers(0, 1439))
def test_it_is_open_exactly_within_its_ranges_and_their_tails(open_on, spans, day, minute):
    hours = parse_hours(f"{','.join(open_on)} {','.join(f'{clock(start)}-{clock(end)}' for start, end in spans)}")
    eve = WEEK[(WEEK.index(day) - 1) % 7]
    today = any((start <= minute < end) if start < end else minute >= start for start, end in spans) and day in open_on
    tail = any(start > end and minute < end for start, end in spans) and eve in open_on
    assert hours.is_open(day, minute) == (today or tail)


@given(st.text(st.sampled_from("MoTuSaPH0123456789:-,; off/")) | st.text())
def test_any_text_is_read_or_refused(text):
    try:
        hours = parse_hours(text)
    except BadHours:
        return
    assert len(hours.ranges) == len(DAYS)
