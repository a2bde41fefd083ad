/** The page red_walkway.html. */
import { openMap } from "./map.js";
import { dress } from "./shell.js";

dress();
openMap();
