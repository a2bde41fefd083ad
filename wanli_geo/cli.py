"""The library spoken aloud: every verb is a method, its answer on stdout, everything said to the person on stderr."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import click
import pandas as pd

from wanli_geo.answer import Answer
from wanli_geo.errors import BadMeasure, ReadOnly, Refused, WanliGeoError, WrongUsage
from wanli_geo.report.files import WORDS, to_csv, to_geojson
from wanli_geo.report.sheet import sheet
from wanli_geo.study import Study, open_study
from wanli_geo.workspace.check import check_workspace
from wanli_geo.workspace.demo import demo_copy
from wanli_geo.workspace.faults import CONTROL
from wanli_geo.workspace.findings import errors
from wanli_geo.workspace.geojson import write_atomic
from wanli_geo.workspace.kinds import KINDS
from wanli_geo.workspace.origins import Origin, read_origins
from wanli_geo.workspace.osm import import_osm
from wanli_geo.workspace.specs import json_schema, spec_of
from wanli_geo.workspace.store import bundled
from webapp.serve import serve as serve_app
from webapp.settings import Settings

_FORMATS = (".geojson", ".csv", ".html")
_INTERRUPTED = 130
# The columns of a table that fit a terminal.
_TOLD = ("origin", "name", "group", "profile", "people", "people_gap", "people_unknown", "walk_m", "beyond_m", "places", "streets", "reason",
         "minutes", "metres")


def main() -> NoReturn:
    """Run a verb; every refusal ends as one sentence and an exit code, never a traceback."""
    if isinstance(sys.stdout, io.TextIOWrapper):  # a file or a pipe gets UTF-8 on Windows too; a terminal what it can show
        sys.stdout.reconfigure(encoding=None if sys.stdout.isatty() else "utf-8", errors="replace")
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Give the exit code: 0 done, 1 refused or error findings and nothing changed, 2 wrong usage, 130 cancelled."""
    try:
        code = cli.main(arguments, standalone_mode=False)
    except click.UsageError as wrong:
        path = wrong.ctx.command_path if wrong.ctx else "wanli-geo"
        say(f"命令写得不对，写法见 {path} --help。 / {wrong.format_message()} See {path} --help.")
        code = 2
    except (click.Abort, KeyboardInterrupt):
        say("已取消，什么都没有改动。 / Cancelled; nothing was changed.")
        code = _INTERRUPTED
    except WanliGeoError as wrong:
        say(str(wrong))
        code = 2 if isinstance(wrong, WrongUsage) else 1
    except BrokenPipeError:
        # The reader of the pipe has gone (`| head`); nothing is lost, and Python must not complain at shutdown.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except OSError as wrong:
        zh, en = (f"“{wrong.filename}”", f"“{wrong.filename}”") if wrong.filename else ("输出", "The output")
        say(f"{zh}读写不了：{wrong.strerror}；请检查磁盘空间和权限。 / {en} cannot be read or written: {wrong.strerror}; see to space and rights.")
        code = 1
    return code if isinstance(code, int) else 0


def say(text: str) -> None:
    """Tell the person something, on stderr; what a progress bar left on the line goes."""
    click.echo(("\r\033[K" if sys.stderr.isatty() else "") + harmless(text), err=True)


def tell(text: str) -> None:
    """Print a line of the answer for a person to read."""
    click.echo(harmless(text))


def harmless(text: str) -> str:
    """One line that a terminal shows and never obeys: no colours, no moving, no turning round, whatever names a file brings."""
    return CONTROL.sub("�", text.replace("\r\n", " ").replace("\n", " ").replace("\r", " "))


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="wanli-geo")
def cli() -> None:
    """谁住得离什么太远：社区步行规划地图。 Who in a neighbourhood lives beyond a walk of what.

    \b
    例 / Examples:
      wanli-geo demo
      wanli-geo coverage --kind CANTEEN --within 500m
      wanli-geo import osm city.osm.pbf --into city
    """


_workspace = click.argument("workspace", required=False, type=click.Path(path_type=Path))
_kind = click.option("--kind", required=True, metavar="CODE", help="设施类别，如 CANTEEN；全部见 wanli-geo kinds。 Facility kind.")
_within = click.option("--within", default="500m", show_default=True, help="500m、1km 或 10min。 Metres, or minutes at the walker's speed.")
_people = click.option("--people", default="all", show_default=True, help="人群：all, 0-6, 7-18, 19-59, 60-79, 80+, 60+。 Age group.")
_profile = click.option("--profile", default="adult", show_default=True, help="步行者：adult, elder, frail, escorted_child, wheelchair。 Walker.")
_day = click.option("--day", default="Tu", show_default=True, help="哪天：Mo…Su，PH 为节假日；看那时门和路开不开。 Day, for gates and streets.")
_time = click.option("--time", default="10:00", show_default=True, help="几点。 Time of that day.")
_out = click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="写成文件：.geojson .csv .html。 Write a file.")
_json = click.option("--json", "as_json", is_flag=True, help="整个答案以 JSON 输出。 The whole Answer on stdout.")
_lang = click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help=".html 的语言。 Language of the .html.")
_port = click.option("--port", type=click.IntRange(0, 65535), help="端口；不写就从 8000 起找空的。 Port; the next free one from 8000 if left out.")
_host = click.option("--host", help="监听地址，默认只限本机 127.0.0.1。 Address to listen on; this computer only by default.")
_no_browser = click.option("--no-browser", is_flag=True, help="不打开浏览器。 Do not open a browser.")


@cli.command()
@_port
@_host
@_no_browser
def demo(port: int | None, host: str | None, no_browser: bool) -> None:
    """打开自带的万里示意地图。 Open the bundled Wanli sketch, on a copy in your data folder.

    \b
    例 / Example: wanli-geo demo --port 8080
    """
    folder = demo_copy()
    say(f"工作区 / Workspace: {folder}")
    _serve(folder, port, host, no_browser)


@cli.command()
@_workspace
@_port
@_host
@_no_browser
def serve(workspace: Path | None, port: int | None, host: str | None, no_browser: bool) -> None:
    """打开一个工作区的地图。 Serve the map of a workspace.

    \b
    例 / Example: wanli-geo serve helsinki --port 8080
    """
    _serve(workspace, port, host, no_browser)


def _serve(workspace: Path | None, port: int | None, host: str | None, no_browser: bool) -> None:
    asked = {"workspace": workspace, "port": port, "host": host}
    settings = Settings.from_environment(os.environ).model_copy(update={name: value for name, value in asked.items() if value is not None})
    serve_app(settings, open_browser=not no_browser, announce=say)


@cli.command()
@_workspace
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出全部发现。 All findings as JSON.")
def check(workspace: Path | None, as_json: bool) -> int:
    """检查一个工作区的全部图层，列出所有问题。 Check every layer and list every finding.

    \b
    例 / Example: wanli-geo check layers
    """
    found = check_workspace(workspace or bundled())
    wrong = len(errors(found))
    if as_json:
        click.echo(json.dumps([finding.to_dict() for finding in found], ensure_ascii=False, indent=1))
    else:
        for finding in found:
            tell(f"{'错误 error' if finding.severity == 'error' else '提醒 warning'} [{finding.code}] {finding}")
    say(f"{wrong} 处错误，{len(found) - wrong} 处提醒。 / {wrong} error(s), {len(found) - wrong} warning(s).")
    return 1 if wrong else 0


@cli.group("import")
def import_() -> None:
    """把别处的数据变成工作区。 Turn data from elsewhere into a workspace."""


@import_.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--into", required=True, type=click.Path(path_type=Path, file_okay=False), help="新工作区的文件夹（须为空）。 New folder.")
@click.option("--boundary", help="边界名称（如“Kamppi”）或 .geojson 文件。 Name in the extract, or a GeoJSON file.")
@click.option("--clip", is_flag=True, help="只留边界内外 1,200 米。 Keep only the boundary and 1,200 m around it.")
@click.option("--complete", multiple=True, metavar="CODE", help="该类设施在此处已查全，可多次写。 This kind is fully surveyed here; repeatable.")
def osm(file: Path, into: Path, boundary: str | None, clip: bool, complete: tuple[str, ...]) -> None:
    """从 OpenStreetMap 文件建工作区。 Make a workspace from an OpenStreetMap extract (.osm.pbf, .osm, .osm.gz).

    \b
    例 / Example: wanli-geo import osm Helsinki.osm.pbf --into helsinki --boundary Kamppi --clip
    """
    outline = Path(boundary) if boundary and boundary.lower().endswith((".geojson", ".json")) else boundary
    made = import_osm(file, into, boundary=outline, clip=clip, complete=complete, progress=_bar())
    say(f"已建好：{into}（{len(made.layers)} 个图层）。打开：wanli-geo serve {into} / Made {into}. Open it: wanli-geo serve {into}")


def _bar() -> Callable[[str, float], None]:
    """Show how far a long work is: one line rewritten on a terminal, one line a stage elsewhere."""
    last = [""]

    def show(stage: str, share: float) -> None:
        if sys.stderr.isatty():
            done = round(24 * min(max(share, 0.0), 1.0))
            click.echo(f"\r\033[K[{'█' * done}{'·' * (24 - done)}] {share:4.0%} {stage}", err=True, nl=share >= 1)
        elif stage != last[0]:
            last[0] = stage
            say(f"{share:4.0%} {stage}")

    return show


def _asks_for_a_kind(command: Callable[..., None]) -> Callable[..., None]:
    """The options of every question about one kind of facility, in the order of the help."""
    for option in reversed((_workspace, _kind, _within, _people, _profile, _day, _time, _out, _json, _lang)):
        command = option(command)
    return command


@cli.command()
@_asks_for_a_kind
def coverage(workspace: Path | None, out: Path | None, as_json: bool, lang: str, **asked: str) -> None:
    """谁在步行范围内，谁不在，谁还不清楚。 Who is within the walk, who is not, of whom it is not known.

    \b
    例 / Examples:
      wanli-geo coverage --kind CANTEEN --within 500m --json
      wanli-geo coverage helsinki --kind PHARMACY --within 10min --profile elder --out gaps.html
    """
    study = _open(workspace, out)
    _give(study, study.coverage(**asked), out, as_json, lang)


@cli.command()
@_asks_for_a_kind
def gaps(workspace: Path | None, out: Path | None, as_json: bool, lang: str, **asked: str) -> None:
    """缺口小区，最重的在前（人数 × 超出米数）。 Compounds with a gap, heaviest first (people × metres beyond).

    \b
    例 / Example: wanli-geo gaps --kind MARKET --within 500m --out gaps.csv
    """
    study = _open(workspace, out)
    _give(study, study.gaps(**asked), out, as_json, lang)


@cli.command()
@_workspace
@_kind
@click.option("--within", default="10min", show_default=True, help="10min 或 500m。 Minutes at each group's speed, or metres.")
@_day
@_time
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="写成 .csv 表格。 Write a .csv table.")
@_json
def ages(workspace: Path | None, out: Path | None, as_json: bool, **asked: str) -> None:
    """各年龄段按各自的步行速度，谁走得到。 Each age group judged at its own walking speed.

    \b
    例 / Example: wanli-geo ages --kind CANTEEN --within 10min
    """
    if out is not None and out.suffix.lower() != ".csv":
        raise WrongUsage("年龄表只写 .csv；--out 请用 .csv。", "The table of ages is written as .csv only; use .csv with --out.")
    study = _open(workspace, out)
    _give(study, study.by_age(**asked), out, as_json, "zh")


@cli.command()
@_workspace
@click.option("--at", multiple=True, metavar="LON,LAT", help="起点经度,纬度（WGS84），可多次写。 Origin, WGS84; repeatable.")
@click.option("--from", "listed", type=click.Path(path_type=Path, dir_okay=False, exists=True),
              help="起点清单：.csv（id,lon,lat）或 .geojson。 A list of origins.")
@click.option("--minutes", default="5,10,15", show_default=True, help="时限，分钟，逗号分开。 Bands in minutes.")
@click.option("--metres", default="", help="改用米：300,500,1000。 Bands in metres instead.")
@_profile
@_day
@_time
@_out
@_json
@_lang
def isochrone(
    workspace: Path | None, at: tuple[str, ...], listed: Path | None, minutes: str, metres: str, out: Path | None, as_json: bool, lang: str,
    **asked: str,
) -> None:
    """从一点或许多点出发 5、10、15 分钟走到哪里。 How far one walks from a place, or from each of many.

    \b
    例 / Examples:
      wanli-geo isochrone --at 121.401,31.271 --minutes 5,10,15 --profile elder --out x.geojson
      wanli-geo isochrone --from canteens.csv --minutes 10 --out canteens.geojson
    """
    origins = [*(_place(text, number) for number, text in enumerate(at, start=1)), *(read_origins(listed) if listed else [])]
    bands, lengths = _numbers(minutes, "--minutes"), _numbers(metres, "--metres") if metres else []
    if not origins:
        raise WrongUsage("请用 --at 经度,纬度（如 121.401,31.271）或 --from 清单 给出起点。",
                         "Give an origin: --at LON,LAT such as 121.401,31.271, or a list with --from.")
    if len(origins) > 1 and out is not None and out.suffix.lower() == ".html":
        raise WrongUsage("地图页一次只画一个起点；许多起点请用 .geojson 或 .csv。", "A sheet draws one origin; write many as .geojson or .csv.")
    study = _open(workspace, out)
    if len(origins) == 1 and listed is None:
        answer = study.isochrone(origins[0].lon, origins[0].lat, minutes=bands, metres=lengths, **asked)
    else:
        answer = study.isochrones(origins, minutes=bands, metres=lengths, **asked)
    _give(study, answer, out, as_json, lang)


def _place(text: str, number: int) -> Origin:
    here = _numbers(text, "--at")
    if len(here) != 2:
        raise BadMeasure(f"--at 要写成 经度,纬度，如 121.401,31.271；收到“{text}”。", f"--at takes LON,LAT such as 121.401,31.271; got “{text}”.")
    return Origin(str(number), *here)


@cli.command()
@_workspace
@_profile
@_day
@_time
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="写成文件：.geojson .csv。 Write a file.")
@_json
def topology(workspace: Path | None, out: Path | None, as_json: bool, **asked: str) -> None:
    """路网断在哪里：不相连的路和住在那里的人，接不上路的门。 Where the network is broken: islands with their people, gates that lead nowhere.

    \b
    例 / Example: wanli-geo topology my-district --out islands.geojson
    """
    if out is not None and out.suffix.lower() not in (".geojson", ".csv"):
        raise WrongUsage("路网的断处只写 .geojson 和 .csv；请换一种。", "The breaks of the network are written as .geojson or .csv only; choose one.")
    study = _open(workspace, out)
    _give(study, study.topology(**asked), out, as_json, "zh")


@cli.command()
def kinds() -> None:
    """列出全部设施类别。 List every facility kind.

    \b
    例 / Example: wanli-geo kinds
    """
    for kind in KINDS.values():
        click.echo(f"{kind.code}\t{kind.zh}\t{kind.en}")


@cli.command()
@click.argument("layer")
def schema(layer: str) -> None:
    """一个图层的 JSON Schema。 The JSON Schema of a layer.

    \b
    例 / Example: wanli-geo schema streets
    """
    click.echo(json.dumps(json_schema(spec_of(layer)), ensure_ascii=False, indent=1))


def _numbers(text: str, option: str) -> list[float]:
    try:
        return [float(part) for part in text.split(",")]
    except ValueError as wrong:
        raise BadMeasure(f"{option} 要写成逗号分开的数；收到“{text}”。", f"{option} takes numbers with commas between; got “{text}”.") from wrong


def _open(workspace: Path | None, out: Path | None) -> Study:
    """Open the workspace, after making sure that the file asked for can be written at all."""
    if out is not None and out.suffix.lower() not in _FORMATS:
        raise WrongUsage(
            f"不会写“{out.suffix}”；--out 请用 {'、'.join(_FORMATS)}。",
            f"“{out.suffix}” is not written; use {', '.join(_FORMATS)} with --out.",
        )
    if out is not None and not out.resolve().parent.is_dir():
        raise Refused(f"文件夹“{out.parent}”不存在；请先建好。", f"The folder “{out.parent}” does not exist; make it first.")
    if out is not None and out.exists() and not out.is_file():
        raise Refused(f"“{out}”不是普通文件，不会覆盖；请换一个文件名。", f"“{out}” is no plain file and is not overwritten; choose another name.")
    return open_study(workspace, progress=_bar() if sys.stderr.isatty() else None)


def _give(study: Study, answer: Answer, out: Path | None, as_json: bool, lang: str) -> None:
    """Write the file asked for, then the answer: as JSON, or as a few lines to read."""
    if sys.stderr.isatty():
        click.echo("\r\033[K", err=True, nl=False)
    if out is not None:
        writers: dict[str, Callable[[], bytes]] = {
            ".geojson": lambda: to_geojson(answer),
            ".csv": lambda: to_csv(answer),
            ".html": lambda: sheet(answer, study.workspace, lang).encode(),
        }
        content = writers[out.suffix.lower()]()
        try:
            write_atomic(out.resolve(), content)
        except OSError as wrong:
            raise ReadOnly(
                f"“{out}”写不进去（{wrong.strerror}）；请换一个可写的地方。",
                f"“{out}” cannot be written ({wrong.strerror}); choose a place that can.",
            ) from wrong
        say(f"已写好 {out} / Wrote {out}")
    if as_json:
        click.echo(answer.to_json())
    elif out is None:
        _tell(answer)


def _tell(answer: Answer) -> None:
    for fact in answer.facts:
        tell(f"{fact.zh} / {fact.en}\t{_shown(fact.value, fact.unit)}")
    for table in filter(len, answer.tables.values()):
        rows = table.head(10)
        columns = [name for name in _TOLD if name in rows]
        tell("")
        tell("\t".join(columns))
        for row in rows[columns].itertuples(index=False):
            tell("\t".join(_shown(value, "") for value in row))
    for caveat in answer.caveats:
        say(f"· {caveat.zh} / {caveat.en}")
    say(f"运行 / run {answer.run_id}")


def _shown(value: Any, unit: str) -> str:
    if value is None or pd.isna(value):
        return "—"
    if unit == "share":
        return f"{value:.1%}"
    if isinstance(value, float):
        return f"{value:,.0f} {unit}".strip()
    return f"{WORDS.get(str(value), value)} {unit}".strip().replace("\t", " ")


if __name__ == "__main__":
    main()


