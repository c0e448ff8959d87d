// axe finds no failure of WCAG 2.2 AA on any kind of page, in any colours, or in any state of a quiz.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import test, { after, before } from "node:test";
import { open } from "./open.mjs";
import { Quiz } from "./quiz.mjs";
import { at, kinds, startAt } from "./site.mjs";

let session, axe;
before(async () => {
  axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  session = await open();
});
after(() => session?.close());

for (const lang of ["en", "ar"]) {
  for (const kind of Object.keys(kinds)) {
    test(`axe: ${kind} ${lang}`, async () => {
      const page = await session.visit(at("file", lang, kind), { fresh: true });
      await passes(page, kind);
      await page.close();
    });
  }

  test(`axe: facilitators' lesson and quiz ${lang}`, async () => {
    const page = await session.visit(at("file", lang, "practitioners-manual/definitions/applying-the-definition/index.html", "facilitator"), { fresh: true });
    assert.ok(await page.$(".box-facilitator"), "it has a box for facilitators");
    await passes(page, "lesson");
    await page.goto(at("file", lang, "quiz", "facilitator"));
    await page.evaluate(() => (document.querySelector(".answer-key").open = true));
    await passes(page, "key");
    await page.close();
  });

  test(`axe: quiz of an assessment ${lang}`, async () => {
    const page = await session.visit(at("file", lang, "quiz"), { fresh: true });
    const quiz = new Quiz(page, "assessment");
    await quiz.listen();
    const questions = await quiz.questions();
    const taken = new Set();
    const next = (fits) => {
      const q = questions.find((x) => fits(x) && !taken.has(x.id));
      taken.add(q.id);
      return q;
    };
    const multiple = (q) => q.type === "multiple" && q.options.filter((o) => o.correct).length > 1;
    const hinted = next((q) => q.type === "single" && q.hints > 0);
    await quiz.keys.reach(quiz.button("hint", hinted));
    await quiz.keys.press("Enter");
    for (const [question, outcome] of [[next(multiple), "partly"], [next(multiple), "wrong"], [next((q) => q.type === "order"), "wrong"], [next((q) => q.type === "single"), "right"]]) {
      await quiz.give(question, outcome);
      await quiz.check(question, outcome);
    }
    await passes(page, "hinted, partly, wrong and right");
    for (const question of questions.filter((q) => !taken.has(q.id) || q === hinted)) {
      await quiz.give(question, "wrong");
      await quiz.check(question, "wrong");
    }
    assert.equal((await quiz.seen(`${quiz.root} .result`)).length, 1);
    await passes(page, "finished");
    await page.close();
  });

  test(`axe: panel open and question of practice ${lang}`, async () => {
    const page = await session.visit(at("file", lang, "lesson"), { fresh: true });
    const quiz = new Quiz(page, "three-elements");
    await quiz.listen();
    const [question] = await quiz.questions();
    await quiz.give(question, "wrong");
    await quiz.check(question, "wrong");
    await quiz.keys.reach(quiz.button("explain", question));
    await quiz.keys.press("Enter");
    await page.evaluate(() => (document.querySelector(".settings").open = true));
    await passes(page, "panel and practice");
    await page.close();
  });
}

test("axe: first page", async () => {
  const page = await session.visit(startAt("file"), { fresh: true });
  await passes(page, "start");
  await page.close();
});

/** Looks at the page in each of its colours. */
async function passes(page, state) {
  await page.evaluate(axe);
  for (const theme of ["light", "dark", "contrast"]) {
    const found = await page.evaluate(async (colours) => {
      document.documentElement.setAttribute("data-theme", colours);
      const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
      const { violations, passes } = await window.axe.run(document, { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] });
      const failures = violations.flatMap((v) => v.nodes.slice(0, 3).map((n) => `${v.id}: ${n.target} ${n.failureSummary}`));
      return { failures, checked: passes.map((p) => p.id) };
    }, theme);
    assert.deepEqual(found.failures, [], `${state}, ${theme}`);
    assert.ok(found.checked.includes("color-contrast"), "colours were looked at");
  }
}
