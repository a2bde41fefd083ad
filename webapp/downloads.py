"""Answers as files to keep, send and print: what this computer can write, and an answer written so."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from functools import cache, partial

from flask import Response, send_file

from wanli_geo.answer import Answer
from wanli_geo.errors import MissingExtra, NoFont
from wanli_geo.report.circle_report import life_circle_report
from wanli_geo.report.document import Document
from wanli_geo.report.say import lang_of
from wanli_geo.report.theme_pages import theme_answers
from wanli_geo.report.typeset import pdf
from wanli_geo.report.word import docx
from wanli_geo.report.workbook import xlsx
from wanli_geo.report.writing import WRITERS, suffixes, write
from wanli_geo.study import Study
from wanli_geo.workspace.store import Workspace
from webapp.query import Written

_OFFERED = ("xlsx", "docx", "pdf", "png", "svg", "gpx", "gpkg", "zip", "kml", "csv", "geojson")
_REPORTS = ("xlsx", "docx", "pdf")


@cache
def offered(question: str) -> list[dict[str, str]]:
    """List the formats that answers to a question can be written as on this computer, those that a planner sends first."""
    possible = [suffix for suffix in _OFFERED if f".{suffix}" in suffixes(question) and _is_ready(suffix)]
    return [{"format": suffix, "zh": WRITERS[f".{suffix}"].zh, "en": WRITERS[f".{suffix}"].en} for suffix in possible]


def _is_ready(suffix: str) -> bool:
    try:
        WRITERS[f".{suffix}"].ready()
    except (MissingExtra, NoFont):
        return False
    return True


def as_file(answer: Answer, workspace: Workspace, wanted: Written) -> Response:
    """Reply with an answer as a file.

    Raises:
        WrongUsage, MissingExtra, NoFont, NothingToAnswer: it cannot be written so.
    """
    content = write(answer, workspace, f".{wanted.format}", lang=wanted.lang, crs=wanted.crs, encoding=wanted.encoding, paper=wanted.paper)
    return _sent(content, answer, wanted)


def is_report(wanted: Written) -> bool:
    """Say whether an audit is wanted as what is laid before a meeting, not as its data."""
    return wanted.format in _REPORTS


def report(study: Study, standard: str, asked: Mapping[str, str], step_free: bool, wanted: Written) -> Response:
    """Reply with an audit as the whole report of the life circle; `asked` holds day, time and evening.

    Raises:
        WrongUsage, MissingExtra, NoFont: it cannot be asked or written so.
    """
    lang_of(wanted.lang)
    WRITERS[f".{wanted.format}"].ready()
    audit = study.audit(standard, step_free=step_free, **asked)
    day, time = asked["day"], asked["time"]
    themes = theme_answers(audit, partial(study.clause, standards=standard, day=day, time=time, step_free=step_free),
                           partial(study.green, day=day, time=time or "10:00"))
    written: dict[str, Callable[[Document], bytes]] = {"xlsx": xlsx, "docx": docx, "pdf": partial(pdf, paper=wanted.paper)}
    return _sent(written[wanted.format](life_circle_report(audit, themes, study.workspace, wanted.lang)), audit, wanted)


def _sent(content: bytes, answer: Answer, wanted: Written) -> Response:
    name = f"wanli-geo {answer.question} {answer.run_id}.{wanted.format}"
    return send_file(io.BytesIO(content), mimetype="application/octet-stream", as_attachment=True, download_name=name)
