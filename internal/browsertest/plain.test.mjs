// Without scripts everything can be read, and quizzes answered on paper or in the head.

import assert from "node:assert/strict";
import test, { after, before } from "node:test";
import { open } from "./open.mjs";
import { at, each } from "./site.mjs";

let session;
before(async () => (session = await open({ scripts: false })));
after(() => session?.close());

for (const [place, lang] of each(["file", "lan"], ["en", "ar"])) {
  test(`a lesson without scripts: ${place} ${lang}`, async () => {
    const page = await session.visit(at(place, lang, "lesson"));
    assert.equal(await page.evaluate(() => document.documentElement.className), "", "no script ran");
    for (const selector of ["h1", ".prose > p", ".box", ".box-head", ".figure img", ".question-prompt", ".option-text", ".module-nav", ".pager a", ".sources"]) {
      assert.ok((await seen(page, selector)) > 0, `${selector} is seen`);
    }
    // What only a script could make work, and what gives answers away.
    for (const selector of [".settings", ".feedback", ".hints", ".explanation", ".actions", ".moves", ".result"]) {
      assert.equal(await seen(page, selector), 0, `${selector} is not seen`);
    }
    await answersUnfold(page);
    assert.deepEqual(page.problems, []);
    await page.close();
  });

  test(`questions without scripts: ${place} ${lang}`, async () => {
    const page = await session.visit(at(place, lang, "quiz"));
    assert.ok((await seen(page, ".question")) >= 10);
    assert.equal(await seen(page, ".option-place"), await seen(page, ".options-order .option"), "each item has a field for its place");
    await click(page, ".option input[type=radio]");
    assert.equal(await page.evaluate(() => document.querySelector(".option input[type=radio]").checked), true);
    await answersUnfold(page);
    await page.close();
  });
}

async function answersUnfold(page) {
  const content = ".answers > ol";
  assert.equal(await height(page, content), 0, "answers are folded");
  await click(page, ".answers summary");
  assert.ok((await height(page, content)) > 100, "answers unfold");
  const words = await page.evaluate((s) => document.querySelector(s).innerText, content);
  assert.ok(words.length > 200, "and say something");
}

function height(page, selector) {
  return page.evaluate((s) => {
    const e = document.querySelector(s);
    return e.checkVisibility() ? e.getBoundingClientRect().height : 0;
  }, selector);
}

/** How many elements are seen. */
function seen(page, selector) {
  return page.evaluate((s) => Array.from(document.querySelectorAll(s)).filter((e) => e.getClientRects().length > 0 && e.checkVisibility()).length, selector);
}

/** Clicks with the mouse, because the driver's own way to click needs scripts. */
async function click(page, selector) {
  const [x, y] = await page.evaluate((s) => {
    const e = document.querySelector(s);
    e.scrollIntoView({ block: "center" });
    const box = e.getBoundingClientRect();
    return [box.x + box.width / 2, box.y + box.height / 2];
  }, selector);
  await page.mouse.click(x, y);
}
