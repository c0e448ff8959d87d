import assert from "node:assert/strict";
import test from "node:test";
import { settingsFrom } from "./settings";

const defaults = { size: "0", theme: "system" };

test("stored settings are taken where they are known", () => {
  assert.deepEqual(settingsFrom({ size: "2", theme: "dark" }), { size: "2", theme: "dark" });
  assert.deepEqual(settingsFrom({ size: "9", theme: "dark" }), { size: "0", theme: "dark" });
});

test("anything else gives the defaults", () => {
  for (const stored of [undefined, null, 3, "dark", [], { theme: 1 }]) assert.deepEqual(settingsFrom(stored), defaults);
});
