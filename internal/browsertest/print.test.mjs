// On paper there is what is read and answered, and nothing that is for the screen or gives answers away.

import assert from "node:assert/strict";
import test, { after, before } from "node:test";
import { isFirefox, open } from "./open.mjs";
import { Quiz } from "./quiz.mjs";
import { at, each } from "./site.mjs";

let session;
before(async () => (session = await open()));
after(() => session?.close());

// Firefox cannot be told to show a page as printed. Its style sheet can be made to, where scripts may read it: over HTTP.
const printable = isFirefox ? ["http"] : ["file", "http"];

const screenOnly = [
  ".languages", ".settings", ".skip", ".crumbs", ".side", ".pager", ".actions", ".moves", ".result", ".hints",
  ".verdict", ".mark", ".feedback", ".explanation", ".answers",
];

for (const [place, lang] of each(printable, ["en", "ar"])) {
  test(`a lesson on paper: ${place} ${lang}`, async () => {
    const page = await session.visit(at(place, lang, "table"), { fresh: true });
    const quiz = new Quiz(page, "peace-stages");
    await quiz.listen();
    const [order, single] = await quiz.questions();
    await quiz.give(order, "right");
    await quiz.check(order, "right");
    await quiz.give(single, "wrong");
    await quiz.check(single, "wrong");
    await asPrinted(page);
    for (const selector of screenOnly) assert.deepEqual(await quiz.seen(selector), [], `${selector} is not printed`);
    for (const selector of ["h1", ".prose > p", ".figure img", ".table table", ".question-prompt", ".option-text", ".option-place", ".sources"]) {
      assert.ok((await quiz.seen(selector)).length > 0, `${selector} is printed`);
    }
    assert.equal(await differs(page), "", "answered options look like the others");
    await page.close();
  });

  test(`a facilitator's key on paper: ${place} ${lang}`, async () => {
    const page = await session.visit(at(place, lang, "quiz", "facilitator"), { fresh: true });
    await asPrinted(page);
    const key = await page.$eval(".answer-key", (e) => ({ open: e.open, height: e.getBoundingClientRect().height }));
    assert.ok(key.open && key.height > 500, `the key is printed: ${JSON.stringify(key)}`);
    await page.close();
  });
}

async function asPrinted(page) {
  if (isFirefox) {
    const changed = await page.evaluate(() => {
      const rules = Array.from(document.styleSheets, (s) => Array.from(s.cssRules)).flat().filter((r) => r.media?.mediaText === "print");
      for (const rule of rules) rule.media.mediaText = "all";
      return rules.length;
    });
    assert.ok(changed > 0, "there are styles for paper");
  } else {
    await page.emulateMediaType("print");
  }
  await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
}

/** How options differ in what could show on paper, if they do. */
function differs(page) {
  return page.evaluate(() => {
    const looks = Array.from(document.querySelectorAll(".option"), (o) => {
      const { borderTopColor, borderTopStyle, borderTopWidth, color } = getComputedStyle(o);
      return [borderTopColor, borderTopStyle, borderTopWidth, color].join(" ");
    });
    const kinds = Array.from(new Set(looks));
    return kinds.length > 1 ? kinds.join(" | ") : "";
  });
}
