/** The page plan.html. */
import { openMap } from "./map.js";
import { dress } from "./shell.js";

dress();
openMap();
