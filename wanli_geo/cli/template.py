"""The verb that makes a blank workbook to fill in."""

from __future__ import annotations

from pathlib import Path

import click

from wanli_geo.cli.root import cli
from wanli_geo.cli.speech import say, tell
from wanli_geo.errors import ReadOnly, Refused
from wanli_geo.workspace.geojson import write_atomic
from wanli_geo.workspace.intake.templates import Lang, template
from wanli_geo.workspace.specs import SPECS, spec_of


@cli.command("template")
@click.argument("layer", required=False)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="写到哪里，默认 图层名-template.xlsx。 Where to write it.")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="表头和说明的语言。 Language of the headings.")
def template_verb(layer: str | None, out: Path | None, lang: Lang) -> None:
    """写一张空白 Excel 表，填好即可导入；不写图层就列出全部图层。 Write a blank workbook to fill in; without a layer, list them.

    \b
    例 / Examples:
      wanli-geo template facilities
      wanli-geo template compounds --out 小区.xlsx
    """
    if layer is None:
        for spec in SPECS.values():
            tell(f"{spec.name:<14} {spec.zh} / {spec.en}")
        return
    content = template(spec_of(layer), lang)
    out = out or Path(f"{layer}-template.xlsx")
    if out.exists():
        raise Refused(f"“{out}”已经有了，里面可能有填好的内容，不会覆盖；请用 --out 换一个文件名。",
                      f"“{out}” is there already and may be filled in, so it is not overwritten; choose another name with --out.")
    try:
        write_atomic(out.resolve(), content)
    except OSError as wrong:
        raise ReadOnly(f"“{out}”写不进去（{wrong.strerror}）；请换一个可写的地方。",
                       f"“{out}” cannot be written ({wrong.strerror}); choose a place that can.") from wrong
    say(f"已写好 {out} / Wrote {out}")
