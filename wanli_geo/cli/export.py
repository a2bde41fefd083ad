"""The verb that hands the layers of a workspace to other programs."""

from __future__ import annotations

from pathlib import Path

import click

from wanli_geo.cli.options import crs_, encoding_, see_to_place, workspace_, write_whole
from wanli_geo.cli.root import cli
from wanli_geo.cli.speech import say
from wanli_geo.report.layer_files import LAYER_WRITERS, check_layers, write_layers
from wanli_geo.report.writing import Wanted
from wanli_geo.workspace.store import open_workspace


@cli.command()
@workspace_
@click.option("--layer", "layers", multiple=True, metavar="NAME", help="图层，可多次写；不写就是全部。 Layer; repeatable; all of them if left out.")
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False),
              help=f"写成文件，按后缀：{' '.join(LAYER_WRITERS)}。 Write a file, by its suffix.")
@crs_
@encoding_
def export(workspace: Path | None, layers: tuple[str, ...], out: Path, crs: str, encoding: str) -> None:
    """把图层原样交给别的软件：QGIS、ArcGIS、Excel、奥维、手表。 Hand layers as they are to QGIS, ArcGIS, Excel, Google Earth, a watch.

    GeoPackage 一个文件装全部图层，QGIS 打开就是同样的颜色。 One GeoPackage holds every layer; QGIS opens it in the same colours.

    \b
    例 / Examples:
      wanli-geo export --out layers.gpkg
      wanli-geo export my-district --layer facilities --layer gates --out places.zip --crs EPSG:4549 --encoding gb18030
      wanli-geo export --layer night_run --layer run_amenities --out night-run.gpx
    """
    suffix = out.suffix.lower()
    check_layers(suffix, layers, Wanted(crs=crs, encoding=encoding))
    see_to_place(out)
    write_whole(out, write_layers(open_workspace(workspace), suffix, layers, crs=crs, encoding=encoding))
    say(f"已写好 {out} / Wrote {out}")
