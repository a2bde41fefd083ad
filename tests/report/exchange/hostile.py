"""Features that mean harm or merely trouble: names that are markup, formulas, control characters, too long, not of this plane."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from wanli_geo.report.exchange.features import FeatureSet, Parcel, tidy
from wanli_geo.report.exchange.looks import PLAIN, Class, Look, Paint

NAMES = ["<b>&amp;\"'</b>]]>", '=HYPERLINK("http://x","点")', "换\n行\r\n与\t制表", "响\x07铃\x00\x1b[31m", "𠮷野家😀", "长" * 300, "", None,
         "half \ud800", "../../etc/passwd"]


def layer() -> gpd.GeoDataFrame:
    """Ten features: points, lines and areas, one of each form with many parts or a hole."""
    at = np.array([121.40, 31.27])
    shapes = [shapely.Point(at + row / 1000) for row in range(4)]
    shapes += [shapely.LineString([at, at + 0.001]), shapely.MultiLineString([[at, at + 0.001], [at + 0.002, at + 0.003]])]
    whole = shapely.box(121.40, 31.27, 121.41, 31.28)
    shapes += [whole, shapely.difference(whole, shapely.box(121.402, 31.272, 121.404, 31.274)), shapely.MultiPolygon(
        [shapely.box(121.40, 31.27, 121.401, 31.271), shapely.box(121.402, 31.272, 121.403, 31.273)]), shapely.MultiPoint([at, at + 0.001])]
    return gpd.GeoDataFrame({
        "id": [f"f{row}" for row in range(10)], "name": NAMES, "kind": ["a", "b"] * 5,
        "flag": pd.array([True, False, None] * 3 + [True], dtype="boolean"),
        "metres": [0.1234567, np.nan, np.inf, 1e9, -3.0, 0.0, 7.0, 8.5, 9.25, 10.0], "many": [["甲", "乙"], []] * 5,
        "a_very_long_column": range(10), "a_very_long_columns": range(10), "nothing": [None] * 10,
    }, geometry=shapes, crs="EPSG:4326")


def parcel() -> Parcel:
    look = Look(PLAIN, "kind", (Class("a", "甲 <a>", Paint("#d5e8e2", "#2f7d68")), Class("b", "乙", Paint("#e4e2dd", "#6b675d", hatch="#a5a196"))))
    one = FeatureSet("things", "东西 <&>", tidy(layer()), {"id": "编号", "name": "名称 \"<&>", "metres": "米"}, look)
    return Parcel("标题 <&>\x01", (one,), (("caveat", "k", "话 <&> ]]>", "words \x07", ""),))
