/** The round signs of services and stops. */
import * as L from "/vendor/leaflet/leaflet-src.esm.js";
import { h } from "../panel/dom.js";

/**
 * @param {[number, number]} at  longitude, latitude
 * @param {object} how
 * @param {string} how.glyph
 * @param {string} how.label  what a reader hears or sees on pointing
 * @param {string} [how.color]  ring and glyph
 * @param {string} [how.look]  more classes: "hollow", "small", "solid", "chosen"
 * @param {(() => void)} [how.choose]
 * @returns {L.Marker}
 */
export function sign([lon, lat], { glyph, label, color, look = "", choose }) {
  const disc = h("span", { class: "sign-disc", "aria-hidden": "true" }, glyph); // its name says more
  if (color) disc.style.setProperty("--sign", color);
  const small = look.includes("small");
  const size = small ? 16 : 30;
  const icon = L.divIcon({ className: `sign ${look}`, html: disc, iconSize: [size, size] });
  const marker = L.marker([lat, lon], {
    icon,
    keyboard: choose !== undefined,
    title: "",
    alt: label,
    riseOnHover: true,
    zIndexOffset: small ? -1000 : 0,
  });
  marker.bindTooltip(h("span", {}, label), { direction: "top", offset: [0, -size / 2 - 2], className: "tip" });
  if (choose) marker.on("click keypress", (event) => (event.type === "click" || isEnter(event)) && choose());
  marker.on("add", () => name(marker, label, choose !== undefined));
  return marker;
}

/** @param {any} event */
function isEnter(event) {
  return event.originalEvent?.key === "Enter" || event.originalEvent?.key === " ";
}

/**
 * @param {L.Marker} marker
 * @param {string} label
 * @param {boolean} pressed  can it be chosen?
 */
function name(marker, label, pressed) {
  const element = marker.getElement();
  element?.setAttribute("role", pressed ? "button" : "img");
  element?.setAttribute("aria-label", label);
}

/**
 * The point that stands for a feature: the point itself, or the middle of its box.
 * @param {Api.Feature} feature
 * @returns {[number, number]} longitude, latitude
 */
export function pointOf({ geometry }) {
  if (geometry.type === "Point") return [geometry.coordinates[0], geometry.coordinates[1]];
  const middle = L.geoJSON(geometry).getBounds().getCenter();
  return [middle.lng, middle.lat];
}
