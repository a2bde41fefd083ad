/** GCJ-02, the shifted coordinates that maps and some apps in China hand out, there and back; as wanli_geo/workspace/datums.py has it. */

/** @typedef {[number, number]} LonLat */

const BOX = [72.004, 0.8293, 137.8347, 55.8271]; // west, south, east, north: where GCJ-02 shifts
const AXIS_M = 6378245; // Krasovsky 1940
const E2 = 0.00669342162296594323;
const ROUNDS = 12; // each brings the inverse at least 20 times nearer
const RAD = Math.PI / 180;

/**
 * @param {LonLat} place  WGS84
 * @returns {LonLat} GCJ-02
 */
export function toGcj02(place) {
  return inBox(place) ? shifted(place) : place;
}

/**
 * @param {LonLat} place  GCJ-02
 * @returns {LonLat} WGS84
 */
export function fromGcj02([lon, lat]) {
  /** @type {LonLat} */
  let guess = [lon, lat];
  for (let round = 0; round < ROUNDS; round++) {
    const [x, y] = shifted(guess);
    guess = [guess[0] + lon - x, guess[1] + lat - y];
  }
  return inBox(guess) ? guess : [lon, lat];
}

/** @param {LonLat} place */
function inBox([lon, lat]) {
  return lon >= BOX[0] && lon <= BOX[2] && lat >= BOX[1] && lat <= BOX[3];
}

/**
 * The shift applied everywhere, inside the box or not.
 * @param {LonLat} place
 * @returns {LonLat}
 */
function shifted([lon, lat]) {
  const [x, y] = [lon - 105, lat - 35];
  const sin = (/** @type {number} */ of) => Math.sin(of * Math.PI);
  const root = Math.sqrt(Math.abs(x));
  const ripple = 20 * sin(6 * x) + 20 * sin(2 * x);
  const north =
    -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + ((ripple + 20 * sin(y) + 40 * sin(y / 3) + 160 * sin(y / 12) + 320 * sin(y / 30)) * 2) / 3;
  const east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + ((ripple + 20 * sin(x) + 40 * sin(x / 3) + 150 * sin(x / 12) + 300 * sin(x / 30)) * 2) / 3;
  const w2 = 1 - E2 * Math.sin(lat * RAD) ** 2;
  const meridian = (AXIS_M * (1 - E2)) / (w2 * Math.sqrt(w2));
  const parallel = (AXIS_M / Math.sqrt(w2)) * Math.cos(lat * RAD);
  return [lon + east / parallel / RAD, lat + north / meridian / RAD];
}
