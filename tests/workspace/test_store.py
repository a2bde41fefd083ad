"""A workspace opened and saved is the same to the byte, and what is no workspace is refused with the way out."""

import json
import os

import geopandas as gpd
import pytest
import shapely

from tests.village import canteen, home, village
from wanli_geo.errors import BadLayer, NoWorkspace, ReadOnly, UnknownLayer
from wanli_geo.workspace.check import check_workspace
from wanli_geo.workspace.specs import SPECS
from wanli_geo.workspace.store import Workspace, bundled, open_workspace, save_workspace, to_degrees, to_metres


@pytest.fixture
def saved(tmp_path):
    folder = tmp_path / "village"
    save_workspace(village(homes=[home(150, 150), home(250, 250)], facilities=[canteen(150, 250, name="食堂")]), folder)
    return folder


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_open_and_save_give_the_same_bytes(saved, tmp_path):
    save_workspace(open_workspace(saved), tmp_path / "again")
    assert contents(tmp_path / "again") == contents(saved)
    save_workspace(open_workspace(saved), saved)
    assert contents(tmp_path / "again") == contents(saved)


def test_the_bundled_sketch_is_saved_as_it_lies(wanli, tmp_path):
    save_workspace(open_workspace(), tmp_path)
    for name, content in contents(tmp_path).items():
        assert content == (wanli / name).read_bytes(), name


def test_a_layer_not_at_hand_is_empty_with_all_its_columns(saved):
    gates = open_workspace(saved).layer("gates")
    assert gates.empty
    assert list(gates.columns) == [column.name for column in SPECS["gates"].columns] + ["geometry"]


def test_an_unknown_layer_is_refused(saved):
    with pytest.raises(UnknownLayer, match="no layer “roads”"):
        open_workspace(saved).layer("roads")


def test_measuring_is_in_metres(saved):
    workspace = open_workspace(saved)
    streets = workspace.metric("streets")
    assert streets.crs == "EPSG:4549"
    assert streets.length.to_numpy() == pytest.approx([400.0] * 10, abs=0.05)
    assert workspace.extent.area == pytest.approx(2400.0**2, rel=1e-6)


def test_metres_and_degrees_are_inverse():
    there = to_metres(shapely.Point(121.4, 31.25), "EPSG:4549")
    assert (600_000 < there.x < 700_000, 3_400_000 < there.y < 3_500_000) == (True, True)
    back = to_degrees(there, "EPSG:4549")
    assert (back.x, back.y) == pytest.approx((121.4, 31.25), abs=1e-9)


def test_the_digest_is_of_the_file(saved):
    workspace = open_workspace(saved)
    assert workspace.digest("homes") == village(homes=[home(150, 150), home(250, 250)]).digest("homes")
    assert workspace.digest("homes") != workspace.digest("facilities")


def test_a_kind_not_named_was_not_surveyed(saved):
    workspace = open_workspace(saved)
    assert (workspace.survey_of("CANTEEN"), workspace.survey_of("PHARMACY")) == ("complete", "none")


@pytest.mark.parametrize("name", ["", "no/such/folder"])
def test_a_folder_without_catalogue_is_refused_with_the_way_out(tmp_path, name):
    with pytest.raises(NoWorkspace, match=r"has no catalogue.json, so it is no workspace; make one with `wanli-geo import`"):
        open_workspace(tmp_path / name)


@pytest.mark.parametrize(("content", "why"), [
    ("{", "cannot be opened"),
    ("[]", "cannot be opened"),
    ('{"name": "x"}', "name_en"),
])
def test_a_catalogue_that_cannot_be_read_is_refused(saved, content, why):
    (saved / "catalogue.json").write_text(content, "utf-8")
    with pytest.raises(NoWorkspace, match=why):
        open_workspace(saved)


@pytest.mark.parametrize(("member", "value", "why"), [
    ("metric_crs", "EPSG:3857", "not EPSG:3857"),
    ("metric_crs", "EPSG:4326", "projected CRS in metres"),
    ("metric_crs", "EPSG:2263", "projected CRS in metres"),
    ("metric_crs", "nonsense", "metric_crs|nonsense"),
    ("extent", {"type": "Point", "coordinates": [1, 2]}, "extent must be a valid polygon"),
    ("extent", {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}, "extent must be a valid polygon"),
    ("extent", {"type": "Polygon", "coordinates": "x"}, "cannot be opened"),
    ("extent", {}, "cannot be opened"),
    ("surveyed", {"CANTEN": "complete"}, "unknown facility kinds: CANTEN"),
])
def test_a_wrong_member_of_the_catalogue_is_refused(saved, member, value, why):
    file = saved / "catalogue.json"
    file.write_text(json.dumps(json.loads(file.read_text("utf-8")) | {member: value}), "utf-8")
    with pytest.raises(NoWorkspace, match=why):
        open_workspace(saved)


def test_a_layer_with_errors_is_refused_when_it_is_asked_for_with_all_its_findings(saved):
    file = saved / "homes.geojson"
    document = json.loads(file.read_text("utf-8"))
    document["features"][0]["properties"]["residents"] = -1
    document["features"][1]["geometry"] = None
    file.write_text(json.dumps(document), "utf-8")
    workspace = open_workspace(saved)
    assert len(workspace.layer("facilities")) == 1
    with pytest.raises(BadLayer, match=r"Layer homes has 2 error\(s\).*wanli-geo check") as refused:
        workspace.layer("homes")
    assert [one.code for one in refused.value.findings] == ["number_range", "no_geometry"]


def test_a_layer_that_cannot_be_written_leaves_every_file_as_it_was(saved):
    before = contents(saved)
    workspace = open_workspace(saved)
    fewer, same = workspace.layer("streets").iloc[:3], workspace.layer("homes").assign(id="same")
    with pytest.raises(BadLayer, match="the id “same” twice"):
        save_workspace(Workspace(workspace.catalogue, {"streets": fewer, "homes": same}), saved)
    assert contents(saved) == before


def test_a_target_that_is_no_folder_is_refused(tmp_path):
    (tmp_path / "file").write_text("x", "utf-8")
    with pytest.raises(ReadOnly, match=r"cannot be written to .*name a folder that can"):
        save_workspace(village(), tmp_path / "file")


def test_the_bundled_sketch_is_a_workspace():
    assert (bundled() / "catalogue.json").is_file()
    assert isinstance(open_workspace().layer("streets"), gpd.GeoDataFrame)


def rewritten(folder, content):
    (folder / "catalogue.json").write_bytes(content)
    return folder


def with_members(folder, **members):
    catalogue = json.loads((folder / "catalogue.json").read_text("utf-8")) | members
    return rewritten(folder, json.dumps(catalogue).encode())


def box(west, south, east, north):
    return {"type": "Polygon", "coordinates": [[[west, south], [east, south], [east, north], [west, north], [west, south]]]}


@pytest.mark.parametrize("content", [b"", b"[]", b"null", b'{"name": "x"', b"[" * 100_000, b"\xff{", '{"name": "万里"}'.encode("gbk")])
def test_a_broken_catalogue_ends_in_one_sentence_without_a_foreign_address(saved, content):
    with pytest.raises(NoWorkspace) as refused:
        open_workspace(rewritten(saved, content))
    assert "catalogue.json" in refused.value.zh
    assert "\n" not in str(refused.value)
    assert "http" not in str(refused.value)
    assert len(str(refused.value)) < 500


@pytest.mark.parametrize("extent", [
    {}, {"type": "Polygon", "coordinates": None}, {"type": "Polygon", "coordinates": "abc"}, {"type": "Point", "coordinates": [1, 2]},
    {"type": "Polygon", "coordinates": [[[121, 31], [122, 31], [122, 32]]]}, box(-180, -90, 180, 90), box(6e5, 34e5, 7e5, 35e5),
    box(-1e308, -1e308, 1e308, 1e308), box(31, 121, 32, 122), box(0, 0, 1, 1),
])
def test_an_extent_that_is_none_or_not_where_the_metric_system_holds_is_refused(saved, extent):
    with pytest.raises(NoWorkspace, match=r"extent|metric_crs"):
        open_workspace(with_members(saved, extent=extent))


@pytest.mark.parametrize("crs", ["EPSG:3857", "EPSG:4326", "EPSG:99999", "", "nonsense", "EPSG:32601", "EPSG:4978"])
def test_a_metric_system_that_does_not_measure_here_is_refused(saved, crs):
    with pytest.raises(NoWorkspace, match="metric_crs"):
        open_workspace(with_members(saved, metric_crs=crs))


def test_a_catalogue_saved_by_notepad_with_a_byte_order_mark_is_read(saved):
    assert open_workspace(rewritten(saved, b"\xef\xbb\xbf" + (saved / "catalogue.json").read_bytes())).catalogue.name == "小村"


def a_folder(path):
    path.mkdir()


def a_dead_link(path):
    path.symlink_to("nowhere")


def a_pipe(path):
    os.mkfifo(path)


@pytest.mark.parametrize("make", [a_folder, a_dead_link, a_pipe])
def test_a_layer_that_is_no_file_is_an_error_and_not_an_absent_layer(saved, make):
    (saved / "homes.geojson").unlink()
    make(saved / "homes.geojson")
    with pytest.raises(BadLayer, match=r"homes\.geojson"):
        open_workspace(saved).layer("homes")
    assert [finding.code for finding in check_workspace(saved)] == ["unreadable"]
