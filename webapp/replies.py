"""How an answer is sent: as JSON off the shelf, or as the file wanted. Shared by the blueprints that ask the study."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from flask import Response, request

from wanli_geo.answer import Answer
from wanli_geo.report import payload
from wanli_geo.study import Study, Waits
from webapp import downloads, query
from webapp.room import here


def study(what_if: query.WhatIf = query.AS_IT_IS) -> Study:
    """Give the study that is open, with gates and waits as asked."""
    found = here().scenario(what_if.opened, what_if.closed)
    return found if what_if.waits is None else found.with_waits(Waits(**dict(what_if.waits)))


def reply(key: Hashable, make: Callable[[], Any]) -> Response:
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


def answer(key: Hashable, ask: Callable[[Study], Answer], what_if: query.WhatIf, wanted: query.Written | None) -> Response:
    """Send the answer to a question: as JSON, or as the file wanted."""
    if wanted is None:
        return reply(key, lambda: payload.answer(ask(study(what_if))))
    asked, made = here().shelf.alone(lambda: _asked(study(what_if), ask))
    return downloads.as_file(made, asked.workspace, wanted)


def _asked(of: Study, ask: Callable[[Study], Answer]) -> tuple[Study, Answer]:
    return of, ask(of)
