"""A cell is read as the planner meant it, or told with its row and heading; nothing is guessed, and unknown is never zero."""

import math

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from wanli_geo.workspace.faults import FAULTS
from wanli_geo.workspace.findings import errors
from wanli_geo.workspace.hours import DAYS, parse_hours
from wanli_geo.workspace.intake.headings import match
from wanli_geo.workspace.intake.raw import Raw
from wanli_geo.workspace.intake.spoken_hours import hours_of
from wanli_geo.workspace.intake.values import placed, read_values, without_examples
from wanli_geo.workspace.specs import spec_of


def raw_of(columns, geometry=None):
    count = len(next(iter(columns.values())))
    return Raw("表.xlsx", "xlsx", "", (), "", columns, list(range(2, count + 2)), geometry, "")


def read(layer, kind="", **columns):
    raw, spec = raw_of(columns), spec_of(layer)
    return read_values(raw, match(list(columns), spec), spec, kind=kind)


def value(layer, heading, column, cell):
    """What a cell is read as, and the codes of what is told of its row."""
    told = read(layer, **{heading: [cell]})
    return told.properties[0].get(column), [finding.code for finding in told.findings if finding.index is not None]


@pytest.mark.parametrize(("cell", "number"), [
    (350, 350), (350.0, 350), ("350", 350), ("３５０", 350), ("约1,200㎡", 1200), ("1.2万", 12000), (" 88.5 平方米 ", 88.5), ("120左右", 120),
    ("1e3", 1000),
    ("3.5公顷", 35000), ("不详", None), ("-", None), ("/", None), ("N/A", None), ("无", None), ("", None), (None, None), (math.nan, None),
])
def test_a_number_is_read(cell, number):
    assert value("facilities", "面积（㎡）", "area_m2", cell) == (number, [])


@pytest.mark.parametrize(("cell", "code"), [
    ("100-200", "number_span"), ("100～200㎡", "number_span"), ("很大", "not_number"), ("3间半", "not_number"), ("1,20", "not_number"),
    (True, "not_number"),
    (-3, "number_range"), ("-3", "number_range"),
])
def test_what_is_no_one_number_is_told(cell, code):
    assert value("facilities", "面积", "area_m2", cell) == (None, [code])


def test_a_unit_in_the_heading_counts():
    assert value("compounds", "常住人口（万人）", "residents", 1.2) == (12000, [])
    assert value("compounds", "常住人口（万人）", "residents", "1.2万") == (12000, [])
    assert value("streets", "宽度（cm）", "width_m", "350") == (3.5, [])
    assert value("facilities", "面积（公顷）", "area_m2", 0.5) == (5000, [])


@given(st.integers(0, 10**9), st.sampled_from(["{}", "{:,}", " {} 人", "约{}人", "{}.0", "{}.00户"]))
def test_a_count_is_read_whatever_its_dress(count, dress):
    assert value("compounds", "户数", "households", dress.format(count)) == (count, [])


def test_half_a_household_is_told():
    assert value("compounds", "户数", "households", 12.5) == (None, ["not_whole"])


@pytest.mark.parametrize(("cell", "floor"), [("3F", 3), ("三楼", 3), ("B1", -1), ("地下一层", -1), ("十二层", 12), ("2", 2), ("负1楼", -1)])
def test_a_storey_is_read_as_it_is_spoken(cell, floor):
    assert value("facilities", "楼层", "floor", cell) == (floor, [])


@pytest.mark.parametrize(("cell", "flag", "codes"), [
    ("是", True, []), ("有", True, []), ("√", True, []), ("Y", True, []), (1, True, []), (1.0, True, []), (True, True, []), ("否", False, []),
    ("无", False, []),
    ("×", False, []), ("N", False, []), (0, False, []), (False, False, []), ("不详", None, []), ("-", None, []), (None, None, []),
    ("部分", None, ["not_flag"]), (2, None, ["not_flag"]),
])
def test_yes_and_no_are_read(cell, flag, codes):
    assert value("facilities", "是否无障碍", "step_free", cell) == (flag, codes)


def test_a_word_of_the_column_says_yes_or_no():
    assert value("facilities", "在用", "in_use", "停用") == (False, [])
    assert value("compounds", "是否封闭", "walled", "开放式") == (False, [])
    assert value("facilities", "无台阶", "step_free", "停用") == (None, ["not_flag"])


@pytest.mark.parametrize("word", ["合计", "总 计", "合计：", "Total"])
def test_a_sum_is_no_feature_and_is_told(word):
    raw = raw_of({"序号": [1, word], "名称": ["甲", None], "户数": [160, 160]})
    left = without_examples(raw, match(list(raw.columns), spec_of("compounds")))
    assert (left.rows, [one.code for one in left.findings]) == ([2], ["total_row"])


def test_equal_cells_of_unlike_types_are_read_each_as_its_own():
    assert [row["phone"] for row in read("facilities", 电话=[1, True, 1.0, "1"]).properties] == ["1", "是", "1", "1"]


@pytest.mark.parametrize(("layer", "cell", "code"), [
    ("facilities", "CANTEEN", "CANTEEN"), ("facilities", "canteen", "CANTEEN"), ("facilities", "社区食堂", "CANTEEN"),
    ("facilities", "长者食堂", "CANTEEN"),
    ("facilities", "社区服务站（居委会）", "SERVICE_STATION"), ("facilities", "公厕", "TOILET"), ("facilities", "菜场", "MARKET"),
    ("gates", "人行", "pedestrian"), ("gates", "车行门", "vehicle"), ("streets", "斑马线", "crossing"), ("facilities", "Pharmacy", "PHARMACY"),
])
def test_a_choice_is_read_by_code_name_or_the_word_in_use(layer, cell, code):
    assert value(layer, "类型", "kind", cell) == (code, [])


@pytest.mark.parametrize(("cell", "status"), [("现状", "existing"), ("已建", "existing"), ("规划", "planned"), ("拟建", "planned"), ("在建", "works"),
                                              ("停业", "closed")])
def test_a_status_is_read(cell, status):
    assert value("facilities", "状态", "status", cell) == (status, [])


def test_an_unknown_choice_is_told_with_those_near():
    told = read("facilities", 类别=["社区食堂", "社区大食堂"])
    (finding,) = told.findings
    assert told.properties == [{"kind": "CANTEEN"}, {}]
    assert finding.zh.startswith("第 3 行“类别”：")
    assert "CANTEEN（社区食堂）" in finding.fix_zh


@pytest.mark.parametrize(("cell", "date"), [
    ("2024年6月30日", "2024-06-30"), ("2024/6/3", "2024-06-03"), ("2024.6", "2024-06"), (2024.6, "2024-06"), (2024, "2024"), ("2024", "2024"),
    ("2024-06-30T00:00:00", "2024-06-30"), ("2024-06-30 00:00:00", "2024-06-30"), ("20240630", "2024-06-30"), (20240630, "2024-06-30"),
    ("2024年6月", "2024-06"),
])
def test_a_date_is_read(cell, date):
    assert value("facilities", "调查日期", "surveyed_on", cell) == (date, [])


@pytest.mark.parametrize("cell", ["2024-02-30", "去年", 45473, "24.6.3", 2024.1, "2024-13"])
def test_a_date_that_may_be_another_is_told(cell):
    assert value("facilities", "调查日期", "surveyed_on", cell) == (None, ["bad_date"])


@pytest.mark.parametrize(("text", "hours"), [
    ("周一至周五 8:00-17:00，周六 9:00-12:00", "Mo-Fr 08:00-17:00; Sa 09:00-12:00"), ("8:00—20:00", "Mo-Su 08:00-20:00"), ("全天", "24/7"),
    ("24小时", "24/7"), ("每天8:30～17:00", "Mo-Su 08:30-17:00"), ("周一至周五 上午8:30-11:30，下午1:30-5:00", "Mo-Fr 08:30-11:30,13:30-17:00"),
    ("8:30-17:00（周一至周五）", "Mo-Fr 08:30-17:00"), ("周一闭馆，周二至周日 9:00-17:00", "Mo off; Tu-Su 09:00-17:00"),
    ("9:00-17:00（法定节假日除外）", "Mo-Su 09:00-17:00; PH off"), ("周一至周五（节假日除外）8:30-17:00", "Mo-Fr 08:30-17:00; PH off"),
    ("周一至周五8:00-17:00，节假日休息", "Mo-Fr 08:00-17:00; PH off"), ("工作日9点-17点半", "Mo-Fr 09:00-17:30"),
    ("周一、三、五 9:00-11:00", "Mo,We,Fr 09:00-11:00"), ("18:00-次日2:00", "Mo-Su 18:00-02:00"), ("早上6点至晚上8点", "Mo-Su 06:00-20:00"),
    ("周一到周五8:30-11:30,13:30-17:00；周六日9:00-16:00", "Mo-Fr 08:30-11:30,13:30-17:00; Sa,Su 09:00-16:00"),
    ("营业时间：６：００－１９：００", "Mo-Su 06:00-19:00"),
    ("早上6点-晚上12点", "Mo-Su 06:00-24:00"), ("中午1点-下午5点", "Mo-Su 13:00-17:00"), ("18:00-6:00", "Mo-Su 18:00-06:00"),
    ("14:00-02:00", "Mo-Su 14:00-02:00"), ("每天8:00-17:00，周六 9:00-12:00", "Mo-Su 08:00-17:00; Sa 09:00-12:00"),
    ("全年无休 9:00-18:00", "Mo-Su 09:00-18:00"),
    ("10:30-13:00/16:30-18:30", "Mo-Su 10:30-13:00,16:30-18:30"), ("每天24小时", "24/7"),
    ("Mo-Fr 08:00-17:00; PH off", "Mo-Fr 08:00-17:00; PH off"),
])
def test_hours_on_a_door_are_read(text, hours):
    assert hours_of(text) == hours


@pytest.mark.parametrize("text", ["夏季8:00-18:00", "随便", "节假日休息", "8:00-5:00", "13:30-5:00", "10:00-2:00",
    "8:00-25:00", "周一至周五", "上午", "8:00",
    "周一 8:00-9:00 预约", "周八 8:00-9:00"])
def test_hours_that_say_more_or_less_than_hours_are_not_read(text):
    assert hours_of(text) is None
    assert value("facilities", "开放时间", "open_hours", text) == (None, ["not_hours"])


_WEEK = "一二三四五六日"
_clock = st.tuples(st.integers(0, 23), st.integers(0, 59))


@given(st.integers(0, 6), st.integers(0, 6), _clock, _clock, st.sampled_from(["{}:{:02}", "{}：{:02}", "{}点{:02}分", "{:02}:{:02}"]),
       st.sampled_from(["-", "—", "～", "至", " - "]))
def test_spoken_hours_are_open_when_they_say(first, last, start, end, clock, dash):
    if not start < end:
        start, end = min(start, end), (23, 59) if start == end else max(start, end)
    if start == end:
        return
    text = f"周{_WEEK[first]}至周{_WEEK[last]} {clock.format(*start)}{dash}{clock.format(*end)}"
    hours = parse_hours(hours_of(text))
    days = {(first + step) % 7 for step in range((last - first) % 7 + 1)}
    ranges = ((start[0] * 60 + start[1], end[0] * 60 + end[1]),)
    assert hours.ranges[:7] == tuple(ranges if day in days else () for day in range(7))


@given(st.text("周一二五六日至-—:：0123456789点半上下午晚休息，；（）节假除外每天全24小时 ", max_size=30))
def test_hours_read_are_always_hours(text):
    hours = hours_of(text)
    assert hours is None or len(parse_hours(hours).ranges) == len(DAYS)


@pytest.mark.parametrize(("heading", "column", "cell", "text"), [
    ("电话", "phone", 13800000000.0, "13800000000"), ("电话", "phone", "13800000000.0", "13800000000"), ("编号", "id", 12.0, "12"),
    ("编号", "id", "12.0", "12"),
    ("名称", "name", "=1+1", "=1+1"), ("名称", "name", "'007", "007"),
    ("名称", "name", "'七彩'屋", "'七彩'屋"), ("名称", "name", "\u200b 万里\u3000", "万里"), ("备注", "note", "无", None),
    ("备注", "note", 3.5, "3.5"),
])
def test_a_text_stays_a_text(heading, column, cell, text):
    assert value("facilities", heading, column, cell) == (text, [])


def test_ids_that_only_count_the_rows_are_none_unless_said():
    told = read("facilities", 编号=[1.0, 2.0, 3.0])
    assert (told.properties, [one.code for one in told.findings]) == ([{}, {}, {}], ["running_ids"])
    raw, spec = raw_of({"编号": [1, 2]}), spec_of("facilities")
    assert read_values(raw, match(["编号"], spec, {"编号": "id"}), spec).properties == [{"id": "1"}, {"id": "2"}]
    assert read("facilities", 编号=[3, 1, 2]).properties[0] == {"id": "3"}


def test_a_cell_of_two_kinds_is_no_choice():
    assert value("facilities", "类别", "kind", "长者食堂/助餐点") == ("CANTEEN", [])
    assert value("facilities", "类别", "kind", "食堂/菜场") == (None, ["bad_choice"])


def test_a_list_is_parted_at_every_usual_sign():
    assert value("compounds", "别名", "other_names", "甲、乙；丙,丁|戊") == (["甲", "乙", "丙", "丁", "戊"], [])
    assert value("compounds", "别名", "other_names", '["甲", "乙"]') == (["甲", "乙"], [])
    assert value("signs", "牌面分钟数", "minutes", "5、10分钟") == ([5, 10], [])


def test_control_signs_are_dropped_and_told_once():
    told = read("facilities", 名称=["万里\x00食堂", "\x1b[31m红", "好"], 类别=["食堂"] * 3)
    assert [row["name"] for row in told.properties] == ["万里食堂", "[31m红", "好"]
    assert [(finding.code, "2 个值" in finding.zh) for finding in told.findings] == [("control_signs", True)]


def test_sixty_and_over_less_eighty_and_over_are_sixty_to_seventy_nine():
    told = read("compounds", **{"60岁以上": [300, 50, 10, None], "80岁以上": [80, None, 20, 5]})
    assert [row.get("residents_60_79") for row in told.properties] == [220, None, None, None]
    assert told.properties[1] == {"60岁以上": 50}
    assert [(one.code, one.index) for one in told.findings if one.code.startswith("ages")] == [("ages_unparted", None), ("ages_negative", 2)]


def test_sixty_and_over_alone_stays_as_it_is():
    told = read("compounds", 老年人口=["300人", None])
    assert told.properties == [{"老年人口": 300}, {}]
    assert [one.code for one in told.findings] == ["ages_unparted", "unknown_column"]


def test_a_kind_given_fills_only_rows_without_their_own():
    assert [row["kind"] for row in read("facilities", kind="菜市场", 类别=["食堂", None]).properties] == ["CANTEEN", "MARKET"]
    assert [row["kind"] for row in read("facilities", kind="MARKET", 名称=["甲"]).properties] == ["MARKET"]


@pytest.mark.parametrize(("cell", "degrees"), [
    (121.5, 121.5), ("121.5", 121.5), ("121.5°", 121.5), ("121°30′00″E", 121.5), ("东经121度30分", 121.5), ("121°30'36\"", 121.51),
    ("１２１．５", 121.5),
    (None, math.nan), ("-", math.nan),
])
def test_a_coordinate_is_read(cell, degrees):
    told = read("facilities", 经度=[cell], 纬度=[cell])
    assert np.allclose([told.lon_x[0], told.lat_y[0]], degrees, equal_nan=True)
    assert told.findings == ()


def test_a_place_that_is_no_place_is_told_and_half_a_place_too():
    told = read("facilities", 经度=["东边", 121.4, 121.4], 纬度=[31.2, None, 31.2])
    assert [(one.code, one.index) for one in told.findings] == [("not_degrees", 0), ("half_place", 1)]
    assert np.isnan(told.lon_x).tolist() == [True, False, False]


def test_both_coordinates_may_stand_in_one_cell():
    told = read("facilities", 经纬度=["121.39,31.26", "（121.39，31.26）", "121.39 31.26", None, "121.39"])
    assert told.lon_x[:3].tolist() == [121.39] * 3
    assert told.lat_y[:3].tolist() == [31.26] * 3
    assert [(one.code, one.index) for one in told.findings] == [("not_lonlat", 4)]


def test_a_table_without_a_place_has_none():
    told = read("facilities", 名称=["甲"])
    assert (told.lon_x, told.lat_y, told.wkt) == (None, None, None)
    assert read("streets", WKT=["LINESTRING (0 0, 1 1)", ""]).wkt == ["LINESTRING (0 0, 1 1)", None]


def test_a_column_of_no_contract_is_kept_and_told():
    told = read("facilities", 自定=["甲", 3.0, None])
    assert told.properties == [{"自定": "甲"}, {"自定": 3}, {}]
    assert [one.code for one in told.findings] == ["unknown_column"]


def test_a_finding_says_feature_where_the_file_is_no_table():
    columns = {"面积": ["很大"]}
    raw, spec = raw_of(columns, np.array([shapely.Point(0, 0)], dtype=object)), spec_of("facilities")
    assert read_values(raw, match(["面积"], spec), spec).findings[0].zh.startswith("第 2 个要素“面积”：")


_cells = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20),
                   st.sampled_from(["是", "8:00-9:00", "2024.6", "约12万", "-", "[1", "[1,2]", "[[]]", "三楼", "121°"]))


@given(st.lists(_cells, min_size=1, max_size=6))
def test_whatever_stands_in_the_cells_is_read_or_told(cells):
    headings = ["编号", "名称", "类别", "面积", "楼层", "无台阶", "开放时间", "调查日期", "功能", "经度", "纬度", "自定"]
    raw, spec = raw_of(dict.fromkeys(headings, cells)), spec_of("facilities")
    told = read_values(raw, match(headings, spec), spec)
    assert len(told.properties) == len(told.lon_x) == len(cells)
    assert all(one.code in FAULTS for one in told.findings)
    assert all(one.zh.startswith(f"第 {raw.rows[one.index]} 行") for one in errors(told.findings) if one.index is not None)
    assert placed([], raw, match(headings, spec)) == []
