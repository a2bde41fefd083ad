"""The real application on a real workspace: the village, saved as a folder."""

import pytest

from tests.report.village import saved_village
from wanli_geo.study import Study
from webapp import Settings, create_app


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    where = tmp_path_factory.mktemp("village")
    saved_village(where)
    return where


@pytest.fixture(scope="session")
def study(folder):
    """The same workspace asked directly, to compare with what comes over HTTP."""
    import wanli_geo

    opened: Study = wanli_geo.open(folder)
    return opened


@pytest.fixture(scope="session")
def app(folder):
    return create_app(Settings(workspace=folder))


@pytest.fixture
def client(app):
    return app.test_client()
