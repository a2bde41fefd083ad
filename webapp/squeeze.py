"""Files of text go over the wire gzipped. JSON comes from the shelf, which has done so already."""

from __future__ import annotations

import gzip
from functools import lru_cache

from flask import Flask, Response, request

TEXTS = frozenset({"text/html", "text/css", "text/javascript", "image/svg+xml"})
LEAST = 1_000  # bytes; anything shorter goes in one packet anyway


def gzip_texts(app: Flask) -> None:
    """Plug the squeezing into an application."""
    app.after_request(_squeezed)


def _squeezed(response: Response) -> Response:
    if response.mimetype not in TEXTS:
        return response
    response.vary.add("Accept-Encoding")
    if response.status_code != 200 or response.content_encoding or not request.accept_encodings["gzip"] > 0:
        return response
    response.direct_passthrough = False  # a file is read here, not handed on
    plain = response.get_data()
    if len(plain) >= LEAST:
        response.set_data(_zipped(plain))
        response.content_encoding = "gzip"
        response.headers.pop("Accept-Ranges", None)
        etag, _ = response.get_etag()
        if etag:
            response.set_etag(etag, weak=True)  # weak: the same text, whether gzipped or not
    return response


@lru_cache(maxsize=128)
def _zipped(plain: bytes) -> bytes:
    return gzip.compress(plain, 6, mtime=0)
