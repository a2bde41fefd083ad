"""The questions over HTTP. Each view reads the query, asks the study, and hands the Answer to the payload."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from flask import Blueprint, Response, request

from wanli_geo.report import payload
from wanli_geo.study import PROFILES, Study, Waits
from wanli_geo.workspace.people import GROUPS
from webapp import query
from webapp.room import here

blueprint = Blueprint("api", __name__, url_prefix="/api")
_WHEN = {"day": "Tu", "time": "10:00"}


def _study(what_if: query.WhatIf = query.AS_IT_IS) -> Study:
    study = here().scenario(what_if.opened, what_if.closed)
    return study if what_if.waits is None else study.with_waits(Waits(**dict(what_if.waits)))


def _reply(key: Hashable, make: Callable[[], Any]) -> Response:
    """Send a body from the shelf: gzipped where the browser takes it, 304 where the browser has it."""
    body = here().shelf.body(key, make)
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
    asked = query.values(needed=("kind",), optional={"within": "500m", "people": "all", "profile": "adult", **_WHEN, **query.WHAT_IF})
    kind, what_if = asked.pop("kind"), query.what_if(asked)
    return _reply(("coverage", kind, what_if, *asked.items()), lambda: payload.answer(_study(what_if).coverage(kind, **asked)))


@blueprint.get("/isochrone")
def isochrone() -> Response:
    asked = query.values(needed=("at",), optional={"minutes": "5,10,15", "profile": "adult", **_WHEN, **query.WHAT_IF})
    (lon, lat), minutes, what_if = query.place(asked.pop("at")), query.minutes(asked.pop("minutes")), query.what_if(asked)
    return _reply(("isochrone", lon, lat, minutes, what_if, *asked.items()),
                  lambda: payload.answer(_study(what_if).isochrone(lon, lat, minutes=minutes, metres=(), **asked)))


@blueprint.get("/walk")
def walk() -> Response:
    asked = query.values(needed=("unit", "kind"), optional={"profile": "adult", "mode": "distance", **_WHEN, **query.WHAT_IF})
    what_if = query.what_if(asked)
    return _reply(("walk", what_if, *asked.items()), lambda: payload.answer(_study(what_if).walk(**asked)))


@blueprint.get("/nearest")
def nearest() -> Response:
    asked = query.values(needed=("kind",), optional={"at": "", "k": "3", "within": "5km", "profile": "adult", **_WHEN, **query.WHAT_IF})
    kinds, k, at, what_if = query.several(asked.pop("kind")), query.number(asked.pop("k")), asked.pop("at"), query.what_if(asked)
    here = query.place(at) if at else None
    return _reply(("nearest", kinds, k, here, what_if, *asked.items()),
                  lambda: payload.answer(_study(what_if).nearest(kinds, k, at=here, **asked)))


@blueprint.get("/within")
def within() -> Response:
    asked = query.values(optional={"kind": "", "within": "500m,1000m", "of": "", "people": "all", "profile": "adult", **_WHEN, **query.WHAT_IF})
    kind, reaches, what_if = asked.pop("kind") or None, query.several(asked.pop("within")), query.what_if(asked)
    query.facilities_or_people(kind, asked["of"])
    return _reply(("within", kind, reaches, what_if, *asked.items()),
                  lambda: payload.answer(_study(what_if).opportunities(kind, reaches, **asked)))


_AUDIT = {"day": "Tu", "time": "", "step_free": ""}


def _packs(standard: str) -> tuple[str, ...]:
    """The digests of the packs asked for: a reply made by a pack that has since been edited is not given again."""
    return tuple(f"{pack.id} {pack.sha256}" for pack in _study().audits.packs(standard))


@blueprint.get("/standards")
def standards() -> Response:
    query.values()
    return _reply(("standards", _packs("all")), lambda: payload.standards(_study().audits.packs("all")))


@blueprint.get("/audit")
def audit() -> Response:
    asked = query.values(optional={"standard": "gb50180", "evening": "19:30", **_AUDIT, **query.WHAT_IF})
    standard, what_if, step_free = asked.pop("standard"), query.what_if(asked), query.flag(asked.pop("step_free"))
    return _reply(("audit", _packs(standard), what_if, step_free, *asked.items()),
                  lambda: payload.answer(_study(what_if).audit(standard, step_free=step_free, **asked)))


@blueprint.get("/audit/clause")
def audit_clause() -> Response:
    asked = query.values(needed=("clause",), optional={"standard": "", "people": "all", **_AUDIT, **query.WHAT_IF})
    clause, standard, what_if, step_free = asked.pop("clause"), asked.pop("standard"), query.what_if(asked), query.flag(asked.pop("step_free"))
    return _reply(("clause", clause, _packs(standard or clause.partition("/")[0]), what_if, step_free, *asked.items()),
                  lambda: payload.answer(_study(what_if).clause(clause, standards=standard, step_free=step_free, **asked)))


@blueprint.get("/audit/unit")
def audit_unit() -> Response:
    asked = query.values(needed=("unit",), optional={"standard": "gb50180", **_AUDIT, **query.WHAT_IF})
    unit, standard, what_if, step_free = asked.pop("unit"), asked.pop("standard"), query.what_if(asked), query.flag(asked.pop("step_free"))
    return _reply(("sheet", unit, _packs(standard), what_if, step_free, *asked.items()),
                  lambda: payload.answer(_study(what_if).sheet(unit, standard, step_free=step_free, **asked)))


@blueprint.get("/audit/walk")
def audit_walk() -> Response:
    asked = query.values(needed=("clause", "unit"), optional={"standard": "", "people": "all", **_AUDIT, **query.WHAT_IF})
    clause, unit, standard = asked.pop("clause"), asked.pop("unit"), asked.pop("standard")
    what_if, step_free = query.what_if(asked), query.flag(asked.pop("step_free"))
    return _reply(("clause walk", clause, unit, _packs(standard or clause.partition("/")[0]), what_if, step_free, *asked.items()),
                  lambda: payload.answer(_study(what_if).clause_walk(clause, unit, standards=standard, step_free=step_free, **asked)))
