"""Packs, the plane they are walked in, the little map: what travels in the site, read back as the page reads it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

import wanli_geo
from tests.village import corner, village
from wanli_geo.publish.ground import ground_pack
from wanli_geo.publish.packing import Numbers, packed
from wanli_geo.publish.plane import plane_of, terms
from wanli_geo.publish.poster import Mark, poster
from wanli_geo.study import Study
from wanli_geo.study.public import public_walkable
from wanli_geo.workspace.publication import Publication
from wanli_geo.workspace.store import metres_of, to_metres

needs_node = pytest.mark.skipif(shutil.which("node") is None, reason="没有 Node.js / no Node.js")
MODULES = Path(__file__).resolve().parents[2] / "webapp" / "static" / "js"
READ = """
import { readFileSync } from "node:fs";
import { unpack } from "%(modules)s/walk/pack.js";
import { baseOf } from "%(modules)s/public/ground.js";
const file = readFileSync(process.argv[2]);
const pack = unpack(file.buffer.slice(file.byteOffset, file.byteOffset + file.length));
const told = process.argv[3] === "base" ? baseOf(pack) : Object.fromEntries(Object.entries(pack.arrays).map(([name, values]) => [name, [...values]]));
process.stdout.write(JSON.stringify(told));
"""


def read_back(content: bytes, folder: Path, how: str = "arrays") -> Any:
    """Read a pack by the page's modules."""
    (folder / "read.mjs").write_text(READ % {"modules": MODULES.as_posix()}, encoding="utf-8")
    (folder / "pack.bin").write_bytes(content)
    done = subprocess.run(["node", folder / "read.mjs", folder / "pack.bin", how], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


@needs_node
def test_every_whole_number_comes_back_as_it_was(tmp_path: Path) -> None:
    values = np.concatenate([[0, 1, -1, 63, -64, 64, 2**31, -(2**31), 1_214_010_000, 2**45], np.random.default_rng(1).integers(-(2**40), 2**40, 500)])
    arrays = {f"step-{step}": Numbers(values, step) for step in (0, 1, 2)} | {"none": Numbers(np.empty(0, dtype=np.int64))}
    assert read_back(packed({}, arrays), tmp_path) == {**{f"step-{step}": values.tolist() for step in (0, 1, 2)}, "none": []}


@given(st.lists(st.integers(-(2**50), 2**50), max_size=40), st.integers(0, 3))
def test_numbers_are_read_back_by_the_words_of_the_format(values: list[int], step: int) -> None:
    content = packed({}, {"a": Numbers(np.array(values, dtype=np.int64), step)})
    start = 8 + int.from_bytes(content[4:8], "little")
    assert _by_the_words(content[start:], step) == values


def _by_the_words(stream: bytes, step: int) -> list[int]:
    """LEB128, zigzag and differences, once more and slowly."""
    numbers, value, shift = list[int](), 0, 0
    for byte in stream:
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            plain = value // 2 if value % 2 == 0 else -(value + 1) // 2
            numbers.append(plain + (numbers[-step] if step and len(numbers) >= step else 0))
            value = shift = 0
    return numbers


def test_the_plane_is_the_projection_to_a_tenth_of_a_millimetre(wanli: Path) -> None:
    study = wanli_geo.open(wanli)
    plane = plane_of(public_walkable(study))
    assert plane.worst_m < 1e-4
    west, south, east, north = study.workspace.layer("streets").total_bounds
    dice = np.random.default_rng(5)
    degrees = np.column_stack([dice.uniform(west, east, 400), dice.uniform(south, north, 400)])
    here = terms((degrees - plane.centre) / plane.half, plane.degree) @ plane.forth + plane.origin
    assert np.abs(here - metres_of(degrees, study.workspace.catalogue.metric_crs)).max() < 2e-4
    back = terms((here - plane.origin) / plane.size, plane.degree) @ plane.back + plane.centre
    assert np.abs(back - degrees).max() < 2e-9


@needs_node
def test_the_ground_that_is_drawn_lies_within_a_metre_of_what_is_recorded(wanli: Path, tmp_path: Path) -> None:
    workspace = wanli_geo.open(wanli).workspace
    base = read_back(ground_pack(workspace, Publication()), tmp_path, "base")
    for name in ("streets", "blue_net", "green_vein", "compounds"):
        drawn = np.array([shapely.from_geojson(json.dumps(one["geometry"])) for one in base[name]["features"]], dtype=object)
        there, here = to_metres(drawn, workspace.catalogue.metric_crs), workspace.metric(name).geometry.to_numpy()
        assert len(there) == len(here)
        assert shapely.hausdorff_distance(there, here).max() < 1.0, name
        names = [value if isinstance(value, str) else None for value in workspace.layer(name)["name"]]
        assert [one["properties"]["name"] for one in base[name]["features"]] == names


def test_no_count_of_residents_travels_with_the_ground(wanli: Path) -> None:
    content = ground_pack(wanli_geo.open(wanli).workspace, Publication())
    header = json.loads(content[8 : 8 + int.from_bytes(content[4:8], "little")])
    assert set(header["layers"]["compounds"]) == {"name", "name_en", "address", "other_names"} and not header["layers"]["boundary"]


def test_the_little_map_strokes_no_boundary_and_writes_names_as_text() -> None:
    rows = [({"kind": "road", "name": "<b>甲&乙</b>"}, shapely.LineString([corner(0), corner(4)]))]
    square = shapely.box(0, 0, 400, 400)
    workspace = village(street_rows=rows, boundary=[({"name": "小村", "code": "1"}, square)])
    drawn = str(poster(workspace, Publication(), "zh", title='村 "一"', marks=(Mark(workspace.layer("streets").geometry.iloc[0], "line"),)))
    assert "&lt;b&gt;甲&amp;乙&lt;/b&gt;" in drawn and "<b>" not in drawn
    assert 'aria-label="村 &quot;一&quot;"' in drawn
    assert re.findall(r'class="paper" d="M[^"]*z"', drawn), "the neighbourhood is one filled area"
    assert "style=" not in drawn and "stroke=" not in drawn


def test_a_workspace_without_a_boundary_has_a_map_all_the_same() -> None:
    bare = village()
    assert 'class="paper"' not in poster(replace(bare), Publication(), "en", title="Village")
    assert public_walkable(Study(bare)).facility == ()
