/** The page list.html: its content needs no script; the reader's settings do. */
import { dress } from "./shell.js";

dress();
