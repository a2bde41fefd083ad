"""The web application: one page, its data, its refusals. This file only plugs parts together."""

from __future__ import annotations

import os

from flask import Flask

from webapp import api, desk, intake, lines, publishing, rim, squeeze
from webapp.counter import counter_for
from webapp.press import Press
from webapp.room import House
from webapp.settings import Settings

__all__ = ["Settings", "create_app"]


def create_app(settings: Settings | None = None) -> Flask:
    """Make the application on the workspace that the settings name; it is opened now, once.

    Raises:
        NoWorkspace: there is no workspace at that path.
        ReadOnly: it is the bundled one, and editing is asked for.
        WrongUsage: a WANLI_* variable cannot be read.
    """
    settings = Settings.from_environment(os.environ) if settings is None else settings
    app = Flask("webapp")
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.config["MAX_CONTENT_LENGTH"] = 64 * 1024
    app.extensions["wanli_geo"] = house = House(settings.workspace)
    app.extensions["wanli_geo_counter"] = counter_for(house.folder, edit=settings.edit)
    app.extensions["wanli_geo_press"] = Press(settings.edit)
    rim.guard(app, settings)
    squeeze.gzip_texts(app)
    app.register_blueprint(desk.blueprint)
    app.register_blueprint(api.blueprint)
    app.register_blueprint(lines.blueprint)
    app.register_blueprint(intake.blueprint)
    app.register_blueprint(publishing.blueprint)
    return app
