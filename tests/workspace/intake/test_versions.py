"""An import can be undone to the byte, and a stop at any point loses nothing."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from wanli_geo.errors import ReadOnly, Refused
from wanli_geo.workspace.intake import versions
from wanli_geo.workspace.store import CATALOGUE, bundled

MADE = {"layer": "facilities", "file": "设施.xlsx", "counts": {}}


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "小村"
    made.mkdir()
    (made / CATALOGUE).write_bytes(b"old catalogue")
    (made / "facilities.geojson").write_bytes(b"old layer")
    return made


def state(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}


def write(folder: Path, layer: bytes, catalogue: bytes) -> versions.Version:
    files = {"facilities.geojson": layer, CATALOGUE: catalogue}
    on = {name: sha256((folder / name).read_bytes()) if (folder / name).exists() else None for name in files}
    return versions.write(folder, files, MADE, on=on)


def test_undo_goes_back_step_by_step_to_the_byte(folder: Path) -> None:
    states = [state(folder)]
    for step in (b"1", b"2", b"3"):
        write(folder, b"layer " + step, b"catalogue " + step)
        states.append(state(folder))
    for expected in reversed(states[:-1]):
        versions.undo(folder)
        assert state(folder) == expected
    with pytest.raises(Refused, match="no import to undo"):
        versions.undo(folder)
    assert [(version.number, version.undone) for version in versions.history(folder)] == [(3, True), (2, True), (1, True)]
    assert write(folder, b"again", b"again").number == 4


def test_a_layer_that_was_not_there_is_gone_again(folder: Path) -> None:
    versions.write(folder, {"gates.geojson": b"new"}, MADE, on={"gates.geojson": None})
    assert (folder / "gates.geojson").read_bytes() == b"new"
    versions.undo(folder)
    assert not (folder / "gates.geojson").exists()


def test_what_was_changed_by_hand_is_not_lost_by_undoing(folder: Path) -> None:
    write(folder, b"layer 1", b"catalogue 1")
    (folder / "facilities.geojson").write_bytes(b"by hand")
    with pytest.raises(Refused, match="changed after import 1"):
        versions.undo(folder)
    assert (folder / "facilities.geojson").read_bytes() == b"by hand"


def test_a_draft_of_other_bytes_is_not_written(folder: Path) -> None:
    with pytest.raises(Refused, match="changed since"):
        versions.write(folder, {"facilities.geojson": b"new"}, MADE, on={"facilities.geojson": sha256(b"another")})
    assert state(folder)["facilities.geojson"] == b"old layer"


def test_two_imports_at_once_do_not_mix(folder: Path) -> None:
    with versions._alone(folder), pytest.raises(Refused, match="Another import"):
        write(folder, b"new", b"new")
    assert write(folder, b"new", b"new").number == 1


def test_the_bundled_sketch_is_not_written(folder: Path) -> None:
    with pytest.raises(ReadOnly, match="wanli-geo demo"):
        versions.write(bundled(), {CATALOGUE: b"x"}, MADE, on={})
    assert not (bundled() / versions.FOLDER).exists()


# A process that dies, without a word, at the n-th time it changes a name on the disk: every step of a version ends in one.
DYING = """
import os, pathlib, sys
from tests.workspace.intake.test_versions import write, versions
left = int(sys.argv[2])
def dies(one):
    def at(*arguments, **more):
        global left
        if not left:
            os._exit(9)
        left -= 1
        return one(*arguments, **more)
    return at
for name in ("rename", "replace", "unlink"):
    setattr(pathlib.Path, name, dies(getattr(pathlib.Path, name)))
folder = pathlib.Path(sys.argv[1])
write(folder, b"new layer", b"new catalogue") if sys.argv[3] == "write" else versions.undo(folder)
"""
OLD, NEW = (b"old layer", b"old catalogue"), (b"new layer", b"new catalogue")


def both(folder: Path) -> tuple[bytes, bytes]:
    return (folder / "facilities.geojson").read_bytes(), (folder / CATALOGUE).read_bytes()


@pytest.mark.parametrize("verb", ["write", "undo"])
def test_a_stop_at_any_step_leaves_old_or_new_and_the_next_call_mends_it(folder: Path, verb: str) -> None:
    steps, died = 0, True
    while died:
        if verb == "undo" and both(folder) == OLD:
            write(folder, *NEW)
        done = subprocess.run([sys.executable, "-c", DYING, str(folder), str(steps), verb], env={**os.environ, "PYTHONPATH": "."}, check=False)
        died = done.returncode == 9
        assert died or done.returncode == 0
        layer, catalogue = both(folder)
        assert layer in (OLD[0], NEW[0]) and catalogue in (OLD[1], NEW[1])
        with versions._alone(folder):
            assert both(folder) in (OLD, NEW)
        left = [kept.name for kept in (folder / versions.FOLDER).iterdir() if kept.is_dir() and not kept.name.removesuffix(".undone").isdigit()]
        assert left == []
        if verb == "write" and both(folder) == NEW:
            versions.undo(folder)
        assert both(folder) in (OLD, NEW)
        steps += 1
    assert steps > 3
