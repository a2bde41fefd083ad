/** A file on its way: up, drafted again whenever something is said, written, taken back. One question is out at a time. */
import * as api from "../api.js";
import { at } from "../panel/dom.js";
import { say } from "../say/say.js";
import { unsaid } from "./asked.js";
import { fileRefused, mainFirst } from "./files.js";

const LOOK_AGAIN_MS = 700;

export class Handing {
  /** @type {{token: string, file: string} | null} */
  file = null;
  /** @type {File | null} what is going up */
  sending = null;
  /** @type {AbortController | null} */
  #breaking = null;
  sent = 0;
  share = 0;
  #turn = 0;
  #asking = false;

  /** @param {import("./intake.js").Intake} page */
  constructor(page) {
    this.page = page;
  }

  /**
   * Send what was chosen: one file, or all the parts of a Shapefile.
   * @param {File[]} files
   */
  async send(files) {
    const { page } = this;
    const [main, ...parts] = mainFirst(files);
    if (!main) return;
    const refused = fileRefused(main, page.intake);
    this.forget();
    page.refusal = refused && new api.ApiError(refused.zh, refused.en, 413);
    if (refused) return page.draw();
    const file = await this.#up(main, "");
    for (const part of file ? parts : []) await this.#up(part, file?.token ?? "");
    this.sending = null;
    this.file = file;
    page.draw();
    if (file) await this.draft();
  }

  /**
   * @param {File} file
   * @param {string} beside
   */
  async #up(file, beside) {
    const { page } = this;
    this.#breaking = new AbortController();
    this.sending = file;
    this.sent = 0;
    page.draw();
    const bar = (/** @type {number} */ share) => {
      this.sent = share;
      const shown = document.getElementById("sent");
      if (shown instanceof HTMLProgressElement) shown.value = share;
    };
    const told = await api.orSentence(api.upload(file, { beside, signal: this.#breaking.signal, progress: bar }));
    if (told instanceof api.ApiError) page.refusal = told.status === 413 ? new api.ApiError(page.intake.too_large.zh, page.intake.too_large.en, 413) : told;
    return told instanceof api.ApiError ? null : told;
  }

  /** Ask what the file would change, as all is said now; while an answer is awaited the last wish waits, and only that. @returns {Promise<void>} */
  async draft() {
    const turn = ++this.#turn;
    this.page.busy = true;
    this.page.draw();
    if (this.#asking) return;
    this.#asking = true;
    const told = await this.#asked();
    this.#asking = false;
    if (!this.file) return;
    if (turn !== this.#turn) return this.draft();
    this.page.busy = false;
    this.#tell(told);
  }

  /** @param {Api.Draft | api.ApiError} told */
  #tell(told) {
    const { page } = this;
    page.refusal = told instanceof api.ApiError ? told : null;
    if (told instanceof api.ApiError) {
      if (told.status === 404) this.file = null;
      return page.draw();
    }
    page.show(told);
  }

  async #asked() {
    const token = this.file?.token ?? "";
    const { part, encoding } = this.page.how;
    const looking = setInterval(() => this.#look(token), LOOK_AGAIN_MS);
    try {
      return await api.orSentence(api.draft({ token, part, encoding, asked: this.page.asked }));
    } finally {
      clearInterval(looking);
    }
  }

  /** @param {string} token */
  async #look(token) {
    const told = await api.orSentence(api.progress(token));
    const stage = document.getElementById("stage");
    if (told instanceof api.ApiError || !stage) return;
    this.share = told.share;
    if (told.share > 0 && told.share < 1) stage.textContent = say(this.page.state.lang, "in_reading_share", { percent: Math.round(100 * told.share) });
  }

  /** Break off what goes up, or forget what is being read. */
  cancel() {
    this.#breaking?.abort();
    this.forget();
    at("live").textContent = say(this.page.state.lang, "in_cancelled");
    this.page.draw();
  }

  /** Forget the file and all that was said of it. */
  forget() {
    const { page } = this;
    if (this.file) api.drop(this.file.token).catch(() => {}); // it goes by itself when it is old
    Object.assign(this, { file: null, sending: null, sent: 0, share: 0 });
    Object.assign(page, { draft: null, version: null, refusal: null, busy: false, chosen: null, what: null, how: { part: "", encoding: "" }, wanted: { severity: "all", column: "" }, more: { findings: 0, changes: 0 } });
    page.asked = unsaid(page.state.layer);
    this.#turn++;
  }

  async apply() {
    const { page } = this;
    if (!this.file || !page.draft) return;
    page.applying = page.busy = true;
    page.draw();
    await this.#written(api.apply(this.file.token, page.draft.draft));
  }

  /** @param {Api.Version} version */
  async undo(version) {
    this.page.busy = true;
    await this.#written(api.undo(version.number));
  }

  /** @param {Promise<Api.Version>} writing */
  async #written(writing) {
    const { page } = this;
    const told = await api.orSentence(writing);
    page.applying = page.busy = false;
    if (told instanceof api.ApiError) page.refusal = told;
    else {
      this.forget();
      page.version = told;
      page.versions = await api.history();
    }
    page.draw();
    if (!(told instanceof api.ApiError)) at("part-changes").focus();
  }
}
