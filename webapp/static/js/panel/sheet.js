/** On a phone the panels are one sheet over the map, one at a time. */
import { at, fill, h } from "./dom.js";
import { say } from "../say/say.js";

const TABS = /** @type {const} */ (["themes", "question", "answer", "list"]);
/** @typedef {typeof TABS[number]} Tab */

const WORD = /** @type {const} */ ({ themes: "themes", question: "question", answer: "result", list: "list" });

export class Sheet {
  /** @type {Tab} */
  tab = "answer";
  tall = false;

  constructor() {
    this.#drag();
  }

  /**
   * @param {Api.Lang} lang
   * @param {Tab[]} offered
   */
  draw(lang, offered) {
    this.lang = lang;
    this.offered = offered;
    if (!offered.includes(this.tab)) this.tab = "answer";
    document.body.dataset.tab = this.tab;
    document.body.classList.toggle("tall", this.tall);
    at("tabs").setAttribute("aria-label", say(lang, "panels"));
    fill(
      at("tabs"),
      offered.map((tab) =>
        h(
          "button",
          { type: "button", class: "tab", "aria-pressed": String(tab === this.tab), onclick: () => this.open(tab) },
          say(lang, WORD[tab]),
        ),
      ),
    );
    fill(
      at("sheet-handle"),
      h("button", { type: "button", "aria-expanded": String(this.tall), "aria-label": say(lang, this.tall ? "sheet_less" : "sheet_more") }),
    );
  }

  /** @param {Tab} tab */
  open(tab) {
    this.tab = tab;
    if (this.lang && this.offered) this.draw(this.lang, this.offered);
  }

  /** @param {boolean} tall */
  #rise(tall) {
    this.tall = tall;
    if (this.lang && this.offered) this.draw(this.lang, this.offered);
  }

  /** The handle follows a finger: up makes the sheet tall, down low; a tap turns it over. */
  #drag() {
    const handle = at("sheet-handle");
    let from = 0;
    handle.addEventListener("pointerdown", (event) => {
      from = event.clientY;
      handle.setPointerCapture(event.pointerId);
    });
    handle.addEventListener("pointerup", (event) => {
      const by = event.clientY - from;
      this.#rise(Math.abs(by) > 24 ? by < 0 : !this.tall);
    });
    handle.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      this.#rise(!this.tall);
      handle.querySelector("button")?.focus();
    });
  }
}

/** Is the page laid out for a phone? */
export function onPhone() {
  return window.matchMedia("(max-width: 759px)").matches;
}
