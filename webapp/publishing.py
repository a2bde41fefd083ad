"""The public site from the desk: what is stated, the gate, a preview, the difference, a zip, a release."""

from __future__ import annotations

import io
import mimetypes
from typing import Any

from flask import Blueprint, Response, abort, jsonify, render_template, request, send_file
from pydantic import BaseModel, ConfigDict, ValidationError

from wanli_geo.errors import WrongUsage
from webapp import query, replies
from webapp.press import press

blueprint = Blueprint("publishing", __name__)
# What the desk may state; the rest stands in publish.toml only.
_STATED = ("review_number", "ground", "reviewer", "date", "title", "title_en", "contact", "feedback", "public_url")


class _Token(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    token: str


class _Stated(BaseModel):
    """What the desk states; an empty field states nothing."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    review_number: str = ""
    ground: str = ""
    reviewer: str = ""
    date: str = ""
    title: str = ""
    title_en: str = ""
    contact: str = ""
    feedback: str = ""
    public_url: str = ""


@blueprint.get("/publish")
def page() -> str:
    return render_template("publish.html")


@blueprint.get("/api/publish")
def told() -> Response:
    query.values()
    study = replies.study()
    said = press().said(study)
    releases = [{key: value for key, value in one.to_dict().items() if key not in ("files", "layers", "difference")}
                for one in press().record(study).releases()]
    return jsonify(edit=press().edit, stated={key: said.get(key, "") for key in _STATED}, releases=releases[::-1])


@blueprint.post("/api/publish/make")
def make() -> Response:
    wanted = _sent(_Stated)
    return jsonify(press().make(replies.study(), {key: value.strip() for key, value in wanted.model_dump().items() if value.strip()}))


@blueprint.get("/api/publish/progress")
def progress() -> Response:
    query.values()
    return jsonify(stage=press().stage, share=press().share)


@blueprint.post("/api/publish/cancel")
def cancel() -> Response:
    press().cancel()
    return jsonify(cancelled=True)


@blueprint.post("/api/publish/release")
def release() -> Response:
    return jsonify(press().release(replies.study(), _sent(_Token).token))


@blueprint.get("/api/publish/zip")
def archive() -> Response:
    token = query.values(needed=("token",))["token"]
    return send_file(io.BytesIO(press().zip(token)), "application/zip", as_attachment=True, download_name="wanli-map.zip")


@blueprint.get("/publish/preview/<token>/<path:name>")
def preview(token: str, name: str) -> Response:
    """A file of the site last made. Its offline copy is left out: a preview is gone in a minute."""
    files = press().files(token)
    if name not in files or name == "sw.js":
        abort(404)
    response = Response(files[name], mimetype=mimetypes.guess_type(name)[0] or "application/octet-stream")
    response.cache_control.no_store = True
    return response


def _sent(form: type[Any]) -> Any:
    """Read what was sent against its form.

    Raises:
        WrongUsage: it is no JSON of that form.
    """
    try:
        return form.model_validate_json(request.get_data())
    except ValidationError as wrong:
        raise WrongUsage("提交的内容读不懂；请刷新页面后重试。", "What was sent cannot be read; load the page again and retry.") from wrong
