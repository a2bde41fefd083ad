/** A Leaflet renderer that draws one picture by one function, redrawn when the map rests. */
import * as L from "/vendor/leaflet/leaflet-src.esm.js";

/**
 * @typedef {object} Frame
 * @property {CanvasRenderingContext2D} ctx  in CSS pixels
 * @property {number} zoom
 * @property {number} k   pixels per local metre
 * @property {number} tx  pixels: the local origin in the picture
 * @property {number} ty
 * @property {number} width  pixels of the picture, wider than the window
 * @property {number} height
 * @property {number} ratio  device pixels per pixel
 */

const SHARPEST = 2; // device pixels per pixel: more costs memory on a phone and shows nothing

export class CanvasLayer extends L.Renderer {
  /**
   * @param {import("../geo/local.js").Local} local
   * @param {(frame: Frame) => void} paint
   * @param {{pane: string, padding?: number}} options
   */
  constructor(local, paint, options) {
    super(L.extend({ padding: 0.35 }, options));
    this.local = local;
    this.paint = paint;
    this._layers = {};
  }

  /** Draw again now. */
  redraw() {
    if (this._map) this._update();
  }

  _initContainer() {
    this._container = document.createElement("canvas");
    this._container.setAttribute("aria-hidden", "true");
  }

  _destroyContainer() {
    this._container.remove();
  }

  /** Leaflet calls it for the vector layers of a renderer; this one has none. */
  _updatePaths() {}

  /** Called by Leaflet when the map has come to rest. @override */
  _update() {
    const map = this._map;
    if (map._animatingZoom && this._bounds) return;
    super._update();
    const min = /** @type {L.Point} */ (this._bounds.min);
    const { x: width, y: height } = this._bounds.getSize();
    const printed = window.matchMedia("print").matches;
    const ratio = printed ? SHARPEST : Math.min(SHARPEST, window.devicePixelRatio || 1);
    const canvas = this._container;
    L.DomUtil.setPosition(canvas, min);
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
    const ctx = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    const zoom = map.getZoom();
    const origin = map.project([this.local.lat, this.local.lon], zoom).subtract(map.getPixelOrigin()).subtract(min);
    this.paint({ ctx, zoom, k: this.local.pixelsPerMetre(zoom), tx: origin.x, ty: origin.y, width, height, ratio });
    if (printed) asPixels(ctx);
  }
}

/**
 * Have a picture printed as the pixels it is. Chromium prints one drawn while printing stroke by stroke, with white for what is clear, so
 * that it hides all beneath; one that was read and touched again it prints as pixels.
 * @param {CanvasRenderingContext2D} ctx
 */
function asPixels(ctx) {
  const corner = ctx.getImageData(0, 0, 1, 1);
  ctx.putImageData(corner, 0, 0);
  ctx.getImageData(0, 0, 1, 1);
}
