// Places to live that have no name are told by their street.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Local } from "../../webapp/static/js/geo/local.js";
import { callUnits } from "../../webapp/static/js/panel/call_units.js";

const point = (id, lon, name) => ({ type: "Feature", id, properties: { id, name }, geometry: { type: "Point", coordinates: [lon, 60] } });
const street = (name, lon) => ({
  type: "Feature",
  id: name,
  properties: { name },
  geometry: {
    type: "LineString",
    coordinates: [
      [lon, 59.99],
      [lon, 60.01],
    ],
  },
});
const of = (features) => ({ type: "FeatureCollection", features });
const BASE = { streets: of([street("Annankatu", 24.94), street("Yrjönkatu", 24.95)]), compounds: of([]) };
const told = (units, base = BASE) =>
  callUnits(
    { answer: { tables: { units: units.map(({ properties }) => properties) } }, features: { units: of(units) } },
    base,
    new Local(24.94, 60),
  );

test("a house without a name is told by its nearest street, several there by their number, whatever the order", () => {
  const units = [point("b", 24.9401), point("a", 24.9402), point("c", 24.9499), point("d", 24.94, "Villa")];
  const rows = told(units).answer.tables.units;
  assert.deepEqual(
    rows.map(({ name }) => name),
    ["Annankatu 旁第 2 栋", "Annankatu 旁第 1 栋", "Yrjönkatu 旁第 1 栋", "Villa"],
  );
  assert.equal(rows[0].name_en, "Annankatu, house 2");
  assert.equal(told(units).features.units.features[2].properties.name, "Yrjönkatu 旁第 1 栋");
});

test("compounds are not called houses, and without a named street nothing is invented", () => {
  assert.equal(told([point("a", 24.94)]).houses, true);
  assert.equal(told([point("a", 24.94)], { ...BASE, compounds: of([point("a", 24.94)]) }).houses, false);
  assert.equal(told([point("a", 24.94)], { streets: of([]) }).answer.tables.units[0].name, undefined);
});
