/** Read the page aloud by the browser's own voice, where it has one for the page's language. */
import { at, h } from "../panel/dom.js";
import { LANG, say } from "./say.js";

/** Can this browser read aloud? */
export const CAN_READ = "speechSynthesis" in window && "SpeechSynthesisUtterance" in window;

/**
 * @param {string} text
 * @param {() => void} [done]
 */
export function readAloud(text, done) {
  window.speechSynthesis.cancel();
  const speech = new SpeechSynthesisUtterance(text);
  speech.lang = LANG === "zh" ? "zh-CN" : "en-GB";
  speech.rate = 0.9;
  if (done) speech.onend = speech.onerror = done;
  window.speechSynthesis.speak(speech);
}

export function stopReading() {
  if (CAN_READ) window.speechSynthesis.cancel();
}

/** The button that reads the page's text, as a list: empty where the browser cannot. @returns {HTMLElement[]} */
export function aloudButton() {
  if (!CAN_READ) return [];
  let reading = false;
  const button = h("button", { type: "button", class: "tool elder-only", onclick: () => (reading ? stop() : start()) }, say("aloud"));
  const stop = () => {
    reading = false;
    stopReading();
    button.textContent = say("aloud");
  };
  const start = () => {
    reading = true;
    button.textContent = say("aloud_stop");
    readAloud(`${at("title").textContent}。${textOf(at("sheet"))}`, stop);
  };
  window.addEventListener("pagehide", stop);
  return [button];
}

/** What a reader sees of an element. @param {HTMLElement} element */
function textOf(element) {
  return element.innerText.slice(0, 4000);
}
