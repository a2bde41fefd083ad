/** Packs of whole numbers, as wanli_geo/publish/packing.py writes and explains them. */

const MAGIC = 0x31504c57; // "WLP1"

/**
 * @typedef {object} Pack
 * @property {Record<string, any>} header
 * @property {Record<string, Float64Array>} arrays
 */

/**
 * @param {ArrayBuffer} buffer
 * @returns {Pack}
 */
export function unpack(buffer) {
  const view = new DataView(buffer);
  if (buffer.byteLength < 8 || view.getUint32(0, true) !== MAGIC) throw new Error("this is no pack");
  const length = view.getUint32(4, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 8, length)));
  const bytes = new Uint8Array(buffer, 8 + length);
  /** @type {Record<string, Float64Array>} */
  const arrays = {};
  let at = 0;
  for (const [name, count] of header.arrays) {
    const values = new Float64Array(count);
    at = numbers(bytes, at, values);
    sum(values, header.steps[name] ?? 0);
    arrays[name] = values;
  }
  return { header, arrays };
}

/**
 * Read zigzag LEB128 numbers. Products, not shifts: degrees take more than 31 bits.
 * @param {Uint8Array} bytes
 * @param {number} at
 * @param {Float64Array} values  filled
 */
function numbers(bytes, at, values) {
  for (let i = 0; i < values.length; i++) {
    let value = 0;
    let scale = 1;
    let byte;
    do {
      byte = bytes[at++];
      value += (byte & 127) * scale;
      scale *= 128;
    } while (byte > 127);
    values[i] = value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }
  return at;
}

/**
 * Undo the differences to the number `step` before.
 * @param {Float64Array} values
 * @param {number} step  0 for none
 */
function sum(values, step) {
  if (step > 0) for (let i = step; i < values.length; i++) values[i] += values[i - step];
}

/**
 * Geometries of a pack: of each its kind (0 points, 1 lines, 2 areas) and its parts, rings and positions.
 * @param {Pack} pack
 * @param {string} name
 * @param {(x: number, y: number) => [number, number]} place  of a pair of whole numbers
 * @returns {{kind: number, parts: [number, number][][][]}[]}
 */
export function shapes({ arrays }, name, place) {
  const [kinds, parts, rings, vertices, xy] = ["kind", "parts", "rings", "vertices", "xy"].map((part) => arrays[`${name}.${part}`]);
  let [part, ring, at] = [0, 0, 0];
  const line = () => Array.from({ length: vertices[ring++] }, () => place(xy[at++], xy[at++]));
  return Array.from(kinds, (kind, i) => ({ kind, parts: Array.from({ length: parts[i] }, () => Array.from({ length: rings[part++] }, line)) }));
}
