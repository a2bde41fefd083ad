/** Paints the ground: paper, green, water, compounds with what is known of them, houses, streets, railway, boundary. */
import { gapColor } from "./look.js";
import { hatch } from "./hatch.js";

/** @typedef {import("./canvas_layer.js").Frame} Frame */
/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Stroke} Stroke */
/** @typedef {import("./look.js").Look} Look */
/** @typedef {import("./cover.js").Cover} Cover */

/**
 * @param {Frame} frame
 * @param {Scene} scene
 * @param {Look} look
 * @param {{cover: Cover | null, night: boolean, faint: boolean, border?: boolean}} what  `faint`: the colours stand back for what is drawn over
 *   them; `border`: false where no boundary may be drawn as a line
 */
export function paintGround(frame, scene, look, { cover, night, faint, border = true }) {
  const { ctx, k, tx, ty, width, height, ratio, zoom } = frame;
  ctx.fillStyle = look.outside;
  ctx.fillRect(0, 0, width, height);
  ctx.setTransform(ratio * k, 0, 0, ratio * k, ratio * tx, ratio * ty);
  ctx.lineCap = ctx.lineJoin = "round";
  const px = 1 / k;

  fill(ctx, scene.boundary, look.paper);
  strokeAll(ctx, scene.greenLines, look.green, px, 1);
  fill(ctx, scene.greenAreas, look.green, look.greenEdge, px);
  fill(ctx, scene.compounds, look.compound, look.compoundEdge, px);
  if (cover) paintCover(ctx, cover, look, px, night, faint);
  strokeAll(ctx, scene.waterLines, look.waterEdge, px, 2.4, 2);
  strokeAll(ctx, scene.waterLines, look.water, px, 1.6);
  fill(ctx, scene.waterAreas, look.water, look.waterEdge, px);
  fill(ctx, scene.buildings, look.building);
  paintHomes(ctx, scene, cover, look, faint);

  strokeAll(ctx, scene.underpasses, look.casing, px, 1.5);
  if (zoom >= 14.5) strokeAll(ctx, scene.streets.private, look.private, px, 0.7);
  if (zoom >= 14) paintPaths(ctx, scene.streets.path, look, px, zoom);
  const [lane, road] = [zoom < 14 ? 0.7 : 1.5, zoom < 13.5 ? 1.4 : 2.6];
  strokeAll(ctx, scene.streets.lane, look.casing, px, lane, zoom < 14 ? 0.6 : 1.6);
  strokeAll(ctx, scene.streets.road, look.casing, px, road, 2.4);
  strokeAll(ctx, scene.streets.lane, look.road, px, lane);
  strokeAll(ctx, scene.streets.road, look.road, px, road);
  ctx.lineCap = "butt";
  strokeAll(ctx, scene.bridges, look.bridge, px, 2.6, 3);
  strokeAll(ctx, scene.bridges, look.road, px, 2.6);

  if (zoom >= 15.5) stroke(ctx, scene.walls, look.wall, px * 0.8);
  stroke(ctx, scene.railways, look.railway, px * (scene.station ? 0.7 : 3.4));
  if (!scene.station) stroke(ctx, scene.railways, look.railwayGap, px * 1.8, [px * 8, px * 8]);
  veil(frame, scene, look);
  if (cover) paintEdges(ctx, cover, look, px, faint);
  if (zoom >= 15.75 && !cover) paintGates(ctx, scene, look, px);
  if (border) stroke(ctx, scene.boundary, look.boundary, px * 1.5, [px * 9, px * 4, px * 1.5, px * 4]);
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {Cover} cover
 * @param {Look} look
 * @param {number} px
 * @param {boolean} night
 * @param {boolean} faint
 */
function paintCover(ctx, cover, look, px, night, faint) {
  ctx.globalAlpha = faint ? 0.12 : 1;
  fill(ctx, cover.covered, look.covered, look.compoundEdge, px);
  cover.gaps.forEach((path, at) => fill(ctx, path, gapColor(cover.classes, at, night), look.compoundEdge, px));
  ctx.fillStyle = hatch(ctx, look.unknown, look.hatch, px);
  ctx.fill(cover.unknown);
  ctx.globalAlpha = 1;
}

/**
 * What lies outside the boundary stands back.
 * @param {Frame} frame
 * @param {Scene} scene
 * @param {Look} look
 */
function veil({ ctx, k, tx, ty, width, height }, scene, look) {
  const outside = new Path2D();
  outside.rect(-tx / k, -ty / k, width / k, height / k);
  outside.addPath(scene.boundary);
  ctx.fillStyle = look.veil;
  ctx.fill(outside, "evenodd");
}

/**
 * Gaps and unknowns carry an outline too, so that a grey print still tells them.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Cover} cover
 * @param {Look} look
 * @param {number} px
 * @param {boolean} faint
 */
function paintEdges(ctx, cover, look, px, faint) {
  ctx.globalAlpha = faint ? 0.25 : 0.6;
  for (const path of cover.gaps) stroke(ctx, path, look.gapEdge, px * 1.1);
  stroke(ctx, cover.unknown, look.unknownEdge, px, [px * 4, px * 3]);
  ctx.globalAlpha = 1;
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {Scene} scene
 * @param {Cover | null} cover
 * @param {Look} look
 * @param {boolean} faint
 */
function paintHomes(ctx, scene, cover, look, faint) {
  if (!cover || faint) return fill(ctx, scene.homes, look.building);
  fill(ctx, cover.homesCovered, look.coveredHome);
  fill(ctx, cover.homesGap, look.gapHome);
  fill(ctx, cover.homesUnknown, look.unknownHome);
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {Stroke[]} paths
 * @param {Look} look
 * @param {number} px
 * @param {number} zoom
 */
function paintPaths(ctx, paths, look, px, zoom) {
  if (zoom >= 15.5) strokeAll(ctx, paths, look.pathEdge, px, 1.2, 1.2);
  strokeAll(ctx, paths, look.path, px, zoom >= 15.5 ? 1.2 : 0.9);
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {Scene} scene
 * @param {Look} look
 * @param {number} px
 */
function paintGates(ctx, scene, look, px) {
  const dots = new Path2D();
  for (const [x, y] of scene.gates) {
    dots.moveTo(x + 2.6 * px, y);
    dots.arc(x, y, 2.6 * px, 0, 2 * Math.PI);
  }
  fill(ctx, dots, look.road, look.quiet, px * 1.2);
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {Path2D} path
 * @param {string} color
 * @param {string} [edge]
 * @param {number} [width]
 */
function fill(ctx, path, color, edge, width = 1) {
  ctx.fillStyle = color;
  ctx.fill(path);
  if (edge) stroke(ctx, path, edge, width);
}

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {Path2D} path
 * @param {string} color
 * @param {number} width
 * @param {number[]} [dash]
 */
function stroke(ctx, path, color, width, dash = []) {
  ctx.strokeStyle = color;
  ctx.lineWidth = width;
  ctx.setLineDash(dash);
  ctx.stroke(path);
  ctx.setLineDash([]);
}

/**
 * Lines at their true width, never thinner than `least` pixels; `more` pixels wider where they are the casing.
 * @param {CanvasRenderingContext2D} ctx
 * @param {Stroke[]} strokes
 * @param {string} color
 * @param {number} px
 * @param {number} least
 * @param {number} [more]
 */
function strokeAll(ctx, strokes, color, px, least, more = 0) {
  for (const { path, width } of strokes) stroke(ctx, path, color, Math.max(width, least * px) + more * px);
}
