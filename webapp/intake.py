"""A planner's file in, over HTTP: uploaded, drafted as often as wanted, applied only where editing is switched on, undone."""

from __future__ import annotations

import io
import math
from dataclasses import astuple
from typing import Any, TypeVar

from flask import Blueprint, Response, jsonify, request, send_file
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from wanli_geo.errors import WrongUsage
from wanli_geo.workspace.intake.asked import Asked
from wanli_geo.workspace.intake.limits import MOST_BYTES
from wanli_geo.workspace.intake.reading import FORMATS
from wanli_geo.workspace.intake.templates import template
from wanli_geo.workspace.specs import SPECS, LayerSpec, spec_of
from webapp import query
from webapp.counter import EDITING_OFF, TOO_LARGE, counter
from webapp.refusals import TooLarge

blueprint = Blueprint("intake", __name__, url_prefix="/api/import")
_LONGEST_QUESTION = 1024 * 1024
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_Form = TypeVar("_Form", bound=BaseModel)


class _Token(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    token: str


class _Drafting(_Token):
    """A file, how it is to be read, and how it is to be taken."""

    asked: Asked
    part: str = ""
    encoding: str = ""

    @field_validator("asked")
    @classmethod
    def _is_finite(cls, asked: Asked) -> Asked:
        if not all(math.isfinite(number) for control in asked.controls for number in astuple(control)):
            raise ValueError("not a number")
        return asked


class _Applying(_Token):
    """A file, and the draft of it that the planner has seen."""

    draft: str


class _Undoing(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    version: int = Field(ge=1)


@blueprint.get("/layers")
def layers() -> Response:
    query.values()
    return jsonify(
        edit=counter().edit, most_bytes=MOST_BYTES, accept=list(FORMATS),
        too_large=dict(zip(("zh", "en"), TOO_LARGE, strict=True)), editing_off=dict(zip(("zh", "en"), EDITING_OFF, strict=True)),
        layers=[_spec(spec) for spec in SPECS.values()],
    )


@blueprint.get("/template/<layer>.xlsx")
def blank(layer: str) -> Response:
    query.values()
    return send_file(io.BytesIO(template(spec_of(layer))), mimetype=_XLSX, as_attachment=True, download_name=f"{spec_of(layer).zh} {layer}.xlsx")


@blueprint.post("/file")
def upload() -> Response:
    asked = query.values(needed=("name",), optional={"beside": ""})
    request.max_content_length = MOST_BYTES
    if (request.content_length or 0) > MOST_BYTES:
        raise TooLarge(*TOO_LARGE)
    return jsonify(counter().take(asked["name"], request.stream, beside=asked["beside"]))


@blueprint.get("/progress")
def progress() -> Response:
    stage, share = counter().uploads.find(query.values(needed=("token",))["token"]).stage
    return jsonify(stage=stage, share=share)


@blueprint.post("/draft")
def draft() -> Response:
    wanted = _sent(_Drafting)
    return jsonify(counter().draft(wanted.token, wanted.asked, part=wanted.part, encoding=wanted.encoding))


@blueprint.post("/apply")
def apply() -> Response:
    wanted = _sent(_Applying)
    return jsonify(counter().apply(wanted.token, wanted.draft))


@blueprint.get("/history")
def history() -> Response:
    query.values()
    return jsonify(counter().history())


@blueprint.post("/undo")
def undo() -> Response:
    return jsonify(counter().undo(_sent(_Undoing).version))


@blueprint.post("/drop")
def drop() -> Response:
    counter().uploads.drop(_sent(_Token).token)
    return jsonify(dropped=True)


def _sent(form: type[_Form]) -> _Form:
    """Read what was sent against its form.

    Raises:
        WrongUsage: it is no JSON of that form; the sentence names the place.
    """
    request.max_content_length = _LONGEST_QUESTION
    try:
        return form.model_validate_json(request.get_data())
    except ValidationError as wrong:
        place = ".".join(map(str, wrong.errors(include_url=False)[0]["loc"])) or "JSON"
        raise WrongUsage(f"提交的内容里“{place}”读不懂；请刷新页面后重试。",
                         f"“{place}” of what was sent cannot be read; load the page again and retry.") from wrong


def _spec(spec: LayerSpec) -> dict[str, Any]:
    columns = [{"name": one.name, "zh": one.zh, "en": one.en, "type": one.type, "required": one.required, "unit": one.unit,
                "choices": [dict(zip(("code", "zh", "en"), choice, strict=True)) for choice in one.choices]} for one in spec.columns]
    return {"name": spec.name, "zh": spec.zh, "en": spec.en, "theme": spec.theme, "geometry": list(spec.geometry), "columns": columns}
