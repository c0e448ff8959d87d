import assert from "node:assert/strict";
import test from "node:test";
import vectors from "../../../testdata/scoring.json";
import { accepts, scoreFilled } from "./filled";
import { afterHints, certaintyMark, isAnswered, scoreChosen, total, type Response, type Scorable } from "./score";

interface Case {
  name: string;
  question: string;
  response: Response;
  fraction: number;
  hints?: number;
  parts?: Record<string, boolean>;
  scored?: boolean;
}

const questions = vectors.questions as unknown as Record<string, Scorable>;
/** By the part of the script that has the type. */
const score = (q: Scorable, r: Response) => (q.options && !q.pairs ? scoreChosen(q, r) : scoreFilled(q, r));
const near = (got: number, want: number, name: string) => assert.ok(Math.abs(got - want) <= vectors.tolerance, `${name}: got ${got}, want ${want}`);

for (const c of vectors.cases as unknown as Case[]) {
  test("score: " + c.name, () => {
    const q = questions[c.question]!;
    const got = score(q, c.response);
    near(afterHints(q, got.fraction, c.hints ?? 0), c.fraction, c.name);
    assert.equal(got.scored, c.scored ?? true);
    if (c.parts) assert.deepEqual(got.parts, c.parts);
  });
}

for (const c of vectors.certainties) {
  test("certainty: " + c.name, () => near(certaintyMark(c.fraction, c.certainty), c.mark, c.name));
}

for (const c of vectors.totals) {
  test("total: " + c.name, () => {
    const t = total(c.parts);
    near(t.points, c.points, c.name);
    near(t.of, c.of, c.name);
    assert.equal(t.percent, c.percent);
  });
}

test("which answer a text matched", () => {
  const gap = {
    id: "g",
    typos: 1,
    answers: [
      { text: "affect", fraction: 0 },
      { text: "effect|result", fraction: 100 },
    ],
  };
  const want: Record<string, number> = { affect: 0, effect: 1, Results: 1, afect: 0, cause: -1, "": -1 };
  for (const [text, answer] of Object.entries(want)) assert.equal(accepts(gap, text).answer, answer, text);
});

test("ids that every object has by birth are ids like others", () => {
  const q: Scorable = { type: "text", gaps: [{ id: "constructor", answers: [{ text: "x", fraction: 100 }] }] };
  assert.equal(score(q, { filled: {} }).fraction, 0);
  assert.equal(score(q, { filled: { constructor: "x" } as unknown as Record<string, string> }).fraction, 1);
});

test("an answer is there when something was chosen or filled in", () => {
  assert.equal(isAnswered({}), false);
  assert.equal(isAnswered({ chosen: [], filled: { gap: " " } }), false);
  assert.equal(isAnswered({ chosen: ["a"] }), true);
  assert.equal(isAnswered({ filled: { gap: "x" } }), true);
});
