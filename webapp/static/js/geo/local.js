/** Longitude and latitude as metres on the sheet of paper that the page draws on. For drawing only: nothing is measured with it. */

const EARTH_M = 6378137;
const RAD = Math.PI / 180;

/** @typedef {[number, number]} XY */

/**
 * Mercator scaled to true metres at one place, x east and y down: small enough numbers for a canvas path, the same shape as the map's.
 */
export class Local {
  /**
   * @param {number} lon  degrees, the origin
   * @param {number} lat
   */
  constructor(lon, lat) {
    this.lon = lon;
    this.lat = lat;
    this.scale = EARTH_M * Math.cos(lat * RAD);
    this.north = mercator(lat);
  }

  /**
   * @param {number[]} position  longitude, latitude in degrees
   * @returns {XY} metres east and south of the origin
   */
  xy([lon, lat]) {
    return [(lon - this.lon) * RAD * this.scale, (this.north - mercator(lat)) * this.scale];
  }

  /**
   * @param {XY} xy
   * @returns {XY} longitude, latitude
   */
  lonLat([x, y]) {
    return [this.lon + x / this.scale / RAD, (2 * Math.atan(Math.exp(this.north - y / this.scale)) - Math.PI / 2) / RAD];
  }

  /**
   * Pixels of the web map per metre here.
   * @param {number} zoom
   */
  pixelsPerMetre(zoom) {
    return (256 * 2 ** zoom) / (2 * Math.PI * this.scale);
  }
}

/** @param {number} lat */
function mercator(lat) {
  return Math.log(Math.tan(Math.PI / 4 + (lat * RAD) / 2));
}
