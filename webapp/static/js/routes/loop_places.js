/** The places a loop is asked by, and the proposal that is shown. Pure. */

/** @typedef {import("./url.js").RoutesState} RoutesState */
/** @typedef {import("./url.js").LonLat} LonLat */

const MOST = 6; // must-pass or must-avoid

/**
 * What a press on the map changes.
 * @param {RoutesState} state
 * @param {import("./loop_form.js").Press} press
 * @param {LonLat} place
 * @returns {Partial<RoutesState>}
 */
export function pressed(state, press, [lon, lat]) {
  const place = /** @type {LonLat} */ ([Number(lon.toFixed(5)), Number(lat.toFixed(5))]);
  const again = { proposal: 1, item: null, at: null };
  if (press === "start") return { start: place, asked: true, ...again };
  return { [press]: [...state[press], place].slice(-MOST), ...again };
}

/**
 * @param {Pick<RoutesState, "start" | "through" | "avoid">} state
 * @returns {Record<string, Api.Collection>}
 */
export function placesOf({ start, through, avoid }) {
  return { ...(start && { start: collection("start", [start]) }), through: collection("through", through), avoid: collection("avoid", avoid) };
}

/**
 * The features of one proposal, the lines of the others faint beneath.
 * @param {Record<string, Api.Collection>} features
 * @param {number} proposal  from 1
 * @returns {Record<string, Api.Collection>}
 */
export function loopShown(features, proposal) {
  const loops = features.loops?.features ?? [];
  const chosen = loops[Math.min(proposal, loops.length) - 1];
  const own = (/** @type {string} */ layer) => (features[layer]?.features ?? []).filter(({ properties }) => properties?.loop === chosen?.id);
  return {
    ...features,
    loops: { type: "FeatureCollection", features: chosen ? [chosen] : [] },
    others: { type: "FeatureCollection", features: loops.filter((loop) => loop !== chosen) },
    marks: { type: "FeatureCollection", features: own("marks").filter(({ properties }) => properties?.kind !== "start") }, // the start has its sign
    stretches: { type: "FeatureCollection", features: own("along") },
    crossings: { type: "FeatureCollection", features: own("crossings") },
  };
}

/**
 * The answer with its facts told of one proposal.
 * @param {Api.Answer} answer  whose facts are of the best
 * @param {Api.Collection | undefined} loops
 * @param {number} proposal  from 1
 * @returns {Api.Answer}
 */
export function ofProposal(answer, loops, proposal) {
  const own = loops?.features[proposal - 1]?.properties ?? {};
  return { ...answer, facts: Object.fromEntries(Object.entries(answer.facts).map(([key, fact]) => [key, key in own ? { ...fact, value: own[key] } : fact])) };
}

/**
 * @param {string} name
 * @param {readonly LonLat[]} places
 * @returns {Api.Collection}
 */
export function collection(name, places) {
  return { type: "FeatureCollection", features: places.map((coordinates, i) => ({ type: "Feature", id: `${name}-${i + 1}`, properties: {}, geometry: { type: "Point", coordinates: [...coordinates] } })) };
}
