import assert from "node:assert/strict";
import test from "node:test";
import vectors from "../../../testdata/scoring.json";
import { fraction, isAnswered, total, type Scorable } from "./score";

const questions: Record<string, Scorable> = vectors.questions;
const near = (got: number, want: number, name: string) => assert.ok(Math.abs(got - want) <= vectors.tolerance, `${name}: got ${got}, want ${want}`);

for (const c of vectors.cases) {
  test("score: " + c.name, () => near(fraction(questions[c.question]!, c.response), c.fraction, c.name));
}

for (const c of vectors.totals) {
  test("total: " + c.name, () => {
    const t = total(c.parts);
    near(t.points, c.points, c.name);
    near(t.of, c.of, c.name);
    assert.equal(t.percent, c.percent);
  });
}

test("an answer is there when something was chosen or filled in", () => {
  assert.equal(isAnswered({}), false);
  assert.equal(isAnswered({ chosen: [], filled: { gap: " " } }), false);
  assert.equal(isAnswered({ chosen: ["a"] }), true);
  assert.equal(isAnswered({ filled: { gap: "x" } }), true);
});
