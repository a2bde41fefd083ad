"""The options that verbs share, and the study they make: which workspace, which waits, which gates and streets as if open or closed."""

from __future__ import annotations

import datetime as dt
import functools
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from wanli_geo.access.reach import PROFILES
from wanli_geo.answer import Answer
from wanli_geo.cli.speech import bar, say, tell_answer
from wanli_geo.errors import BadMeasure, ReadOnly, Refused, WrongUsage
from wanli_geo.planning.edits import CloseStretch
from wanli_geo.report import writing
from wanli_geo.report.typeset import Paper
from wanli_geo.study import Study, Waits, open_study
from wanli_geo.workspace.geojson import write_atomic

_Option = Callable[[Callable[..., Any]], Callable[..., Any]]

workspace_ = click.argument("workspace", required=False, type=click.Path(path_type=Path))
kind_ = click.option("--kind", required=True, metavar="CODE", help="设施类别，如 CANTEEN；全部见 wanli-geo kinds。 Facility kind.")
within_ = click.option("--within", default="500m", show_default=True, help="500m、1km 或 10min。 Metres, or minutes at the walker's speed.")
people_ = click.option("--people", default="all", show_default=True, help="人群：all, 0-6, 7-18, 19-59, 60-79, 80+, 60+。 Age group.")
profile_ = click.option("--profile", default="adult", show_default=True, help=f"步行者：{', '.join(PROFILES)}。 Walker.")
day_ = click.option("--day", default="Tu", show_default=True, help="哪天：Mo…Su，PH 为节假日；看那时门和路开不开。 Day, for gates and streets.")
time_ = click.option("--time", default="10:00", show_default=True, help="几点。 Time of that day.")
json_ = click.option("--json", "as_json", is_flag=True, help="整个答案以 JSON 输出。 The whole Answer on stdout.")
lang_ = click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="文件的语言。 Language of the file.")
crs_ = click.option("--crs", default="", metavar="EPSG:CODE",
                    help=".gpkg、.zip 的坐标系，如 EPSG:4549（国家 2000）；不写为 WGS84。 CRS of the file; WGS84 if left out.")
encoding_ = click.option("--encoding", default="", metavar="NAME",
                         help=".csv、.zip 的编码：utf-8 或 gb18030。 Encoding of the file; UTF-8 if left out.")
paper_ = click.option("--paper", type=click.Choice(["a4", "a3"]), default="a4", show_default=True, help="PDF 的纸。 Paper of the PDF.")
date_ = click.option("--date", default=lambda: dt.date.today().isoformat(), show_default="今天 today", metavar="YYYY-MM-DD",
                     help="文件上的日期。 The date on the document.")

_SECONDS = click.FloatRange(0, 600)
_STUDY = (
    click.option("--open", "opened", multiple=True, metavar="GATE", help="假设这个门谁都能走、全天开（编号，可多次写）。 As if this gate were open."),
    click.option("--close", "closed", multiple=True, metavar="GATE", help="假设这个门关了（编号，可多次写）。 As if this gate were closed."),
    click.option("--close-street", "closed_streets", multiple=True, metavar="STREET",
                 help="假设这条路不让人走（名称或编号，可多次写）。 As if this street were closed to walkers."),
    click.option("--wait-signal", default=30.0, show_default=True, type=_SECONDS, help="有信号灯的过街等几秒，按分钟算时才计。 Seconds at lights."),
    click.option("--wait-plain", default=10.0, show_default=True, type=_SECONDS, help="没有信号灯的过街等几秒。 Seconds at other crossings."),
    click.option("--wait-bridge", default=60.0, show_default=True, type=_SECONDS, help="天桥或地道多花几秒。 Seconds for a bridge or underpass."),
    click.option("--stairs-factor", default=2.0, show_default=True, type=click.FloatRange(1, 10),
                 help="台阶每米是平地的几倍时间。 Time on steps, times the level."),
    click.option("--inner-detour", default=1.2, show_default=True, type=float,
                 help="小区内没有画路时，直线乘几。 Straight lines inside compounds, times this."),
)


def options(*wanted: _Option, walked: bool = True) -> _Option:
    """Give a verb these options, in the order of the help, and after them those of every study that walks."""

    def give(command: Callable[..., Any]) -> Callable[..., Any]:
        for option in reversed((*wanted, *(_STUDY if walked else ()))):
            command = option(command)
        return command

    return give


@dataclass(frozen=True)
class Told:
    """How a person wants the answer: as a file, as JSON, or as a few lines to read."""

    out: Path | None
    as_json: bool
    wanted: writing.Wanted

    def see_to(self, question: str) -> None:
        """Make sure, before anything is computed, that the file asked for can be written at all."""
        if self.out is not None:
            writing.check(question, self.out.suffix.lower(), self.wanted)
            see_to_place(self.out)


def answers(question: str, *wanted: _Option, walked: bool = True) -> _Option:
    """Give a verb that answers `question` these options, those of how it is told, and if anything is `walked`, those of every study.

    The verb gets how it is told as one `told`, seen to.
    """
    out = click.option("--out", type=click.Path(path_type=Path, dir_okay=False),
                       help=f"写成文件，按后缀：{' '.join(writing.suffixes(question))}。 Write a file, by its suffix.")

    def give(command: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(command)
        def asked(out: Path | None, as_json: bool, lang: str, crs: str, encoding: str, paper: Paper, date: str, **values: Any) -> Any:
            told = Told(out, as_json, writing.Wanted(lang, crs, encoding, paper, date))
            told.see_to(question)
            return command(told=told, **values)

        return options(*wanted, out, json_, lang_, crs_, encoding_, paper_, date_, walked=walked)(asked)

    return give


def opened_study(workspace: Path | None, out: Path | None, asked: dict[str, Any], *, formats: tuple[str, ...] = ()) -> Study:
    """Open the workspace, after making sure that a file of these suffixes can be written; the study's own options leave `asked`."""
    if out is not None:
        _see_to(out, formats)
    waits = Waits(asked.pop("wait_signal"), asked.pop("wait_plain"), asked.pop("wait_bridge"), asked.pop("stairs_factor"))
    gates: dict[str, tuple[str, ...]] = {"opened": asked.pop("opened"), "closed": asked.pop("closed")}
    study = open_study(workspace, waits=waits, inner_detour=asked.pop("inner_detour"), progress=bar() if sys.stderr.isatty() else None)
    closures = [CloseStretch(street) for street in asked.pop("closed_streets")]
    study = study.with_gates(**gates) if any(gates.values()) else study
    return study.with_edits(closures) if closures else study


def _see_to(out: Path, formats: tuple[str, ...]) -> None:
    if out.suffix.lower() not in formats:
        raise WrongUsage(
            f"不会写“{out.suffix}”；--out 请用 {'、'.join(formats)}。",
            f"“{out.suffix}” is not written; use {', '.join(formats)} with --out.",
        )
    see_to_place(out)


def see_to_place(out: Path) -> None:
    """Make sure that a file can be written there at all."""
    if not out.resolve().parent.is_dir():
        raise Refused(f"文件夹“{out.parent}”不存在；请先建好。", f"The folder “{out.parent}” does not exist; make it first.")
    if out.exists() and not out.is_file():
        raise Refused(f"“{out}”不是普通文件，不会覆盖；请换一个文件名。", f"“{out}” is no plain file and is not overwritten; choose another name.")


def give(study: Study, answer: Answer, told: Told) -> None:
    """Write the file asked for, then the answer: as JSON, or as a few lines to read."""
    if sys.stderr.isatty():
        click.echo("\r\033[K", err=True, nl=False)
    if told.out is not None:
        write_whole(told.out, writing.WRITERS[told.out.suffix.lower()].write(answer, study.workspace, told.wanted))
        say(f"已写好 {told.out} / Wrote {told.out}")
    if told.as_json:
        click.echo(answer.to_json())
    elif told.out is None:
        tell_answer(answer)


def write_whole(out: Path, content: bytes) -> None:
    """Write a file so that a reader sees the old one or the new one.

    Raises:
        ReadOnly: it cannot be written there.
    """
    try:
        write_atomic(out.resolve(), content)
    except OSError as wrong:
        raise ReadOnly(
            f"“{out}”写不进去（{wrong.strerror}）；请换一个可写的地方。",
            f"“{out}” cannot be written ({wrong.strerror}); choose a place that can.",
        ) from wrong


def place(text: str, option: str = "--at") -> tuple[float, float]:
    """Read the LON,LAT of an option.

    Raises:
        BadMeasure: not two numbers.
    """
    here = numbers(text, option)
    if len(here) != 2:
        raise BadMeasure(
            f"{option} 要写成 经度,纬度，如 121.401,31.271；收到“{text}”。", f"{option} takes LON,LAT such as 121.401,31.271; got “{text}”."
        )
    return here[0], here[1]


def numbers(text: str, option: str) -> list[float]:
    """Read numbers with commas between.

    Raises:
        BadMeasure: something else.
    """
    try:
        return [float(part) for part in text.split(",")]
    except ValueError as wrong:
        raise BadMeasure(
            f"{option} 要写成逗号分开的数；收到“{text}”。", f"{option} takes numbers with commas between; got “{text}”.") from wrong
