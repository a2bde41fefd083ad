/** The frame of every public page: large text, night, print, the other language, and the copy kept for when there is no network. */
import { at, h } from "../panel/dom.js";
import { aloudButton } from "./aloud.js";
import { ROOT } from "./files.js";
import { say } from "./say.js";
import { isOn, onSetting, put, recall, toggle } from "./settings.js";

/** Dress the page as the reader likes it. */
export function dress() {
  recall();
  document.documentElement.dataset.script = "true";
  const tools = at("tools");
  const elder = button(() => toggle("elder"));
  const night = button(() => toggle("night"));
  const name = () => {
    elder.textContent = say(isOn("elder") ? "elder_off" : "elder");
    elder.setAttribute("aria-pressed", String(isOn("elder")));
    night.textContent = say(isOn("night") ? "day" : "night");
    night.setAttribute("aria-pressed", String(isOn("night")));
  };
  name();
  onSetting(name);
  tools.prepend(elder, night);
  tools.append(button(() => window.print(), say("print"), "wide-only"), ...aloudButton());
  measure();
  keepPlace();
  keepCopy();
  printAll();
  if (window.self !== window.top) embed();
}

/** In a frame of another page there is the map and what it says; the rest is a press away. */
function embed() {
  document.documentElement.dataset.embed = "true";
  at("tools").append(h("a", { class: "tool", href: window.location.pathname, target: "_blank", rel: "noopener" }, say("whole_site")));
}

/**
 * @param {() => void} press
 * @param {string} [text]
 * @param {string} [look]
 */
function button(press, text = "", look = "") {
  return h("button", { type: "button", class: `tool ${look}`, onclick: press }, text);
}

/** Tell the style how high the bar and the map stand, which keep their place while one reads: a name in large text takes two lines. */
function measure() {
  const parts = [["--bar", document.querySelector(".public-bar")], ["--map", document.getElementById("figure")]];
  const tell = () => {
    for (const [name, part] of /** @type {[string, HTMLElement | null][]} */ (parts)) document.documentElement.style.setProperty(name, `${part?.offsetHeight ?? 0}px`);
  };
  tell();
  if ("ResizeObserver" in window) {
    const watch = new ResizeObserver(tell);
    for (const [, part] of /** @type {[string, HTMLElement | null][]} */ (parts)) if (part) watch.observe(part);
  }
}

/** On paper nothing can be opened: it is all open; and paper is white. */
function printAll() {
  /** @type {HTMLDetailsElement[]} */
  let opened = [];
  let night = false;
  window.addEventListener("beforeprint", () => {
    night = isOn("night");
    put("night", false);
    opened = [...document.querySelectorAll("details")].filter(({ open }) => !open);
    for (const one of opened) one.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const one of opened) one.open = false;
    put("night", night);
  });
}

/** The other language opens at the same place. */
function keepPlace() {
  const link = /** @type {HTMLAnchorElement} */ (at("other-language"));
  const address = link.getAttribute("href") ?? "";
  const follow = () => link.setAttribute("href", address + window.location.search + window.location.hash);
  follow();
  window.addEventListener("hashchange", follow);
  link.addEventListener("pointerdown", follow);
  link.addEventListener("focus", follow);
}

/** Keep a copy of the site in the browser; only where the site is served securely, and after the page is there. */
function keepCopy() {
  if (!("serviceWorker" in navigator) || !window.isSecureContext || window.self !== window.top) return;
  window.addEventListener("load", () => navigator.serviceWorker.register(`${ROOT}sw.js`).catch(() => {})); // without it the site works too
}
