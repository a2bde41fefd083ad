/** The walking engine, whole: read the graph, walk from a place, draw the way and the reach. A file of its own in the site, asked for when needed. */
export { courseOf, streetsOf } from "./course.js";
export { unpack } from "./pack.js";
export { entered, reached } from "./reach.js";
export { Walkable } from "./walkable.js";
export { Walks } from "./walks.js";
