"""The verbs that bring a planner's file into a workspace, and take it out again."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from wanli_geo.cli.data import import_
from wanli_geo.cli.options import numbers
from wanli_geo.cli.root import cli
from wanli_geo.cli.speech import bar, say, tell
from wanli_geo.errors import BadMeasure, WrongUsage
from wanli_geo.workspace.faults import FAULTS
from wanli_geo.workspace.findings import Finding, errors
from wanli_geo.workspace.intake import versions
from wanli_geo.workspace.intake.asked import Asked, Control
from wanli_geo.workspace.intake.draft import Draft, apply, draft
from wanli_geo.workspace.intake.headings import KEPT, LEFT_OUT, SIXTY_PLUS
from wanli_geo.workspace.intake.preview import preview
from wanli_geo.workspace.intake.reading import read
from wanli_geo.workspace.specs import ACCURACY, LayerSpec, spec_of
from wanli_geo.workspace.store import open_workspace

_MOST_ERRORS, _MOST_WARNINGS = 200, 5  # of one kind
_NO_COLUMN = {
    KEPT: "原样保留 kept", LEFT_OUT: "不导入 left out", SIXTY_PLUS: "60 岁以上 residents_60_plus", "lon": "经度 longitude", "lat": "纬度 latitude",
    "x": "东坐标 x", "y": "北坐标 y", "lonlat": "经纬度 longitude and latitude", "wkt": "几何 WKT",
}
_COUNTS = {"rows": "读到的行", "added": "新增", "changed": "更新", "removed": "删去", "unchanged": "不变", "by_name": "按名称认作已有要素",
           "located": "按地址放置", "left_out": "有错的行"}
_ALWAYS = ("rows", "added", "changed", "removed")  # nothing of these is an answer too
_OPTIONS = (
    click.argument("file", type=click.Path(path_type=Path)),
    click.option("--layer", required=True, metavar="NAME", help="放进哪个图层，如 facilities、compounds。 The layer it goes into."),
    click.option("--into", required=True, type=click.Path(path_type=Path, file_okay=False), help="工作区的文件夹。 The workspace's folder."),
    click.option("--encoding", default="", help="文字编码，如 gb18030；不写则自动判断。 Of its texts; found out if left out."),
    click.option("--datum", default="", help="wgs84、cgcs2000、gcj02、bd09 或 EPSG:4549 这样的代码；不写则由证据判断。 Judged if left out."),
    click.option("--kind", default="", metavar="CODE", help="没有写类别的行一律算这一类。 The kind of rows that do not say theirs."),
    click.option("--column", "columns", multiple=True, metavar="表头=列", help="表头对应哪一列，可多次写；“表头=”略去它。 A heading and its column."),
    click.option("--key", default="", metavar="COLUMN", help="认出同一要素的列；不写用编号，没有编号用名称。 What tells a feature again."),
    click.option("--control", "controls", multiple=True, metavar="X,Y=LON,LAT", help="控制点，2–4 个，用于地方坐标系。 Places known in both."),
    click.option("--source", default="", help="资料来源；不写用文件名。 Where it is from; the file's name if left out."),
    click.option("--date", default="", help="资料日期；不写用今天。 Of what day it is; today if left out."),
    click.option("--licence", default="", help="许可。 Its licence."),
    click.option("--accuracy", type=click.Choice([code for code, _, _ in ACCURACY]), default="official", show_default=True,
                 help="没有写精度的行。 Of rows that do not say theirs."),
    click.option("--replace", is_flag=True, help="文件就是整个图层：里面没有的要素删去。 The file is the whole layer: what is not in it goes."),
    click.option("--complete", multiple=True, metavar="CODE", help="这一类设施已查全，可多次写。 This kind is fully surveyed; repeatable."),
    click.option("--skip-bad-rows", is_flag=True, help="有错的行跳过，其余照常导入。 Leave rows with errors out, import the others."),
    click.option("--dry-run", is_flag=True, help="只看会怎样，不写入。 Tell what would happen, write nothing."),
    click.option("--json", "as_json", is_flag=True, help="以 JSON 输出全部结果。 Everything as JSON."),
)


def _intake(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@import_.command()
@_intake
@click.option("--sheet", "part", default="", help="哪一张工作表；不写用第一张有内容的。 Which sheet; the first with content.")
def table(**asked: Any) -> int:
    """把 Excel 或 CSV 表格导入一个图层，可撤销。 Import a spreadsheet or CSV into a layer; it can be undone.

    \b
    例 / Examples:
      wanli-geo import table 设施台账.xlsx --layer facilities --into wanli --dry-run
      wanli-geo import table 人口.csv --layer compounds --into wanli --column 小区=name
    """
    return _import(**asked)


@import_.command()
@_intake
@click.option("--part", default="", help="文件里的哪一层；不写用第一层有内容的。 Which layer of the file; the first with content.")
def vector(**asked: Any) -> int:
    """把 GeoJSON、GeoPackage、Shapefile、KML、GPX 或 DXF 导入一个图层，可撤销。 Import a map file into a layer; it can be undone.

    \b
    例 / Examples:
      wanli-geo import vector 设施.zip --layer facilities --into wanli --kind CANTEEN
      wanli-geo import vector 总图.dxf --layer streets --into wanli --control 0,0=121.39,31.27 --control 500,0=121.395,31.27
    """
    return _import(**asked)


@cli.command()
@click.argument("workspace", type=click.Path(path_type=Path, file_okay=False))
def undo(workspace: Path) -> None:
    """撤销工作区最近一次导入。 Take the last import into a workspace back.

    \b
    例 / Example: wanli-geo undo wanli
    """
    version = versions.undo(workspace)
    say(f"已撤销第 {version.number} 次导入（{version.made['file']} → {version.made['layer']}）。 / "
        f"Undid import {version.number} ({version.made['file']} → {version.made['layer']}).")


@cli.command()
@click.argument("workspace", type=click.Path(path_type=Path, file_okay=False))
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出。 As JSON.")
def history(workspace: Path, as_json: bool) -> None:
    """列出工作区的历次导入。 List the imports into a workspace, the last first.

    \b
    例 / Example: wanli-geo history wanli
    """
    kept = versions.history(workspace)
    if as_json:
        click.echo(json.dumps([version.to_dict() for version in kept], ensure_ascii=False, indent=1))
        return
    for version in kept:
        counts = version.made["counts"]
        tell(f"{version.number}\t{version.when}\t{version.made['layer']}\t{version.made['file']}\t"
             f"+{counts['added']} ~{counts['changed']} -{counts['removed']}{'（已撤销 undone）' if version.undone else ''}")
    if not kept:
        say("还没有导入过文件。 / No file has been imported yet.")


def _import(*, file: Path, into: Path, part: str, encoding: str, dry_run: bool, as_json: bool, **said: Any) -> int:
    asked = Asked(**{**said, "columns": _columns(said["columns"]), "controls": _controls(said["controls"])})
    spec_of(asked.layer)
    versions.refuse_bundled(into)
    workspace, progress = open_workspace(into), bar()
    raw = read(file, asked.layer, part=part, encoding=encoding, progress=lambda stage, share: progress(stage, share * 0.6))
    drawn = draft(raw, asked, workspace, progress=lambda stage, share: progress(stage, 0.6 + share * 0.3))
    progress("完成 / done", 1.0)
    _say_findings(drawn.findings, drawn.spec)
    version = None if dry_run or drawn.refused else apply(drawn, into, sha256=_digest(file))
    if as_json:
        click.echo(json.dumps(preview(drawn, most=None) | {"version": version and version.number}, ensure_ascii=False, indent=1))
    else:
        _tell(drawn)
    _say_end(drawn, version, dry_run, into)
    return 1 if drawn.refused else 0


def _say_findings(findings: Sequence[Finding], spec: LayerSpec) -> None:
    """Say every error, and of warnings that say the same of many rows the first few; of another layer, whose feature it is."""
    said = Counter[str]()
    for finding in findings:
        said[finding.code] += 1
        if said[finding.code] <= (_MOST_ERRORS if finding.severity == "error" else _MOST_WARNINGS):
            where = f"{finding.layer} {finding.id or ''}" if finding.layer != spec.name else ""
            say(f"{'错误 error' if finding.severity == 'error' else '提醒 warning'} [{finding.code}] {where and where.strip() + '：'}{finding.zh}"
                f"{finding.fix_zh} / {where and where.strip() + ': '}{finding.en} {finding.fix_en}")
    for code, count in said.items():
        if (more := count - (_MOST_ERRORS if FAULTS[code][0] == "error" else _MOST_WARNINGS)) > 0:
            say(f"[{code}] 还有 {more} 处，全部见 --json。 / {more} more like it; all of them with --json.")


def _tell(drawn: Draft) -> None:
    """What the planner looks at first: what was read, how the columns and the place were understood, and what changes."""
    raw = drawn.raw
    if unread := [part for part in raw.parts if part != raw.part]:
        tell(f"读的是 part\t{raw.part}\t没有读的 left unread：{'、'.join(unread)}")
    for heading, target in drawn.matched.targets.items():
        tell(f"列 column\t{heading}\t→ {_meant(target, drawn.spec)}")
    if drawn.placed.judged is not None:
        judged = drawn.placed.judged
        for row in judged.evidence[:4]:
            mark = "✓" if row.reading == judged.reading else " "
            off = f"\t同名或同址的要素相距 {row.anchor_m:,.0f} 米（{row.anchors} 个）" if row.anchor_m is not None else ""
            tell(f"基准 datum\t{mark} {row.reading.words[0]}\t{row.inside:.0%} 在范围内{off}")
    if drawn.placed.fit is not None:
        fit = drawn.placed.fit
        residuals = "、".join(f"{one:.2f}" for one in fit.residuals_m)
        tell(f"控制点 controls\t残差 {residuals} 米\t均方根 RMS {fit.rms_m:.2f} 米\t比例 {fit.scale:.6f}\t旋转 {fit.rotation_deg:.3f}°")
    counts = drawn.counts
    for key, zh in _COUNTS.items():
        if counts[key] or key in _ALWAYS:
            tell(f"{zh} / {key}\t{counts[key]}")


def _meant(target: str, spec: LayerSpec) -> str:
    """What a heading was taken for, as a planner calls it."""
    if target in _NO_COLUMN:
        return _NO_COLUMN[target]
    return f"{spec.column(target).zh} {target}"


def _say_end(drawn: Draft, version: versions.Version | None, dry_run: bool, into: Path) -> None:
    wrong = len(errors(drawn.findings))
    if drawn.refused:
        say(f"有 {wrong} 处错误，什么都没有改动。 / {wrong} error(s); nothing was changed.")
    elif version is not None:
        say(f"已导入，这是第 {version.number} 次；撤销：wanli-geo undo {into} / Imported as number {version.number}; undo: wanli-geo undo {into}")
    elif dry_run and drawn.files:
        say("只是预览，什么都没有改动。 / A dry run; nothing was changed.")
    else:
        say("与现有数据相同，没有改动。 / The same as what is there; nothing was changed.")


def _columns(said: tuple[str, ...]) -> dict[str, str]:
    columns = {}
    for one in said:
        heading, sign, target = one.rpartition("=")
        if not sign or not heading:
            raise WrongUsage(f"--column 要写成 表头=列，如 小区名称=name；收到“{one}”。",
                             f"--column takes HEADING=COLUMN, such as 小区名称=name; got “{one}”.")
        columns[heading] = target
    return columns


def _controls(said: tuple[str, ...]) -> tuple[Control, ...]:
    controls = []
    for one in said:
        here, _, there = one.partition("=")
        values = [*numbers(here, "--control"), *numbers(there, "--control")]
        if len(values) != 4:
            raise BadMeasure(f"--control 要写成 X,Y=经度,纬度；收到“{one}”。", f"--control takes X,Y=LON,LAT; got “{one}”.")
        controls.append(Control(*values))
    return tuple(controls)


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
