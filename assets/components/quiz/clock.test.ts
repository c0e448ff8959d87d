import assert from "node:assert/strict";
import test from "node:test";
import { after, clockFace, warnAt } from "./clock";

test("time goes by, but not while the page sleeps", () => {
  assert.equal(after(60, 1000), 59);
  assert.equal(after(60, 3_600_000), 58);
  assert.equal(after(0.5, 1000), 0);
  assert.equal(after(60, -5), 60);
});

test("the warning leaves at least 20 seconds", () => {
  for (const minutes of [1, 2, 5, 20, 90]) assert.ok(warnAt(minutes * 60) >= 20 && warnAt(minutes * 60) <= minutes * 30, String(minutes));
});

test("a clock shows minutes and seconds", () => {
  assert.equal(clockFace(1200), "20:00");
  assert.equal(clockFace(61.2), "1:02");
  assert.equal(clockFace(0), "0:00");
  assert.equal(clockFace(5400), "90:00");
});
