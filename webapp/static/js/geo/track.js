/** A route as a thing one runs a finger along: metres from its start ↔ a place on the sheet. */
import { chainageOf, part, placeAt } from "./line.js";
import { length, lines } from "./shapes.js";

/** @typedef {import("./local.js").XY} XY */
/** @typedef {import("./local.js").Local} Local */

export class Track {
  /**
   * @param {XY[][]} pieces  in walking order
   * @param {number} metres  how long the server says it is; the drawing is stretched to that
   */
  constructor(pieces, metres) {
    this.pieces = pieces;
    this.metres = metres;
    this.drawn = pieces.map(length);
    const whole = this.drawn.reduce((sum, one) => sum + one, 0);
    this.scale = whole > 0 && metres > 0 ? metres / whole : 1;
  }

  /**
   * The track of a route's features, in their order; null where nothing is drawn.
   * @param {Api.Feature[]} features
   * @param {Local} local
   * @param {number | null} [metres]  as drawn where none is told
   */
  static of(features, local, metres = null) {
    const pieces = features.flatMap(({ geometry }) => lines(geometry, local)).filter((line) => line.length > 1);
    if (pieces.length === 0) return null;
    return new Track(pieces, metres ?? pieces.reduce((sum, piece) => sum + length(piece), 0));
  }

  /**
   * @param {number} chainage  metres; before the start is the start, beyond the end the end
   * @returns {XY}
   */
  place(chainage) {
    let left = Math.max(0, chainage) / this.scale;
    for (const [i, piece] of this.pieces.entries()) {
      if (left <= this.drawn[i] || i === this.pieces.length - 1) return placeAt(piece, left);
      left -= this.drawn[i];
    }
    return this.pieces[0][0];
  }

  /**
   * Where along the route a place lies, and how far beside it.
   * @param {XY} place
   * @returns {{chainage: number, away: number}} metres
   */
  nearest(place) {
    let before = 0;
    let best = { chainage: 0, away: Infinity };
    for (const [i, piece] of this.pieces.entries()) {
      const at = chainageOf(piece, place);
      const [x, y] = placeAt(piece, at);
      const away = Math.hypot(x - place[0], y - place[1]);
      if (away < best.away) best = { chainage: (before + at) * this.scale, away };
      before += this.drawn[i];
    }
    return best;
  }

  /**
   * The part between two chainages, for drawing.
   * @param {number} from
   * @param {number} to
   * @returns {XY[][]}
   */
  between(from, to) {
    let before = 0;
    /** @type {XY[][]} */
    const parts = [];
    for (const [i, piece] of this.pieces.entries()) {
      const [low, high] = [Math.max(0, from / this.scale - before), Math.min(this.drawn[i], to / this.scale - before)];
      if (high > low) parts.push(part(piece, low, high));
      before += this.drawn[i];
    }
    return parts;
  }
}
