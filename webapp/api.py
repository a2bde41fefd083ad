"""The questions over HTTP. Each view reads the query, asks the study, and hands the Answer to the payload."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

from flask import Blueprint, Response, jsonify

from wanli_geo.report import payload
from wanli_geo.study import PROFILES
from wanli_geo.workspace.people import GROUPS
from webapp import downloads, query, replies
from webapp.room import here

blueprint = Blueprint("api", __name__, url_prefix="/api")
_WHEN = {"day": "Tu", "time": "10:00"}
_MORE = {**query.WHAT_IF, **query.WRITTEN}


def _version() -> str:
    try:
        return version("wanli-geo")
    except PackageNotFoundError:  # run from the source tree, never installed
        return "source"


@blueprint.get("/workspace")
def workspace() -> Response:
    query.values()
    return replies.reply("workspace", lambda: payload.workspace(
        replies.study().workspace,
        profiles=[{"code": one.code, "zh": one.zh, "en": one.en, "m_per_s": one.m_per_s} for one in PROFILES.values()],
        people=[{"code": code, "zh": zh, "en": en} for code, (zh, en, _) in GROUPS.items()],
        version=_version(),
    ))


@blueprint.get("/formats")
def formats() -> Response:
    question = query.values(needed=("question",))["question"]
    return jsonify(downloads.offered(question))


@blueprint.get("/base")
def base() -> Response:
    query.values()
    return replies.reply("base", lambda: payload.base(replies.study().workspace))


@blueprint.get("/theme/<code>")
def theme(code: str) -> Response:
    query.values()
    return replies.reply(("theme", code), lambda: payload.theme(replies.study().workspace, code))


@blueprint.get("/coverage")
def coverage() -> Response:
    asked = query.values(needed=("kind",), optional={"within": "500m", "people": "all", "profile": "adult", **_WHEN, **_MORE})
    wanted = query.written(asked)
    kind, what_if = asked.pop("kind"), query.what_if(asked)
    return replies.answer(("coverage", kind, what_if, *asked.items()),
                   lambda study: study.coverage(kind, **asked), what_if, wanted)


@blueprint.get("/isochrone")
def isochrone() -> Response:
    asked = query.values(needed=("at",), optional={"minutes": "5,10,15", "profile": "adult", **_WHEN, **_MORE})
    wanted = query.written(asked)
    (lon, lat), minutes, what_if = query.place(asked.pop("at")), query.minutes(asked.pop("minutes")), query.what_if(asked)
    return replies.answer(("isochrone", lon, lat, minutes, what_if, *asked.items()),
                   lambda study: study.isochrone(lon, lat, minutes=minutes, metres=(), **asked), what_if, wanted)


@blueprint.get("/walk")
def walk() -> Response:
    asked = query.values(needed=("unit", "kind"), optional={"profile": "adult", "mode": "distance", **_WHEN, **_MORE})
    wanted = query.written(asked)
    what_if = query.what_if(asked)
    return replies.answer(("walk", what_if, *asked.items()),
                   lambda study: study.walk(**asked), what_if, wanted)


@blueprint.get("/nearest")
def nearest() -> Response:
    asked = query.values(needed=("kind",), optional={"at": "", "k": "3", "within": "5km", "profile": "adult", **_WHEN, **_MORE})
    wanted = query.written(asked)
    kinds, k, at, what_if = query.several(asked.pop("kind")), query.number(asked.pop("k")), asked.pop("at"), query.what_if(asked)
    there = query.place(at) if at else None
    return replies.answer(("nearest", kinds, k, there, what_if, *asked.items()),
                   lambda study: study.nearest(kinds, k, at=there, **asked), what_if, wanted)


@blueprint.get("/within")
def within() -> Response:
    asked = query.values(optional={"kind": "", "within": "500m,1000m", "of": "", "people": "all", "profile": "adult", **_WHEN, **_MORE})
    wanted = query.written(asked)
    kind, reaches, what_if = asked.pop("kind") or None, query.several(asked.pop("within")), query.what_if(asked)
    query.facilities_or_people(kind, asked["of"])
    return replies.answer(("within", kind, reaches, what_if, *asked.items()),
                   lambda study: study.opportunities(kind, reaches, **asked), what_if, wanted)


_AUDIT = {"day": "Tu", "time": "", "step_free": ""}


def _packs(standard: str) -> tuple[str, ...]:
    """The digests of the packs asked for: a reply made by a pack that has since been edited is not given again."""
    return tuple(f"{pack.id} {pack.sha256}" for pack in replies.study().audits.packs(standard))


@blueprint.get("/standards")
def standards() -> Response:
    query.values()
    return replies.reply(("standards", _packs("all")), lambda: payload.standards(replies.study().audits.packs("all")))


@blueprint.get("/audit")
def audit() -> Response:
    asked = query.values(optional={"standard": "gb50180", "evening": "19:30", **_AUDIT, **_MORE})
    wanted = query.written(asked)
    standard, what_if, step_free = asked.pop("standard"), query.what_if(asked), query.flag(asked.pop("step_free"))
    if wanted and downloads.is_report(wanted):
        return here().shelf.alone(lambda: downloads.report(replies.study(what_if), standard, asked, step_free, wanted))
    return replies.answer(("audit", _packs(standard), what_if, step_free, *asked.items()),
                   lambda study: study.audit(standard, step_free=step_free, **asked), what_if, wanted)


@blueprint.get("/audit/clause")
def audit_clause() -> Response:
    asked = query.values(needed=("clause",), optional={"standard": "", "people": "all", **_AUDIT, **_MORE})
    wanted = query.written(asked)
    clause, standard, what_if, step_free = asked.pop("clause"), asked.pop("standard"), query.what_if(asked), query.flag(asked.pop("step_free"))
    return replies.answer(("clause", clause, _packs(standard or clause.partition("/")[0]), what_if, step_free, *asked.items()),
                   lambda study: study.clause(clause, standards=standard, step_free=step_free, **asked), what_if, wanted)


@blueprint.get("/audit/unit")
def audit_unit() -> Response:
    asked = query.values(needed=("unit",), optional={"standard": "gb50180", **_AUDIT, **_MORE})
    wanted = query.written(asked)
    unit, standard, what_if, step_free = asked.pop("unit"), asked.pop("standard"), query.what_if(asked), query.flag(asked.pop("step_free"))
    return replies.answer(("sheet", unit, _packs(standard), what_if, step_free, *asked.items()),
                   lambda study: study.sheet(unit, standard, step_free=step_free, **asked), what_if, wanted)


@blueprint.get("/audit/walk")
def audit_walk() -> Response:
    asked = query.values(needed=("clause", "unit"), optional={"standard": "", "people": "all", **_AUDIT, **_MORE})
    wanted = query.written(asked)
    clause, unit, standard = asked.pop("clause"), asked.pop("unit"), asked.pop("standard")
    what_if, step_free = query.what_if(asked), query.flag(asked.pop("step_free"))
    return replies.answer(("clause walk", clause, unit, _packs(standard or clause.partition("/")[0]), what_if, step_free, *asked.items()),
                   lambda study: study.clause_walk(clause, unit, standards=standard, step_free=step_free, **asked), what_if, wanted)
