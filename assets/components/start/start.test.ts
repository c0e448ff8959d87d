import assert from "node:assert/strict";
import test from "node:test";
import { goOn } from "./start";

const offered = [
  { lang: "ar", href: "ar/index.html" },
  { lang: "fr", href: "fr/index.html" },
];

test("a stored language that is offered is gone on to", () => {
  assert.equal(goOn("fr", offered, ""), "fr/index.html");
});

test("otherwise the choice is shown", () => {
  assert.equal(goOn("de", offered, ""), undefined);
  assert.equal(goOn(undefined, offered, ""), undefined);
  assert.equal(goOn("fr", offered, "#languages"), undefined);
});
