// axe finds no failure of WCAG 2.2 AA in any state of a quiz, or in the panel of settings.

import assert from "node:assert/strict";
import test, { after, before } from "node:test";
import { passes } from "./axe.mjs";
import { open } from "./open.mjs";
import { Quiz } from "./quiz.mjs";
import { at } from "./site.mjs";

let session;
before(async () => (session = await open()));
after(() => session?.close());

for (const lang of ["en", "ar"]) {
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

