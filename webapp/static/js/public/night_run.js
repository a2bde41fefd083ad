/** The page night_run.html. */
import { openMap } from "./map.js";
import { dress } from "./shell.js";

dress();
openMap();
