/** The names on the map: gathered in the order of their weight, placed where there is room, written with a halo. */
import { along } from "./along.js";
import { Places } from "./place.js";
import { wrap } from "./wrap.js";
import { nameOf } from "../say/name.js";

/** @typedef {import("../map/canvas_layer.js").Frame} Frame */
/** @typedef {import("../map/scene.js").Names} Names */
/** @typedef {import("../map/scene.js").NamedLine} NamedLine */
/** @typedef {import("../map/scene.js").NamedArea} NamedArea */
/** @typedef {import("../map/look.js").Look} Look */
/** @typedef {import("./place.js").Box} Box */
/** @typedef {import("../geo/local.js").XY} XY */
/** @typedef {{at: XY, radius: number, text?: string}} Sign  local metres; `radius` and the text beside it in pixels */

const FAMILY = '"Noto Sans SC", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif';
const LEAST_ZOOM = { road: 13, lane: 15.25, path: 16, private: 99 };

/** Writes names into one frame. */
class Writer {
  #places = new Places();

  /**
   * @param {Frame} frame
   * @param {Look} look
   * @param {Api.Lang} lang
   */
  constructor(frame, look, lang) {
    this.frame = frame;
    this.look = look;
    this.lang = lang;
    frame.ctx.textAlign = "center";
    frame.ctx.textBaseline = "middle";
    frame.ctx.lineJoin = "round";
  }

  /**
   * @param {XY} at  local metres
   * @returns {XY} pixels
   */
  pixel([x, y]) {
    return [x * this.frame.k + this.frame.tx, y * this.frame.k + this.frame.ty];
  }

  /** @param {Sign[]} signs */
  keepClear(signs) {
    for (const { at, radius } of signs) {
      const [x, y] = this.pixel(at);
      this.#places.block([[x - radius, y - radius, x + radius, y + radius]]);
    }
  }

  /**
   * Write a name along a line, once a stretch.
   * @param {NamedLine} named
   * @param {{size: number, color: string, italic?: boolean, spacing?: number, every?: number, most?: number}} how
   */
  line(named, { size, color, italic = false, spacing = 0.12, every = 460, most = Infinity }) {
    const text = nameOf(named.name, this.lang);
    const stacked = /\p{Script=Han}/u.test(text);
    const { ctx } = this.frame;
    ctx.font = `${italic ? "italic " : ""}500 ${size}px ${FAMILY}`;
    const glyphs = [...text];
    const advances = glyphs.map((glyph) => (stacked ? size : ctx.measureText(glyph).width) + (stacked ? spacing * size : 0.4));
    for (const line of named.lines) {
      for (const run of this.stretches(line)) {
        for (const spots of along(run, advances, { stacked, every })) {
          const half = size * 0.58;
          if (!this.#places.take(spots.map(({ x, y }) => /** @type {Box} */ ([x - half, y - half, x + half, y + half])))) continue;
          this.#glyphs(glyphs, spots, color);
          if (--most === 0) return;
        }
      }
    }
  }

  /**
   * The parts of a line that lie in the picture, in pixels.
   * @param {XY[]} line
   * @returns {XY[][]}
   */
  stretches(line) {
    const { width, height } = this.frame;
    /** @type {XY[][]} */
    const runs = [];
    /** @type {XY[]} */
    let run = [];
    for (const at of line) {
      const pixel = this.pixel(at);
      const seen = pixel[0] > -40 && pixel[1] > -40 && pixel[0] < width + 40 && pixel[1] < height + 40;
      if (seen) run.push(pixel);
      else if (run.length > 0) {
        runs.push([...run, pixel]);
        run = [];
      }
    }
    return [...runs, run].filter((one) => one.length > 1);
  }

  /**
   * Write a name level in an area, on one line or two, if it fits there; `anyway`: even where it does not.
   * @param {NamedArea} named
   * @param {{size: number, color: string, weight?: number, anyway?: boolean}} how
   */
  area(named, { size, color, weight = 500, anyway = false }) {
    const text = nameOf(named.name, this.lang);
    const { ctx, k } = this.frame;
    ctx.font = `${weight} ${size}px ${FAMILY}`;
    const room = named.seat.width * k * 1.3;
    const measure = (/** @type {string} */ part) => ctx.measureText(part).width;
    const parts = wrap(text, room, measure) ?? (anyway ? [text] : null);
    if (parts === null) return;
    if (!anyway && parts.length * size * 1.2 > named.seat.height * k * 3.5) return;
    this.#block(parts, this.pixel(named.seat.at), size, color, measure);
  }

  /**
   * Write a short text beside a sign.
   * @param {Sign} sign
   * @param {{size: number, color: string}} how
   */
  beside(sign, { size, color }) {
    const { ctx } = this.frame;
    ctx.font = `500 ${size}px ${FAMILY}`;
    const text = sign.text ?? "";
    const width = ctx.measureText(text).width;
    const [x, y] = this.pixel(sign.at);
    const gap = sign.radius + 4 + width / 2;
    const below = sign.radius + 3 + size / 2;
    for (const [dx, dy] of [
      [gap, 0],
      [-gap, 0],
      [0, below],
      [0, -below],
    ]) {
      const box = /** @type {Box} */ ([x + dx - width / 2, y + dy - size * 0.6, x + dx + width / 2, y + dy + size * 0.6]);
      if (!this.#places.take([box])) continue;
      this.#text(text, x + dx, y + dy, color);
      return;
    }
  }

  /**
   * @param {string[]} parts
   * @param {XY} middle
   * @param {number} size
   * @param {string} color
   * @param {(text: string) => number} measure
   */
  #block(parts, [x, y], size, color, measure) {
    const widest = Math.max(...parts.map(measure));
    const pitch = size * 1.22;
    const tall = parts.length * pitch;
    if (!this.#places.take([[x - widest / 2 - 3, y - tall / 2 - 1, x + widest / 2 + 3, y + tall / 2 + 1]])) return;
    parts.forEach((part, i) => this.#text(part, x, y - tall / 2 + (i + 0.5) * pitch, color));
  }

  /**
   * @param {string} text
   * @param {number} x
   * @param {number} y
   * @param {string} color
   */
  #text(text, x, y, color) {
    const { ctx } = this.frame;
    ctx.strokeStyle = this.look.halo;
    ctx.lineWidth = 3.4;
    ctx.strokeText(text, x, y);
    ctx.fillStyle = color;
    ctx.fillText(text, x, y);
  }

  /**
   * All halos first, so that no glyph is cut by its neighbour's.
   * @param {string[]} glyphs
   * @param {import("./along.js").Glyph[]} spots
   * @param {string} color
   */
  #glyphs(glyphs, spots, color) {
    const { ctx } = this.frame;
    ctx.strokeStyle = this.look.halo;
    ctx.lineWidth = 3.2;
    ctx.fillStyle = color;
    for (const draw of [/** @type {const} */ ("strokeText"), /** @type {const} */ ("fillText")]) {
      spots.forEach(({ x, y, turn }, i) => {
        ctx.save();
        ctx.translate(x, y);
        ctx.rotate(turn);
        ctx[draw](glyphs[i], 0, 0);
        ctx.restore();
      });
    }
  }
}

/**
 * @param {Frame} frame
 * @param {Names} names
 * @param {Look} look
 * @param {{lang: Api.Lang, signs: Sign[], chosen: string | null, larger?: number}} what  `chosen`: the compound whose name is always written;
 *   `larger`: how many times as large as on the desk
 */
export function paintLabels(frame, names, look, { lang, signs, chosen, larger = 1 }) {
  const writer = new Writer(frame, look, lang);
  const { zoom } = frame;
  writer.keepClear(signs);
  const size = larger * (zoom < 14.25 ? 10.5 : zoom < 16.5 ? 12 : 13);

  for (const named of names.compoundNames)
    if (named.id === chosen) writer.area(named, { size: size + 1, color: look.ink, weight: 700, anyway: true });
  for (const named of names.greenNames) writer.area(named, { size: size, color: look.greenInk, weight: 600 });
  for (const named of names.waterNames) writer.line(named, { size, color: look.waterInk, italic: true, spacing: 0.5, every: 700 });
  for (const named of names.streetNames)
    if (named.rank === "road" && zoom >= LEAST_ZOOM.road)
      writer.line(named, { size: size - 0.5, color: look.roadInk, every: zoom < 15 ? 620 : 520 });
  if (zoom >= 14) for (const named of names.compoundNames) writer.area(named, { size: size - 0.5, color: look.ink });
  for (const named of names.streetNames)
    if (named.rank !== "road" && zoom >= LEAST_ZOOM[named.rank])
      writer.line(named, { size: size - 1.5, color: look.roadInk, most: named.rank === "path" ? 2 : Infinity });
  if (zoom >= 15.75) for (const sign of signs) if (sign.text) writer.beside(sign, { size: size - 1, color: look.ink });
}
