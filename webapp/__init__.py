"""The web application: one page, its data, its refusals. This file only plugs parts together."""

from __future__ import annotations

import os

from flask import Flask

import wanli_geo
from webapp import api, desk, rim, squeeze
from webapp.settings import Settings
from webapp.shelf import Shelf

__all__ = ["Settings", "create_app"]


def create_app(settings: Settings | None = None) -> Flask:
    """Make the application on the workspace that the settings name; it is opened now, once.

    Raises:
        NoWorkspace: there is no workspace at that path.
        WrongUsage: a WANLI_* variable cannot be read.
    """
    settings = Settings.from_environment(os.environ) if settings is None else settings
    app = Flask("webapp")
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.config["MAX_CONTENT_LENGTH"] = 64 * 1024
    app.extensions["wanli_geo"] = api.Room(wanli_geo.open(settings.workspace), Shelf(128))
    rim.guard(app, settings)
    squeeze.gzip_texts(app)
    app.register_blueprint(desk.blueprint)
    app.register_blueprint(api.blueprint)
    return app
