"""OpenStreetMap objects read as lines of text: by heart, whatever their tags and places, and where the text is none."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import osmium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.osm_town import Town
from wanli_geo.errors import BadExtract
from wanli_geo.workspace.osm_read import read_extract, read_ways
from wanli_geo.workspace.osm_text import NOWHERE, read_lines

ROOT = Path(__file__).resolve().parents[2]


def test_a_node_a_way_and_a_relation_by_heart() -> None:
    found = read_lines([b"n7 Thighway=crossing x121.5 y-31.25\n", b"w1 Thighway=footway,name=%8def%%20%1 Nn7x121.5y-31.25,n8x0y0.0000001,n9xy\n",
                        b"w2 T N\n", b"r3 Ttype=boundary Mw1@outer\n"])
    assert (found.point_ids, found.point_tags, found.point_xy.tolist()) == (["n7"], [{"highway": "crossing"}], [[1_215_000_000, -312_500_000]])
    assert (found.way_ids, found.sizes, found.refs.tolist()) == (["w1", "w2"], [3, 0], [7, 8, 9])
    assert found.way_tags == [{"highway": "footway", "name": "路 1"}, {}]
    assert found.xy.tolist() == [[1_215_000_000, -312_500_000], [0, 1], [NOWHERE, NOWHERE]]
    assert found.relations == {"r3": {"type": "boundary"}}


def test_the_latest_time_is_that_of_the_newest_object() -> None:
    lines = [b"n7 dV t2012-07-06T00:00:00Z T x1 y1", b"w1 dV t2010-07-06T00:00:00Z T N", b"w2 dV t T N"]
    assert read_lines(lines).newest == "2012-07-06T00:00:00Z"


def test_ids_beyond_what_a_float_holds_stay_apart() -> None:
    assert read_lines([b"w1 T Nn9007199254740993x1y1,n9007199254740992x1y1"]).refs.tolist() == [9007199254740993, 9007199254740992]


def test_a_place_off_the_map_is_none() -> None:
    assert read_lines([b"w1 T Nn1x180.0000001y0,n2x180y90,n3x0y-90.0000001"]).xy[:, 0].tolist() == [NOWHERE, 1_800_000_000, NOWHERE]


def test_half_a_surrogate_pair_is_no_text() -> None:
    with pytest.raises(ValueError, match="surrogates"):
        read_lines([b"w1 Tname=%d800% N"])


# All characters but those of the last plane, private ones without a meaning, of whose numbers the library drops a digit.
text = st.text(st.characters(max_codepoint=0xFFFFF, exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
degrees = st.tuples(st.integers(-1_800_000_000, 1_800_000_000), st.integers(-900_000_000, 900_000_000))


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.dictionaries(text, text, max_size=4), st.lists(degrees, min_size=2, max_size=5)), min_size=1, max_size=5))
def test_whatever_pyosmium_writes_is_read_again(ways: list[tuple[dict[str, str], list[tuple[int, int]]]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "any.osm.pbf"
        with osmium.SimpleWriter(str(file)) as writer:
            places = [place for _, vertices in ways for place in vertices]
            for identity, (x, y) in enumerate(places, 1):
                writer.add_node(osmium.osm.mutable.Node(id=identity, location=(x / 1e7, y / 1e7)))
            following = 1
            for identity, (tags, vertices) in enumerate(ways, 1):
                refs = list(range(following, following + len(vertices)))
                following += len(vertices)
                writer.add_way(osmium.osm.mutable.Way(id=identity, nodes=refs, tags={**tags, "highway": "footway"}))
        lines = read_ways(file).lines
    kept = [(way, vertices) for way, (_, vertices) in enumerate(ways) if len(set(vertices)) > 1]
    assert lines.tags == [{**tags, "highway": "footway"} for tags, _ in ways]
    assert lines.way.tolist() == [way for way, _ in kept]
    assert [run.tolist() for run in np.split(lines.xy, lines.first[1:-1])][:len(kept)] == [
        [list(place) for number, place in enumerate(vertices) if number == 0 or place != vertices[number - 1]] for _, vertices in kept]


@pytest.fixture
def named(tmp_path: Path) -> Path:
    """A file with one street, in which its name, 6 letters, stands uncompressed."""
    built, file = Town(), tmp_path / "one.osm.pbf"
    built.way(1, built.node(0, 0), built.node(100, 0), highway="footway", name="ZZZQQQ")
    with osmium.SimpleWriter(osmium.io.File(str(file), "pbf,pbf_compression=none")) as writer:
        for identity, (place, _) in built.nodes.items():
            writer.add_node(osmium.osm.mutable.Node(id=identity, location=place))
        for identity, (nodes, tags) in built.ways.items():
            writer.add_way(osmium.osm.mutable.Way(id=identity, nodes=nodes, tags=tags))
    return file


@pytest.mark.parametrize("wrong", [b"\xff\xfeZZZZ", b"\xed\xa0\x80ZZZ", b"\xc3\x28ZZZZ", b"\xf5\x90\x80\x80ZZ"])
def test_a_name_that_is_no_text_is_refused(named: Path, wrong: bytes) -> None:
    named.write_bytes(named.read_bytes().replace(b"ZZZQQQ", wrong))
    with pytest.raises(BadExtract, match="not a whole OpenStreetMap file"):
        read_ways(named)
    with pytest.raises(BadExtract, match="not a whole OpenStreetMap file"):
        read_extract(named, lambda _stage, _share: None)


def test_a_refused_file_does_not_end_the_process(named: Path) -> None:
    """pyosmium aborts where a writer that failed is destroyed; here it goes on, and ends as it should."""
    named.write_bytes(named.read_bytes().replace(b"ZZZQQQ", b"\xff\xfeZZZZ"))
    script = f"""
from pathlib import Path
from wanli_geo.errors import BadExtract
from wanli_geo.workspace.osm_read import read_ways
for _ in range(3):
    try:
        read_ways(Path({str(named)!r}))
    except BadExtract:
        print("refused")
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.split()) == (0, ["refused"] * 3), done.stderr
