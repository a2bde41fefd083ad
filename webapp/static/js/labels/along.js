/** Text along a line: where each glyph stands and how it is turned. Pure geometry, in pixels. */

/** @typedef {import("../geo/local.js").XY} XY */
/** @typedef {{x: number, y: number, turn: number}} Glyph  the middle of the glyph; `turn` clockwise in radians */

const SHARPEST = 0.45; // radians between neighbouring glyphs: more reads as broken
const BENT = 1.0; // radians over the whole name

/**
 * Find the places along a line where a text can stand, the straightest first in each stretch.
 * @param {XY[]} line  pixels
 * @param {number[]} advances  width of each glyph
 * @param {{stacked: boolean, every?: number}} how  `stacked`: on a steep line the glyphs stand upright one below the other, as Chinese is set;
 *   `every`: one place per so many pixels of line
 * @returns {Glyph[][]} one list of glyphs a place
 */
export function along(line, advances, { stacked, every = 420 }) {
  const stations = chainage(line);
  const total = stations[stations.length - 1] ?? 0;
  const width = advances.reduce((sum, advance) => sum + advance, 0);
  if (advances.length === 0 || total < width * 1.15) return [];
  const stretches = Math.max(1, Math.round(total / every));
  return Array.from({ length: stretches }, (_, i) =>
    best(line, stations, advances, width, (i * total) / stretches, ((i + 1) * total) / stretches, stacked),
  ).filter((glyphs) => glyphs !== null);
}

/**
 * @param {XY[]} line
 * @param {number[]} stations
 * @param {number[]} advances
 * @param {number} width
 * @param {number} from
 * @param {number} to
 * @param {boolean} stacked
 */
function best(line, stations, advances, width, from, to, stacked) {
  const room = to - from - width;
  if (room < 0) return null;
  /** @type {Glyph[] | null} */
  let found = null;
  let least = BENT;
  for (const share of [0.5, 0.35, 0.65, 0.2, 0.8, 0.05, 0.95]) {
    const glyphs = set(line, stations, advances, width, from + room * share, stacked);
    const bend = bendOf(glyphs);
    if (bend < least - 0.08) [found, least] = [glyphs, bend];
  }
  return found;
}

/**
 * @param {XY[]} line
 * @param {number[]} stations
 * @param {number[]} advances
 * @param {number} width
 * @param {number} start
 * @param {boolean} stacked
 * @returns {Glyph[]}
 */
function set(line, stations, advances, width, start, stacked) {
  const [a, b] = [position(line, stations, start), position(line, stations, start + width)];
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const steep = Math.abs(dy) > Math.abs(dx) * 1.1;
  const upright = stacked && steep;
  const backwards = upright ? dy < 0 : steep ? dy > 0 : dx < 0;
  let done = 0;
  return advances.map((advance) => {
    const middle = done + advance / 2;
    done += advance;
    const at = position(line, stations, backwards ? start + width - middle : start + middle);
    return { x: at.x, y: at.y, turn: turned(at.turn + (backwards ? Math.PI : 0) - (upright ? Math.PI / 2 : 0)) };
  });
}

/** @param {Glyph[]} glyphs */
function bendOf(glyphs) {
  const turns = glyphs.slice(1).map((glyph, i) => Math.abs(turned(glyph.turn - glyphs[i].turn)));
  return turns.some((turn) => turn > SHARPEST) ? Infinity : turns.reduce((sum, turn) => sum + turn, 0);
}

/**
 * @param {XY[]} line
 * @returns {number[]} distance from the start to each vertex
 */
function chainage(line) {
  const stations = [0];
  for (let i = 1; i < line.length; i++)
    stations.push(stations[i - 1] + Math.hypot(line[i][0] - line[i - 1][0], line[i][1] - line[i - 1][1]));
  return stations;
}

/**
 * @param {XY[]} line
 * @param {number[]} stations
 * @param {number} at  distance from the start
 * @returns {Glyph}
 */
function position(line, stations, at) {
  let i = stations.findIndex((station) => station >= at);
  if (i < 1) i = at <= 0 ? 1 : line.length - 1;
  const [[x1, y1], [x2, y2]] = [line[i - 1], line[i]];
  const share = (at - stations[i - 1]) / (stations[i] - stations[i - 1] || 1);
  return { x: x1 + (x2 - x1) * share, y: y1 + (y2 - y1) * share, turn: Math.atan2(y2 - y1, x2 - x1) };
}

/** @param {number} angle brought to −π … π */
function turned(angle) {
  return Math.atan2(Math.sin(angle), Math.cos(angle));
}
