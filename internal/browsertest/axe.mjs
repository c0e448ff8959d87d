// What axe has to say of a page.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** Fails when axe finds a failure of WCAG 2.2 AA on the page in one of its colours. */
export async function passes(page, state) {
  await page.evaluate(axe);
  for (const theme of ["light", "dark", "contrast"]) {
    const look = async (colours, values) => {
      document.documentElement.setAttribute("data-theme", colours);
      const { violations, passes } = await window.axe.run(document, { runOnly: { type: "tag", values }, resultTypes: ["violations"], preload: false });
      const failures = violations.flatMap((v) => v.nodes.slice(0, 3).map((n) => `${v.id}: ${n.target} ${n.failureSummary}`));
      return { failures, checked: passes.map((p) => p.id) };
    };
    const { failures, checked } = await page.evaluate(look, theme, tags);
    assert.deepEqual(failures, [], `${state}, ${theme}`);
    assert.ok(checked.includes("color-contrast"), "colours were looked at");
  }
}
