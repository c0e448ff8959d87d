import assert from "node:assert/strict";
import test from "node:test";
import { inView } from "./languages";

const marks = [
  { id: "a", top: -500, bottom: -300 },
  { id: "b", top: -300, bottom: 400 },
  { id: "folded", top: 10, bottom: 10 },
  { id: "c", top: 420, bottom: 600 },
  { id: "d", top: 900, bottom: 950 },
];

test("the first paragraph that begins in the window is being read", () => {
  assert.equal(inView(marks, 800), "c");
});

test("a paragraph that fills the window is being read", () => {
  assert.equal(inView(marks, 400), "b");
});

test("below the last paragraph it is the last, above the first none", () => {
  assert.equal(inView(marks.slice(0, 1), 800), "a");
  assert.equal(inView(marks.slice(4), 800), undefined);
  assert.equal(inView([], 800), undefined);
});
