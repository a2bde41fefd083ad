/** The colours of the ground by day and by night. */

const DAY = {
  outside: "#efebe2",
  veil: "rgba(239,235,226,.55)",
  paper: "#f6f3ec",
  boundary: "#6b675d",
  water: "#b9d8ea",
  waterEdge: "#8dbcd8",
  green: "#c9dfb6",
  greenEdge: "#a9c993",
  compound: "#e9e3d6",
  compoundEdge: "#f6f3ec",
  building: "rgba(43,42,39,.08)",
  road: "#ffffff",
  casing: "#d8d0c0",
  bridge: "#b3a78f",
  path: "#ffffff",
  pathEdge: "#cfc6b4",
  private: "rgba(255,255,255,.75)",
  railway: "#8a867b",
  railwayGap: "#f6f3ec",
  wall: "#b7ae9c",
  covered: "#d5e8e2",
  coveredHome: "rgba(62,124,107,.26)",
  gapHome: "rgba(122,46,8,.25)",
  unknown: "#e4e2dd",
  hatch: "#b4afa4",
  unknownHome: "rgba(43,42,39,.16)",
  gapEdge: "#b4521d",
  unknownEdge: "#8a867b",
  ink: "#2b2a27",
  quiet: "#5f5b52",
  halo: "rgba(255,255,255,.92)",
  waterInk: "#2c6a94",
  greenInk: "#2f6b3a",
  roadInk: "#5f5b52",
};

/** @typedef {typeof DAY} Look */

/** @type {Look} */
const NIGHT = {
  outside: "#0d1422",
  veil: "rgba(13,20,34,.5)",
  paper: "#121a2b",
  boundary: "#5c6a86",
  water: "#17324f",
  waterEdge: "#22466c",
  green: "#1c3a34",
  greenEdge: "#27504a",
  compound: "#172135",
  compoundEdge: "#121a2b",
  building: "rgba(150,170,215,.13)",
  road: "#33425f",
  casing: "#1b2740",
  bridge: "#0d1422",
  path: "#33425f",
  pathEdge: "#1b2740",
  private: "rgba(51,66,95,.6)",
  railway: "#46546f",
  railwayGap: "#121a2b",
  wall: "#3b4864",
  covered: "#1f3b40",
  coveredHome: "rgba(126,196,178,.32)",
  gapHome: "rgba(255,214,170,.4)",
  unknown: "#232c3d",
  hatch: "#4a566e",
  unknownHome: "rgba(190,200,220,.2)",
  gapEdge: "#f3a35f",
  unknownEdge: "#7784a0",
  ink: "#e8ecf5",
  quiet: "#a9b4c8",
  halo: "rgba(13,20,34,.9)",
  waterInk: "#7fb2dd",
  greenInk: "#74b77f",
  roadInk: "#a9b6cf",
};

/**
 * @param {boolean} night
 * @returns {Look}
 */
export function look(night) {
  return night ? NIGHT : DAY;
}

const NIGHT_RAMP = ["#4a3524", "#7a4f28", "#b06a2c", "#dd7f37"];

/**
 * The colour of a gap class by day as the server gives it; by night a darker ramp that climbs in the same order.
 * @param {Api.GapClass[]} classes
 * @param {number} at
 * @param {boolean} night
 */
export function gapColor(classes, at, night) {
  return night ? NIGHT_RAMP[Math.min(at, NIGHT_RAMP.length - 1)] : classes[at].color;
}

/**
 * Which class of the gap ramp a distance beyond falls in.
 * @param {Api.GapClass[]} classes  in rising order
 * @param {number | null | undefined} beyond  metres; none within reach (null) is the farthest class
 */
export function gapClass(classes, beyond) {
  if (beyond === null || beyond === undefined) return classes.length - 1;
  const at = classes.findIndex(({ to_m }) => to_m === null || beyond <= to_m);
  return at < 0 ? classes.length - 1 : at;
}
