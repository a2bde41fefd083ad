"""QGIS itself opens our GeoPackage in the colours of the page. Needs a Python that has QGIS (Debian: python3-qgis); left out elsewhere."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.report.village import saved_village
from wanli_geo.report import palette
from wanli_geo.report.carto.tints import shade_text
from wanli_geo.report.exchange.features import of_answer, of_workspace
from wanli_geo.report.exchange.geopackage import gpkg
from wanli_geo.study import Study

_LOOK = """
import json, sys
from qgis.core import QgsApplication, QgsVectorLayer
app = QgsApplication([], False)
app.initQgis()
told = {}
for name in sys.argv[2:]:
    layer = QgsVectorLayer(f"{sys.argv[1]}|layername={name}", name, "ogr")
    renderer = layer.renderer()
    classes = {c.value(): c.symbol().color().name() for c in renderer.categories()} if renderer.type() == "categorizedSymbol" else {}
    told[name] = {"valid": layer.isValid(), "type": renderer.type(), "classes": classes, "crs": layer.crs().authid(), "count": layer.featureCount(),
                  "aliases": {field.name(): field.alias() for field in layer.fields()}}
print(json.dumps(told))
"""


def _python() -> str | None:
    """The system's own Python, where it has QGIS."""
    found = shutil.which("python3", path=os.defpath)
    has = found and subprocess.run([found, "-c", "import qgis.core"], capture_output=True, check=False).returncode == 0
    return found if has else None


PYTHON = _python()
pytestmark = pytest.mark.skipif(PYTHON is None, reason="no Python with QGIS here")


def seen(file: Path, *tables: str) -> dict:
    environment = {"QT_QPA_PLATFORM": "offscreen", "HOME": str(file.parent), "PATH": os.defpath, "XDG_RUNTIME_DIR": str(file.parent)}
    done = subprocess.run([str(PYTHON), "-c", _LOOK, str(file), *tables], capture_output=True, text=True, check=True, env=environment)
    return json.loads(done.stdout.splitlines()[-1])


def test_qgis_draws_a_coverage_in_the_colours_of_the_page(tmp_path):
    answer = Study(saved_village(tmp_path / "village")).coverage("CANTEEN", "300m")
    file = tmp_path / "x.gpkg"
    file.write_bytes(gpkg(of_answer(answer), crs="EPSG:4549"))
    units = seen(file, "units")["units"]
    shades = {shade_text(shade, "zh"): shade.color for shade in palette.gap_shades()}
    assert (units["valid"], units["type"], units["crs"], units["count"]) == (True, "categorizedSymbol", "EPSG:4549", len(answer.features["units"]))
    assert units["classes"]
    assert units["classes"].items() <= {"已覆盖": palette.COVERED, "未知（资料不全）": palette.UNKNOWN, **shades}.items()
    assert (units["aliases"]["name"], units["aliases"]["walk_m"]) == ("名称", "步行（米）")


def test_qgis_draws_the_layers_in_the_colours_of_their_signs(tmp_path):
    file = tmp_path / "x.gpkg"
    file.write_bytes(gpkg(of_workspace(saved_village(tmp_path / "village"))))
    told = seen(file, "blue_net_line", "compounds", "red_walkway")
    assert told["blue_net_line"]["classes"].items() >= {"true": "#1f6fb2", "false": "#c3272b"}.items()
    assert [told[name]["type"] for name in ("compounds", "red_walkway")] == ["singleSymbol", "singleSymbol"]
