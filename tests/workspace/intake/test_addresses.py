"""An address is taken apart as Shanghai writes it, and names the one place of the workspace that it can mean, or none."""

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from wanli_geo.workspace.geojson import layer_of
from wanli_geo.workspace.intake.addresses import Address, Several, findings_of, locate, parse
from wanli_geo.workspace.intake.references import refer
from wanli_geo.workspace.specs import spec_of
from wanli_geo.workspace.store import Catalogue, Workspace, open_workspace


def box(at):
    """A square of about 200 m, the `at`-th to the east."""
    west = 121.40 + at * 0.003
    return shapely.box(west, 31.26, west + 0.002, 31.262)


def layer(name, *rows):
    shapes = [row.pop("shape") for row in rows]
    return layer_of(spec_of(name), [{"source": "测试", "accuracy": "surveyed", **row} for row in rows], shapes)


def town():
    """Four compounds in a row: one by its address, one by its name, one by another name, and two of one name; houses, a gate, two shops."""
    layers = {
        "committees": layer("committees", {"id": "cm-1", "name": "香泉苑居委会", "shape": box(0)},
                            {"id": "cm-2", "name": "真华居民区", "shape": box(1)}),
        "compounds": layer(
            "compounds", {"id": "c1", "name": "香泉苑", "address": "新村路423弄", "shape": box(0)},
            {"id": "c2", "name": "真华路36弄", "shape": box(1)},
            {"id": "c3", "name": "岚灵小区", "other_names": ["灵石路1565弄小区"], "shape": box(2)}, {"id": "c4", "name": "大华苑", "shape": box(3)},
            {"id": "c5", "name": "大华苑", "shape": box(5)}, {"id": "c6", "name": "香泉苑北区", "shape": box(6)}),
        "homes": layer("homes", {"id": "h5", "name": "5号", "compound_id": "c1", "shape": shapely.Point(121.4011, 31.2611)},
                       {"id": "h2", "name": "2号楼", "compound_id": "c1", "shape": shapely.Point(121.4012, 31.2612)}),
        "gates": layer("gates", {"id": "g1", "name": "1 号门", "compound_id": "c1", "kind": "vehicle", "shape": shapely.Point(121.40, 31.261)}),
        "facilities": layer(
            "facilities",
            {"id": "f1", "name": "药店", "kind": "PHARMACY", "address": "上海市普陀区新村路1317号", "shape": shapely.Point(121.41, 31.27)},
            {"id": "f2", "name": "诊所", "kind": "CLINIC_PRIVATE", "address": "新村路1317号2楼", "shape": shapely.Point(121.4101, 31.27)},
            {"id": "f3", "name": "甲店", "kind": "RETAIL", "address": "富平路1号", "shape": shapely.Point(121.39, 31.27)},
            {"id": "f4", "name": "乙店", "kind": "RETAIL", "address": "富平路1号", "shape": shapely.Point(121.40, 31.27)},
            {"id": "f5", "name": "丙店", "kind": "RETAIL", "address": "武威东路479弄附近", "shape": shapely.Point(121.40, 31.275)}),
    }
    extent = shapely.geometry.mapping(shapely.box(121.38, 31.25, 121.43, 31.28))
    return Workspace(Catalogue(name="小镇", name_en="Town", metric_crs="EPSG:4549", extent=extent), layers)


@pytest.mark.parametrize(("text", "parts"), [
    ("新村路423弄5号301室", ("新村路", "423弄", "5号", "", "301室", "")),
    ("上海市普陀区万里街道新村路１３１７号", ("新村路", "", "1317号", "", "", "")),
    ("真华路 36 弄 12 号楼 1201 室", ("真华路", "36弄", "", "12号楼", "1201室", "")),
    ("新村路423弄5号2幢301室", ("新村路", "423弄", "5号", "2号楼", "301室", "")),
    ("真南路205弄21支弄3号", ("真南路", "205弄21支弄", "3号", "", "", "")),
    ("大场镇华灵路10号上海浦华口腔门诊部二楼", ("华灵路", "", "10号", "", "", "上海浦华口腔门诊部二楼")),
    ("富平路657弄-91号", ("富平路", "657弄", "91号", "", "", "")), ("新村路12号甲", ("新村路", "", "12甲号", "", "", "")),
    ("新村路813-815号", ("新村路", "", "813-815号", "", "", "")), ("沪太公路1000号", ("沪太公路", "", "1000号", "", "", "")),
    ("中山北路3300号", ("中山北路", "", "3300号", "", "", "")), ("大华一路151号", ("大华一路", "", "151号", "", "", "")),
    ("真华路三六弄", ("真华路", "36弄", "", "", "", "")), ("新村路1317", ("新村路", "", "1317号", "", "", "")),
    ("富水路385号(近水泉路)", ("富水路", "", "385号", "", "", "(近水泉路)")),
])
def test_an_address_is_taken_apart(text, parts):
    assert parse(text) == Address(*parts)


@pytest.mark.parametrize("text", ["", "岚灵小区", "富水路", "423弄5号", "见备注", "曹杨二村3号"])
def test_what_has_no_road_or_no_number_is_no_address(text):
    assert parse(text) is None


@given(st.sampled_from(["新村路", "真华路", "沪太公路", "武威东路"]), st.integers(1, 9999), st.integers(1, 999), st.integers(101, 3999),
       st.sampled_from(["", "上海市", "普陀区", "上海市普陀区万里街道", "上海普陀区", "万里街道", "宝山区大场镇"]), st.sampled_from(["", " "]))
def test_a_written_address_is_read_back(road, lane, number, room, before, blank):
    text = f"{before}{road}{blank}{lane}弄{blank}{number}号{blank}{room}室"
    assert parse(text) == Address(road, f"{lane}弄", f"{number}号", "", f"{room}室", "")


@given(st.text("上海市普陀区万里街道新村路弄号楼室幢栋支0123456789一二甲a-、() ", max_size=30))
def test_any_text_is_read_or_is_none(text):
    address = parse(text)
    assert address is None or (address.road and (address.lane or address.number or address.building))


@pytest.mark.parametrize(("text", "place"), [
    ("新村路423弄5号301室", ("homes", "h5", "number")), ("新村路423弄2号楼", ("homes", "h2", "number")),
    ("新村路423弄1号门", ("gates", "g1", "number")),
    ("新村路423弄8号", ("compounds", "c1", "lane")), ("普陀区真华路36弄12号", ("compounds", "c2", "lane")),
    ("灵石路1565弄", ("compounds", "c3", "lane")),
    ("岚灵小区12号楼", ("compounds", "c3", "name")), ("万里街道岚灵小区内", ("compounds", "c3", "name")),
    ("香泉苑北区3号", ("compounds", "c6", "name")),
    ("香泉苑3号", ("compounds", "c1", "name")), ("万里街道新村路1317号", ("facilities", "f1", "number")),
])
def test_an_address_names_a_place(text, place):
    (match,) = locate([text], town())
    assert (match.layer, match.id, match.how) == place
    row = town().layer(match.layer).set_index("id").loc[match.id]
    assert row.geometry.distance(shapely.Point(match.point)) < 1e-9


@pytest.mark.parametrize("text", [None, "新村路999号", "新村路424弄", "长寿路1号", "", "武威东路479弄附近"])
def test_what_is_nowhere_is_none(text):
    assert locate([text], town()) == [None]


def test_what_may_be_two_places_is_asked_and_never_guessed():
    texts = ["大华苑5号", "富平路1号", "长寿路1号", "岚灵小区", None]
    located = locate(texts, town())
    assert located[:2] == [Several(("c4 大华苑", "c5 大华苑")), Several(("f3 甲店", "f4 乙店"))]
    findings = findings_of(texts, located, "facilities")
    assert [(one.code, one.index) for one in findings] == [("two_of_address", 0), ("two_of_address", 1), ("no_such_address", 2)]
    assert "c4 大华苑、c5 大华苑" in findings[0].zh


def test_most_facilities_of_the_sketch_stand_where_their_address_says():
    """The sketch is its own oracle: an address found by its door is within a short walk of the feature that carries it."""
    workspace = open_workspace()
    facilities = workspace.layer("facilities")
    facilities = facilities[facilities["address"].notna()]
    located = locate(facilities["address"].tolist(), workspace)
    at_door = [(shape, place) for shape, place in zip(facilities.geometry, located, strict=True) if place and not isinstance(place, Several)]
    assert len(at_door) > 30
    assert all(shape.distance(shapely.Point(place.point)) < 0.005 for shape, place in at_door)


def referred(layer, **row):
    (told,), findings = refer([row], spec_of(layer), town())
    return told, [finding.code for finding in findings]


@pytest.mark.parametrize("said", ["cm-1", "香泉苑居委会", "香泉苑", "香泉苑居民区", "香泉苑社区居委会"])
def test_a_committee_is_known_by_id_and_by_name(said):
    assert referred("compounds", committee_id=said) == ({"committee_id": "cm-1"}, [])


def test_a_compound_is_known_by_its_other_name():
    assert referred("gates", compound_id="灵石路1565弄小区") == ({"compound_id": "c3"}, [])


def test_a_name_of_two_and_a_name_of_none_are_told():
    assert referred("gates", compound_id="大华苑") == ({}, ["two_of_name"])
    assert referred("gates", compound_id="岚林小区") == ({}, ["no_such_name"])


def test_an_entrance_belongs_to_a_facility_by_name():
    assert referred("entrances", of="药店") == ({"of": "f1"}, [])


def test_a_layer_without_features_is_not_looked_into():
    assert referred("water_access", blue_net_id="横港") == ({"blue_net_id": "横港"}, [])


def test_what_is_given_stays_as_it_was():
    rows = [{"committee_id": "香泉苑"}]
    refer(rows, spec_of("compounds"), town())
    assert rows == [{"committee_id": "香泉苑"}]
