/** From degrees to the metres of the workspace and back, as wanli_geo/publish/plane.py fitted it. */

/** @typedef {[number, number]} XY */

/**
 * @typedef {object} Fitted
 * @property {number} degree
 * @property {XY} centre
 * @property {XY} half
 * @property {XY} origin
 * @property {XY} size
 * @property {XY[]} forth
 * @property {XY[]} back
 */

export class Plane {
  /** @param {Fitted} fitted */
  constructor(fitted) {
    this.fitted = fitted;
  }

  /**
   * @param {number} lon
   * @param {number} lat
   * @returns {XY} metres
   */
  xy(lon, lat) {
    const { centre, half, origin, forth } = this.fitted;
    return this.#sum((lon - centre[0]) / half[0], (lat - centre[1]) / half[1], forth, origin);
  }

  /**
   * @param {number} x
   * @param {number} y
   * @returns {XY} longitude, latitude
   */
  lonLat(x, y) {
    const { origin, size, centre, back } = this.fitted;
    return this.#sum((x - origin[0]) / size[0], (y - origin[1]) / size[1], back, centre);
  }

  /**
   * @param {number} x  -1 to 1 in the box
   * @param {number} y
   * @param {XY[]} terms  of x^i y^j for every i + j ≤ degree, by i, then j
   * @param {XY} start
   * @returns {XY}
   */
  #sum(x, y, terms, start) {
    let [first, second] = start;
    let at = 0;
    let power = 1;
    for (let i = 0; i <= this.fitted.degree; i++, power *= x) {
      let term = power;
      for (let j = 0; j <= this.fitted.degree - i; j++, term *= y, at++) {
        first += terms[at][0] * term;
        second += terms[at][1] * term;
      }
    }
    return [first, second];
  }
}
