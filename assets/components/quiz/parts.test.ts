import assert from "node:assert/strict";
import test from "node:test";
import { fill } from "./parts";

test("values take the place of their names, and nothing else", () => {
  assert.equal(fill("{points} of {total}", { points: 2, total: "5" }), "2 of 5");
  assert.equal(fill("{unknown} {a}", { a: "{b}", b: "x" }), "{unknown} {b}");
});
