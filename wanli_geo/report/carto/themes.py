"""What a theme draws over the ground, by the signs that the page's own legend has."""

from __future__ import annotations

from wanli_geo.report import palette, say
from wanli_geo.report.carto.told import Told
from wanli_geo.report.themes import theme_layers
from wanli_geo.workspace.store import Workspace


def theme_told(workspace: Workspace, code: str, lang: say.Lang) -> tuple[Told, tuple[str, ...]]:
    """Give what a theme tells and the layers it tells it of."""
    layers = theme_layers(workspace, code)
    theme = next(one for one in palette.THEMES if one.code == code)
    name = say.pick(lang, theme.zh, theme.en)
    return Told(name, name, (), ()), tuple(layers)
