"""Start `wanli-geo demo` as a stranger would, ask its page and one question, stop it by Ctrl-C, and see that it ended.

    python3 visit.py PATH-OF-wanli-geo
"""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

PATIENCE_S = 60


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def get(address: str) -> bytes:
    with urlopen(address, timeout=PATIENCE_S) as answer:  # noqa: S310  our own loopback address
        return bytes(answer.read())


def wait_for(address: str, server: subprocess.Popen[bytes]) -> bytes:
    """Ask until the server answers; give up when it has ended or the patience has."""
    until = time.monotonic() + PATIENCE_S
    while True:
        try:
            return get(address)
        except URLError:
            if server.poll() is not None or time.monotonic() > until:
                raise
            time.sleep(0.2)


def visit(program: Path) -> None:
    port = free_port()
    home = f"http://127.0.0.1:{port}"
    started = time.monotonic()
    with subprocess.Popen([program, "demo", "--no-browser", "--port", str(port)]) as server:  # noqa: S603  the program just installed
        try:
            page = wait_for(f"{home}/", server).decode()
            ready = time.monotonic() - started
            if "<html" not in page or "万里" not in json.loads(get(f"{home}/api/workspace"))["name"]:
                raise SystemExit("the page is not the desk of Wanli")
            if b"1.9.4" not in get(f"{home}/vendor/leaflet/leaflet-src.esm.js")[:200]:
                raise SystemExit("Leaflet 1.9.4 is not served")
            facts = json.loads(get(f"{home}/api/coverage?kind=CANTEEN&within=500m"))["answer"]["facts"]
            counted = {key: facts[f"people_{key}"]["value"] for key in ("total", "covered", "gap", "unknown")}
            if counted["covered"] + counted["gap"] + counted["unknown"] != counted["total"] or not counted["covered"]:
                raise SystemExit(f"the people do not add up: {counted}")
        finally:
            server.send_signal(signal.SIGINT)
            code = server.wait(timeout=20)
    if code not in (0, 130):
        raise SystemExit(f"demo ended with {code} after Ctrl-C")
    with socket.socket() as asked:
        if asked.connect_ex(("127.0.0.1", port)) == 0:
            raise SystemExit(f"port {port} still answers after the stop")
    print(f"demo: ready after {ready:.1f} s, {counted}, stopped with {code}")


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a background job is born deaf to Ctrl-C, and so would be its child
    visit(Path(sys.argv[1]).absolute())
