"""The sketch in `layers/` is what the drawing script makes of the facts, to the byte."""

from __future__ import annotations

import pytest

from tests.sketch import draw, facts
from tests.sketch.blocks import unplaced
from wanli_geo.workspace.store import read_catalogue

pytestmark = pytest.mark.skipif(not facts.present(), reason="the facts folder is not at hand; set WANLI_FACTS")

# Computed from the finished workspace and saved into it afterwards, so not the drawing's own.
COMPUTED = {"life_circles.geojson"}


def test_drawing_again_gives_the_same_bytes():
    made = read_catalogue(facts.ROOT / "layers").made
    if {key: made.get(key) for key in draw.tools()} != draw.tools():
        pytest.skip("layers/ was drawn with other versions of GEOS, PROJ or shapely, whose last digits may differ")
    drawn = draw.files()
    changed = [name for name, content in drawn.items() if name not in COMPUTED and (facts.ROOT / "layers" / name).read_bytes() != content]
    assert not changed


def test_every_place_of_the_facts_found_its_land():
    assert not unplaced()
