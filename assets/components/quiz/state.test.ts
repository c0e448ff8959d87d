import assert from "node:assert/strict";
import test from "node:test";
import { answerTo, attemptsLeft, newState, nextAttempt, noAnswer, showsFeedback, stateFrom } from "./state";

test("a state comes back as it was stored", () => {
  const s = newState(5);
  s.answers["q1"] = { ...noAnswer(), response: { chosen: ["a"] }, checked: true, hints: 2, certainty: 3, digest: "d1" };
  s.results.push(80);
  s.drawn = ["q1"];
  s.left = -1;
  s.begun = true;
  assert.deepEqual(stateFrom(JSON.parse(JSON.stringify(s))), s);
});

test("what cannot be used is refused or mended", () => {
  for (const stored of [undefined, null, 3, "x", [], {}, { version: 2, answers: {} }, { version: 1 }]) assert.equal(stateFrom(stored), undefined);
  const s = stateFrom({
    version: 1,
    attempt: -1,
    seed: "x",
    drawn: [1, "q"],
    left: "x",
    answers: { q: { response: { chosen: [1, "a"], filled: { g: "x", h: 2 } }, certainty: 7 }, r: 7 },
    results: [50, "x"],
  });
  const q = { ...noAnswer(), response: { chosen: ["a"], filled: { g: "x" } }, certainty: 3, digest: "" };
  assert.deepEqual(s, { ...newState(0), drawn: ["q"], answers: { q }, results: [50, 0] });
});

test("an answer to what was asked otherwise is let go, and only that one", () => {
  const s = newState(1);
  s.finished = true;
  s.answers["a"] = { ...noAnswer(), checked: true, digest: "old" };
  s.answers["b"] = { ...noAnswer(), checked: true, digest: "same" };
  assert.deepEqual(answerTo(s, "b", "same"), { answer: { ...noAnswer(), checked: true }, changed: false });
  assert.equal(s.finished, true);
  assert.deepEqual(answerTo(s, "a", "new"), { answer: noAnswer(), changed: true });
  assert.equal(s.finished, false, "the quiz is open again");
  assert.deepEqual(answerTo(s, "a", "new"), { answer: noAnswer(), changed: false }, "said once");
  assert.deepEqual(Object.keys(s.answers), ["b"]);
  assert.equal(answerTo(s, "constructor", "x").changed, false);
});

test("the next attempt keeps only the results", () => {
  const s = newState(1);
  s.finished = s.begun = true;
  s.left = 5;
  s.drawn = ["q"];
  s.answers["q"] = { ...noAnswer(), digest: "" };
  s.results = [40];
  assert.deepEqual(nextAttempt(s, 9), { ...newState(9), attempt: 2, results: [40] });
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
