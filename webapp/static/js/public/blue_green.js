/** The page blue_green.html. */
import { openMap } from "./map.js";
import { dress } from "./shell.js";

dress();
openMap();
