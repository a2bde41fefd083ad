/** Find a compound, street or facility by its name, in the page itself. */
import { at, fill, h } from "./dom.js";
import { nameOf } from "../say/name.js";
import { find } from "./find.js";

/** @typedef {import("./find.js").Entry} Entry */

/** @typedef {"search" | "search_label" | "search_none" | "search_count" | Entry["what"]} Word */

/**
 * @param {Entry[]} entries
 * @param {Api.Lang} lang
 * @param {(lang: Api.Lang, word: Word, values?: Record<string, string | number>) => string} say  in the words of the page
 * @param {(entry: Entry) => void} choose
 */
export function search(entries, lang, say, choose) {
  const box = h("ul", { id: "found", class: "found card", role: "listbox", "aria-label": say(lang, "search_label"), hidden: true });
  const input = h("input", {
    type: "search",
    id: "search-text",
    class: "search-text",
    role: "combobox",
    "aria-expanded": "false",
    "aria-controls": "found",
    "aria-autocomplete": "list",
    autocomplete: "off",
    spellcheck: "false",
    "aria-label": say(lang, "search_label"),
    placeholder: say(lang, "search"),
    maxlength: 60,
  });
  let marked = -1;
  /** @type {Entry[]} */
  let found = [];

  const close = () => {
    box.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const take = (/** @type {Entry} */ entry) => {
    input.value = nameOf(entry.properties, lang);
    if (document.body.classList.contains("searching")) input.blur();
    close();
    choose(entry);
  };
  const draw = () => {
    const text = input.value.trim();
    found = find(entries, text);
    if (text === "") return close();
    fill(
      box,
      found.length === 0
        ? h("li", { class: "note", role: "presentation" }, say(lang, "search_none", { text }))
        : found.map((entry, i) =>
            h(
              "li",
              {
                id: `found-${i}`,
                role: "option",
                "aria-selected": String(i === marked),
                onmousedown: (event) => (event.preventDefault(), take(entry)),
              },
              h("span", {}, nameOf(entry.properties, lang)),
              h("small", {}, entry.note || say(lang, entry.what)),
            ),
          ),
    );
    at("live").textContent = found.length === 0 ? say(lang, "search_none", { text }) : say(lang, "search_count", { count: found.length });
    box.hidden = false;
    input.setAttribute("aria-expanded", "true");
    if (marked >= 0) input.setAttribute("aria-activedescendant", `found-${marked}`);
    else input.removeAttribute("aria-activedescendant");
  };

  input.addEventListener("input", () => {
    marked = -1;
    draw();
  });
  input.addEventListener("blur", () => {
    close();
    document.body.classList.remove("searching");
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Escape" && (!box.hidden || document.body.classList.contains("searching"))) {
      event.stopPropagation();
      close();
      if (document.body.classList.contains("searching")) input.blur();
    } else if (event.key === "Enter" && found.length > 0 && !box.hidden) take(found[Math.max(0, marked)]);
    else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && found.length > 0) {
      event.preventDefault();
      marked = (marked + (event.key === "ArrowDown" ? 1 : found.length - (marked < 0 ? 0 : 1))) % found.length;
      draw();
    }
  });
  fill(at("search"), input, box);
}

/** On a phone the search lies over the bar while it is used. */
export function openSearch() {
  document.body.classList.add("searching");
  at("search").querySelector("input")?.focus();
}
