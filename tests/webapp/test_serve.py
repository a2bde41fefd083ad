"""A real server on loopback: it says where it is, answers there, makes way for others, and ends when told."""

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request

import pytest

from wanli_geo.errors import PortTaken
from webapp.serve import address_of, has_browser, listen

PROGRAM = """
import sys
from pathlib import Path
from webapp.serve import serve
from webapp.settings import Settings
serve(Settings(workspace=Path(sys.argv[1]), port=0), open_browser=False, announce=lambda text: print(text, flush=True))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows 没有 SIGINT 可发。 / There is no SIGINT to send on Windows.")
def test_it_announces_its_address_answers_there_and_ends_on_ctrl_c(folder):
    with subprocess.Popen([sys.executable, "-c", PROGRAM, str(folder)], stdout=subprocess.PIPE, text=True) as server:
        said = server.stdout.readline()
        address = next(word for word in said.split() if word.startswith("http"))
        with urllib.request.urlopen(f"{address}api/workspace", timeout=20) as reply:  # noqa: S310
            assert json.load(reply)["name"] == "五路村"
            assert reply.headers["X-Content-Type-Options"] == "nosniff"
            assert "Server" not in reply.headers
        server.send_signal(signal.SIGINT)
        rest, _ = server.communicate(timeout=20)
        assert server.returncode == 0
    assert "Ctrl-C" in said
    assert "已结束" in rest


def test_a_port_asked_for_and_taken_is_refused_with_the_way_out():
    with listen("127.0.0.1", 0) as door:
        port = door.getsockname()[1]
        with pytest.raises(PortTaken, match=rf"{port}.*--port"):
            listen("127.0.0.1", port)


def test_where_none_is_asked_for_the_next_free_one_is_found():
    with listen("127.0.0.1", None) as first, listen("127.0.0.1", None) as second:
        assert 8000 <= first.getsockname()[1] < second.getsockname()[1] < 8100


def test_a_host_that_is_not_this_computer_is_refused_in_a_sentence():
    with pytest.raises(PortTaken, match=r"192\.0\.2\.1"):
        listen("192.0.2.1", 0)


def test_the_address_is_one_a_browser_takes():
    with listen("127.0.0.1", 0) as door:
        port = door.getsockname()[1]
        assert address_of("0.0.0.0", door) == f"http://127.0.0.1:{port}/"  # noqa: S104
        assert address_of("localhost", door) == f"http://localhost:{port}/"
        assert address_of("::1", door) == f"http://[::1]:{port}/"


@pytest.mark.skipif(not socket.has_ipv6, reason="这台机器没有 IPv6。 / This machine has no IPv6.")
def test_it_listens_on_ipv6_too():
    try:
        door = listen("::1", 0)
    except PortTaken as refused:
        pytest.skip(str(refused))
    with door:
        assert door.family == socket.AF_INET6


def test_a_window_opens_only_where_there_is_a_display():
    assert not has_browser({}, "linux")
    assert has_browser({"DISPLAY": ":0"}, "linux")
    assert has_browser({"WAYLAND_DISPLAY": "wayland-0"}, "linux")
    assert has_browser(os.environ, "win32")
    assert has_browser({}, "darwin")
