/** What to look at: the themes of the map, each with its one figure. */
import { at, fill, h, keepFocus } from "./dom.js";
import { either, say } from "../say/say.js";

/**
 * @param {Api.Theme[]} themes
 * @param {{theme: string, lang: Api.Lang}} state
 * @param {(code: string) => void} choose
 */
export function themes(themes, { theme, lang }, choose) {
  const panel = at("themes");
  keepFocus(panel, () =>
    fill(
      panel,
      h("h2", { id: "themes-title", class: "label" }, say(lang, "themes")),
      h(
        "ul",
        { class: "themes" },
        themes.map((one) => {
          const dot = h("span", { class: "dot", "aria-hidden": "true" });
          dot.style.setProperty("--dot", one.color);
          const button = h(
            "button",
            {
              type: "button",
              class: "theme",
              "data-key": one.code,
              "aria-pressed": String(one.code === theme),
              onclick: () => choose(one.code),
            },
            dot,
            h("span", { class: "theme-name" }, either(one, lang)),
            h("span", { class: "theme-figure" }, lang === "zh" ? one.summary_zh : one.summary_en),
          );
          button.style.setProperty("--dot", one.color);
          return h("li", {}, button);
        }),
      ),
    ),
  );
}
