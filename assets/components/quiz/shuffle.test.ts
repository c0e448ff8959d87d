import assert from "node:assert/strict";
import test from "node:test";
import { drawn, random, seedFor, shuffled } from "./shuffle";

const items = ["a", "b", "c", "d", "e", "f"];

test("a seed gives the same order each time and keeps every item", () => {
  const once = shuffled(items, random(7));
  assert.deepEqual(shuffled(items, random(7)), once);
  assert.deepEqual(once.slice().sort(), items);
  assert.notDeepEqual(once, items);
});

test("numbers are spread between 0 and 1", () => {
  const next = random(1);
  const all = Array.from({ length: 2000 }, next);
  assert.ok(all.every((n) => n >= 0 && n < 1));
  const mean = all.reduce((a, b) => a + b) / all.length;
  assert.ok(Math.abs(mean - 0.5) < 0.03, String(mean));
});

test("every first place is drawn about as often", () => {
  const count: Record<string, number> = {};
  for (let seed = 0; seed < 1200; seed++) {
    const first = shuffled(items, random(seedFor(seed, "q")))[0]!;
    count[first] = (count[first] ?? 0) + 1;
  }
  for (const i of items) assert.ok(count[i]! > 140 && count[i]! < 260, `${i}: ${count[i]}`);
});

test("questions and attempts have seeds of their own", () => {
  assert.notEqual(seedFor(1, "q1"), seedFor(1, "q2"));
  assert.notEqual(seedFor(1, "q1"), seedFor(2, "q1"));
  assert.equal(seedFor(1, "q1"), seedFor(1, "q1"));
});

const questions = items.map((id) => ({ id }));
const ids = (drawn: { id: string }[]) => drawn.map((q) => q.id).join("");

test("a draw keeps the order of the questions", () => {
  const some = drawn(questions, 3, random(3));
  assert.equal(some.length, 3);
  assert.deepEqual(some, questions.filter((q) => some.includes(q)));
  assert.deepEqual(drawn(questions, 3, random(3)), some, "the same each time");
  assert.deepEqual(drawn(questions, 0, random(3)), questions);
  assert.deepEqual(drawn(questions, 9, random(3)), questions);
});

test("what was drawn stays drawn, and is made up when one is gone", () => {
  for (let seed = 0; seed < 20; seed++) {
    assert.equal(ids(drawn(questions, 3, random(seed), ["b", "c", "f"])), "bcf");
    const mended = ids(drawn(questions, 3, random(seed), ["b", "gone", "f"]));
    assert.ok(/^(abf|bcf|bdf|bef)$/.test(mended), mended);
  }
});

test("every question is drawn about as often", () => {
  const count: Record<string, number> = {};
  for (let seed = 0; seed < 1200; seed++) for (const q of drawn(questions, 2, random(seedFor(seed, "draw")))) count[q.id] = (count[q.id] ?? 0) + 1;
  for (const i of items) assert.ok(count[i]! > 320 && count[i]! < 480, `${i}: ${count[i]}`);
});
