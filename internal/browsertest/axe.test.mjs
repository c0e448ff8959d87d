// axe finds no failure of WCAG 2.2 AA on any kind of page, in any colours. Quizzes that were begun are in axequiz.test.mjs.

import test, { after, before } from "node:test";
import { passes } from "./axe.mjs";
import { open } from "./open.mjs";
import { at, each, pages, startAt } from "./site.mjs";

let session;
before(async () => (session = await open()));
after(() => session?.close());

for (const [lang, [kind, edition]] of each(["en", "ar"], pages)) {
  test(`axe: ${kind} ${edition} ${lang}`, async () => {
    const page = await session.visit(at("file", lang, kind, edition), { fresh: true });
    await page.evaluate(() => document.querySelector(".answer-key")?.setAttribute("open", ""));
    await passes(page, kind);
    await page.close();
  });
}

test("axe: first page", async () => {
  const page = await session.visit(startAt("file"), { fresh: true });
  await passes(page, "start");
  await page.close();
});
