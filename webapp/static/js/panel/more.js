/** All services in their groups, each with how far it was surveyed. */
import { at, fill, h } from "./dom.js";
import { either, say } from "../say/say.js";

/**
 * @param {Api.Workspace} workspace
 * @param {{kind: string, lang: Api.Lang}} state
 * @param {(kind: string) => void} choose
 */
export function more({ kinds, groups }, { kind, lang }, choose) {
  const dialog = /** @type {HTMLDialogElement} */ (at("more"));
  const close = () => dialog.close();
  fill(
    dialog,
    h(
      "div",
      { class: "detail-head" },
      h("h2", { class: "detail-title" }, say(lang, "more_title")),
      h("button", { type: "button", class: "close", "aria-label": say(lang, "close"), onclick: close }, "×"),
    ),
    h(
      "div",
      { class: "more-groups" },
      Object.entries(groups).map(([code, [zh, en]]) => {
        const own = kinds.filter(({ group }) => group === code);
        return (
          own.length > 0 &&
          h(
            "section",
            {},
            h("h3", { class: "label" }, lang === "zh" ? zh : en),
            h(
              "ul",
              {},
              own.map((one) =>
                h(
                  "li",
                  {},
                  h(
                    "button",
                    {
                      type: "button",
                      class: "more-kind",
                      "aria-pressed": String(one.code === kind),
                      onclick: () => (close(), choose(one.code)),
                    },
                    h("span", { class: "glyph", "aria-hidden": "true" }, one.glyph),
                    h("span", {}, either(one, lang)),
                    h("small", { class: `survey-${one.survey}` }, say(lang, `survey_short_${one.survey}`, { count: one.count })),
                  ),
                ),
              ),
            ),
          )
        );
      }),
    ),
  );
  dialog.onclick = (event) => event.target === dialog && close(); // a click beside it
  dialog.showModal();
}
