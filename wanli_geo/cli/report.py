"""The verbs that write what is laid before a meeting: the report of a life circle, and the sheets of compounds and committees."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, count
from pathlib import Path
from typing import Any

import click

from wanli_geo.answer import Answer
from wanli_geo.cli.audit import evening_, evening_hour, hour_, standard_, step_free_
from wanli_geo.cli.options import date_, day_, lang_, opened_study, options, paper_, workspace_, write_whole
from wanli_geo.cli.root import cli
from wanli_geo.cli.speech import bar, say
from wanli_geo.errors import BadMeasure, NothingToAnswer, Refused, WrongUsage
from wanli_geo.report.circle_report import life_circle_report
from wanli_geo.report.document import Document
from wanli_geo.report.say import lang_of, named
from wanli_geo.report.theme_pages import theme_answers
from wanli_geo.report.typeset import Paper, pdf
from wanli_geo.report.unit_sheets import committee_sheet, unit_sheet, walks_worth
from wanli_geo.report.word import docx
from wanli_geo.report.workbook import xlsx
from wanli_geo.report.writing import WRITERS
from wanli_geo.study import Study

_SUFFIXES = (".xlsx", ".docx", ".pdf")
_LONGEST_NAME = 180  # bytes of UTF-8, of the 255 that a disk takes


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
def report(workspace: Path | None, standard: str, out: Path, paper: Paper, date: str, lang: str, evening: str, **asked: Any) -> None:
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
    green = partial(study.green, day=asked["day"], time=asked["time"] or "10:00")
    themes = theme_answers(audit, partial(study.clause, standards=standard, **asked), green)
    document = life_circle_report(audit, themes, study.workspace, lang, date=date)
    if sys.stderr.isatty():
        click.echo("\r\033[K", err=True, nl=False)
    write_whole(out, write(document))
    say(f"已写好 {out} / Wrote {out}")


def _writer(suffix: str, paper: Paper) -> Callable[[Document], bytes]:
    """Give what writes this suffix; a missing part or font is told before anything is computed."""
    WRITERS[suffix].ready()
    written: dict[str, Callable[[Document], bytes]] = {".xlsx": xlsx, ".docx": docx, ".pdf": partial(pdf, paper=paper)}
    return written[suffix]


@cli.command()
@options(
    workspace_,
    click.option("--unit", metavar="ID,…", help="只做这几个小区或居委会（编号或名称），逗号分开。 Only these, by id or name, commas between."),
    click.option("--compounds", is_flag=True, help="每个小区一页。 One page for every compound."),
    click.option("--committees", is_flag=True, help="每个居委会一页。 One page for every committee."),
    standard_,
    click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False),
                 help="写进这个文件夹，一处一个文件。 Into this folder, one file each."),
    paper_,
    date_,
    day_,
    hour_,
    step_free_,
    lang_,
)
def sheets(
    workspace: Path | None, unit: str | None, compounds: bool, committees: bool, standard: str, out: Path, paper: Paper, date: str, lang: str,
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
    _see_to(out)
    study = opened_study(workspace, None, asked)
    write = _writer(".pdf", paper)
    wanted = _wanted(study, unit or "", compounds, committees)
    audit = study.audit(standard, evening="", **asked)
    show = bar()
    # Cancelled, nothing is changed. Beside the folder or in it, never elsewhere: a file is moved in one step on its own disk only.
    with tempfile.TemporaryDirectory(dir=out if out.is_dir() else out.resolve().parent, prefix=".sheets.") as name:
        fresh = Path(name)
        for number, (one, file_name) in enumerate(zip(wanted, file_names(wanted), strict=True)):
            show(one.name, number / len(wanted))
            document = _sheet(study, audit, one, standard, lang, date, asked)
            (fresh / file_name).write_bytes(write(document))
        out.mkdir(exist_ok=True)
        for file in sorted(fresh.iterdir()):
            file.replace(out / file.name)
    show("", 1)
    say(f"已写好 {len(wanted)} 页，在 {out} / Wrote {len(wanted)} sheet(s) into {out}")


@dataclass(frozen=True)
class Unit:
    """A compound or a committee asked for, by the layer it stands in."""

    layer: str
    id: str
    name: str

    @property
    def stem(self) -> str:
        """Its id and its name, without what Windows refuses in the name of a file, and no longer than any disk takes; no suffix."""
        kept = "".join("_" if letter in '<>:"/\\|?*' or ord(letter) < 32 else letter for letter in f"{self.id} {self.name}")
        return kept.encode()[:_LONGEST_NAME].decode(errors="ignore").strip(" .")


def file_names(units: Sequence[Unit]) -> list[str]:
    """A file for each, all different, also where capitals are not told from small letters."""
    names: dict[str, str] = {}
    for unit in units:
        numbered = chain([unit.stem], (f"{unit.stem} ({number})" for number in count(2)))
        name = next(name for name in numbered if name.casefold() not in names)
        names[name.casefold()] = f"{name}.pdf"
    return list(names.values())


def _sheet(study: Study, audit: Answer, unit: Unit, standard: str, lang: str, date: str, asked: dict[str, Any]) -> Document:
    if unit.layer == "committees":
        return committee_sheet(audit, unit.id, study.workspace, lang, date=date)
    told = study.sheet(unit.id, standard, **asked)
    walks = [study.clause_walk(key, unit.id, standards=standard, **asked) for key in walks_worth(told)]
    return unit_sheet(told, walks, study.workspace, lang, date=date)


def _wanted(study: Study, text: str, compounds: bool, committees: bool) -> list[Unit]:
    """Everything asked for, each once, before any of it is computed.

    Raises:
        BadMeasure: nothing has that id or name, or several have.
        NothingToAnswer: the workspace has none of what is asked for.
    """
    every = {layer: [Unit(layer, one, named(name)) for one, name in zip(table["id"], table["name"], strict=True)]
             for layer in ("compounds", "committees") for table in [study.workspace.layer(layer)]}
    found = [_called([*every["compounds"], *every["committees"]], part.strip()) for part in text.split(",") if part.strip()]
    wanted = list(dict.fromkeys([*found, *(every["compounds"] if compounds else ()), *(every["committees"] if committees else ())]))
    if not wanted:
        raise NothingToAnswer("这个工作区里没有要做的小区或居委会，没有写文件；请先补 compounds 或 committees 图层。",
                              "The workspace has no such compound or committee, so nothing was written; add the layer compounds or committees.")
    return wanted


def _called(units: list[Unit], text: str) -> Unit:
    found = [unit for unit in units if unit.id == text] or [unit for unit in units if unit.name == text]
    if len(found) == 1:
        return found[0]
    if found:
        ids = [unit.id for unit in found]
        raise BadMeasure(f"“{text}”有 {len(found)} 个，请写编号：{'、'.join(ids)}。",
                         f"There are {len(found)} called “{text}”; give an id: {', '.join(ids)}.")
    raise BadMeasure(f"没有编号或名称为“{text}”的小区或居委会。", f"No compound or committee has the id or name “{text}”.")


def _see_to(out: Path) -> None:
    """Make sure that the folder can be, before anything is computed; what else stands in it stays."""
    if out.exists() and not out.is_dir():
        raise Refused(f"“{out}”不是文件夹；请换一个名字。", f"“{out}” is no folder; choose another name.")
    if not out.resolve().parent.is_dir():
        raise Refused(f"文件夹“{out.parent}”不存在；请先建好。", f"The folder “{out.parent}” does not exist; make it first.")
