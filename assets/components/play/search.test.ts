import assert from "node:assert/strict";
import test from "node:test";
import { folded, has } from "./search";

test("words are found without their marks and case", () => {
  const cases: [string, string, boolean][] = [
    ["The Notebook of debts", "notebook", true],
    ["The Notebook of debts", "debt note", true],
    ["The Notebook of debts", "wages", false],
    ["The Notebook of debts", "  ", true],
    ["Pièce à conviction", "piece", true],
    ["الأجور غيرُ المدفوعة", "الاجور المدفوعه", true],
    ["Записная книжка", "КНИЖКА", true],
    ["债务记录", "债务", true],
  ];
  for (const [text, query, want] of cases) assert.equal(has(folded(text), query), want, `${query} in ${text}`);
});
