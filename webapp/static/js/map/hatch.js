/** The 45° hatch that means "unknown". */

const STEP = 7; // pixels

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {string} ground
 * @param {string} line
 * @param {number} perPixel  units of the drawing per pixel, so that the hatch keeps its pitch at every zoom
 * @returns {CanvasPattern}
 */
export function hatch(ctx, ground, line, perPixel) {
  const tile = document.createElement("canvas");
  tile.width = tile.height = STEP * 4;
  const pen = /** @type {CanvasRenderingContext2D} */ (tile.getContext("2d"));
  pen.scale(4, 4);
  pen.fillStyle = ground;
  pen.fillRect(0, 0, STEP, STEP);
  pen.strokeStyle = line;
  pen.lineWidth = 1.3;
  pen.beginPath();
  for (const shift of [-STEP, 0, STEP]) {
    pen.moveTo(shift - 1, STEP + 1);
    pen.lineTo(shift + STEP + 1, -1);
  }
  pen.stroke();
  const pattern = /** @type {CanvasPattern} */ (ctx.createPattern(tile, "repeat"));
  pattern.setTransform(new DOMMatrix().scale(perPixel / 4));
  return pattern;
}
