"""Listen, say where, open the browser, end on Ctrl-C. The only file that opens a port."""

from __future__ import annotations

import logging
import os
import socket
import sys
import webbrowser
from collections.abc import Callable, Iterable
from threading import Thread

import waitress
from flask import Flask

from wanli_geo.errors import PortTaken
from wanli_geo.workspace.intake.limits import MOST_BYTES
from webapp import create_app
from webapp.rim import EVERY_ADDRESS
from webapp.settings import FIRST_PORT, Settings

THREADS = 6
_MORE = 1024 * 1024  # bytes: so that what is a little too large is refused in our own words


def serve(settings: Settings, *, open_browser: bool, announce: Callable[[str], None]) -> None:
    """Serve the page until Ctrl-C; the address is announced when it answers.

    Raises:
        NoWorkspace: there is no workspace at the path set.
        PortTaken: the port asked for is in use, or every port from 8000 to 8099 where none was asked for.
    """
    app = create_app(settings)
    with listen(settings.host, settings.port) as door:
        address = address_of(settings.host, door)
        announce(f"地图已经打开：{address} （按 Ctrl-C 结束） / The map is open at {address} (Ctrl-C ends it)")
        if open_browser and has_browser(os.environ, sys.platform):
            Thread(target=webbrowser.open, args=(address,), daemon=True).start()
        run(app, door)
    announce("已结束。 / Ended.")


def run(app: Flask, door: socket.socket) -> None:
    """Answer on an open socket until Ctrl-C."""
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a busy moment is no news for the person at the terminal
    server = waitress.create_server(app, sockets=[door], threads=THREADS, ident=None, max_request_body_size=MOST_BYTES + _MORE)
    try:
        server.run()
    finally:
        server.close()


def listen(host: str, port: int | None) -> socket.socket:
    """Open the port asked for, or the first free one from 8000 where none is asked for.

    Raises:
        PortTaken: with the way out.
    """
    ports: Iterable[int] = range(FIRST_PORT, FIRST_PORT + 100) if port is None else (port,)
    for number in ports:
        try:
            return socket.create_server((host, number), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
        except OSError as wrong:
            cause = wrong
    shown = f"{FIRST_PORT}–{FIRST_PORT + 99}" if port is None else str(port)
    raise PortTaken(
        f"打不开 {host} 的端口 {shown}（{cause.strerror}）；请用 --port 换一个，或不写 --port 由程序自己找。",
        f"Port {shown} of {host} cannot be opened ({cause.strerror}); choose another with --port, or leave --port out and a free one is found.",
    ) from cause


def address_of(host: str, door: socket.socket) -> str:
    """The address to type into a browser on this computer."""
    shown = "127.0.0.1" if host in EVERY_ADDRESS else host
    return f"http://{f'[{shown}]' if ':' in shown else shown}:{door.getsockname()[1]}/"


def has_browser(environment: dict[str, str] | os._Environ[str], platform: str) -> bool:
    """Say whether a window can open: on Linux only with a display, so that no text browser takes the terminal."""
    return not platform.startswith("linux") or any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
