/** The server's answers as objects. The only file that fetches. */
import { whenOf } from "./state/when.js";

export class ApiError extends Error {
  /**
   * @param {string} zh
   * @param {string} en
   * @param {number} status  HTTP status; 0 where no answer came
   */
  constructor(zh, en, status) {
    super(en);
    this.zh = zh;
    this.en = en;
    this.status = status;
  }
}

/** @type {Map<string, Promise<any>>} */
const asked = new Map();

/**
 * Ask once per address: the same question is not sent twice in one visit, an answer that failed may be asked again.
 * @param {string} address
 * @returns {Promise<any>}
 */
function ask(address) {
  const before = asked.get(address);
  if (before) return before;
  const answer = get(address);
  asked.set(address, answer);
  answer.catch(() => asked.delete(address));
  return answer;
}

/** @param {string} address */
const get = (address) => fetched(address, { headers: { Accept: "application/json" } });

/**
 * @param {string} address
 * @param {RequestInit} how
 */
async function fetched(address, how) {
  const reply = await fetch(address, how).catch(() => {
    throw unreachable();
  });
  return told(reply.status, await reply.json().catch(() => null));
}

function unreachable() {
  return new ApiError(
    "连不上服务。请确认万里程序仍在运行，然后重试。",
    "The server does not answer. Check that it is still running, then try again.",
    0,
  );
}

/**
 * @param {number} status
 * @param {any} body  null where it is no JSON
 */
function told(status, body) {
  if (status >= 200 && status < 300 && body !== null) return body;
  throw new ApiError(
    body?.error?.zh ?? `服务出错（${status}）。请重试；仍不行请把此页地址发给管理员。`,
    body?.error?.en ?? `The server failed (${status}). Try again; if it persists, send this address to whoever runs it.`,
    status,
  );
}

/**
 * @param {string} path
 * @param {Record<string, string>} [query]
 */
function address(path, query = {}) {
  const text = new URLSearchParams(query).toString();
  return text === "" ? path : `${path}?${text}`;
}

/**
 * A file, and the name the server gives it.
 * @param {string} address
 * @returns {Promise<{content: Blob, name: string}>}
 */
export async function file(address) {
  const reply = await fetch(address).catch(() => {
    throw unreachable();
  });
  if (!reply.ok) return told(reply.status, await reply.json().catch(() => null));
  const name = /filename="?([^";]+)"?/.exec(reply.headers.get("Content-Disposition") ?? "")?.[1] ?? "wanli-geo";
  return { content: await reply.blob(), name };
}

/**
 * What an answer to a question can be written as on the server's computer.
 * @param {string} question
 * @returns {Promise<Api.Format[]>}
 */
export const formats = (question) => ask(address("/api/formats", { question }));

/** @returns {Promise<Api.Workspace>} */
export const workspace = () => ask("/api/workspace");

/** @returns {Promise<Api.Base>} */
export const base = () => ask("/api/base");

/**
 * @param {string} theme
 * @returns {Promise<Api.ThemeView>}
 */
export const theme = (theme) => ask(`/api/theme/${encodeURIComponent(theme)}`);

/**
 * @param {string} when  "Tu-22:30"
 * @returns {Record<string, string>}
 */
function hour(when) {
  const { day, clock } = whenOf(when);
  return { day, time: clock };
}

/**
 * Gates as if open or shut, named only where there are any: the question of how things are has one address.
 * @param {import("./state/as_if.js").AsIf} question
 * @returns {Record<string, string>}
 */
function asIf({ open, close }) {
  return { ...(open.length > 0 && { open: open.join(",") }), ...(close.length > 0 && { close: close.join(",") }) };
}

/**
 * @param {{kind: string, within: string, people: string, profile: string, when: string} & import("./state/as_if.js").AsIf} question
 * @returns {Promise<Api.Coverage>}
 */
export const coverage = (question) => ask(coverageAt(question));

/**
 * Where a coverage is.
 * @param {Parameters<typeof coverage>[0]} question
 * @param {Record<string, string>} [written]  how it is wanted as a file
 */
export const coverageAt = ({ kind, within, people, profile, when, open, close }, written = {}) =>
  address("/api/coverage", { kind, within, people, profile, ...hour(when), ...asIf({ open, close }), ...written });

/**
 * @param {[number, number]} at  longitude, latitude
 * @param {{profile: string, when: string} & import("./state/as_if.js").AsIf} question
 * @returns {Promise<Api.Isochrone>}
 */
export const isochrone = (at, { profile, when, open, close }) =>
  ask(
    address("/api/isochrone", {
      at: at.map((degrees) => degrees.toFixed(6)).join(","),
      minutes: "5,10,15",
      profile,
      ...hour(when),
      ...asIf({ open, close }),
    }),
  );

/**
 * @param {string} unit
 * @param {{kind: string, within: string, profile: string, when: string} & import("./state/as_if.js").AsIf} question  minutes ask for the quickest walk, metres for the shortest
 * @returns {Promise<Api.Walk>}
 */
export const walk = (unit, { kind, within, profile, when, open, close }) =>
  ask(address("/api/walk", { unit, kind, profile, mode: within.endsWith("min") ? "time" : "distance", ...hour(when), ...asIf({ open, close }) }));

/**
 * What every question of an audit has in common; what is not asked for stays out of the address.
 * @param {AuditQuestion} question
 * @returns {Record<string, string>}
 */
function auditOf({ standard, when, stepFree, open, close }) {
  return { standard, ...(when !== null && hour(when)), ...(stepFree && { step_free: "1" }), ...asIf({ open, close }) };
}

/** @typedef {{standard: string, when: string | null, stepFree: boolean} & import("./state/as_if.js").AsIf} AuditQuestion */

/** @returns {Promise<Api.Standard[]>} */
export const standards = () => ask("/api/standards");

/**
 * @param {AuditQuestion & {evening: string}} question
 * @returns {Promise<Api.Audit>}
 */
export const audit = (question) => ask(auditAt(question));

/**
 * Where an audit is.
 * @param {AuditQuestion & {evening: string}} question
 * @param {Record<string, string>} [written]  how it is wanted as a file
 */
export const auditAt = (question, written = {}) => address("/api/audit", { ...auditOf(question), evening: question.evening, ...written });

/**
 * @param {string} clause  "gb50180/10-MARKET"
 * @param {AuditQuestion & {people: string}} question
 * @returns {Promise<Api.Coverage>}
 */
export const auditClause = (clause, question) => ask(address("/api/audit/clause", { clause, people: question.people, ...auditOf(question) }));

/**
 * @param {string} unit
 * @param {AuditQuestion} question
 * @returns {Promise<{answer: Api.Answer}>}
 */
export const auditUnit = (unit, question) => ask(address("/api/audit/unit", { unit, ...auditOf(question) }));

/**
 * @param {string} clause
 * @param {string} unit
 * @param {AuditQuestion & {people: string}} question
 * @returns {Promise<Api.Walk>}
 */
export const auditWalk = (clause, unit, question) =>
  ask(address("/api/audit/walk", { clause, unit, people: question.people, ...auditOf(question) }));

/**
 * What is known of a line.
 * @param {string} line
 * @param {Record<string, string>} options
 * @param {AbortSignal} [signal]  an answer that may be broken off is not remembered
 * @returns {Promise<Api.RouteReply>}
 */
export const route = (line, options, signal) =>
  signal ? fetched(routeAt(line, options), { headers: { Accept: "application/json" }, signal }) : ask(routeAt(line, options));

/**
 * Where what is known of a line is.
 * @param {string} line
 * @param {Record<string, string>} options
 * @param {Record<string, string>} [written]  how it is wanted as a file
 */
export const routeAt = (line, options, written = {}) => address(`/api/route/${line}`, { ...options, ...written });

/**
 * Send something; never remembered, since it changes what is there.
 * @param {string} path
 * @param {object} body
 */
const post = (path, body) =>
  fetched(path, { method: "POST", headers: { Accept: "application/json", "Content-Type": "application/json" }, body: JSON.stringify(body) });

/** @returns {Promise<Api.Intake>} */
export const intake = () => ask("/api/import/layers");

/**
 * @param {{token: string, part: string, encoding: string, asked: Api.Asked}} question
 * @returns {Promise<Api.Draft>}
 */
export const draft = (question) => post("/api/import/draft", question);

/**
 * How far the reading of a file is.
 * @param {string} token
 * @returns {Promise<{stage: string, share: number}>}
 */
export const progress = (token) => get(address("/api/import/progress", { token }));

/**
 * @param {string} token
 * @param {string} draft  the one that was seen
 * @returns {Promise<Api.Version>}
 */
export const apply = (token, draft) => post("/api/import/apply", { token, draft });

/** @returns {Promise<Api.Version[]>} */
export const history = () => get("/api/import/history");

/**
 * @param {number} version
 * @returns {Promise<Api.Version>}
 */
export const undo = (version) => post("/api/import/undo", { version });

/** What is stated of the public map, and what was released. @returns {Promise<any>} */
export const published = () => get("/api/publish");

/** @param {Record<string, string>} stated @returns {Promise<any>} */
export const publishMake = (stated) => post("/api/publish/make", stated);

/** @returns {Promise<{stage: string, share: number}>} */
export const publishProgress = () => get("/api/publish/progress");

export const publishCancel = () => post("/api/publish/cancel", {});

/** @param {string} token @returns {Promise<any>} */
export const publishRelease = (token) => post("/api/publish/release", { token });

/** @param {string} token */
export const drop = (token) => post("/api/import/drop", { token });

/**
 * Send a file as it is. `fetch` tells nothing of how far it is, so the older way is taken.
 * @param {File} file
 * @param {{beside?: string, signal: AbortSignal, progress: (share: number) => void}} how  `beside`: the token of the .shp it belongs to
 * @returns {Promise<{token: string, file: string} | null>} null where it was broken off
 */
export function upload(file, { beside, signal, progress }) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", address("/api/import/file", { name: file.name, ...(beside && { beside }) }));
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.responseType = "json";
    request.upload.onprogress = ({ loaded, total }) => progress(total > 0 ? loaded / total : 0);
    request.onerror = () => reject(unreachable());
    request.onabort = () => resolve(null);
    request.onload = () => {
      try {
        resolve(told(request.status, request.response));
      } catch (error) {
        reject(error);
      }
    };
    signal.addEventListener("abort", () => request.abort());
    request.send(file);
  });
}

/**
 * An answer, or the sentence why there is none.
 * @template T
 * @param {Promise<T> | T} asked
 * @returns {Promise<T | ApiError>}
 */
export async function orSentence(asked) {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
}
