/** Which unit lies under a place. */
import { box, inside, polygons } from "../geo/shapes.js";

/** @typedef {import("../geo/local.js").Local} Local */

/**
 * @param {Api.Feature[]} units
 * @param {Local} local
 * @returns {(lonLat: [number, number]) => Api.Feature | null} the smallest unit around the place
 */
export function picker(units, local) {
  const known = units.flatMap((unit) => polygons(unit.geometry, local).map((rings) => ({ unit, rings, around: box(rings[0]) })));
  known.sort((a, b) => size(a.around) - size(b.around));
  return (lonLat) => {
    const [x, y] = local.xy(lonLat);
    const found = known.find(
      ({ rings, around: [west, top, east, bottom] }) => x >= west && x <= east && y >= top && y <= bottom && inside([x, y], rings),
    );
    return found?.unit ?? null;
  };
}

/** @param {[number, number, number, number]} around */
function size([west, top, east, bottom]) {
  return (east - west) * (bottom - top);
}
