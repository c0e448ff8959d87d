import assert from "node:assert/strict";
import test from "node:test";
import { useBacking } from "../store/store";
import { due, next, Review, reviewsFrom, today, type Entry } from "./review";

test("a missed question comes back after 1, 3, 7 and 21 days, and then no more", () => {
  let day = 100;
  let e: Entry | undefined = next(undefined, false, "d", day);
  const waits = [];
  while (e && waits.length < 9) {
    waits.push(e.due - day);
    day = e.due;
    e = next(e, true, "d", day);
  }
  assert.deepEqual(waits, [1, 3, 7, 21]);
});

test("missed again, it begins again", () => {
  assert.deepEqual(next({ box: 2, due: 100, digest: "d" }, false, "d", 100), { box: 0, due: 101, digest: "d" });
});

test("right before it is due moves nothing, and right at first is not kept", () => {
  const e = { box: 1, due: 103, digest: "d" };
  assert.deepEqual(next(e, true, "d", 102), e);
  assert.equal(next(undefined, true, "d", 1), undefined);
});

test("days follow the learner's clock", () => {
  const evening = new Date(2026, 2, 10, 23, 59);
  const morning = new Date(2026, 2, 11, 0, 1);
  assert.equal(today(morning) - today(evening), 1);
  assert.equal(today(new Date(2026, 2, 11, 20)), today(morning));
});

test("what was stored is mended", () => {
  for (const stored of [undefined, 1, [], "x"]) assert.deepEqual(reviewsFrom(stored), {});
  const got = reviewsFrom({ a: 1, b: { questions: { q: { box: 9, due: "x" }, r: 2 } } });
  assert.deepEqual(Object.keys(got), ["b"]);
  assert.deepEqual(got["b"]!.questions, { q: { box: 3, due: 0, digest: "undefined" } });
});

test("each quiz knows what is due in it, and what in the others", () => {
  const data = new Map<string, string>();
  useBacking({ getItem: (k) => data.get(k) ?? null, setItem: (k, v) => void data.set(k, v), removeItem: (k) => void data.delete(k) });
  const a = new Review("m/a", { title: "A", lang: "en", page: "m/a" });
  const b = new Review("m/b", { title: "B", lang: "en", page: "m/b" });
  a.answered("right", true, "1");
  assert.equal(data.size, 0);
  a.answered("wrong", false, "1");
  a.answered("other", false, "2");
  const asked = new Map([["wrong", "1"], ["other", "2"]]);
  assert.deepEqual(a.due(asked), [], "not before tomorrow");
  const stored = JSON.parse(data.get("lectern:review")!);
  for (const e of Object.values(stored["m/a"].questions) as Entry[]) e.due -= 1;
  data.set("lectern:review", JSON.stringify(stored));
  assert.deepEqual(a.due(asked), ["wrong", "other"]);
  assert.deepEqual(b.due(asked), []);
  assert.deepEqual(
    b.elsewhere().map((x) => [x.shelf.title, x.count]),
    [["A", 2]],
  );
  a.answered("wrong", true, "1");
  assert.deepEqual(a.all()["m/a"]!.questions["wrong"], { box: 1, due: today() + 3, digest: "1" });
  a.answered("wrong", true, "changed since");
  assert.deepEqual(due(a.all()["m/a"], today() + 99), ["other"], "what is another question now starts anew");
  a.due(new Map([["other", "3"]]));
  assert.deepEqual(b.elsewhere(), [], "what is asked otherwise now is let go");
  assert.deepEqual(a.all(), {});
});
