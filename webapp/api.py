"""The questions over HTTP. Each view reads the query, asks the study, and hands the Answer to the payload."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any, cast

from flask import Blueprint, Response, current_app, request

from wanli_geo.report import payload
from wanli_geo.study import PROFILES, Study
from wanli_geo.workspace.people import GROUPS
from webapp import query
from webapp.shelf import Shelf

blueprint = Blueprint("api", __name__, url_prefix="/api")
_WHEN = {"day": "Tu", "time": "10:00"}


@dataclass(frozen=True)
class Room:
    """What one application holds: the study it asks, and the replies it made."""

    study: Study
    shelf: Shelf


def _study() -> Study:
    return cast(Room, current_app.extensions["wanli_geo"]).study


def _reply(key: Hashable, make: Callable[[], Any]) -> Response:
    """Send a body from the shelf: gzipped where the browser takes it, 304 where the browser has it."""
    body = cast(Room, current_app.extensions["wanli_geo"]).shelf.body(key, make)
    zipped = request.accept_encodings["gzip"] > 0
    response = Response(body.zipped if zipped else body.plain, mimetype="application/json")
    if zipped:
        response.content_encoding = "gzip"
    response.vary.add("Accept-Encoding")
    response.cache_control.no_cache = True
    response.set_etag(body.etag, weak=True)  # weak: the same JSON, whether gzipped or not
    response.make_conditional(request)
    return response


def _version() -> str:
    try:
        return version("wanli-geo")
    except PackageNotFoundError:  # run from the source tree, never installed
        return "source"


@blueprint.get("/workspace")
def workspace() -> Response:
    query.values()
    return _reply("workspace", lambda: payload.workspace(
        _study().workspace,
        profiles=[{"code": one.code, "zh": one.zh, "en": one.en, "m_per_s": one.m_per_s} for one in PROFILES.values()],
        people=[{"code": code, "zh": zh, "en": en} for code, (zh, en, _) in GROUPS.items()],
        version=_version(),
    ))


@blueprint.get("/base")
def base() -> Response:
    query.values()
    return _reply("base", lambda: payload.base(_study().workspace))


@blueprint.get("/theme/<code>")
def theme(code: str) -> Response:
    query.values()
    return _reply(("theme", code), lambda: payload.theme(_study().workspace, code))


@blueprint.get("/coverage")
def coverage() -> Response:
    asked = query.values(needed=("kind",), optional={"within": "500m", "people": "all", "profile": "adult", **_WHEN})
    kind = asked.pop("kind")
    return _reply(("coverage", kind, *asked.items()), lambda: payload.answer(_study().coverage(kind, **asked)))


@blueprint.get("/isochrone")
def isochrone() -> Response:
    asked = query.values(needed=("at",), optional={"minutes": "5,10,15", "profile": "adult", **_WHEN})
    (lon, lat), minutes = query.place(asked.pop("at")), query.minutes(asked.pop("minutes"))
    return _reply(("isochrone", lon, lat, minutes, *asked.items()),
                  lambda: payload.answer(_study().isochrone(lon, lat, minutes=minutes, metres=(), **asked)))


@blueprint.get("/walk")
def walk() -> Response:
    asked = query.values(needed=("unit", "kind"), optional={"profile": "adult", "mode": "distance", **_WHEN})
    return _reply(("walk", *asked.items()), lambda: payload.answer(_study().walk(**asked)))
