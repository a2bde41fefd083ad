"""The verbs that write what is laid before a meeting: the report of a life circle, and the sheets of compounds and committees."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from wanli_geo.answer import Answer
from wanli_geo.cli.audit import evening_, evening_hour, hour_, standard_, step_free_
from wanli_geo.cli.options import day_, lang_, opened_study, options, workspace_, write_whole
from wanli_geo.cli.root import cli
from wanli_geo.cli.speech import bar, say
from wanli_geo.errors import BadMeasure, Refused, WrongUsage
from wanli_geo.report.circle_report import life_circle_report
from wanli_geo.report.document import Document
from wanli_geo.report.say import lang_of, named
from wanli_geo.report.theme_pages import most_telling
from wanli_geo.report.typeset import pdf
from wanli_geo.report.unit_sheets import committee_sheet, unit_sheet, walks_worth
from wanli_geo.report.workbook import xlsx
from wanli_geo.study import Study

_SUFFIXES = (".xlsx", ".pdf")
_BLANK = Document(kind="sheet", lang="zh", title="空", subtitle="", place="", date="", sketch=False, sections=(), about=(), attribution="",
                  run_ids=())

paper_ = click.option("--paper", type=click.Choice(["a4", "a3"]), default="a4", show_default=True, help="PDF 的纸。 Paper of the PDF.")
date_ = click.option("--date", default=lambda: dt.date.today().isoformat(), show_default="今天 today", metavar="YYYY-MM-DD",
                     help="封面上的日期。 The date on the cover.")


@cli.command()
@options(
    workspace_,
    standard_,
    click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="写成文件：.xlsx .docx .pdf。 Write a file."),
    paper_,
    date_,
    day_,
    hour_,
    evening_,
    step_free_,
    lang_,
)
def report(workspace: Path | None, standard: str, out: Path, paper: str, date: str, lang: str, evening: str, **asked: Any) -> None:
    """一份完整的十五分钟生活圈体检报告：Excel、Word 或 PDF。 The whole 15-minute life circle report, as XLSX, DOCX or PDF.

    \b
    例 / Examples:
      wanli-geo report --out report.pdf
      wanli-geo report my-district --standard gb50180,tdt1062 --out report.docx --lang en
    """
    lang_of(lang)
    study = opened_study(workspace, out, asked, formats=_SUFFIXES)
    write = _writer(out.suffix.lower(), paper)
    audit = study.audit(standard, evening=evening_hour(evening), **asked)
    document = life_circle_report(audit, _themes(study, audit, standard, asked), study.workspace, lang, date=date)
    if sys.stderr.isatty():
        click.echo("\r\033[K", err=True, nl=False)
    write_whole(out, write(document))
    say(f"已写好 {out} / Wrote {out}")


def _writer(suffix: str, paper: str) -> Callable[[Document], bytes]:
    """Give what writes this suffix, tried on a blank page: a missing part or font is told before anything is computed."""
    write: Callable[[Document], bytes] = {".xlsx": xlsx, ".pdf": lambda document: pdf(document, paper=paper)}[suffix]
    write(_BLANK)
    return write


def _themes(study: Study, audit: Answer, standard: str, asked: dict[str, Any]) -> dict[str, list[Answer]]:
    """Ask what the pages of the themes tell: of each its most telling clause, and who walks to a green."""
    themes = {theme: [study.clause(key, standards=standard, **asked)] for theme, key in most_telling(audit).items()}
    return {**themes, "green": [*themes.get("green", []), study.green(day=asked["day"], time=asked["time"] or "10:00")]}


@cli.command()
@options(
    workspace_,
    click.option("--unit", metavar="ID,…", help="只做这几个小区或居委会（编号或名称），逗号分开。 Only these, by id or name, commas between."),
    click.option("--compounds", is_flag=True, help="每个小区一页。 One page for every compound."),
    click.option("--committees", is_flag=True, help="每个居委会一页。 One page for every committee."),
    standard_,
    click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="写进这个文件夹，一处一个文件。 Into this folder."),
    paper_,
    date_,
    day_,
    hour_,
    step_free_,
    lang_,
)
def sheets(
    workspace: Path | None, unit: str | None, compounds: bool, committees: bool, standard: str, out: Path, paper: str, date: str, lang: str,
    **asked: Any,
) -> None:
    """小区、居委会一页一图（PDF）：可以一次做全部。 One page with a map for each compound or committee, as PDF; all of them at once.

    \b
    例 / Examples:
      wanli-geo sheets --unit cp-43,cm-08 --out sheets
      wanli-geo sheets my-district --compounds --committees --paper a3 --out sheets
    """
    if not (unit or compounds or committees):
        raise WrongUsage("请写明做哪些：--unit 编号、--compounds 或 --committees。", "Say which: --unit ID, --compounds or --committees.")
    folder_for(out)
    study = opened_study(workspace, None, asked)
    write = _writer(".pdf", paper)
    wanted = _wanted(study, unit or "", compounds, committees)
    audit = study.audit(standard, evening="", **asked)
    show = bar()
    for number, (layer, one, name) in enumerate(wanted):
        show(f"{name}", number / len(wanted))
        if layer == "committees":
            document = committee_sheet(audit, one, study.workspace, lang, date=date)
        else:
            told = study.sheet(one, standard, **asked)
            walks = [study.clause_walk(key, one, standards=standard, **asked) for key in walks_worth(told)]
            document = unit_sheet(told, walks, study.workspace, lang, date=date)
        write_whole(out / f"{file_name(one, name)}.pdf", write(document))
    show("", 1)
    say(f"已写好 {len(wanted)} 页，在 {out} / Wrote {len(wanted)} sheet(s) into {out}")


def _wanted(study: Study, unit: str, compounds: bool, committees: bool) -> list[tuple[str, str, str]]:
    """The layer, id and name of everything asked for, each once, before any of it is computed.

    Raises:
        BadMeasure: nothing has that id or name, or several have.
    """
    rows = {layer: list(zip(table["id"], map(named, table["name"]), strict=True))
            for layer in ("compounds", "committees") for table in [study.workspace.layer(layer)]}
    found = [_called(rows, text.strip()) for text in unit.split(",") if text.strip()]
    for layer, whole in (("compounds", compounds), ("committees", committees)):
        found += [(layer, one, name) for one, name in rows[layer]] if whole else []
    return list(dict.fromkeys(found))


def _called(rows: dict[str, list[tuple[str, str]]], text: str) -> tuple[str, str, str]:
    every = [(layer, one, name) for layer, of_layer in rows.items() for one, name in of_layer]
    found = [row for row in every if row[1] == text] or [row for row in every if row[2] == text]
    if len(found) == 1:
        return found[0]
    if found:
        raise BadMeasure(f"“{text}”有 {len(found)} 个，请写编号：{'、'.join(row[1] for row in found)}。",
                         f"There are {len(found)} called “{text}”; give an id: {', '.join(row[1] for row in found)}.")
    raise BadMeasure(f"没有编号或名称为“{text}”的小区或居委会。", f"No compound or committee has the id or name “{text}”.")


def folder_for(out: Path) -> None:
    """Make the folder that the sheets go into; what else stands there stays."""
    try:
        out.mkdir(exist_ok=True)
    except OSError as wrong:
        raise Refused(f"文件夹“{out}”建不了（{wrong.strerror}）；请换一个地方。",
                      f"The folder “{out}” cannot be made ({wrong.strerror}); choose another place.") from wrong


def file_name(one: str, name: str) -> str:
    """A file is called by id and name, without what Windows refuses in a name."""
    return "".join("_" if letter in '<>:"/\\|?*' or ord(letter) < 32 else letter for letter in f"{one} {name}").strip(" .")[:80]
