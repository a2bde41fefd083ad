"""The pages, and the library they are drawn with."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Response, render_template, send_from_directory

import wanli_geo.report

blueprint = Blueprint("desk", __name__)

VENDOR = Path(wanli_geo.report.__file__).parent / "vendor"


@blueprint.get("/")
def page() -> str:
    return render_template("desk.html")


@blueprint.get("/audit")
def audit() -> str:
    return render_template("audit.html")


@blueprint.get("/routes")
def routes() -> str:
    return render_template("routes.html")


@blueprint.get("/import")
def intake() -> str:
    return render_template("import.html")


@blueprint.get("/vendor/leaflet/<path:name>")
def leaflet(name: str) -> Response:
    return send_from_directory(VENDOR / "leaflet", name)
