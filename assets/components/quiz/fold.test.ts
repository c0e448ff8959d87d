import assert from "node:assert/strict";
import test from "node:test";
import vectors from "../../../testdata/folding.json";
import { fold, near, numbers } from "./fold";

interface Folding {
  name: string;
  text: string;
  folded: string;
  case?: boolean;
  accents?: boolean;
}

for (const c of vectors.fold as Folding[]) {
  test("fold: " + c.name, () => {
    assert.equal(fold(c.text, c.case, c.accents), c.folded);
    assert.equal(fold(c.folded, c.case, c.accents), c.folded, "folded again");
  });
}

for (const c of vectors.near) {
  test("near: " + c.name, () => assert.equal(near(fold(c.given), fold(c.accepted), c.typos), c.near));
}

for (const c of vectors.numbers) {
  test(`numbers: "${c.text}"`, () => assert.deepEqual(numbers(c.text), c.numbers));
}
