import assert from "node:assert/strict";
import test from "node:test";
import { attemptsLeft, newState, nextAttempt, noAnswer, showsFeedback, stateFrom } from "./state";

test("a state comes back as it was stored", () => {
  const s = newState(5);
  s.answers["q1"] = { ...noAnswer(), response: { chosen: ["a"] }, checked: true, hints: 2 };
  s.results.push(80);
  assert.deepEqual(stateFrom(JSON.parse(JSON.stringify(s))), s);
});

test("what cannot be used is refused or mended", () => {
  for (const stored of [undefined, null, 3, "x", [], {}, { version: 2, answers: {} }, { version: 1 }]) assert.equal(stateFrom(stored), undefined);
  const s = stateFrom({ version: 1, attempt: -1, seed: "x", answers: { q: { response: { chosen: [1, "a"], filled: { g: "x", h: 2 } } }, r: 7 }, results: [50, "x"] });
  assert.deepEqual(s, { version: 1, attempt: 1, seed: 0, finished: false, answers: { q: { ...noAnswer(), response: { chosen: ["a"], filled: { g: "x" } } } }, results: [50, 0] });
});

test("the next attempt keeps only the results", () => {
  const s = newState(1);
  s.finished = true;
  s.answers["q"] = noAnswer();
  s.results = [40];
  assert.deepEqual(nextAttempt(s, 9), { version: 1, attempt: 2, seed: 9, finished: false, answers: {}, results: [40] });
});

test("attempts are counted down", () => {
  const s = newState(1);
  assert.equal(attemptsLeft(s, 0), Infinity);
  assert.equal(attemptsLeft(s, 2), 1);
  assert.equal(attemptsLeft(nextAttempt(s, 1), 2), 0);
});

test("feedback waits for the last attempt where it should", () => {
  assert.equal(showsFeedback("end", 3), true);
  assert.equal(showsFeedback("question", 3), true);
  assert.equal(showsFeedback("never", 0), false);
  assert.equal(showsFeedback("last-attempt", 1), false);
  assert.equal(showsFeedback("last-attempt", Infinity), false);
  assert.equal(showsFeedback("last-attempt", 0), true);
});
