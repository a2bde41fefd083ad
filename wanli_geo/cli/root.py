"""The command itself, to which every verb is added."""

from __future__ import annotations

import click


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
