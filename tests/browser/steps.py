"""What a reader does and sees on the page, said once."""

from __future__ import annotations

from typing import Any

ANSWERED = "#answer:not([aria-busy]) .figure strong:not(.ghost)"


def come_to(page: Any, address: str = "/") -> Any:
    """Open the page and wait until the answer stands there."""
    page.goto(address)
    page.wait_for_selector(ANSWERED)
    return page


def figure(page: Any) -> str:
    """Give the large figure."""
    page.wait_for_selector(ANSWERED)
    return str(page.locator("#answer .figure strong").inner_text())


def ask(page: Any, key: str) -> str:
    """Press a chip of the question and give the figure that follows: the server's share, said as a percentage."""
    with page.expect_response(lambda reply: "/api/coverage" in reply.url) as reply:
        page.click(f'#question [data-key="{key}"]')
    page.wait_for_selector(f'#question [data-key="{key}"][aria-pressed="true"]')
    shown = figure(page)
    share = reply.value.json()["answer"]["facts"]["share_covered"]["value"]
    assert abs(float(shown) - 100 * share) <= 0.1, (shown, share)
    return shown


def on_map(page: Any, lon: float, lat: float) -> tuple[float, float]:
    """Give the pixel of a place, told by the scale of the view that stands in the address."""
    view = page.evaluate("new URLSearchParams(location.search).get('map')")
    assert view, "the address must hold a view"
    zoom, mid_lat, mid_lon = (float(part) for part in view.split("/"))
    box = page.locator("#map").bounding_box()
    x, y = page.evaluate(
        """([zoom, lat, lon, midLat, midLon]) => {
            const size = 256 * 2 ** zoom, rad = Math.PI / 180;
            const y = (degrees) => (0.5 - Math.log(Math.tan(Math.PI / 4 + (degrees * rad) / 2)) / (2 * Math.PI)) * size;
            return [((lon - midLon) / 360) * size, y(lat) - y(midLat)];
        }""",
        [zoom, lat, lon, mid_lat, mid_lon],
    )
    return box["x"] + box["width"] / 2 + x, box["y"] + box["height"] / 2 + y
