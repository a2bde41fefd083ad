"""The rim: the one table from error class to status, the headers of every reply, and who may ask at all."""

from __future__ import annotations

import ipaddress
import re

from flask import Flask, Response, jsonify, request
from werkzeug.exceptions import HTTPException, RequestURITooLarge

from wanli_geo.errors import BadLayer, NothingToAnswer, NoWorkspace, OffNetwork, ReadOnly, Refused, UnknownLayer, WanliGeoError, WrongUsage
from webapp.refusals import Busy, Cancelled, CrossSite, NoUpload, Stale, TooLarge, UntrustedHost
from webapp.settings import Settings

LONGEST_QUERY = 2_000

# The first class of the error's own line of classes that stands here decides.
STATUS: dict[type[WanliGeoError], int] = {
    UnknownLayer: 404,
    CrossSite: 403,
    TooLarge: 413,
    NoUpload: 404,
    Stale: 409,
    Busy: 503,
    Cancelled: 409,
    ReadOnly: 403,
    WrongUsage: 400,
    NoWorkspace: 409,
    BadLayer: 409,
    OffNetwork: 422,
    NothingToAnswer: 422,
    Refused: 422,
    WanliGeoError: 500,
}

SENTENCES = {
    400: ("请求读不懂；请核对地址后重试。", "The request cannot be read; check the address and try again."),
    404: ("这里没有这个页面或数据；请回到首页。", "There is no such page or data here; go back to the first page."),
    405: ("这个地址只能读取，不能提交。", "This address can be read only; nothing can be sent to it."),
    413: ("提交的内容太大；请减少后重试。", "What was sent is too large; send less and try again."),
    414: ("地址太长；请缩短后重试。", "The address is too long; shorten it and try again."),
    500: ("服务内部出错，没有改动任何数据；请重试，仍不行请把此页地址告诉管理员。",
          "The server failed inside; no data was changed. Try again; if it persists, tell whoever runs it this address."),
}
OTHER = ("请求没有被接受；请核对后重试。", "The request was not accepted; check it and try again.")

HEADERS = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; frame-ancestors 'self'; form-action 'self'; "
                               "base-uri 'none'; object-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(self), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

_LOOKING = frozenset({"GET", "HEAD", "OPTIONS"})
_SENT = frozenset({"application/json", "application/octet-stream"})  # a browser asks before it sends these to another site; we never allow it

HERE = frozenset({"localhost", "127.0.0.1", "::1"})
EVERY_ADDRESS = frozenset({"0.0.0.0", "::"})  # noqa: S104 - compared with, not bound to

_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::[0-9]{1,5})?", re.IGNORECASE)


def guard(app: Flask, settings: Settings) -> None:
    """Plug the rim into an application."""
    app.register_error_handler(WanliGeoError, _refused)
    app.register_error_handler(HTTPException, _failed)
    app.before_request(lambda: _admit(settings))
    app.after_request(_with_headers)


def status_of(error: WanliGeoError) -> int:
    return next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)


def is_ours(host: str, settings: Settings) -> bool:
    """Say whether a Host header names this server.

    Beside localhost these are the host listened on and those of WANLI_HOSTS; where the server listens on every address of the
    computer, any bare IP address too, since a foreign site can only rebind a name.
    """
    found = _HOST.fullmatch(host)
    if not found:
        return False
    name = found[1].strip("[]").lower()
    return name in HERE | {settings.host.lower(), *settings.hosts} - EVERY_ADDRESS or (settings.host in EVERY_ADDRESS and _is_address(name))


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _admit(settings: Settings) -> None:
    if not is_ours(request.headers.get("Host", ""), settings):
        raise UntrustedHost(
            "不认识这个网址里的主机名；请用 localhost 打开，或把它写进 WANLI_HOSTS。",
            "The host name in this address is not known here; open localhost instead, or add the name to WANLI_HOSTS.",
        )
    if len(request.query_string) > LONGEST_QUERY:
        raise RequestURITooLarge
    if request.method not in _LOOKING and request.routing_exception is None:
        _admit_sent()


def _admit_sent() -> None:
    """Let in what our own page sends, or a program; never what a foreign page makes a reader's browser send.

    A browser says whose page it is. An old one does not; but no page may send these content types to another site unasked.
    """
    origin = request.headers.get("Origin", "")
    foreign = request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin"
    foreign |= origin != "" and origin.partition("://")[2] != request.headers.get("Host")
    if foreign or request.mimetype not in _SENT:
        raise CrossSite("这个请求不是本页面发出的，没有执行；请在本页面里操作。",
                        "This was not sent by a page of this server, so nothing was done; use the page itself.")


def _refused(error: WanliGeoError) -> Response:
    return _told(type(error).__name__, error.zh, error.en, status_of(error))


def _failed(error: HTTPException) -> Response:
    """Tell a fault of HTTP itself, a missing page or our own failure, in the same form; Allow and the like are kept."""
    status = error.code or 500
    told = _told(type(error).__name__, *SENTENCES.get(status, OTHER), status)
    for name, value in error.get_headers():
        if name.lower() not in ("content-type", "content-length"):
            told.headers[name] = value
    return told


def _told(kind: str, zh: str, en: str, status: int) -> Response:
    response = jsonify(error={"kind": kind, "zh": zh, "en": en})
    response.status_code = status
    response.cache_control.no_store = True
    return response


def _with_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response
