"""The group that the verbs of lines hang on."""

from __future__ import annotations

from wanli_geo.cli.root import cli


@cli.group()
def route() -> None:
    """人走的线：红色步道、夜跑环道、水边、绿脉、标识、施工绕行。 Lines one walks: walkway, night run, water's edge, green, signs, works.

    \b
    例 / Examples:
      wanli-geo route audit night_run --json
      wanli-geo route loop --start 121.401,31.271 --length 2500 --out loop.gpx
    """
