// The page's engine by Node: node walks.mjs data/walks.bin < asked.json > costs.json
import { readFileSync } from "node:fs";
import { costs } from "./costs.mjs";
import { unpack } from "../../webapp/static/js/walk/pack.js";
import { Walkable } from "../../webapp/static/js/walk/walkable.js";
import { Walks } from "../../webapp/static/js/walk/walks.js";

const file = readFileSync(process.argv[2]);
const pack = unpack(file.buffer.slice(file.byteOffset, file.byteOffset + file.length));
process.stdout.write(JSON.stringify(costs(new Walks(new Walkable(pack)), JSON.parse(readFileSync(0, "utf8")))));
