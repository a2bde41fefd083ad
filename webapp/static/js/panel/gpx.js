/** A line as a GPX 1.1 track, for a watch or a phone. */

/**
 * @param {string} name
 * @param {number[][]} places  longitude, latitude (WGS84)
 */
export function gpx(name, places) {
  const points = places.map(([lon, lat]) => `<trkpt lat="${lat}" lon="${lon}"/>`).join("");
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n<gpx version="1.1" creator="wanli-geo" xmlns="http://www.topografix.com/GPX/1/1">` +
    `<trk><name>${escaped(name)}</name><trkseg>${points}</trkseg></trk></gpx>\n`
  );
}

/** @param {string} text */
function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
