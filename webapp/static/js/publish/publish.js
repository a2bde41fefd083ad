/** The page of the public map: state who lets it out, pass the gate, look at it, save or record it. */
import * as api from "../api.js";
import { address as auditAddress } from "../audit/url.js";
import { FIRST as AUDIT } from "../audit/url.js";
import { address as intakeAddress } from "../intake/url.js";
import { address as routesAddress } from "../routes/url.js";
import { bar } from "../panel/bar.js";
import { copy } from "../panel/copy.js";
import { at, fill, h } from "../panel/dom.js";
import { nameOf, say } from "../say/say.js";
import { AS_IT_IS } from "../state/as_if.js";
import { Store } from "../state/store.js";
import { read, write } from "./url.js";

/** @typedef {import("./url.js").PublishState} PublishState */
/** @typedef {{code: string, where: string, zh: string, en: string}} Reason */
/** @typedef {{added: string[], changed: string[], removed: string[], layers: string[]}} Difference */
/** @typedef {{reasons: Reason[], token?: string, files?: number, bytes?: number, difference?: Difference}} Made */
/** @typedef {{number: number, built: string, date: string | null, reviewer: string | null, review_number: string | null, ground: string | null, again: number | null}} Release */
/** @typedef {{edit: boolean, stated: Record<string, string>, releases: Release[]}} Told */

const FIELDS = /** @type {const} */ (["review_number", "ground", "reviewer", "date", "title", "title_en", "contact", "feedback", "public_url"]);
const WIDE = new Set(["ground", "contact", "feedback", "public_url"]);

class Publish {
  /** @type {Made | null} */
  made = null;
  /** @type {api.ApiError | null} */
  refusal = null;
  busy = false;
  /** @type {number | null} of the release just recorded */
  released = null;
  /** was nothing released before what is shown? */
  first = true;
  stage = "";

  /**
   * @param {Store<PublishState>} store
   * @param {Api.Workspace} workspace
   * @param {Told} told
   */
  constructor(store, workspace, told) {
    this.store = store;
    this.workspace = workspace;
    this.told = told;
    this.stated = { ...told.stated };
    store.listen(() => this.draw());
    this.draw();
  }

  get lang() {
    return this.store.state.lang;
  }

  draw() {
    this.dress();
    this.drawStated();
    this.drawGate();
    this.drawPreview();
    this.drawHistory();
  }

  dress() {
    const { lang, night } = this.store.state;
    document.documentElement.lang = lang === "zh" ? "zh-Hans" : "en";
    document.documentElement.dataset.night = String(night);
    const desk = new URLSearchParams({ ...(lang === "en" && { lang }), ...(night && { night: "1" }) });
    bar(
      {
        name: nameOf(this.workspace, lang), lang, night, title: "publish_title",
        others: [{ word: "to_desk", href: `/${desk.size > 0 ? `?${desk}` : ""}` }, { word: "to_audit", href: auditAddress({ ...AUDIT, ...AS_IT_IS, lang, night }) }, { word: "to_routes", href: routesAddress({ lang, night }) }, { word: "to_intake", href: intakeAddress({ lang, night }) }],
      },
      { lang: () => this.store.set({ lang: lang === "zh" ? "en" : "zh" }), night: () => this.store.set({ night: !night }), share: () => this.share() },
    );
  }

  async share() {
    const button = document.querySelector('[data-key="share"]');
    if (button) button.textContent = say(this.lang, (await copy(window.location.href)) ? "shared" : "not_shared");
  }

  drawStated() {
    const { lang } = this;
    fill(
      at("part-stated"),
      h("h2", { id: "part-stated-title", class: "part-title" }, say(lang, "publish_stated")),
      h("form", { class: "fields", onsubmit: (event) => (event.preventDefault(), this.make()) },
        FIELDS.map((name) => this.field(name)),
        h("p", { class: "buttons-row" },
          h("button", { type: "submit", class: "button primary", disabled: this.busy }, say(lang, "publish_make")),
          this.busy && h("button", { type: "button", class: "button", onclick: () => api.publishCancel() }, say(lang, "publish_cancel")),
          this.busy && h("span", { class: "note", id: "stage" }, say(lang, "publish_making", { stage: this.stage || say(lang, "loading") })))),
    );
  }

  /** @param {typeof FIELDS[number]} name */
  field(name) {
    const word = /** @type {import("../say/say.js").Word} */ (name === "title" || name === "title_en" ? `publish_${name}_field` : `publish_${name}`);
    const input = h("input", { type: name === "date" ? "date" : "text", name, maxlength: 200, value: this.stated[name] ?? "", oninput: (event) => (this.stated[name] = /** @type {HTMLInputElement} */ (event.target).value) });
    return h("label", { class: `field ${WIDE.has(name) ? "is-wide" : ""}` }, h("span", { class: "label" }, say(this.lang, word)), input);
  }

  async make() {
    this.busy = true;
    this.refusal = this.made = this.released = null;
    this.draw();
    const clock = window.setInterval(() => this.follow(), 400);
    const made = await api.orSentence(api.publishMake(this.stated));
    window.clearInterval(clock);
    this.busy = false;
    this.stage = "";
    if (made instanceof api.ApiError) this.refusal = made;
    else this.made = made;
    this.first = this.told.releases.length === 0;
    this.draw();
    at("part-gate").focus();
    at("live").textContent = at("part-gate").querySelector("p")?.textContent ?? "";
  }

  /** How far the site is. */
  async follow() {
    const told = await api.orSentence(api.publishProgress());
    if (told instanceof api.ApiError || !this.busy) return;
    this.stage = told.stage.split(" / ")[this.lang === "zh" ? 0 : 1] ?? "";
    const place = document.getElementById("stage");
    if (place) place.textContent = say(this.lang, "publish_making", { stage: this.stage });
  }

  drawGate() {
    const { lang, made, refusal } = this;
    at("part-gate").hidden = made === null && refusal === null;
    const told = refusal
      ? h("p", { class: "refused" }, lang === "zh" ? refusal.zh : refusal.en)
      : made && (made.reasons.length > 0
        ? [h("p", { class: "refused" }, say(lang, "publish_closed", { count: made.reasons.length })), h("ul", { class: "reasons" }, made.reasons.map((one) => h("li", {}, h("b", {}, one.where), " ", lang === "zh" ? one.zh : one.en)))]
        : h("p", { class: "passed" }, say(lang, "publish_open")));
    fill(at("part-gate"), h("h2", { id: "part-gate-title", class: "part-title" }, say(lang, "publish_gate")), .../** @type {any[]} */ ([told].flat()));
  }

  drawPreview() {
    const { lang, made, told } = this;
    const token = made?.token;
    at("part-preview").hidden = !token;
    if (!made || !token) return;
    const address = `/publish/preview/${token}/${lang === "en" ? "en/" : ""}index.html`;
    fill(
      at("part-preview"),
      h("h2", { id: "part-preview-title", class: "part-title" }, say(lang, "publish_preview")),
      h("p", {}, say(lang, "publish_size", { files: made.files ?? 0, size: ((made.bytes ?? 0) / 1e6).toFixed(2) }), " · ", this.difference()),
      made.difference && made.difference.layers.length > 0 && !this.first && h("p", { class: "note" }, say(lang, "publish_layers", { layers: made.difference.layers.join("、") })),
      h("p", { class: "buttons-row" },
        h("a", { class: "button", href: address, target: "_blank", rel: "noopener" }, say(lang, "publish_full")),
        h("a", { class: "button", href: `/api/publish/zip?token=${token}`, download: "" }, say(lang, "publish_zip")),
        told.edit && this.released === null && h("button", { type: "button", class: "button primary", onclick: () => this.release(token) }, say(lang, "publish_release")),
        this.released !== null && h("b", { class: "passed" }, say(lang, "publish_released", { number: this.released }))),
      !told.edit && h("p", { class: "note" }, say(lang, "publish_closed_desk")),
      h("iframe", { src: address, title: say(lang, "publish_frame"), class: "preview-frame" }),
    );
  }

  difference() {
    const { lang, made } = this;
    const difference = made?.difference;
    if (!difference) return "";
    if (this.first) return say(lang, "publish_first");
    const [added, changed, removed] = [difference.added.length, difference.changed.length, difference.removed.length];
    return added + changed + removed === 0 ? say(lang, "publish_same") : say(lang, "publish_difference", { added, changed, removed });
  }

  /** @param {string} token */
  async release(token) {
    const done = await api.orSentence(api.publishRelease(token));
    if (done instanceof api.ApiError) this.refusal = done;
    else {
      this.released = done.number;
      this.told = await api.published();
    }
    this.draw();
  }

  drawHistory() {
    const { lang } = this;
    const heads = /** @type {const} */ (["publish_number", "publish_built", "publish_date", "publish_reviewer", "publish_review"]);
    fill(
      at("part-history"),
      h("h2", { id: "part-history-title", class: "part-title" }, say(lang, "publish_history")),
      this.told.releases.length === 0
        ? h("p", { class: "note" }, say(lang, "publish_none"))
        : h("div", { class: "table-box", tabindex: 0, role: "region", "aria-labelledby": "part-history-title" }, h("table", {}, h("thead", {}, h("tr", {}, heads.map((word) => h("th", { scope: "col" }, say(lang, word))))),
          h("tbody", {}, this.told.releases.map((one) => h("tr", {}, h("td", {}, String(one.number)), h("td", {}, one.built.replace("T", " ").replace("+00:00", " UTC")), h("td", {}, one.date ?? "—"), h("td", {}, one.reviewer ?? "—"),
            h("td", {}, one.review_number ?? one.ground ?? "—", one.again !== null && ` · ${say(lang, "publish_again", { number: one.again })}`)))))),
    );
  }
}

async function begin() {
  const store = new Store(window, { read, write });
  const [workspace, told] = await Promise.all([api.workspace(), api.published()]);
  new Publish(store, workspace, told);
}

begin();
