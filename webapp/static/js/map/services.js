/** The facilities of the service asked for, as signs. */
import * as L from "/vendor/leaflet/leaflet-src.esm.js";
import { nameOf, say, sayCode } from "../say/say.js";
import { pointOf, sign } from "./sign.js";

const MANY = 28; // beyond so many, signs stand as dots until one comes near
const NEAR = 15.5;

export class Services {
  #group = L.layerGroup();
  /** @type {{features: Api.Feature[], glyph: string, lang: Api.Lang}} */
  #shown = { features: [], glyph: "", lang: "zh" };

  /** @param {L.Map} map */
  constructor(map) {
    this.map = map;
    this.#group.addTo(map);
    map.on("zoomend", () => this.#small() !== this.drawnSmall && this.#draw());
    this.drawnSmall = false;
  }

  /**
   * @param {Api.Feature[]} features
   * @param {string} glyph
   * @param {Api.Lang} lang
   */
  show(features, glyph, lang) {
    this.#shown = { features, glyph, lang };
    this.#draw();
  }

  /** What the labels must keep clear of: places and pixels. */
  get obstacles() {
    const radius = this.#small() ? 8 : 16;
    return this.#shown.features.map((feature) => ({
      lonLat: pointOf(feature),
      radius,
      text: nameOf(feature.properties, this.#shown.lang),
    }));
  }

  #small() {
    return this.#shown.features.length > MANY && this.map.getZoom() < NEAR;
  }

  #draw() {
    this.#group.clearLayers();
    this.drawnSmall = this.#small();
    const { features, glyph, lang } = this.#shown;
    for (const feature of features) {
      const used = feature.properties?.used !== false;
      const why = used ? "" : ` · ${whyNot(feature.properties, lang)}`;
      const look = `${used ? "" : `hollow ${feature.properties?.why ?? ""}`} ${this.drawnSmall ? "small" : ""}`;
      sign(pointOf(feature), {
        glyph: this.drawnSmall ? "" : (feature.properties?.glyph ?? glyph),
        label: `${nameOf(feature.properties, lang) || glyph}${why}`,
        look,
      }).addTo(this.#group);
    }
  }
}

/**
 * Why a facility does not count: as an audit's clause says it under `why`, else by its status.
 * @param {Api.Properties | null} properties
 * @param {Api.Lang} lang
 */
function whyNot(properties, lang) {
  if (properties?.why) return sayCode(lang, "why_", properties.why);
  return say(lang, properties?.status === "planned" || properties?.status === "works" ? "planned" : "not_used");
}
