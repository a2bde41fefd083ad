/** The Leaflet map, its panes, and the furniture that a map must have: scale, north, zoom. */
import * as L from "/vendor/leaflet/leaflet-src.esm.js";
import { h } from "../panel/dom.js";

/** Panes from the ground up. Leaflet's own marker pane stands at 600. */
const PANES = { ground: 200, area: 380, theme: 400, walk: 430, names: 450, chosen: 460 };

/**
 * @param {HTMLElement} element
 * @param {[number, number, number, number]} bounds  west, south, east, north
 */
export function stage(element, bounds) {
  const map = L.map(element, {
    zoomControl: false,
    attributionControl: false,
    zoomSnap: 0.25,
    zoomDelta: 0.5,
    wheelPxPerZoomLevel: 110,
    minZoom: 9,
    maxZoom: 19,
    keyboardPanDelta: 90,
    maxBoundsViscosity: 0.6,
    tapHold: false,
    fadeAnimation: !still(),
    zoomAnimation: !still(),
    inertia: !still(),
  });
  for (const [name, level] of Object.entries(PANES)) {
    const pane = map.createPane(name);
    pane.style.zIndex = String(level);
    if (name === "ground" || name === "names") pane.style.pointerEvents = "none";
  }
  map.setMaxBounds(L.latLngBounds([bounds[1], bounds[0]], [bounds[3], bounds[2]]).pad(2));
  return map;
}

/** Does the reader ask for little motion? */
export function still() {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/**
 * Scale bar in metres.
 * @param {L.Map} map
 * @param {HTMLElement} holder  filled with the bar
 * @param {(metres: number) => string} tell
 */
export function scaleBar(map, holder, tell) {
  const bar = h("span", { class: "scale-bar" });
  const text = h("span", { class: "scale-text" });
  holder.replaceChildren(text, bar);
  const draw = () => {
    const middle = map.getSize().divideBy(2);
    const perPixel =
      map.distance(map.containerPointToLatLng(middle.subtract([50, 0])), map.containerPointToLatLng(middle.add([50, 0]))) / 100;
    const widest = Math.min(110, map.getSize().x / 5);
    const length =
      [10, 20, 50, 100, 200, 300, 500, 1000, 2000, 5000, 10000, 20000, 50000].filter((metres) => metres / perPixel <= widest).pop() ?? 10;
    bar.style.width = `${Math.round(length / perPixel)}px`;
    text.textContent = tell(length);
  };
  map.on("zoomend moveend", draw);
  return draw;
}
