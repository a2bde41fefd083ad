"""Settings come from WANLI_* variables, work offline without any, and a wrong one is named."""

from pathlib import Path

import pydantic
import pytest

from wanli_geo.errors import NoWorkspace, ReadOnly, WrongUsage
from webapp import Settings, create_app


def test_without_any_variable_it_is_this_computer_and_the_bundled_workspace():
    settings = Settings.from_environment({})
    assert settings == Settings(workspace=None, host="127.0.0.1", port=None, hosts=(), edit=False)


def test_each_setting_is_a_variable():
    read = Settings.from_environment({"WANLI_WORKSPACE": "a b", "WANLI_HOST": "0.0.0.0", "WANLI_PORT": "9000", "WANLI_HOSTS": "Map.local, b ,"})  # noqa: S104
    assert read == Settings(workspace=Path("a b"), host="0.0.0.0", port=9000, hosts=("map.local", "b"))  # noqa: S104


@pytest.mark.parametrize(("text", "edit"), [("1", True), ("true", True), ("0", False), ("", False)])
def test_editing_is_switched_on_by_its_variable(text, edit):
    assert Settings.from_environment({"WANLI_EDIT": text}).edit is edit


def test_the_bundled_workspace_is_never_edited():
    with pytest.raises(ReadOnly, match="demo --edit"):
        create_app(Settings(edit=True))


def test_an_empty_variable_is_an_unset_one():
    assert Settings.from_environment({"WANLI_PORT": "", "WANLI_WORKSPACE": ""}) == Settings()


@pytest.mark.parametrize("port", ["eighty", "-1", "65536", "8000.5", "nan"])
def test_a_wrong_one_is_named(port):
    with pytest.raises(WrongUsage, match=r"WANLI_PORT.*“.*”"):
        Settings.from_environment({"WANLI_PORT": port})


def test_settings_do_not_change():
    with pytest.raises(pydantic.ValidationError):
        Settings().port = 1


def test_a_workspace_that_is_not_there_is_said_at_the_start(tmp_path):
    with pytest.raises(NoWorkspace, match=r"catalogue\.json"):
        create_app(Settings(workspace=tmp_path))


def test_an_application_reads_its_variables_when_no_settings_are_given(monkeypatch, tmp_path):
    monkeypatch.setenv("WANLI_WORKSPACE", str(tmp_path))
    with pytest.raises(NoWorkspace, match=tmp_path.name):
        create_app()
