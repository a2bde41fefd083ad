/** The page index.html, 家门口: what is near me. */
import { openMap } from "./map.js";
import { dress } from "./shell.js";

dress();
openMap();
