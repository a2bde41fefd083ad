"""The verbs about data: the map on it, its faults, where it comes from, what it may hold."""

from __future__ import annotations

import json
import os
from pathlib import Path

import click

from wanli_geo.cli.options import workspace_
from wanli_geo.cli.root import cli
from wanli_geo.cli.speech import bar, say, tell
from wanli_geo.standards.packs import shelf_of
from wanli_geo.workspace.check import check_workspace
from wanli_geo.workspace.demo import demo_copy
from wanli_geo.workspace.findings import errors
from wanli_geo.workspace.kinds import KINDS
from wanli_geo.workspace.osm import import_osm
from wanli_geo.workspace.specs import json_schema, spec_of
from wanli_geo.workspace.store import bundled
from webapp.serve import serve as serve_app
from webapp.settings import Settings

_port = click.option("--port", type=click.IntRange(0, 65535), help="端口；不写就从 8000 起找空的。 Port; the next free one from 8000 if left out.")
_host = click.option("--host", help="监听地址，默认只限本机 127.0.0.1。 Address to listen on; this computer only by default.")
_no_browser = click.option("--no-browser", is_flag=True, help="不打开浏览器。 Do not open a browser.")

_edit = click.option("--edit", is_flag=True, help="可在页面上导入并写入，不写则只看。 Files may be taken in over the page; looking only without it.")


@cli.command()
@_port
@_host
@_no_browser
@_edit
def demo(port: int | None, host: str | None, no_browser: bool, edit: bool) -> None:
    """打开自带的万里示意地图。 Open the bundled Wanli sketch, on a copy in your data folder.

    \b
    例 / Example: wanli-geo demo --port 8080
    """
    folder = demo_copy()
    say(f"工作区 / Workspace: {folder}")
    _serve(folder, port, host, no_browser, edit)


@cli.command()
@workspace_
@_port
@_host
@_no_browser
@_edit
def serve(workspace: Path | None, port: int | None, host: str | None, no_browser: bool, edit: bool) -> None:
    """打开一个工作区的地图。 Serve the map of a workspace.

    \b
    例 / Example: wanli-geo serve helsinki --port 8080
    """
    _serve(workspace, port, host, no_browser, edit)


def _serve(workspace: Path | None, port: int | None, host: str | None, no_browser: bool, edit: bool) -> None:
    asked = {"workspace": workspace, "port": port, "host": host, "edit": edit or None}  # not given: as WANLI_EDIT has it
    settings = Settings.from_environment(os.environ).model_copy(update={name: value for name, value in asked.items() if value is not None})
    serve_app(settings, open_browser=not no_browser, announce=say)


@cli.command()
@workspace_
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出全部发现。 All findings as JSON.")
def check(workspace: Path | None, as_json: bool) -> int:
    """检查一个工作区的全部图层和自己的标准，列出所有问题。 Check every layer and every standard of a workspace's own, and list every finding.

    \b
    例 / Example: wanli-geo check layers
    """
    folder = workspace or bundled()
    found = [*check_workspace(folder), *shelf_of(folder).findings]
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
    made = import_osm(file, into, boundary=outline, clip=clip, complete=complete, progress=bar())
    say(f"已建好：{into}（{len(made.layers)} 个图层）。打开：wanli-geo serve {into} / Made {into}. Open it: wanli-geo serve {into}")


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
