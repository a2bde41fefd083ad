/** What is drawn from a place: the reach of 5, 10 and 15 minutes, the place itself, a walk. */
import * as L from "/vendor/leaflet/leaflet-src.esm.js";
import { CanvasLayer } from "../map/canvas_layer.js";
import { h } from "../panel/dom.js";

/** @typedef {import("../walk/flat.js").XY} XY */

/** The reach is drawn so far beside the streets that are reached. */
const BESIDE_M = 38;
const BANDS = [15, 10, 5];
const SHADE = [0.26, 0.3, 0.36];

/** @typedef {{streets: Path2D, yards: {compound: number, at: XY, radius: number}[]}} Band  `yards`: so far into a compound from where one enters it */

export class DrawnWalk {
  /** @type {Band[]} the widest first */
  #bands = [];
  #walk = L.layerGroup();
  /** Is a walk drawn? The reach stands back then. */
  #walked = false;
  /** @type {L.Marker | null} */
  #origin = null;
  #sheet = document.createElement("canvas");
  /** @type {Path2D[]} */
  #compounds = [];

  /**
   * @param {import("./map.js").PublicMap} publicMap
   * @param {import("../walk/walkable.js").Walkable} walkable
   * @param {typeof import("../walk/engine.js")} walking
   * @param {{night: () => boolean, moved: (lonLat: [number, number]) => void, label: string}} how  `moved`: the reader dragged the place
   */
  constructor(publicMap, walkable, walking, how) {
    this.map = publicMap.map;
    this.scene = publicMap.scene;
    this.local = publicMap.local;
    this.walkable = walkable;
    this.walking = walking;
    this.how = how;
    this.#compounds = walkable.compounds.map(({ rings }) => this.#path(rings));
    this.#walk.addTo(this.map);
    this.reach = new CanvasLayer(this.local, (frame) => this.#paint(frame), { pane: "area", padding: 0.15 }).addTo(this.map);
  }

  /**
   * Each band on a sheet of its own, then laid on the map as one tint: where streets lie close the colour is no darker.
   * @param {import("../map/canvas_layer.js").Frame} frame
   */
  #paint({ ctx, k, tx, ty, ratio }) {
    if (this.#bands.length === 0) return;
    this.#sheet.width = ctx.canvas.width;
    this.#sheet.height = ctx.canvas.height;
    const sheet = /** @type {CanvasRenderingContext2D} */ (this.#sheet.getContext("2d"));
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    this.#bands.forEach((band, nth) => {
      sheet.setTransform(1, 0, 0, 1, 0, 0);
      sheet.clearRect(0, 0, this.#sheet.width, this.#sheet.height);
      sheet.setTransform(ratio * k, 0, 0, ratio * k, ratio * tx, ratio * ty);
      this.#band(sheet, band);
      ctx.globalAlpha = this.#walked ? SHADE[nth] / 2 : SHADE[nth];
      ctx.drawImage(this.#sheet, 0, 0);
    });
    ctx.globalAlpha = 1;
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  }

  /**
   * Along the streets reached, but into no compound except from its gates, and never over water.
   * @param {CanvasRenderingContext2D} sheet
   * @param {Band} band
   */
  #band(sheet, { streets, yards }) {
    sheet.strokeStyle = sheet.fillStyle = this.how.night() ? "#ffd27a" : "#2d5f94";
    sheet.lineCap = sheet.lineJoin = "round";
    sheet.lineWidth = 2 * BESIDE_M;
    sheet.stroke(streets);
    sheet.globalCompositeOperation = "destination-out";
    for (const compound of this.#compounds) sheet.fill(compound, "evenodd");
    sheet.globalCompositeOperation = "source-over";
    for (const { compound, at, radius } of yards) {
      sheet.save();
      sheet.clip(this.#compounds[compound], "evenodd");
      sheet.beginPath();
      sheet.arc(at[0], at[1], radius, 0, 2 * Math.PI);
      sheet.fill();
      sheet.restore();
    }
    sheet.globalCompositeOperation = "destination-out";
    sheet.fill(this.scene.waterAreas);
    sheet.globalCompositeOperation = "source-over";
  }

  /**
   * @param {import("../walk/walks.js").Reaching | null} start  null to clear
   * @param {(minutes: number) => number} metres  of cost, in so many minutes
   * @param {number} [count]  of the bands, from the widest
   */
  bands(start, metres = () => 0, count = BANDS.length) {
    this.#bands = start ? BANDS.slice(0, count).map((minutes) => this.#reach(start, metres(minutes))) : [];
    this.reach.redraw();
  }

  /**
   * @param {import("../walk/walks.js").Reaching} start
   * @param {number} limit
   * @returns {Band}
   */
  #reach(start, limit) {
    const { detour } = this.walkable;
    const yards = this.walking.entered(start, limit).map(({ compound, at, left }) => ({ compound, at: this.#local(at), radius: left / detour }));
    if (start.compound >= 0) yards.push({ compound: start.compound, at: this.#local(start.at), radius: limit / detour });
    return { streets: this.#path(this.walking.reached(start, limit)), yards };
  }

  /** @param {XY} at  metric */
  #local([x, y]) {
    return this.local.xy(this.walkable.plane.lonLat(x, y));
  }

  /** @param {XY[][]} lines  metric */
  #path(lines) {
    const path = new Path2D();
    for (const line of lines)
      line.forEach((at, nth) => {
        const [east, down] = this.#local(at);
        if (nth === 0) path.moveTo(east, down);
        else path.lineTo(east, down);
      });
    return path;
  }

  /** Set or move the place one walks from. @param {[number, number] | null} at */
  origin(at) {
    if (at === null) {
      this.#origin?.remove();
      this.#origin = null;
      return;
    }
    if (this.#origin) {
      this.#origin.setLatLng([at[1], at[0]]);
      return;
    }
    const icon = L.divIcon({ className: "origin", html: h("span", { class: "origin-disc" }), iconSize: [44, 44] });
    const marker = L.marker([at[1], at[0]], { icon, draggable: true, keyboard: false, alt: this.how.label, zIndexOffset: 2000 });
    marker.on("dragend", () => {
      const { lng, lat } = marker.getLatLng();
      this.how.moved([lng, lat]);
    });
    this.#origin = marker.addTo(this.map);
    marker.getElement()?.setAttribute("role", "img");
    marker.getElement()?.setAttribute("aria-label", this.how.label);
  }

  /**
   * Draw a walk, and come to see it whole.
   * @param {XY[]} line  metric; none to clear
   * @param {import("../map/camera.js").Camera} camera
   */
  walk(line, camera) {
    this.#walk.clearLayers();
    this.#walked = line.length > 1;
    this.reach.redraw();
    if (!this.#walked) return;
    const places = line.map(([x, y]) => {
      const [lon, lat] = this.walkable.plane.lonLat(x, y);
      return /** @type {[number, number]} */ ([lat, lon]);
    });
    for (const [className, weight] of /** @type {const} */ ([["walk-halo", 11], ["walk", 6]]))
      L.polyline(places, { pane: "walk", interactive: false, fill: false, className, weight }).addTo(this.#walk);
    L.circleMarker(places[places.length - 1], { radius: 7, className: "walk-end", interactive: false, pane: "walk" }).addTo(this.#walk);
    this.map.fitBounds(L.latLngBounds(places).pad(0.15), { ...camera.room(), maxZoom: 16.75 });
  }
}
