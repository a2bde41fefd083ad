"""The demo opens a copy that is the user's: fresh while untouched, never overwritten once touched."""

import pytest

from wanli_geo.errors import ReadOnly
from wanli_geo.workspace.demo import STAMP, demo_copy, digest
from wanli_geo.workspace.store import bundled, open_workspace


def test_the_copy_is_the_bundled_workspace_and_opens(tmp_path):
    folder = demo_copy(tmp_path)
    assert digest(folder) == digest(bundled())
    assert open_workspace(folder).catalogue == open_workspace().catalogue
    assert [path.name for path in tmp_path.iterdir()] == [folder.name]


def test_a_second_demo_finds_the_first_ones_copy(tmp_path):
    folder = demo_copy(tmp_path)
    before = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert demo_copy(tmp_path) == folder
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == before


def test_what_the_user_changed_is_never_overwritten(tmp_path):
    folder = demo_copy(tmp_path)
    layer = folder / "gates.geojson"
    layer.write_text('{"type":"FeatureCollection","features":[]}', "utf-8")
    (folder / STAMP).write_text("0" * 64, "ascii")  # as if the bundled workspace had been another when it was copied
    assert demo_copy(tmp_path) == folder
    assert layer.read_text("utf-8").endswith('"features":[]}')


def test_a_copy_with_a_standard_of_the_users_own_is_never_overwritten(tmp_path):
    folder = demo_copy(tmp_path)
    (folder / "standards").mkdir()
    (folder / "standards" / "mine.toml").write_text("", "utf-8")
    (folder / STAMP).write_text(digest(bundled()).replace("0", "1"), "ascii")  # as if the bundled workspace had changed since
    assert (demo_copy(tmp_path) / "standards" / "mine.toml").is_file()


def test_an_untouched_copy_of_an_older_bundle_is_made_fresh(tmp_path):
    folder = demo_copy(tmp_path)
    (folder / "gates.geojson").write_text('{"type":"FeatureCollection","features":[]}', "utf-8")
    (folder / STAMP).write_text(digest(folder), "ascii")  # what was copied then, and untouched since
    demo_copy(tmp_path)
    assert digest(folder) == digest(bundled())
    assert [path.name for path in tmp_path.iterdir()] == [folder.name]


def test_a_folder_without_a_stamp_is_the_users_own(tmp_path):
    (tmp_path / "wanli").mkdir()
    (tmp_path / "wanli" / "notes.txt").write_text("mine", "utf-8")
    assert [path.name for path in demo_copy(tmp_path).iterdir()] == ["notes.txt"]


def test_a_place_that_cannot_be_written_is_said_with_the_way_out(tmp_path):
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(ReadOnly, match=r"wanli-geo serve.*XDG_DATA_HOME"):
        demo_copy(tmp_path / "file")
