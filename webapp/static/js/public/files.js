/** The site's own files. The only script of the public pages that fetches. */

/** From the page to the root of the site: "" or "../". */
export const ROOT = document.documentElement.dataset.root ?? "";

/** @type {Map<string, Promise<any>>} */
const asked = new Map();

/**
 * @param {string} name
 * @param {(reply: Response) => Promise<any>} read
 */
function once(name, read) {
  const before = asked.get(name);
  if (before) return before;
  const answer = fetch(ROOT + name).then((reply) => {
    if (!reply.ok) throw new Error(`${name}: ${reply.status}`);
    return read(reply);
  });
  asked.set(name, answer);
  answer.catch(() => asked.delete(name));
  return answer;
}

/**
 * @param {string} name  "data/places.json"
 * @returns {Promise<any>}
 */
export const json = (name) => once(name, (reply) => reply.json());

/**
 * @param {string} name
 * @returns {Promise<ArrayBuffer>}
 */
export const bytes = (name) => once(name, (reply) => reply.arrayBuffer());

/** What the page itself says: `page`, `bounds`, `night`, `sketch`. @returns {{page: string, bounds: [number, number, number, number], night: boolean, sketch: boolean}} */
export const config = () => JSON.parse(document.getElementById("config")?.textContent ?? "{}");
