"""A heading is read as the column it means, in either language and as planners write it; no column twice, no count guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wanli_geo.workspace.findings import errors
from wanli_geo.workspace.intake.headings import KEPT, LEFT_OUT, PLACES, SIXTY_PLUS, match
from wanli_geo.workspace.specs import SPECS, spec_of


def read(layer, *headings, **said):
    return match(headings, spec_of(layer), said)


@pytest.mark.parametrize(("layer", "heading", "target"), [
    ("facilities", "设施名称", "name"), ("facilities", "单位名称*", "name"), ("facilities", " 名 称 ", "name"), ("facilities", "名称 / name", "name"),
    ("facilities", "设施类型", "kind"), ("facilities", "面积（㎡）", "area_m2"), ("facilities", "建筑面积\n(平方米)", "area_m2"),
    ("facilities", "ＡＲＥＡ＿Ｍ２", "area_m2"), ("facilities", "营业时间", "open_hours"), ("facilities", "联系电话", "phone"),
    ("facilities", "详细地址（必填）", "address"), ("facilities", "Phone", "phone"), ("facilities", "是否无障碍", "step_free"),
    ("facilities", "经度", "lon"), ("facilities", "Longitude", "lon"), ("facilities", "lng", "lon"), ("facilities", "纬度（WGS84）", "lat"),
    ("facilities", "经纬度", "lonlat"), ("facilities", "X坐标", "x"), ("facilities", "Y", "y"), ("facilities", "WKT", "wkt"),
    ("facilities", "序号", LEFT_OUT), ("facilities", "编号", "id"), ("facilities", "小区名称", KEPT), ("facilities", "居委会", KEPT),
    ("compounds", "小区名称", "name"), ("compounds", "所属居委", "committee_id"), ("compounds", "居民区", "committee_id"),
    ("compounds", "户数", "households"), ("compounds", "总户数（户）", "households"), ("compounds", "60岁及以上", SIXTY_PLUS),
    ("compounds", "老年人（60岁以上）", SIXTY_PLUS), ("compounds", "老年人口", SIXTY_PLUS), ("compounds", "高龄老人", "residents_80_plus"),
    ("compounds", "人口（80岁以上）", "residents_80_plus"), ("compounds", "60～79岁", "residents_60_79"),
    ("compounds", "常住人口（万人）", "residents"),
    ("compounds", "人口（女）", KEPT), ("compounds", "小区人数", "residents"),
    ("compounds", "是否封闭小区", "walled"), ("facilities", "设施状态", "status"), ("gates", "小区名称", "compound_id"),
    ("committees", "居委会", "name"), ("streets", "宽度/m", "width_m"),
])
def test_a_heading_means(layer, heading, target):
    assert read(layer, heading).targets == {heading: target}


@pytest.mark.parametrize("heading", ["居民楼数", "户籍数", "70岁以上", "面积差", "经度差", "名"])
def test_counts_and_places_are_never_guessed(heading):
    assert read("compounds", heading).targets[heading] == KEPT


def test_a_near_heading_is_read_and_told():
    matched = read("facilities", "服务内容项", "详细的地址", "adress")
    assert matched.how["详细的地址"] == "near"
    assert matched.targets["详细的地址"] == "address"
    assert [finding.code for finding in matched.findings if "详细的地址" in finding.zh] == ["near_heading"]


def test_two_headings_for_one_column_the_first_and_the_more_exact_wins():
    matched = read("facilities", "详细地址", "地址", "住址", "类别")
    assert matched.targets == {"详细地址": KEPT, "地址": "address", "住址": KEPT, "类别": "kind"}
    assert [finding.code for finding in matched.findings] == ["two_headings", "two_headings"]
    assert "“详细地址”和“地址”" in matched.findings[0].zh


def test_a_loser_that_has_a_columns_own_name_is_left_out():
    assert read("facilities", "名称", "name", "类别").targets["name"] == LEFT_OUT


def test_what_the_planner_says_goes_before_what_a_heading_says():
    matched = read("facilities", "住址", "地址", "甲", "类别", "备注", "乙", 住址="address", 甲="area_m2", 备注="", 乙="乙")
    assert matched.targets == {"住址": "address", "地址": KEPT, "甲": "area_m2", "类别": "kind", "备注": LEFT_OUT, "乙": KEPT}
    assert (matched.how["住址"], matched.how["备注"], matched.how["类别"]) == ("said", "said", "exact")


def test_a_column_said_that_the_layer_does_not_have_is_an_error_with_those_near():
    (finding,) = errors(read("facilities", "甲", "类别", 甲="area").findings)
    assert (finding.code, "area_m2" in finding.fix_zh) == ("said_no_column", True)


def test_half_of_a_pair_gives_no_place_and_is_told():
    assert [one.code for one in read("facilities", "类别", "经度").findings] == ["half_pair"]
    assert read("facilities", "类别", "经度", "纬度").findings == ()


def test_a_required_column_that_nothing_gives_is_an_error_unless_it_is_given():
    assert [(one.code, one.column) for one in errors(read("facilities", "名称").findings)] == [("missing_column", "kind")]
    assert match(["名称"], spec_of("facilities"), given=("id", "source", "accuracy", "kind")).findings == ()


@pytest.mark.parametrize("spec", SPECS.values(), ids=SPECS)
@pytest.mark.parametrize("name", ["name", "zh", "en"])
def test_every_column_is_read_by_its_own_names(spec, name):
    headings = [getattr(column, name) for column in spec.columns]
    assert list(match(headings, spec).targets.values()) == [column.name for column in spec.columns]


_headings = st.one_of(st.text(max_size=12), st.sampled_from(["名称", "name", "设施名称", "经度", "lon", "60岁以上", "地址", "住址", "(", "/"]))


@given(st.lists(_headings, unique=True, max_size=8), st.sampled_from(["facilities", "compounds", "gates"]))
def test_every_heading_has_one_target_and_no_column_two_headings(headings, layer):
    spec = spec_of(layer)
    matched = match(headings, spec)
    assert list(matched.targets) == headings
    used = [target for target in matched.targets.values() if target not in (KEPT, LEFT_OUT)]
    assert len(used) == len(set(used))
    assert set(used) <= {*PLACES, SIXTY_PLUS, *(column.name for column in spec.columns)}
