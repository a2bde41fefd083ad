"""The questions about lines one walks over HTTP: each view reads the query, asks `study.routes`, and hands over the Answer."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response

from wanli_geo.answer import Answer
from wanli_geo.errors import BadMeasure, NothingToAnswer
from wanli_geo.report.qr import qr_svg
from wanli_geo.study.routes import Routes
from wanli_geo.workspace.publication import publication_of
from webapp import query, replies

blueprint = Blueprint("lines", __name__, url_prefix="/api/route")
_BY_DAY = {"day": "Tu", "time": "10:00"}
_BY_NIGHT = {"day": "Tu", "time": "20:00"}
_MORE = {**query.WHAT_IF, **query.WRITTEN}


def _line(question: str, asked: dict[str, str], ask: Callable[[Routes, dict[str, str]], Answer]) -> Response:
    """Answer a question about lines; `asked` are its values, those of gates and files among them."""
    wanted, what_if = query.written(asked), query.what_if(asked)
    return replies.answer((question, what_if, *asked.items()), lambda study: ask(study.routes, asked), what_if, wanted)


@blueprint.get("/night_run")
def night_run() -> Response:
    asked = query.values(optional={"target": "2500", **_BY_NIGHT, **_MORE})
    return _line("night_run", asked, lambda routes, given: routes.night_run(
        target_m=query.metres(given["target"]), day=given["day"], time=given["time"]))


@blueprint.get("/red_walkway")
def red_walkway() -> Response:
    asked = query.values(optional={"profile": "elder", "within": "5min", **_BY_DAY, **_MORE})
    return _line("red_walkway", asked, lambda routes, given: routes.red_walkway(
        profile=given["profile"], within=given["within"], day=given["day"], time=given["time"]))


@blueprint.get("/stop_qr")
def stop_qr() -> Response:
    """Draw the QR code of a stop's address.

    Raises:
        BadMeasure: there is no such stop.
        NothingToAnswer: the workspace states no public address.
    """
    stop = query.values(needed=("stop",))["stop"]
    workspace = replies.study().workspace
    if stop not in set(workspace.layer("walkway_stops")["id"]):
        raise BadMeasure(f"红色步道上没有点位“{stop}”；请用点位的编号。", f"The red walkway has no stop “{stop}”; give the id of a stop.")
    address = publication_of(workspace.path).address_of(stop)
    if address is None:
        raise NothingToAnswer("publish.toml 里没有 public_url，所以没有二维码；请写上公众网站的网址。",
                              "publish.toml gives no public_url, so there is no QR code; write the address of the public site.")
    return Response(qr_svg(address), mimetype="image/svg+xml")


@blueprint.get("/marks")
def marks() -> Response:
    asked = query.values(needed=("layer",), optional={"every": "100", **_MORE})
    return _line("marks", asked, lambda routes, given: routes.marks(given["layer"], every_m=query.metres(given["every"])))


@blueprint.get("/signs")
def signs() -> Response:
    asked = query.values(optional={**_BY_DAY, **_MORE})
    return _line("signs", asked, lambda routes, given: routes.signs(day=given["day"], time=given["time"]))


@blueprint.get("/works")
def works() -> Response:
    asked = query.values(optional={"street": "", "project": "", "between": "", "profile": "adult", **_BY_DAY, **_MORE})
    between = query.places(asked["between"])
    return _line("works", asked, lambda routes, given: routes.works(
        street=given["street"], project=given["project"], between=between, profile=given["profile"], day=given["day"], time=given["time"]))


@blueprint.get("/loops")
def loops() -> Response:
    asked = query.values(optional={"start": "", "length": "2500", "through": "", "avoid": "", "proposals": "3", "lollipop": "auto",
                                   **_BY_NIGHT, **_MORE})
    lon, lat = query.place(asked["start"]) if asked["start"] else (None, None)
    through, avoid, length = query.places(asked["through"]), query.places(asked["avoid"]), query.metres(asked["length"])
    return _line("loops", asked, lambda routes, given: routes.loops(
        lon, lat, length_m=length, through=through, avoid=avoid, proposals=query.number(given["proposals"]),
        lollipop=query.lollipop(given["lollipop"]), day=given["day"], time=given["time"]))


@blueprint.get("/green_links")
def green_links() -> Response:
    asked = query.values(optional={"profile": "adult", **_BY_DAY, **_MORE})
    return _line("green_links", asked, lambda routes, given: routes.green_links(
        profile=given["profile"], day=given["day"], time=given["time"]))


@blueprint.get("/blue_net")
def blue_net() -> Response:
    asked = query.values(optional={"profile": "adult", **_BY_DAY, **_MORE})
    return _line("blue_net", asked, lambda routes, given: routes.blue_net(profile=given["profile"], day=given["day"], time=given["time"]))


@blueprint.get("/structure")
def structure() -> Response:
    return _line("structure", query.values(optional=dict(_MORE)), lambda routes, _: routes.structure())
