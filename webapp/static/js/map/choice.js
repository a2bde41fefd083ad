/** What is drawn over the ground for what the reader chose: the compound under the pointer, the compound chosen and its walk, the walk bands. */
import * as L from "/vendor/leaflet/leaflet-src.esm.js";
import { h } from "../panel/dom.js";
import { minutes as sayMinutes, metres as sayMetres, people as sayPeople } from "../say/number.js";
import { say } from "../say/say.js";
import { still } from "./stage.js";

const OUTLINE = { fill: false, interactive: false, pane: "chosen", lineJoin: /** @type {const} */ ("round") };

export class Choice {
  #several = L.layerGroup();
  #hover = L.layerGroup();
  #unit = L.layerGroup();
  #walk = L.layerGroup();
  #bands = L.layerGroup();
  #step = L.layerGroup();

  /** @param {L.Map} map */
  constructor(map) {
    this.map = map;
    for (const group of [this.#bands, this.#several, this.#hover, this.#unit, this.#walk, this.#step]) group.addTo(map);
  }

  /** @param {Api.Feature | null} unit */
  hover(unit) {
    this.#hover.clearLayers();
    if (unit) L.geoJSON(unit, { style: { ...OUTLINE, className: "hovered", weight: 2 }, ...POINTS }).addTo(this.#hover);
  }

  /** Compounds that belong together, as those of a committee. @param {Api.Feature[]} units */
  several(units) {
    this.#several.clearLayers();
    for (const unit of units) L.geoJSON(withoutHoles(unit), { style: { ...OUTLINE, className: "belonging", weight: 2 }, ...POINTS }).addTo(this.#several);
  }

  /** @param {Api.Feature | null} unit */
  unit(unit) {
    this.#unit.clearLayers();
    if (!unit) return;
    const whole = withoutHoles(unit);
    L.geoJSON(whole, { style: { ...OUTLINE, className: "chosen-halo", weight: 6 }, ...POINTS }).addTo(this.#unit);
    L.geoJSON(whole, { style: { ...OUTLINE, className: "chosen", weight: 3 }, ...POINTS }).addTo(this.#unit);
  }

  /**
   * One stretch of the walk, or none.
   * @param {[number, number][] | null} places  longitude, latitude
   */
  step(places) {
    this.#step.clearLayers();
    if (!places) return;
    const line = places.map(([lon, lat]) => /** @type {[number, number]} */ ([lat, lon]));
    for (const [className, weight] of /** @type {const} */ ([
      ["step-halo", 13],
      ["step-line", 7],
    ]))
      L.polyline(line, { ...OUTLINE, pane: "walk", className, weight }).addTo(this.#step);
  }

  /**
   * @param {Api.Walk | null} walk
   * @param {Api.Lang} lang
   * @param {Api.Feature[]} [gates]  passed on the way
   * @param {Api.Walk | null} [today]  as it is, where another is assumed
   */
  walk(walk, lang, gates = [], today = null) {
    this.#walk.clearLayers();
    this.#step.clearLayers();
    document.documentElement.dataset.compared = String(walk !== null && today !== null);
    if (!walk) return;
    if (today) this.#today(today, lang, walk);
    for (const [className, weight] of /** @type {const} */ ([
      ["walk-halo", 8],
      [today ? "walk assumed" : "walk", today ? 5 : 4],
    ]))
      L.geoJSON(walk.features.walk, { style: { ...OUTLINE, pane: "walk", className, weight } }).addTo(this.#walk);
    L.geoJSON(walk.features.ends, {
      pointToLayer: (_, at) => L.circleMarker(at, { radius: 5, className: "walk-end", interactive: false, pane: "walk" }),
    }).addTo(this.#walk);
    L.geoJSON(collection(gates), {
      pointToLayer: (_, at) => L.circleMarker(at, { radius: 4.5, className: "walk-gate", interactive: false, pane: "walk" }),
    }).addTo(this.#walk);
    const time = walk.answer.facts.walk_min?.value;
    this.#tag(walk, (length) => `${sayMetres(length, lang)} · ${sayMinutes(typeof time === "number" ? time : null, lang)}`, "", today);
  }

  /** The walk as it is, under the one assumed. @param {Api.Walk} walk @param {Api.Lang} lang @param {Api.Walk} assumed */
  #today(walk, lang, assumed) {
    for (const [className, weight] of /** @type {const} */ ([
      ["walk-halo", 8],
      ["walk-today", 4],
    ]))
      L.geoJSON(walk.features.walk, { style: { ...OUTLINE, pane: "walk", className, weight } }).addTo(this.#walk);
    L.geoJSON(walk.features.ends, {
      pointToLayer: (_, at) => L.circleMarker(at, { radius: 4, className: "walk-end today", interactive: false, pane: "walk" }),
    }).addTo(this.#walk);
    this.#tag(walk, (length) => say(lang, "today_tag", { metres: sayMetres(length, lang) }), " today", assumed);
  }

  /**
   * @param {Api.Walk} walk
   * @param {(length: number) => string} text
   * @param {string} look
   * @param {Api.Walk | null} other  drawn too: each stands where it is farthest from the other
   */
  #tag({ answer, features }, text, look, other) {
    const length = answer.facts.walk_m?.value;
    const places = placesOf(features.walk);
    if (typeof length !== "number" || places.length === 0) return;
    const at = other ? farthest(places, placesOf(other.features.walk)) : middle(places);
    const side = other ? (at.lng < center(placesOf(other.features.walk)).lng ? "west" : "east") : places[0].lat > at.lat ? "below" : "above";
    tag(at, text(length), `walk-tag${look} ${side}`).addTo(this.#walk);
  }

  /**
   * @param {Api.Isochrone | null} bands
   * @param {Api.Lang} lang
   */
  bands(bands, lang) {
    this.#bands.clearLayers();
    if (!bands) return;
    const widest = [...bands.features.bands.features].sort((a, b) => b.properties?.minutes - a.properties?.minutes);
    for (const band of widest) {
      const minutes = band.properties?.minutes;
      const layer = L.geoJSON(band, { style: { pane: "area", className: `band band-${minutes}`, weight: 1.6, interactive: false } }).addTo(
        this.#bands,
      );
      const bounds = layer.getBounds();
      if (bounds.isValid()) tag(top(layer, bounds), say(lang, "band_tag", { minutes }), "band-tag", ` · ${sayPeople(band.properties?.people, lang)}`).addTo(this.#bands);
    }
    L.geoJSON(bands.features.origin, {
      pointToLayer: (_, at) => L.circleMarker(at, { radius: 7, className: "band-origin", interactive: false, pane: "chosen" }),
    }).addTo(this.#bands);
  }

  /**
   * Come near to a stretch of the walk, where the map is far.
   * @param {L.LatLngBounds} bounds
   * @param {L.FitBoundsOptions} padding
   * @param {number} [margin]  a share of the bounds, on each side
   */
  approach(bounds, padding, margin = 0.6) {
    const near = this.map.getZoom() >= 15.75 && this.map.getBounds().pad(-0.15).contains(bounds);
    if (bounds.isValid() && !near) this.map.flyToBounds(bounds.pad(margin), { maxZoom: 16.75, duration: 0.5, animate: !still(), ...padding });
  }

  /** Bring what was chosen into view where it is not. @param {L.LatLngBounds} bounds @param {L.FitBoundsOptions} padding */
  reveal(bounds, padding) {
    if (bounds.isValid() && !this.map.getBounds().pad(-0.05).contains(bounds))
      this.map.flyToBounds(bounds, { maxZoom: 16.5, duration: 0.5, animate: !still(), ...padding });
  }
}

/**
 * @param {Api.Feature[]} features
 * @returns {Api.Collection}
 */
function collection(features) {
  return { type: "FeatureCollection", features };
}

/**
 * An outline runs round the outside only.
 * @param {Api.Feature} unit
 * @returns {Api.Feature}
 */
function withoutHoles(unit) {
  const { geometry } = unit;
  if (geometry.type === "Polygon") return { ...unit, geometry: { ...geometry, coordinates: geometry.coordinates.slice(0, 1) } };
  if (geometry.type === "MultiPolygon")
    return { ...unit, geometry: { ...geometry, coordinates: geometry.coordinates.map((rings) => rings.slice(0, 1)) } };
  return unit;
}

const POINTS = {
  pointToLayer: (/** @type {unknown} */ _, /** @type {L.LatLng} */ at) =>
    L.circleMarker(at, { ...OUTLINE, radius: 9, className: "chosen" }),
};

/**
 * @param {L.LatLng} at
 * @param {string} text
 * @param {string} className
 * @param {string} [more]  said where there is room for it
 */
function tag(at, text, className, more = "") {
  const icon = L.divIcon({ className: `tag ${className}`, html: h("span", {}, text, more && h("b", {}, more)), iconSize: [0, 0] });
  return L.marker(at, { icon, interactive: false, keyboard: false });
}

/**
 * The places along a walk, none far from the next.
 * @param {Api.Collection} walk
 */
function placesOf(walk) {
  const [geometry] = walk.features.map((one) => one.geometry);
  const places = geometry?.type === "LineString" ? geometry.coordinates.map(([lon, lat]) => L.latLng(lat, lon)) : [];
  return places.flatMap((a, i) => {
    const b = places[i + 1];
    return b ? [a, ...[0.25, 0.5, 0.75].map((share) => L.latLng(a.lat + (b.lat - a.lat) * share, a.lng + (b.lng - a.lng) * share))] : [a];
  });
}

/**
 * @param {L.LatLng[]} places
 * @param {L.LatLng[]} others
 */
function farthest(places, others) {
  const away = places.map((place) => Math.min(...others.map((other) => place.distanceTo(other))));
  return places[away.indexOf(Math.max(...away))];
}

/** @param {L.LatLng[]} places */
function center(places) {
  return L.latLngBounds(places).getCenter();
}

/** @param {L.LatLng[]} places */
function middle(places) {
  const steps = places.slice(1).map((place, i) => place.distanceTo(places[i]));
  let half = steps.reduce((sum, step) => sum + step, 0) / 2;
  for (const [i, step] of steps.entries()) {
    if (half <= step) {
      const share = step === 0 ? 0 : half / step;
      const [a, b] = [places[i], places[i + 1]];
      return L.latLng(a.lat + (b.lat - a.lat) * share, a.lng + (b.lng - a.lng) * share);
    }
    half -= step;
  }
  return places[0];
}

/**
 * The northernmost place of a band, where its name stands.
 * @param {L.GeoJSON} layer
 * @param {L.LatLngBounds} bounds
 */
function top(layer, bounds) {
  /** @type {L.LatLng} */
  let highest = L.latLng(-90, 0);
  layer.eachLayer((part) => {
    if (part instanceof L.Polygon)
      for (const place of /** @type {L.LatLng[]} */ (part.getLatLngs().flat(3))) if (place.lat > highest.lat) highest = place;
  });
  return highest.lat > -90 ? highest : bounds.getCenter();
}
